import type { ColumnType, Dialect, Span } from '../../../ir/index.js';
import { argument, isNone, keyword, textOf, type CallValue, type Value } from '../values/value.js';
import { canonicalType } from '../../sql/types.js';
import { enumOf, enumTypeName } from './enums.js';
import { canonical } from '../values/names.js';
import { written } from '../source.js';

type SizedType = (call: CallValue | undefined, dialect: Dialect) => string;
type TypeName = string | SizedType;

const number = (value: Value | undefined): number | undefined =>
  value?.kind === 'const' && typeof value.value === 'number' ? value.value : undefined;

const isMysql = (dialect: Dialect) => dialect === 'mysql' || dialect === 'mariadb';

/** A type whose words hang on the server. */
function words(others: string, { mysql, sqlite, tsql }: { mysql?: string; sqlite?: string; tsql?: string }): SizedType {
  return (_, dialect) => {
    const own = isMysql(dialect) ? mysql : dialect === 'sqlite' ? sqlite : dialect === 'tsql' ? tsql : undefined;
    return own ?? others;
  };
}

/** A type with numbers in parentheses, given by place or by name: `varchar(20)`, `numeric(10,2)`. */
function sized(name: TypeName, ...parameters: string[]): SizedType {
  return (call, dialect) => {
    const base = typeof name === 'string' ? name : name(call, dialect);
    const sizes: number[] = [];
    for (const [at, parameter] of parameters.entries()) {
      const given = call && argument(call, at, parameter);
      if (given === undefined || isNone(given.value)) break;
      const size = number(given.value);
      if (size === undefined) return 'unknown';
      sizes.push(size);
    }
    return sizes.length === 0 ? base : `${base}(${sizes.join(',')})`;
  };
}

const isTrue = (call: CallValue | undefined, name: string, at = -1): boolean => {
  const given = call && (keyword(call, name) ?? call.args[at])?.value;
  return given?.kind === 'const' && given.value === true;
};

/** Types with a time of day, with a number of digits for the seconds and with or without a time zone. */
function moment(zoned: string, plain: string, { mysql, sqlite, tsql }: { [dialect: string]: string }): TypeName {
  return (call, dialect) => {
    const digits = number(call && keyword(call, isMysql(dialect) ? 'fsp' : 'precision')?.value);
    const precision = digits === undefined ? '' : `(${String(digits)})`;
    if (isMysql(dialect)) return (mysql ?? plain) + precision;
    if (dialect === 'sqlite') return sqlite ?? plain;
    if (dialect === 'tsql' && tsql !== undefined) return tsql;
    const [head = '', ...tail] = (isTrue(call, 'timezone', 0) ? zoned : plain).split(' ');
    return [head + precision, ...tail].join(' ');
  };
}

/** MySQL's numbers, which may do without a sign. */
const unsigned =
  (name: TypeName): TypeName =>
  (call, dialect) => {
    const base = typeof name === 'string' ? name : name(call, dialect);
    return isMysql(dialect) && isTrue(call, 'unsigned') ? `${base} unsigned` : base;
  };

/** The larger floating-point type counts its bits everywhere but in SQLite. */
const float: TypeName = (call, dialect) =>
  dialect === 'sqlite' ? 'float' : sized('float', 'precision')(call, dialect);

const bits: TypeName = (call) => {
  const length = number(call && argument(call, 0, 'length')?.value) ?? 1;
  return `${isTrue(call, 'varying') ? 'bit varying' : 'bit'}(${String(length)})`;
};

const array: TypeName = (call, dialect) => {
  const item = call && argument(call, 0, 'item_type')?.value;
  const inner = item === undefined ? 'unknown' : typeName(item, dialect);
  const dimensions = number(call && keyword(call, 'dimensions')?.value) ?? 1;
  return inner === 'unknown' ? 'unknown' : inner + '[]'.repeat(Math.min(Math.max(dimensions, 1), 8));
};

const enumeration: TypeName = (call, dialect) => {
  const given = enumOf(call);
  return given === undefined ? 'unknown' : enumTypeName(given, given.labels, dialect);
};

/** The name of a domain is that of its type. */
const domain: TypeName = (call) => textOf(call && argument(call, 0, 'name')?.value) ?? 'unknown';

const texts = sized('varchar', 'length');

/** SQLModel's text, which MySQL wants a length for. */
const autoString: TypeName = (call, dialect) => {
  const name = sized('varchar', 'length')(call, dialect);
  return name === 'varchar' && isMysql(dialect) ? 'varchar(255)' : name;
};

const byteString = words('bytea', { mysql: 'blob', sqlite: 'blob' });

/** SQLAlchemy's types by class name. */
const types: { [name: string]: TypeName } = {
  String: texts,
  Unicode: (call, dialect) => (dialect === 'tsql' ? sized('nvarchar', 'length')(call, dialect) : texts(call, dialect)),
  AutoString: autoString,
  VARCHAR: texts,
  NVARCHAR: sized('nvarchar', 'length'),
  CHAR: sized('char', 'length'),
  NCHAR: sized('nchar', 'length'),
  Text: sized('text', 'length'),
  TEXT: sized('text', 'length'),
  UnicodeText: words('text', { tsql: 'ntext' }),
  CLOB: 'clob',
  TINYTEXT: 'tinytext',
  LONGTEXT: 'longtext',
  MEDIUMTEXT: 'mediumtext',
  Integer: 'integer',
  INTEGER: unsigned('integer'),
  INT: 'integer',
  BigInteger: 'bigint',
  BIGINT: unsigned('bigint'),
  SmallInteger: 'smallint',
  SMALLINT: unsigned('smallint'),
  TINYINT: unsigned(sized('tinyint', 'display_width')),
  MEDIUMINT: unsigned('mediumint'),
  Boolean: words('boolean', { mysql: 'bool', tsql: 'bit' }),
  BOOLEAN: words('boolean', { mysql: 'bool' }),
  BIT: bits,
  YEAR: 'year',
  DateTime: moment('timestamp with time zone', 'timestamp', { mysql: 'datetime', sqlite: 'datetime' }),
  DATETIME: moment('datetime', 'datetime', {}),
  TIMESTAMP: moment('timestamp with time zone', 'timestamp', {}),
  Date: 'date',
  DATE: 'date',
  Time: moment('time with time zone', 'time', {}),
  TIME: moment('time with time zone', 'time', {}),
  Interval: words('interval', { mysql: 'datetime', sqlite: 'datetime', tsql: 'datetime' }),
  INTERVAL: 'interval',
  Numeric: sized('numeric', 'precision', 'scale'),
  NUMERIC: unsigned(sized('numeric', 'precision', 'scale')),
  DECIMAL: unsigned(sized('decimal', 'precision', 'scale')),
  Float: float,
  FLOAT: float,
  Double: words('double precision', { mysql: 'double', sqlite: 'double' }),
  DOUBLE_PRECISION: 'double precision',
  DOUBLE: 'double',
  REAL: 'real',
  LargeBinary: (call, dialect) =>
    isMysql(dialect)
      ? sized('blob', 'length')(call, dialect)
      : dialect === 'tsql'
        ? 'image'
        : byteString(call, dialect),
  PickleType: (call, dialect) => (dialect === 'tsql' ? 'image' : byteString(call, dialect)),
  BYTEA: 'bytea',
  BLOB: 'blob',
  TINYBLOB: 'tinyblob',
  MEDIUMBLOB: 'mediumblob',
  LONGBLOB: 'longblob',
  BINARY: sized('binary', 'length'),
  VARBINARY: sized('varbinary', 'length'),
  JSON: words('json', { tsql: 'nvarchar(max)' }),
  JSONB: 'jsonb',
  HSTORE: 'hstore',
  UUID: 'uuid',
  GUID: words('uuid', { mysql: 'char(32)', sqlite: 'char(32)', tsql: 'uniqueidentifier' }),
  Uuid: words('uuid', { mysql: 'char(32)', sqlite: 'char(32)', tsql: 'uniqueidentifier' }),
  UNIQUEIDENTIFIER: 'uniqueidentifier',
  INET: 'inet',
  CIDR: 'cidr',
  MACADDR: 'macaddr',
  MACADDR8: 'macaddr8',
  MONEY: 'money',
  OID: 'oid',
  CITEXT: 'citext',
  TSVECTOR: 'tsvector',
  TSQUERY: 'tsquery',
  JSONPATH: 'jsonpath',
  INT4RANGE: 'int4range',
  INT8RANGE: 'int8range',
  NUMRANGE: 'numrange',
  DATERANGE: 'daterange',
  TSRANGE: 'tsrange',
  TSTZRANGE: 'tstzrange',
  INT4MULTIRANGE: 'int4multirange',
  INT8MULTIRANGE: 'int8multirange',
  NUMMULTIRANGE: 'nummultirange',
  DATEMULTIRANGE: 'datemultirange',
  TSMULTIRANGE: 'tsmultirange',
  TSTZMULTIRANGE: 'tstzmultirange',
  ARRAY: array,
  DOMAIN: domain,
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
  const match = /^([a-z][\w ]*?)(?:\(([^)]*)\))?((?: with(?:out)? time zone| unsigned)?)((?:\[\])*)$/.exec(name);
  if (match === null || name === 'unknown') return name;
  const [, head = '', args, tail = '', array = ''] = match;
  return canonicalType({ head, ...(args !== undefined && { args }), tail: tail.trim(), array }, dialect);
}

const isOfDialect = (name: string | undefined, dialect: Dialect): boolean =>
  name === dialect || (name === 'mssql' && dialect === 'tsql') || (name === 'mysql' && dialect === 'mariadb');
/** Whether a canonical name is one of the library's types. */
export const isTypeName = (name: string): boolean => Object.hasOwn(types, /^sqlalchemy\.(\w+)$/.exec(name)?.[1] ?? '');

/** The canonical name of a column type that an argument gives; `unknown` for a project's own type. */
export function typeName(value: Value, dialect: Dialect): string {
  if (value.kind === 'call' && value.func.endsWith('.with_variant') && value.of !== undefined) {
    const variant = value.args.slice(1).some((arg) => isOfDialect(textOf(arg.value), dialect));
    return typeName(variant && value.args[0] ? value.args[0].value : value.of, dialect);
  }
  if (value.kind === 'call' && value.func.endsWith('.as_mutable'))
    return typeName(value.args[0]?.value ?? value, dialect);
  const name = value.kind === 'call' ? value.func : value.kind === 'ref' ? canonical(value.name) : '';
  const known = /^(?:sqlalchemy|sqlmodel)\.(\w+)$/.exec(name)?.[1];
  const type = known !== undefined && Object.hasOwn(types, known) ? types[known] : undefined;
  if (type === undefined) return 'unknown';
  const spelled = typeof type === 'string' ? type : type(value.kind === 'call' ? value : undefined, dialect);
  return type === enumeration || type === domain ? spelled : inDialect(spelled, dialect);
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
