import { createHash } from 'node:crypto';
import type { Dialect } from '../../../ir/index.js';

/** How TypeORM makes names, and what a project may replace. */
export interface NamingStrategy {
  /** `entityPrefix` of the data source, put before every table name. */
  prefix: string;
  /** Not the one that TypeORM has by itself. */
  chosen?: true;
  table(className: string): string;
  column(property: string, given: string | undefined, prefixes: readonly string[]): string;
  joinColumn(relation: string, referenced: string): string;
  joinTable(first: string, second: string, property: string): string;
  joinTableColumn(table: string, property: string, column: string | undefined): string;
}

const snakeCase = (text: string): string =>
  text
    .replace(/([A-Z])([A-Z])([a-z])/g, '$1_$2$3')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();

const camelCase = (text: string): string =>
  text.replace(/^([A-Z])|[\s\-_](\w)/g, (_, first?: string, later?: string) =>
    later ? later.toUpperCase() : (first ?? '').toLowerCase(),
  );

/** Upper first letter, lower rest, word by word: that is why `zipCode` becomes `Zipcode`. */
const titleCase = (text: string): string =>
  text.replace(/\w\S*/g, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());

/** DefaultNamingStrategy of typeorm. */
export const defaultStrategy: NamingStrategy = {
  prefix: '',
  table: snakeCase,
  column: (property, given, prefixes) =>
    prefixes.length > 0 ? camelCase(prefixes.join('_')) + titleCase(given ?? property) : (given ?? property),
  joinColumn: (relation, referenced) => camelCase(`${relation}_${referenced}`),
  joinTable: (first, second, property) => snakeCase(`${first}_${property.replaceAll('.', '_')}_${second}`),
  joinTableColumn: (table, property, column) => camelCase(`${table}_${column ?? property}`),
};

/** SnakeNamingStrategy of the package typeorm-naming-strategies. */
export const snakeStrategy: NamingStrategy = {
  prefix: '',
  chosen: true,
  table: snakeCase,
  column: (property, given, prefixes) => snakeCase([...prefixes, ''].join('_')) + (given ?? snakeCase(property)),
  joinColumn: (relation, referenced) => snakeCase(`${relation}_${referenced}`),
  joinTable: (first, second, property) => snakeCase(`${first}_${property.replaceAll('.', '_')}_${second}`),
  joinTableColumn: (table, property, column) => snakeCase(`${table}_${column ?? property}`),
};

/** Digits of the hash that follow each prefix. */
const digits = { PK: 27, UQ: 27, FK: 27, DF: 27, IDX: 26, REL: 26, CHK: 26, XCL: 26 } as const;

function generated(prefix: keyof typeof digits, table: string, key: string): string {
  const bare = table.slice(table.lastIndexOf('.') + 1);
  const hash = createHash('sha1').update(`${bare}_${key}`).digest('hex');
  return `${prefix}_${hash.slice(0, digits[prefix])}`;
}

const listed = (columns: readonly string[]): string => [...columns].sort().join('_');

export const primaryKeyName = (table: string, columns: readonly string[]): string =>
  generated('PK', table, listed(columns));
export const foreignKeyName = (table: string, columns: readonly string[]): string =>
  generated('FK', table, listed(columns));
export const relationName = (table: string, columns: readonly string[]): string =>
  generated('REL', table, listed(columns));
export const checkName = (table: string, expression: string): string => generated('CHK', table, expression);
export const exclusionName = (table: string, expression: string): string => generated('XCL', table, expression);

export const indexName = (table: string, columns: readonly string[], where?: string): string =>
  generated('IDX', table, listed(columns) + (where === undefined ? '' : `_${where}`));

/** MySQL keeps unique constraints as unique indexes, and TypeORM names them so. */
export const uniqueName = (table: string, columns: readonly string[], dialect: Dialect): string =>
  dialect === 'mysql' || dialect === 'mariadb' ? indexName(table, columns) : generated('UQ', table, listed(columns));
