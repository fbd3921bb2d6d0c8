import type { ColumnType, Dialect, Span } from '../../../ir/index.js';
import { canonicalType } from '../../sql/types.js';
import { itemsOf, property, scalarOf, textOf, type Value } from '../values/values.js';
import { stepsOf } from './modules.js';

/** One of Sequelize's data types as it is written: `STRING(20).BINARY`. */
export interface DataType {
  key: string;
  args: Value[];
  /** `BINARY`, `UNSIGNED`, `ZEROFILL`. */
  marks: string[];
}

/** The data types that Sequelize has, by the names of `DataTypes`. */
const keys = new Set(
  'STRING CHAR TEXT CITEXT TINYINT SMALLINT MEDIUMINT INTEGER BIGINT FLOAT REAL DOUBLE DECIMAL NUMERIC BOOLEAN TIME DATE DATEONLY HSTORE JSON JSONB BLOB RANGE UUID UUIDV1 UUIDV4 NOW VIRTUAL ENUM ARRAY GEOMETRY GEOGRAPHY CIDR INET MACADDR TSVECTOR NUMBER'.split(
    ' ',
  ),
);

/** The data type that a value names, if it is one of the package. */
export function dataTypeOf(value: Value | undefined): DataType | undefined {
  const steps = stepsOf(value);
  const path = steps?.[0] && /^DataTypes?$/.test(steps[0].name) && !steps[0].args ? steps.slice(1) : steps;
  const [type, ...marks] = path ?? [];
  if (!type || !keys.has(type.name)) return undefined;
  return { key: type.name, args: type.args ?? [], marks: marks.map(({ name }) => name) };
}

type Family = 'postgresql' | 'mysql' | 'sqlite' | 'tsql';

function familyOf(dialect: Dialect): Family {
  if (dialect === 'mysql' || dialect === 'mariadb') return 'mysql';
  return dialect === 'sqlite' || dialect === 'tsql' ? dialect : 'postgresql';
}

/** Types whose name differs between databases, without arguments. */
const plain: { [key: string]: Partial<Record<Family, string>> & { all: string } } = {
  BOOLEAN: { all: 'TINYINT(1)', postgresql: 'BOOLEAN', tsql: 'BIT' },
  DATEONLY: { all: 'DATE' },
  DOUBLE: { all: 'DOUBLE PRECISION' },
  UUID: { all: 'UUID', mysql: 'CHAR(36) BINARY', tsql: 'CHAR(36)' },
  NUMERIC: { all: 'DECIMAL' },
  CITEXT: { all: 'CITEXT', sqlite: 'TEXT' },
};

const integers = new Set(['TINYINT', 'SMALLINT', 'MEDIUMINT', 'INTEGER', 'BIGINT']);
const floats = new Set(['FLOAT', 'REAL', 'DOUBLE']);

/** Whether Sequelize writes numbers of this type in quotes. */
export const isFloat = (type: DataType | undefined): boolean => type !== undefined && floats.has(type.key);

const numberOf = (value: Value | undefined, key: string): number | undefined => {
  const given = scalarOf(value?.kind === 'object' ? property(value, key) : value);
  return typeof given === 'number' ? given : undefined;
};

/** SQL of a type in a database, `ENUM` and `ARRAY` left out; nothing where an argument of it is not known. */
export function sqlOf(type: DataType, dialect: Dialect): string | undefined {
  const family = familyOf(dialect);
  const { key, args, marks } = type;
  if (args.some((each) => each.kind !== 'object' && each.kind !== 'array' && !isSaid(each))) return undefined;
  if (key === 'STRING' || key === 'CHAR') return text(type, family);
  if (key === 'TEXT' || key === 'BLOB') return large(type, family);
  if (key === 'DATE') return moment(type, family);
  if (key === 'DECIMAL' || key === 'NUMERIC') {
    const sizes = [numberOf(args[0], 'precision'), numberOf(args[0]?.kind === 'object' ? args[0] : args[1], 'scale')];
    const given = sizes.filter((size) => size);
    const signs = family === 'mysql' ? signsOf(marks) : '';
    return `DECIMAL${given.length > 0 ? `(${given.join(',')})` : ''}${signs}`;
  }
  if (integers.has(key)) return family === 'mysql' ? `${key}${signsOf(marks)}` : key;
  if (floats.has(key)) return float(type, family);
  if (key === 'RANGE') return ranges[dataTypeOf(args[0])?.key ?? 'INTEGER'] ?? 'int4range';
  if (key === 'GEOMETRY' || key === 'GEOGRAPHY') return shape(type, family);
  return plain[key]?.[family] ?? plain[key]?.all ?? key;
}

/** Whether an argument is known well enough: a scalar, a data type, or something left out. */
const isSaid = (value: Value): boolean =>
  value.kind === 'undefined' || scalarOf(value) !== undefined || dataTypeOf(value) !== undefined;

const signsOf = (marks: readonly string[]): string => {
  const has = (mark: string): string => (marks.includes(mark) ? ` ${mark}` : '');
  return has('UNSIGNED') + has('ZEROFILL');
};

function text({ key, args, marks }: DataType, family: Family): string {
  const binary = marks.includes('BINARY') || scalarOf(property(args[0], 'binary') ?? args[1]) === true;
  const length = `(${String(numberOf(args[0], 'length') ?? 255)})`;
  const word = key === 'CHAR' ? 'CHAR' : 'VARCHAR';
  if (family === 'postgresql') return binary ? 'BYTEA' : word + length;
  if (family === 'tsql') return binary ? `BINARY${length}` : `${key === 'CHAR' ? 'CHAR' : 'NVARCHAR'}${length}`;
  if (family === 'sqlite') return `${word}${binary ? ' BINARY' : ''}${length}`;
  return `${word}${length}${binary ? ' BINARY' : ''}`;
}

/** `TEXT('long')` and `BLOB('tiny')`: only MySQL has several sizes. */
function large({ key, args }: DataType, family: Family): string {
  const size = textOf(args[0]?.kind === 'object' ? property(args[0], 'length') : args[0])?.toLowerCase();
  if (family === 'postgresql') return key === 'BLOB' ? 'BYTEA' : 'TEXT';
  const isTiny = size === 'tiny';
  if (family === 'tsql') return `${key === 'BLOB' ? 'VARBINARY' : 'NVARCHAR'}(${isTiny ? '256' : 'MAX'})`;
  const hasSizes = family === 'mysql' || key === 'BLOB';
  return hasSizes && size !== undefined && /^(?:tiny|medium|long)$/.test(size) ? size.toUpperCase() + key : key;
}

function moment({ args }: DataType, family: Family): string {
  if (family === 'postgresql') return 'TIMESTAMP WITH TIME ZONE';
  if (family === 'tsql') return 'DATETIMEOFFSET';
  const length = family === 'mysql' ? scalarOf(args[0]?.kind === 'object' ? property(args[0], 'length') : args[0]) : '';
  return length ? `DATETIME(${String(length)})` : 'DATETIME';
}

function float({ key, args, marks }: DataType, family: Family): string {
  const word = key === 'DOUBLE' ? 'DOUBLE PRECISION' : key;
  const length = numberOf(args[0], 'length');
  const decimals = numberOf(args[0]?.kind === 'object' ? args[0] : args[1], 'decimals');
  // PostgreSQL has no use for more than the length of FLOAT.
  if (family === 'postgresql' || family === 'tsql')
    return key === 'FLOAT' && length !== undefined && decimals === undefined ? `${word}(${String(length)})` : word;
  const size = length === undefined ? '' : `(${[length, ...(decimals === undefined ? [] : [decimals])].join(',')})`;
  return family === 'sqlite' ? `${word}${signsOf(marks)}${size}` : `${word}${size}${signsOf(marks)}`;
}

const ranges: { [key: string]: string } = {
  INTEGER: 'int4range',
  DECIMAL: 'numrange',
  DATE: 'tstzrange',
  DATEONLY: 'daterange',
  BIGINT: 'int8range',
};

function shape({ key, args }: DataType, family: Family): string {
  const [kind, srid] = args[0]?.kind === 'object' ? [property(args[0], 'type'), property(args[0], 'srid')] : args;
  const given = textOf(kind);
  if (family === 'mysql') return given ?? key;
  if (given === undefined || family !== 'postgresql') return key;
  const number = scalarOf(srid);
  return `${key}(${given}${typeof number === 'number' ? `,${String(number)}` : ''})`;
}

/** The canonical name of a type that is given as SQL. */
function canonical(sql: string, dialect: Dialect): string {
  const given = sql.trim();
  const [, whole = given, brackets = ''] = /^(.*?)((?:\s*\[\d*\])*)$/s.exec(given) ?? [];
  const sized = /^([^(]*)\(([^)]*)\)(.*)$/s.exec(whole);
  const signed = /^(.*?)((?:\s+(?:unsigned|signed|zerofill))*)$/is.exec(whole);
  const [head, args, tail] = sized
    ? [sized[1]!, sized[2]!, sized[3]!]
    : [signed?.[1] ?? whole, undefined, signed?.[2] ?? ''];
  // A binary collation is no part of the type.
  const words = tail
    .toLowerCase()
    .replace(/\bbinary\b/, '')
    .trim();
  const array = '[]'.repeat(brackets.split('[').length - 1);
  return canonicalType(
    { head: head.trim().toLowerCase(), tail: words, array, ...(args !== undefined && { args }) },
    dialect,
  );
}

/** The type of a column, and what comes with it. */
export interface ReadType {
  type: ColumnType;
  /** `DataTypes.VIRTUAL`: no column at all. */
  virtual?: true;
  /** Of an ENUM, or an ARRAY of one; `undefined` where they are not known. */
  labels?: string[] | undefined;
  isEnum?: true;
}

/**
 * Reads `type:` of an attribute.
 * @param values the option `values:` beside it, which an ENUM takes its labels from
 * @param enumName what PostgreSQL's type is called if it is an ENUM
 */
export function readType(
  given: Value | undefined,
  values: Value | undefined,
  dialect: Dialect,
  enumName: string,
  at: Span,
): ReadType {
  const span = given?.span ?? at;
  const raw = textOf(given);
  if (raw !== undefined) return { type: { name: canonical(raw, dialect), written: raw, span } };
  const found = dataTypeOf(given);
  if (!found) return { type: { name: 'unknown', written: '', span } };
  if (found.key === 'VIRTUAL') return { type: { name: 'unknown', written: 'VIRTUAL', span }, virtual: true };
  const inner = found.key === 'ARRAY' ? elementOf(found) : found;
  const written = writtenOf(found);
  if (inner?.key === 'ENUM') {
    const labels = labelsOf(inner, values);
    const name = enumColumn(labels, found.key === 'ARRAY' ? '[]' : '', dialect, enumName);
    return { type: { name, written, span }, labels, isEnum: true };
  }
  const sql = inner && sqlOf(inner, dialect);
  if (sql === undefined) return { type: { name: 'unknown', written, span } };
  return { type: { name: canonical(found.key === 'ARRAY' ? `${sql}[]` : sql, dialect), written, span } };
}

export const elementOf = ({ args }: DataType): DataType | undefined =>
  dataTypeOf(args[0]?.kind === 'object' ? property(args[0], 'type') : args[0]);

const writtenOf = ({ key, args, marks }: DataType): string => {
  const sizes = args.map((each) => scalarOf(each)).filter((each) => each !== undefined && each !== null);
  return [key + (sizes.length > 0 ? `(${sizes.join(', ')})` : ''), ...marks].join('.');
};

function labelsOf({ args }: DataType, values: Value | undefined): string[] | undefined {
  const [first] = args;
  const given = values ?? (first?.kind === 'object' ? property(first, 'values') : undefined);
  const items = given ? itemsOf(given) : args.flatMap((each) => itemsOf(each) ?? [each]);
  const complete = !(given?.kind === 'array' && !given.complete) && !args.some(isOpenList);
  const labels = items?.map(textOf);
  return complete && labels && labels.length > 0 && labels.every((label) => label !== undefined) ? labels : undefined;
}

const isOpenList = (value: Value): boolean => value.kind === 'array' && !value.complete;

function enumColumn(labels: readonly string[] | undefined, array: string, dialect: Dialect, enumName: string): string {
  switch (familyOf(dialect)) {
    case 'postgresql':
      return enumName + array;
    case 'mysql':
      return labels ? `enum(${labels.map((label) => `'${label.replaceAll("'", "''")}'`).join(',')})` : 'enum';
    case 'sqlite':
      return `text${array}`;
    case 'tsql':
      return 'varchar(255)';
  }
}
