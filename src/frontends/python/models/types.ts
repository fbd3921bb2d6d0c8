import type { ColumnType, Dialect, Span } from '../../../ir/index.js';
import { argument, itemsOf, keyword, textOf, type CallValue, type Value } from '../values/value.js';
import { canonicalType } from '../../sql/types.js';
import { canonical } from '../values/names.js';
import { written } from '../source.js';

type TypeName = string | ((call: CallValue | undefined, dialect: Dialect) => string);

const number = (value: Value | undefined): number | undefined =>
  value?.kind === 'const' && typeof value.value === 'number' ? value.value : undefined;

const isMysql = (dialect: Dialect) => dialect === 'mysql' || dialect === 'mariadb';

/** A type with a length: `varchar(20)`. */
const sized =
  (name: string, parameter = 'length'): TypeName =>
  (call) => {
    const given = call && argument(call, 0, parameter);
    if (given === undefined) return name;
    const length = number(given.value);
    return length === undefined ? (given.value.kind === 'const' ? name : 'unknown') : `${name}(${String(length)})`;
  };

const timestamp: TypeName = (call, dialect) => {
  const zoned = call && (keyword(call, 'timezone') ?? call.args[0])?.value;
  if (isMysql(dialect) || dialect === 'sqlite') return 'datetime';
  return zoned?.kind === 'const' && zoned.value === true ? 'timestamp with time zone' : 'timestamp without time zone';
};

const time: TypeName = (call) => {
  const zoned = call && (keyword(call, 'timezone') ?? call.args[0])?.value;
  return zoned?.kind === 'const' && zoned.value === true ? 'time with time zone' : 'time';
};

const numeric: TypeName = (call) => {
  const precision = number(call && argument(call, 0, 'precision')?.value);
  const scale = number(call && argument(call, 1, 'scale')?.value);
  if (precision === undefined) return 'numeric';
  return scale === undefined ? `numeric(${String(precision)})` : `numeric(${String(precision)},${String(scale)})`;
};

const binary: TypeName = (_, dialect) => (dialect === 'postgresql' || dialect === 'unknown' ? 'bytea' : 'blob');

const array: TypeName = (call, dialect) => {
  const item = call && argument(call, 0, 'item_type')?.value;
  const inner = item === undefined ? 'unknown' : typeName(item, dialect);
  return inner === 'unknown' ? 'unknown' : `${inner}[]`;
};

/** The name of an enum type: given, or the class's in lower case. Its labels are another fact. */
const enumeration: TypeName = (call) => {
  if (call === undefined) return 'unknown';
  const name = textOf(keyword(call, 'name')?.value);
  if (name !== undefined) return name;
  const first = call.args[0]?.value;
  if (first?.kind === 'class') return first.node.name.toLowerCase();
  return first?.kind === 'ref' ? (first.name.split('.').at(-1) ?? 'unknown').toLowerCase() : 'unknown';
};

/** SQLAlchemy's types by class name. */
const types: { [name: string]: TypeName } = {
  String: sized('varchar'),
  Unicode: sized('varchar'),
  AutoString: sized('varchar'),
  VARCHAR: sized('varchar'),
  NVARCHAR: sized('nvarchar'),
  CHAR: sized('char'),
  NCHAR: sized('nchar'),
  Text: 'text',
  TEXT: 'text',
  UnicodeText: 'text',
  LONGTEXT: 'longtext',
  MEDIUMTEXT: 'mediumtext',
  Integer: 'integer',
  INTEGER: 'integer',
  INT: 'integer',
  BigInteger: 'bigint',
  BIGINT: 'bigint',
  SmallInteger: 'smallint',
  SMALLINT: 'smallint',
  TINYINT: 'tinyint',
  Boolean: 'boolean',
  BOOLEAN: 'boolean',
  DateTime: timestamp,
  DATETIME: timestamp,
  TIMESTAMP: timestamp,
  Date: 'date',
  DATE: 'date',
  Time: time,
  TIME: time,
  Interval: 'interval',
  INTERVAL: 'interval',
  Numeric: numeric,
  NUMERIC: numeric,
  DECIMAL: numeric,
  Float: 'double precision',
  FLOAT: 'double precision',
  Double: 'double precision',
  DOUBLE_PRECISION: 'double precision',
  DOUBLE: 'double precision',
  REAL: 'real',
  LargeBinary: binary,
  BYTEA: 'bytea',
  BLOB: 'blob',
  PickleType: binary,
  JSON: 'json',
  JSONB: 'jsonb',
  HSTORE: 'hstore',
  UUID: 'uuid',
  Uuid: 'uuid',
  INET: 'inet',
  CIDR: 'cidr',
  MACADDR: 'macaddr',
  CITEXT: 'citext',
  TSVECTOR: 'tsvector',
  ARRAY: array,
  Enum: enumeration,
  ENUM: enumeration,
};

/** Python's types as SQLAlchemy maps them when no column type is given. */
const pythonTypes: { [name: string]: string } = {
  int: 'Integer',
  str: 'String',
  bool: 'Boolean',
  float: 'Float',
  bytes: 'LargeBinary',
  'datetime.datetime': 'DateTime',
  'datetime.date': 'Date',
  'datetime.time': 'Time',
  'datetime.timedelta': 'Interval',
  'decimal.Decimal': 'Numeric',
  'uuid.UUID': 'Uuid',
  'pydantic.EmailStr': 'String',
};

/** A type in the words that SQL of the dialect is read to. */
function inDialect(name: string, dialect: Dialect): string {
  const match = /^([a-z][\w ]*?)(?:\(([^)]*)\))?((?: with(?:out)? time zone)?)((?:\[\])*)$/.exec(name);
  if (match === null || name === 'unknown') return name;
  const [, head = '', args, tail = '', array = ''] = match;
  return canonicalType({ head, ...(args !== undefined && { args }), tail: tail.trim(), array }, dialect);
}

/** The canonical name of a column type that an argument gives; `unknown` for a project's own type. */
export function typeName(value: Value, dialect: Dialect): string {
  if (value.kind === 'call' && value.func.endsWith('.with_variant') && value.of !== undefined) {
    const variant = value.args.slice(1).some((arg) => textOf(arg.value) === dialect);
    return typeName(variant && value.args[0] ? value.args[0].value : value.of, dialect);
  }
  if (value.kind === 'call' && value.func.endsWith('.as_mutable'))
    return typeName(value.args[0]?.value ?? value, dialect);
  const name = value.kind === 'call' ? value.func : value.kind === 'ref' ? canonical(value.name) : '';
  const known = /^(?:sqlalchemy|sqlmodel)\.(\w+)$/.exec(name)?.[1];
  const type = known !== undefined && Object.hasOwn(types, known) ? types[known] : undefined;
  if (type === undefined) return 'unknown';
  const spelled = typeof type === 'string' ? type : type(value.kind === 'call' ? value : undefined, dialect);
  return type === enumeration ? spelled : inDialect(spelled, dialect);
}

/** The column type that SQLAlchemy chooses for a Python type; `unknown` where it has none. */
export function typeNameOfPython(name: string, dialect: Dialect): string {
  const type = Object.hasOwn(pythonTypes, name) ? pythonTypes[name] : undefined;
  return type === undefined ? 'unknown' : typeName({ kind: 'ref', name: `sqlalchemy.${type}` }, dialect);
}

export function columnType(value: Value, source: string, span: Span, dialect: Dialect): ColumnType {
  const timezone = zoneOf(value);
  return {
    name: typeName(value, dialect),
    written: written(source, span),
    ...(timezone !== undefined && { timezone }),
    span: { start: span.start, end: span.end },
  };
}

/** What `timezone=` of a type says, or the first argument of `DateTime`. */
function zoneOf(value: Value): boolean | undefined {
  if (value.kind !== 'call' || !/\.(?:DateTime|DATETIME|TIMESTAMP|Time|TIME)$/.test(value.func)) return undefined;
  const given = argument(value, 0, 'timezone')?.value;
  return given?.kind === 'const' && typeof given.value === 'boolean' ? given.value : undefined;
}

/** Whether an argument of a column is its type: a type class, or a call of one. */
export function looksLikeType(value: Value): boolean {
  if (value.kind === 'ref') return /(?:^|\.)[A-Z]\w*$/.test(value.name) || typeName(value, 'unknown') !== 'unknown';
  if (value.kind === 'class') return true;
  if (value.kind !== 'call') return false;
  return !/\.(?:ForeignKey|Computed|Identity|Sequence|CheckConstraint|FetchedValue|FetchedValue)$/.test(value.func);
}

/** The labels of an enum type that an `Enum(…)` call gives; undefined where they are not known. */
export function enumLabels(call: CallValue, members: (value: Value) => string[] | undefined): string[] | undefined {
  const [first] = call.args;
  if (first === undefined) return undefined;
  const own = members(first.value);
  if (own !== undefined) return own;
  const values = call.args.length === 1 ? (itemsOf(first.value) ?? [first.value]) : call.args.map(({ value }) => value);
  const labels = values.map((value) => textOf(value));
  return labels.every((label) => label !== undefined) ? labels : undefined;
}
