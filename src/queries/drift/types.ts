import type { Dialect } from '../../ir/index.js';

/** A type as the server keeps it. */
interface Shape {
  /** One word for each type that holds other values than the others. Absent for a type of the user's own. */
  kind: string | undefined;
  /** Length, or precision and scale; absent where none is written and the server has no default that counts. */
  sizes?: string;
  /** Levels of an array do not count: PostgreSQL keeps none. */
  array: boolean;
  unsigned: boolean;
  /** Without arguments. */
  bare: string;
}

type Names = { readonly [name: string]: string };

/** Names of one type on every server. */
const shared: Names = {
  int: 'integer',
  dec: 'numeric',
  decimal: 'numeric',
  'character varying': 'varchar',
  'char varying': 'varchar',
  character: 'char',
  bool: 'boolean',
  'double precision': 'double',
};

const postgres: Names = {
  ...shared,
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  smallserial: 'smallint',
  serial2: 'smallint',
  serial: 'integer',
  serial4: 'integer',
  bigserial: 'bigint',
  serial8: 'bigint',
  float4: 'real',
  float8: 'double',
  float: 'double',
  bpchar: 'char',
  timestamptz: 'timestamp with time zone',
  'timestamp without time zone': 'timestamp',
  timetz: 'time with time zone',
  'time without time zone': 'time',
  varbit: 'bit varying',
};

const mysql: Names = {
  ...shared,
  double: 'double',
  real: 'double',
  // An alias for LONGTEXT with a check in MariaDB, and a type of its own in MySQL, where both hold the same documents.
  json: 'json',
  numeric: 'numeric',
  fixed: 'numeric',
  int4: 'integer',
  int8: 'bigint',
  middleint: 'mediumint',
  nchar: 'char',
  nvarchar: 'varchar',
  'national varchar': 'varchar',
};

const aliases = (dialect: Dialect): Names =>
  dialect === 'postgresql' || dialect === 'cockroachdb'
    ? postgres
    : dialect === 'mysql' || dialect === 'mariadb'
      ? mysql
      : shared;

/** Types that the servers come with, after the aliases. Others are of the user's own, or of an extension. */
const builtin = new Set([
  ...[
    'tinyint',
    'smallint',
    'mediumint',
    'integer',
    'bigint',
    'numeric',
    'real',
    'double',
    'float',
    'money',
    'boolean',
  ],
  ...['char', 'varchar', 'text', 'tinytext', 'mediumtext', 'longtext', 'name', 'clob', 'nclob', 'enum', 'set'],
  ...['date', 'time', 'time with time zone', 'timestamp', 'timestamp with time zone', 'datetime', 'year', 'interval'],
  ...['bytea', 'binary', 'varbinary', 'blob', 'tinyblob', 'mediumblob', 'longblob', 'bit', 'bit varying'],
  ...['json', 'jsonb', 'uuid', 'xml', 'inet', 'cidr', 'macaddr', 'macaddr8', 'tsvector', 'tsquery', 'oid'],
  ...['point', 'line', 'lseg', 'box', 'path', 'polygon', 'circle'],
  ...['int4range', 'int8range', 'numrange', 'tsrange', 'tstzrange', 'daterange'],
  ...['nchar', 'nvarchar', 'ntext', 'datetime2', 'datetimeoffset', 'smalldatetime', 'uniqueidentifier', 'image'],
  ...['number', 'varchar2', 'nvarchar2', 'raw'],
]);

/** Digits of a second that are kept where none are written. */
const fractions: { readonly [D in Dialect]?: string } = { postgresql: '6', cockroachdb: '6', mysql: '0', mariadb: '0' };

const pattern =
  /^(.*?)(?:\(([^()]*(?:\([^()]*\))?[^()]*)\))?((?: with(?:out)? time zone)?)((?: unsigned| zerofill| signed)*)$/;

function shapeOf(name: string, dialect: Dialect): Shape {
  let text = name.trim().toLowerCase();
  const array = /(?:\[\d*\])+$/.test(text) || / array$/.test(text);
  text = text.replace(/(?:\[\d*\])+$| array$/, '').replace(/^pg_catalog\./, '');
  const [, head = text, given, zone = '', sign = ''] = pattern.exec(text) ?? [];
  const unsigned = /unsigned| zerofill/.test(sign) || / unsigned$/.test(head);
  const bare = (head.replace(/ unsigned$/, '').trim() + zone).trim();
  const known = aliases(dialect)[bare] ?? bare;
  const kind = builtin.has(known) ? known : undefined;
  const shape = { kind, array, unsigned, bare: known };
  return sized(shape, given?.replace(/\s+/g, ''), dialect);
}

function sized(shape: Omit<Shape, 'sizes'>, given: string | undefined, dialect: Dialect): Shape {
  const { kind } = shape;
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  const isPostgres = dialect === 'postgresql' || dialect === 'cockroachdb';
  if (kind === undefined) return { ...shape, ...(given !== undefined && { sizes: given }) };
  if (isMysql && (kind === 'boolean' || (kind === 'tinyint' && given === '1'))) return { ...shape, kind: 'boolean' };
  // The width that is shown.
  if (isMysql && /int|year/.test(kind)) return shape;
  if (/^(?:timestamp|time|datetime)\b/.test(kind)) {
    const digits = given ?? fractions[dialect];
    return { ...shape, ...(digits !== undefined && { sizes: digits }) };
  }
  if (isPostgres && shape.bare === 'double' && given !== undefined)
    return { ...shape, kind: Number(given) <= 24 ? 'real' : 'double' };
  if (kind === 'char' || (isPostgres && kind === 'bit')) return { ...shape, sizes: given ?? '1' };
  if (isMysql && kind === 'numeric') return { ...shape, sizes: withScale(given ?? '10') };
  if (kind === 'numeric' && given !== undefined) return { ...shape, sizes: withScale(given) };
  if (kind === 'real' || kind === 'double' || kind === 'float') return shape;
  // PostgreSQL keeps a text of any length in the same way.
  if (isPostgres && kind === 'varchar' && given === undefined) return { ...shape, kind: 'text' };
  if (kind === 'enum' || kind === 'set') return given === undefined ? shape : { ...shape, sizes: given };
  return given === undefined || kind === 'interval' ? shape : { ...shape, sizes: given };
}

const withScale = (sizes: string): string => (sizes.includes(',') ? sizes : `${sizes},0`);

/** What SQLite makes of a type: it stores what it gets, and converts numbers to text or back by these. */
function affinity(name: string): 'integer' | 'text' | 'other' {
  if (/int|bool/i.test(name)) return 'integer';
  return /char|clob|text/i.test(name) ? 'text' : 'other';
}

/** Pairs that the drivers and servers take for one another, so that nobody sees a difference. */
const alike: { readonly [D in Dialect]?: readonly (readonly [string, string])[] } = {
  mariadb: [['json', 'longtext']],
  mysql: [['boolean', 'tinyint']],
};

/**
 * Whether the type of a model and that in the database hold different values, cut them, or are cast. False also where
 * one of them is not known: a type of the user's own may be a domain over anything.
 * @param enums names of enum types that the migrations make, in lower case
 * @param lenient a model that names no length leaves it to the migrations
 */
export function typesDiffer(
  model: string,
  actual: string,
  dialect: Dialect,
  enums: { has(name: string): boolean },
  lenient: boolean,
): boolean {
  if (model === 'unknown' || actual === 'unknown' || dialect === 'unknown') return false;
  if (dialect === 'sqlite') {
    const both = [affinity(model), affinity(actual)];
    return both.includes('text') && both.includes('integer');
  }
  const [one, other] = [shapeOf(model, dialect), shapeOf(actual, dialect)];
  if (one.kind === undefined || other.kind === undefined) return differsFromOwn(one, other, enums);
  if (one.array !== other.array) return true;
  if (one.kind !== other.kind) {
    if (lenient && isUnlimited(one) && /^(?:var)?char$/.test(other.kind)) return false;
    const pairs = alike[dialect] ?? alike[dialect === 'mariadb' ? 'mysql' : dialect] ?? [];
    return !pairs.some((pair) => pair.includes(one.kind!) && pair.includes(other.kind!));
  }
  if (one.unsigned !== other.unsigned) return true;
  if (one.kind === 'enum') return lacks(other.sizes, one.sizes);
  return one.sizes !== undefined && other.sizes !== undefined && one.sizes !== other.sizes;
}

/** VARCHAR of no length, in the words of PostgreSQL a text. */
const isUnlimited = ({ bare, sizes }: Shape): boolean => bare === 'varchar' && sizes === undefined;

/** Whether a list of labels, as a type has it, lacks one of another. */
function lacks(actual: string | undefined, wanted: string | undefined): boolean {
  if (actual === undefined || wanted === undefined) return false;
  const there = new Set(labelsOf(actual));
  return labelsOf(wanted).some((label) => !there.has(label));
}

/** Labels without quotes, whichever way a quote in them is written. */
const labelsOf = (list: string): string[] =>
  (list.match(/'(?:[^'\\]|''|\\.)*'/g) ?? []).map((label) =>
    label.slice(1, -1).replace(/''|\\(?=.)/g, (each) => (each === "''" ? "'" : '')),
  );

/** A type of the user's own holds other values than one of the server's if it is known to be an enum. */
function differsFromOwn(one: Shape, other: Shape, enums: { has(name: string): boolean }): boolean {
  if (one.kind === undefined && other.kind === undefined) return false;
  const own = one.kind === undefined ? one : other;
  return enums.has(bareName(own.bare));
}

const bareName = (name: string): string => name.slice(name.lastIndexOf('.') + 1).replaceAll('"', '');
