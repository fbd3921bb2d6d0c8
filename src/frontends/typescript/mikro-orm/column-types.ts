import type { Dialect } from '../../../ir/index.js';
import { canonicalType } from '../../sql/types.js';

/** What the size of a type hangs on. */
export interface Measures {
  length?: number;
  precision?: number;
  scale?: number;
  unsigned?: boolean;
  /** Of an enum: whether all labels are texts, and they themselves. */
  labels?: readonly (string | number)[];
}

type Kind =
  | 'string'
  | 'character'
  | 'text'
  | 'integer'
  | 'bigint'
  | 'smallint'
  | 'tinyint'
  | 'mediumint'
  | 'float'
  | 'double'
  | 'decimal'
  | 'boolean'
  | 'blob'
  | 'uuid'
  | 'date'
  | 'datetime'
  | 'time'
  | 'json'
  | 'interval'
  | 'array'
  | 'enum';

/** First words of a type, in lower case, and the kind that they stand for on every database. */
const kinds = new Map<string, Kind>([
  ['string', 'string'],
  ['varchar', 'string'],
  ['character', 'character'],
  ['char', 'character'],
  ['text', 'text'],
  ['int', 'integer'],
  ['integer', 'integer'],
  ['number', 'integer'],
  ['bigint', 'bigint'],
  ['smallint', 'smallint'],
  ['tinyint', 'tinyint'],
  ['mediumint', 'mediumint'],
  ['float', 'float'],
  ['double', 'double'],
  ['decimal', 'decimal'],
  ['numeric', 'decimal'],
  ['boolean', 'boolean'],
  ['blob', 'blob'],
  ['buffer', 'blob'],
  ['uint8array', 'blob'],
  ['uuid', 'uuid'],
  ['date', 'date'],
  ['datetime', 'datetime'],
  ['timestamp', 'datetime'],
  ['time', 'time'],
  ['json', 'json'],
  ['object', 'json'],
  ['interval', 'interval'],
  ['array', 'array'],
  ['enum', 'enum'],
]);

const ofPostgresql = new Map<string, Kind>([
  ['int2', 'smallint'],
  ['smallserial', 'smallint'],
  ['int4', 'integer'],
  ['serial', 'integer'],
  ['serial4', 'integer'],
  ['int8', 'bigint'],
  ['bigserial', 'bigint'],
  ['serial8', 'bigint'],
  ['bool', 'boolean'],
  ['real', 'float'],
  ['float4', 'float'],
  ['float8', 'double'],
  ['timestamptz', 'datetime'],
  ['bytea', 'blob'],
  ['jsonb', 'json'],
]);

export const isMysql = (dialect: Dialect): boolean => dialect === 'mysql' || dialect === 'mariadb';
const isPostgres = (dialect: Dialect): boolean => dialect === 'postgresql' || dialect === 'cockroachdb';

/** The kind of a type by its first word, as `type: 'varchar(20)'` names it. */
function kindOf(type: string, dialect: Dialect): Kind | undefined {
  if (type.endsWith('[]')) return 'array';
  // The runtime type; a column of the type `date` is another.
  if (type === 'Date') return 'datetime';
  if (isMysql(dialect) && type.toLowerCase() === 'tinyint(1)') return 'boolean';
  const [first = ''] = /[^(), ]+/.exec(type.toLowerCase()) ?? [];
  return (isPostgres(dialect) ? ofPostgresql.get(first) : undefined) ?? kinds.get(first);
}

const sizedBy = (name: string, ...sizes: (number | undefined)[]): string => {
  const given = sizes.filter((size) => size !== undefined);
  return given.length > 0 ? `${name}(${given.join(',')})` : name;
};

/** The column type that a database gets for a kind. */
function declared(kind: Kind, measures: Measures, dialect: Dialect): string {
  if (isPostgres(dialect)) return inPostgresql(kind, measures);
  return dialect === 'sqlite' ? inSqlite(kind, measures) : inMysql(kind, measures);
}

function inPostgresql(kind: Kind, { length, precision, scale, labels }: Measures): string {
  switch (kind) {
    case 'string':
      return length === -1 ? 'varchar' : sizedBy('varchar', length ?? 255);
    case 'character':
      return length === -1 ? 'char' : sizedBy('char', length ?? 1);
    case 'integer':
      return 'int';
    case 'tinyint':
      return 'smallint';
    case 'float':
      return 'real';
    case 'double':
      return 'double precision';
    case 'decimal':
      return sizedBy('numeric', precision ?? 10, scale ?? 0);
    case 'blob':
      return 'bytea';
    case 'datetime':
      return sizedBy('timestamptz', length);
    case 'date':
      return length ? sizedBy('date', length) : 'date';
    case 'time':
      return 'time(0)';
    case 'json':
      return 'jsonb';
    case 'interval':
      return sizedBy('interval', length);
    case 'array':
      return 'text[]';
    case 'enum':
      return isTexts(labels) ? 'text' : 'smallint';
    default:
      return kind;
  }
}

function inMysql(kind: Kind, { length, precision, scale, unsigned, labels }: Measures): string {
  const sign = unsigned ? ' unsigned' : '';
  switch (kind) {
    case 'string':
      return sizedBy('varchar', length ?? 255);
    case 'character':
      return sizedBy('char', length ?? 1);
    case 'integer':
      return `int${sign}`;
    case 'bigint':
    case 'smallint':
    case 'tinyint':
    case 'mediumint':
      return kind + sign;
    case 'double':
      return `double${sign}`;
    case 'decimal':
      return `${sizedBy('numeric', precision ?? 10, scale ?? 0)}${sign}`;
    case 'boolean':
      return 'tinyint(1)';
    case 'uuid':
      return sizedBy('varchar', length ?? 36);
    case 'datetime':
    case 'date':
    case 'time':
    case 'interval':
      return length ? sizedBy(kind, length) : kind;
    case 'array':
      return 'text';
    case 'enum':
      return isTexts(labels)
        ? `enum(${labels.map((label) => `'${String(label).replaceAll("'", "''")}'`).join(',')})`
        : 'tinyint';
    default:
      return kind;
  }
}

function inSqlite(kind: Kind, { precision, scale, labels }: Measures): string {
  switch (kind) {
    case 'string':
    case 'character':
    case 'uuid':
    case 'array':
      return 'text';
    case 'smallint':
    case 'tinyint':
    case 'boolean':
      return 'integer';
    case 'float':
      return 'real';
    case 'decimal':
      return sizedBy('numeric', precision ?? 10, scale ?? 0);
    case 'enum':
      return isTexts(labels) ? 'text' : 'integer';
    default:
      return kind;
  }
}

/** An enum without labels counts as one of texts, as `every` of an empty list does. */
export const isTexts = (labels: readonly (string | number)[] | undefined): labels is readonly string[] =>
  labels !== undefined && labels.every((label) => typeof label === 'string');

/** The database type of a MikroORM type such as `string`, `Date`, `varchar(20)`. One that it does not know is the database's own. */
export function columnTypeOf(type: string, measures: Measures, dialect: Dialect): string {
  const kind = kindOf(type, dialect);
  if (kind !== undefined) return canonical(declared(kind, measures, dialect), dialect);
  const { length } = measures;
  return canonical(
    length === undefined || type.endsWith(`(${String(length)})`) ? type : sizedBy(type, length),
    dialect,
  );
}

/** The canonical name of a type as DDL writes it. */
export function canonical(type: string, dialect: Dialect): string {
  const [, whole = type, args, behind = '', array = ''] =
    /^\s*([^([]+?)\s*(?:\(([^)]*)\)([^[]*))?((?:\[\d*\])*)\s*$/.exec(type) ?? [];
  // A sign may stand behind a type without arguments.
  const [, head = whole, sign = ''] = /^(.+?)((?:\s+(?:unsigned|zerofill))*)$/i.exec(whole) ?? [];
  const words = { head: head.toLowerCase(), tail: (sign + behind).trim().toLowerCase() };
  return canonicalType({ ...words, array: array.replaceAll(/\d/g, ''), ...(args !== undefined && { args }) }, dialect);
}

/** Whether a key of this type numbers itself: not those that other columns hold of it. */
export function isNumeric(type: string, dialect: Dialect): boolean {
  const kind = kindOf(type, dialect);
  const whole = kind === 'integer' || kind === 'bigint' || kind === 'smallint' || kind === 'tinyint';
  return whole || (isMysql(dialect) && (kind === 'decimal' || kind === 'double'));
}
