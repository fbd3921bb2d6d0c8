import type { ColumnType, Dialect, Span } from '../../../ir/index.js';
import { argument, itemsOf, keyword, textOf, type CallValue, type Value } from '../values/value.js';
import { canonicalType } from '../../sql/types.js';
import { canonical } from '../values/names.js';
import { written } from '../source.js';

type Spelling = (call: CallValue | undefined, dialect: Dialect) => string;
type TypeName = string | Spelling;

const number = (value: Value | undefined): number | undefined =>
  value?.kind === 'const' && typeof value.value === 'number' ? value.value : undefined;

const isMysql = (dialect: Dialect) => dialect === 'mysql' || dialect === 'mariadb';

const isPostgresql = (dialect: Dialect) =>
  dialect === 'postgresql' || dialect === 'cockroachdb' || dialect === 'unknown';

/** A type with a length: `varchar(20)`. */
const sized =
  (name: string, parameter = 'length'): Spelling =>
  (call) => {
    const given = call && argument(call, 0, parameter);
    if (given === undefined) return name;
    const length = number(given.value);
    return length === undefined ? (given.value.kind === 'const' ? name : 'unknown') : `${name}(${String(length)})`;
  };

/** A type with a precision of seconds, which MySQL's own types have. */
function fractional(name: string, call: CallValue | undefined): string {
  const digits = number(call && keyword(call, 'fsp')?.value);
  return digits === undefined ? name : `${name}(${String(digits)})`;
}

/** `DateTime` is a timestamp to PostgreSQL and Oracle alone; `TIMESTAMP` is one everywhere. */
const timestamp =
  (elsewhere: 'datetime' | 'timestamp'): TypeName =>
  (call, dialect) => {
    if (isMysql(dialect)) return fractional(elsewhere, call);
    if (dialect === 'sqlite') return elsewhere;
    const zoned = call && (keyword(call, 'timezone') ?? call.args[0])?.value;
    return zoned?.kind === 'const' && zoned.value === true ? 'timestamp with time zone' : 'timestamp without time zone';
  };

const time: TypeName = (call, dialect) => {
  if (isMysql(dialect)) return fractional('time', call);
  const zoned = call && (keyword(call, 'timezone') ?? call.args[0])?.value;
  return zoned?.kind === 'const' && zoned.value === true && isPostgresql(dialect) ? 'time with time zone' : 'time';
};

/** Databases without intervals get a moment counted from the epoch. */
const interval: TypeName = (_, dialect) => (isPostgresql(dialect) ? 'interval' : 'datetime');

const numeric =
  (name: string): TypeName =>
  (call) => {
    const precision = number(call && argument(call, 0, 'precision')?.value);
    const scale = number(call && argument(call, 1, 'scale')?.value);
    if (precision === undefined) return name;
    return scale === undefined ? `${name}(${String(precision)})` : `${name}(${String(precision)},${String(scale)})`;
  };

const float: TypeName = (call, dialect) => {
  const precision = number(call && argument(call, 0, 'precision')?.value);
  return precision === undefined || dialect === 'sqlite' ? 'float' : `float(${String(precision)})`;
};

const double: TypeName = (_, dialect) => (isMysql(dialect) || dialect === 'sqlite' ? 'double' : 'double precision');

const blob = sized('blob');

const binary: TypeName = (call, dialect) => {
  if (isPostgresql(dialect)) return 'bytea';
  return isMysql(dialect) ? blob(call, dialect) : 'blob';
};

/** MySQL's integers may do without a sign. */
const integer =
  (name: string): TypeName =>
  (call, dialect) => {
    const unsigned = call && keyword(call, 'unsigned')?.value;
    const width =
      name === 'tinyint' && isMysql(dialect) ? number(call && argument(call, 0, 'display_width')?.value) : 0;
    const spelled = width === 1 ? `${name}(1)` : isMysql(dialect) && name === 'integer' ? 'int' : name;
    return unsigned?.kind === 'const' && unsigned.value === true && isMysql(dialect) ? `${spelled} unsigned` : spelled;
  };

const array: TypeName = (call, dialect) => {
  const item = call && argument(call, 0, 'item_type')?.value;
  const inner = item === undefined ? 'unknown' : typeName(item, dialect);
  return inner === 'unknown' ? 'unknown' : `${inner}[]`;
};

/** The name of an enum type: given, or the class's in lower case. Its labels are another fact. */
export function enumName(call: CallValue): string {
  const name = textOf(keyword(call, 'name')?.value);
  if (name !== undefined) return name;
  const first = call.args[0]?.value;
  if (first?.kind === 'class') return first.node.name.toLowerCase();
  return first?.kind === 'ref' ? (first.name.split('.').at(-1) ?? 'unknown').toLowerCase() : 'unknown';
}

/** Whether an enum is a type of its own in the database, and not text of a length. */
export const isNativeEnum = (call: CallValue, dialect: Dialect): boolean => {
  const native = keyword(call, 'native_enum')?.value;
  return (isPostgresql(dialect) || isMysql(dialect)) && !(native?.kind === 'const' && native.value === false);
};

/** An enum is a type with a name to PostgreSQL, a list of labels to MySQL, and text long enough for any of them elsewhere. */
const enumeration: TypeName = (call, dialect) => {
  if (call === undefined) return 'unknown';
  const isNative = isNativeEnum(call, dialect);
  if (isNative && isPostgresql(dialect)) return enumName(call);
  const labels = enumLabels(call);
  if (labels === undefined || labels.length === 0) return 'unknown';
  if (isNative) return `enum(${labels.map((label) => `'${label.replace(/'/g, "''")}'`).join(',')})`;
  const length = number(keyword(call, 'length')?.value) ?? Math.max(...labels.map((label) => label.length));
  return `varchar(${String(length)})`;
};

/** Types of one database that are spelled as their class is. */
const asSpelled = (names: string): { [name: string]: TypeName } =>
  Object.fromEntries(names.split(' ').map((name) => [name, name.toLowerCase()]));

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
  ...asSpelled(
    'TINYTEXT MEDIUMTEXT LONGTEXT TINYBLOB MEDIUMBLOB LONGBLOB YEAR DATERANGE TSRANGE TSTZRANGE NUMRANGE INT4RANGE ' +
      'INT8RANGE MONEY MACADDR8 OID REGCLASS TSQUERY',
  ),
  Integer: integer('integer'),
  INTEGER: integer('integer'),
  INT: integer('integer'),
  BigInteger: integer('bigint'),
  BIGINT: integer('bigint'),
  SmallInteger: integer('smallint'),
  SMALLINT: integer('smallint'),
  MEDIUMINT: integer('mediumint'),
  TINYINT: integer('tinyint'),
  Boolean: 'boolean',
  BOOLEAN: 'boolean',
  DateTime: timestamp('datetime'),
  DATETIME: timestamp('datetime'),
  TIMESTAMP: timestamp('timestamp'),
  Date: 'date',
  DATE: 'date',
  Time: time,
  TIME: time,
  Interval: interval,
  INTERVAL: interval,
  Numeric: numeric('numeric'),
  NUMERIC: numeric('numeric'),
  DECIMAL: numeric('decimal'),
  Float: float,
  FLOAT: float,
  Double: double,
  DOUBLE_PRECISION: 'double precision',
  DOUBLE: double,
  REAL: 'real',
  LargeBinary: binary,
  BYTEA: 'bytea',
  BLOB: blob,
  BIT: sized('bit'),
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

/** The labels of an enum type that an `Enum(…)` call lists; undefined where they are not known. */
export function enumLabels(call: CallValue): string[] | undefined {
  const [first] = call.args;
  if (first === undefined || call.open) return undefined;
  const values = call.args.length === 1 ? (itemsOf(first.value) ?? [first.value]) : call.args.map(({ value }) => value);
  const labels = values.map((value) => textOf(value));
  return labels.every((label) => label !== undefined) ? labels : undefined;
}
