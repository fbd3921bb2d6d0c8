import { createHash } from 'node:crypto';
import type { Dialect } from '../../../ir/index.js';

/** How MikroORM names tables and columns where nobody does. */
export interface NamingStrategy {
  table(className: string): string;
  column(property: string): string;
  /** A key column, from the property or class that it is named after and the column that it references. */
  joinColumn(of: string, referenced: string, composite: boolean): string;
}

const underscored = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();

export const underscore: NamingStrategy = {
  table: underscored,
  column: underscored,
  joinColumn: (of, referenced) => `${underscored(of)}_${referenced}`,
};

/** `EntityCaseNamingStrategy` keeps the names of the code. */
export const entityCase: NamingStrategy = {
  table: (className) => className,
  column: (property) => property,
  joinColumn(of, referenced, composite) {
    const name = of.charAt(0).toLowerCase() + of.slice(1);
    return composite ? `${name}_${referenced}` : name;
  },
};

type Named = 'index' | 'unique' | 'foreign' | 'primary' | 'check';

/** Longest names, and how much of a longer one stays before its kind. */
const limits: { [D in Dialect]?: { length: number; kept: number } } = {
  postgresql: { length: 63, kept: 55 },
  mysql: { length: 64, kept: 56 },
  mariadb: { length: 64, kept: 56 },
};

/** The name that a key, an index or a check gets: all parts joined, the middle hashed where it is too long. */
export function partName(table: string, columns: readonly string[], kind: Named, dialect: Dialect): string {
  if (kind === 'primary') return primaryName(table, dialect);
  const name = [table, ...columns.map((column) => column.replaceAll('.', '_')), kind].join('_');
  return kind === 'check' ? name : shortened(name, kind, dialect);
}

function primaryName(table: string, dialect: Dialect): string {
  if (dialect === 'mysql' || dialect === 'mariadb') return 'PRIMARY';
  return dialect === 'sqlite' ? 'primary' : shortened(`${table}_pkey`, 'primary', dialect);
}

function shortened(name: string, kind: Named, dialect: Dialect): string {
  const limit = limits[dialect];
  if (!limit || name.length <= limit.length) return name;
  const hash = createHash('md5').update(name).digest('hex').slice(0, 5);
  return `${name.slice(0, limit.kept - kind.length)}_${hash}_${kind}`;
}
