import type { ColumnType, Dialect, Span } from '../../../ir/index.js';
import { typeNamed } from '../types-in-text.js';
import { property, scalarOf, textOf, textsOf, type Value } from '../values/values.js';
import { valueOf, type Argument } from './values.js';

/** The arguments of a column's method behind the name. */
type Arguments = readonly (Argument | undefined)[];

/** A type that depends on the arguments; nothing where they are not known. */
type Sized = (args: Arguments) => string | undefined;

/** Per database; `all` where it has no word of its own. */
interface Words {
  all?: string | Sized;
  postgresql?: string | Sized;
  mysql?: string | Sized;
  sqlite?: string | Sized;
  tsql?: string | Sized;
}

const valueAt = (args: Arguments, index: number): Value | undefined => valueOf(args[index]);

const isLeftOut = (args: Arguments, index: number): boolean => {
  const value = args[index];
  return value === undefined || value.kind === 'undefined' || (value.kind === 'known' && value.value === null);
};

/** A number as Knex reads it, which takes text too; `undefined` where it is computed. */
function numberAt(args: Arguments, index: number, fallback: number): number | undefined {
  const kind = args[index]?.kind;
  if (isLeftOut(args, index) || kind === 'array' || kind === 'object' || kind === 'function') return fallback;
  const scalar = scalarOf(valueAt(args, index));
  const number = typeof scalar === 'string' ? Number.parseInt(scalar, 10) : scalar;
  return typeof number !== 'number' ? undefined : Number.isNaN(number) ? fallback : number;
}

const withLength =
  (word: string, fallback: number): Sized =>
  (args) => {
    const length = numberAt(args, 0, fallback);
    return length === undefined ? undefined : `${word}(${String(length)})`;
  };

/** A length in parentheses where one is given. */
const withOptionalLength =
  (word: string, otherwise = word): Sized =>
  (args) => {
    if (isLeftOut(args, 0)) return otherwise;
    const length = numberAt(args, 0, 0);
    return length === undefined ? undefined : length === 0 ? otherwise : `${word}(${String(length)})`;
  };

const withScale =
  (word: string, precision: number, scale: number): Sized =>
  (args) => {
    const [digits, behind] = [numberAt(args, 0, precision), numberAt(args, 1, scale)];
    return digits === undefined || behind === undefined ? undefined : `${word}(${String(digits)}, ${String(behind)})`;
  };

/** PostgreSQL: `timestamp(withoutTz, precision)` or `timestamp({ useTz, precision })`; with a time zone unless asked otherwise. */
const postgresTimestamp: Sized = (args) => {
  const options = valueAt(args, 0);
  const [zone, digits] =
    options?.kind === 'object'
      ? [scalarOf(property(options, 'useTz')) ?? true, property(options, 'precision')]
      : [isLeftOut(args, 0) ? true : negated(scalarOf(options)), valueAt(args, 1)];
  if (zone === undefined || (options?.kind === 'object' && !options.complete)) return undefined;
  const word = zone === false ? 'timestamp' : 'timestamptz';
  if (digits === undefined || digits.kind === 'undefined') return word;
  const precision = scalarOf(digits);
  if (precision === null) return word;
  return precision === undefined ? undefined : `${word}(${String(precision)})`;
};

const negated = (value: unknown): boolean | undefined => (value === undefined ? undefined : !value);

/** MySQL: a number, or `{ precision }`. */
const withPrecision =
  (word: string): Sized =>
  (args) => {
    const [first] = args;
    if (first === undefined) return word;
    const given = first.kind === 'object' ? property(first, 'precision') : valueAt(args, 0);
    const precision = given === undefined ? null : scalarOf(given);
    if (precision === undefined) return undefined;
    return typeof precision === 'number' ? `${word}(${String(precision)})` : word;
  };

const mysqlText: Sized = (args) => {
  if (isLeftOut(args, 0)) return 'text';
  const size = textOf(valueAt(args, 0));
  if (size === undefined) return undefined;
  return /^medium(?:text)?$/.test(size) ? 'mediumtext' : /^long(?:text)?$/.test(size) ? 'longtext' : 'text';
};

const mysqlEnum: Sized = (args) => {
  const labels = textsOf(valueAt(args, 0));
  return labels && `enum('${labels.join("', '")}')`;
};

const binaryUuid =
  (otherwise: string): Sized =>
  (args) => {
    const options = valueAt(args, 0);
    return options?.kind === 'object' && scalarOf(property(options, 'useBinaryUuid')) === true
      ? 'binary(16)'
      : otherwise;
  };

/** `t.enu('a', […], { useNative: true, enumName })`: the name of the type, else text. */
const postgresEnum: Sized = (args) => {
  const options = valueAt(args, 1);
  if (!isNativeEnum(options)) return options === undefined || options.kind === 'object' ? 'text' : undefined;
  const schema = textOf(property(options, 'schemaName'));
  const name = textOf(property(options, 'enumName'));
  return name === undefined ? undefined : `${schema === undefined ? '' : `"${schema}".`}"${name}"`;
};

export const isNativeEnum = (options: Value | undefined): boolean =>
  options?.kind === 'object' && scalarOf(property(options, 'useNative')) === true;

const specific: Sized = (args) => (args[0]?.kind === 'raw' ? args[0].text : textOf(valueAt(args, 0)));

/**
 * What Knex 3.3 makes of each method, from its column compilers. A method that a database has no word for is left out:
 * Knex sends `undefined` there.
 */
const types: { readonly [method: string]: Words } = {
  increments: { postgresql: 'serial', mysql: 'int unsigned', sqlite: 'integer', tsql: 'int' },
  bigincrements: { postgresql: 'bigserial', mysql: 'bigint unsigned', sqlite: 'integer', tsql: 'bigint' },
  integer: { all: 'integer', mysql: withOptionalLength('int'), tsql: 'int' },
  tinyint: { all: 'tinyint', postgresql: 'smallint', mysql: withOptionalLength('tinyint') },
  smallint: { all: 'integer', postgresql: 'smallint', mysql: 'smallint', tsql: 'smallint' },
  mediumint: { all: 'integer', mysql: 'mediumint', tsql: 'int' },
  biginteger: { all: 'bigint' },
  varchar: { all: withLength('varchar', 255), tsql: withLength('nvarchar', 255) },
  text: { all: 'text', mysql: mysqlText, tsql: 'nvarchar(max)' },
  mediumtext: { mysql: 'mediumtext', tsql: 'nvarchar(max)' },
  longtext: { mysql: 'longtext', tsql: 'nvarchar(max)' },
  decimal: {
    all: withScale('decimal', 8, 2),
    postgresql: (args) =>
      args[0]?.kind === 'known' && args[0].value === null ? 'decimal' : withScale('decimal', 8, 2)(args),
    sqlite: 'float',
  },
  floating: { all: withScale('float', 8, 2), postgresql: 'real', sqlite: 'float', tsql: 'float' },
  double: {
    postgresql: 'double precision',
    mysql: (args) => (isLeftOut(args, 0) ? 'double' : withScale('double', 8, 2)(args)),
    sqlite: 'float',
    tsql: 'float',
  },
  bit: {
    all: 'text',
    postgresql: (args) => {
      const length = property(valueAt(args, 0), 'length');
      return length && `bit(${String(scalarOf(length))})`;
    },
    mysql: withOptionalLength('bit'),
    tsql: 'bit',
  },
  bool: { all: 'boolean', tsql: 'bit' },
  date: { all: 'date' },
  datetime: { all: 'datetime', postgresql: postgresTimestamp, mysql: withPrecision('datetime'), tsql: 'datetime2' },
  timestamp: {
    postgresql: postgresTimestamp,
    mysql: withPrecision('timestamp'),
    sqlite: 'datetime',
    tsql: (args) => {
      const [first] = args;
      if (first !== undefined && first.kind !== 'object') return 'datetime2';
      return scalarOf(property(first, 'useTz')) === true ? 'datetimeoffset' : 'datetime2';
    },
  },
  time: { all: 'time', mysql: withPrecision('time') },
  geometry: { all: 'geometry' },
  geography: { all: 'geography' },
  point: { all: 'point' },
  binary: {
    all: 'blob',
    postgresql: 'bytea',
    mysql: withOptionalLength('varbinary', 'blob'),
    tsql: withOptionalLength('varbinary', 'varbinary(max)'),
  },
  json: { all: 'json', tsql: 'nvarchar(max)' },
  jsonb: { all: 'json', postgresql: 'jsonb', tsql: 'nvarchar(max)' },
  uuid: { all: binaryUuid('char(36)'), postgresql: 'uuid', tsql: binaryUuid('uniqueidentifier') },
  enu: { postgresql: postgresEnum, mysql: mysqlEnum, sqlite: 'text', tsql: 'nvarchar(100)' },
  specifictype: { all: specific },
};

/** Other names of the same methods. */
const aliases: { readonly [method: string]: string } = {
  float: 'floating',
  enum: 'enu',
  boolean: 'bool',
  string: 'varchar',
  bigint: 'biginteger',
  int: 'int',
};

/** Methods that make a column and for which no database has a word. */
const wordless = new Set(
  'int real serial year char tinytext varbinary tinyblob mediumblob blob longblob set'.split(' '),
);

/** The method of a column in one spelling: `bigInteger` and `bigint` are `biginteger`; nothing for other methods. */
export function columnMethod(name: string): string | undefined {
  const lower = (Object.hasOwn(aliases, name) ? aliases[name]! : name).toLowerCase();
  return Object.hasOwn(types, lower) || wordless.has(lower) ? lower : undefined;
}

/** The databases that Knex has a compiler for; MariaDB and CockroachDB are spoken to as their relatives. */
function wordsFor(words: Words | undefined, dialect: Dialect): string | Sized | undefined {
  switch (dialect) {
    case 'postgresql':
    case 'cockroachdb':
      return words?.postgresql ?? words?.all;
    case 'mysql':
    case 'mariadb':
      return words?.mysql ?? words?.all;
    case 'sqlite':
    case 'tsql':
      return words?.[dialect] ?? words?.all;
    default:
      return undefined;
  }
}

/** The type that a column's method gives; `unknown` where it hangs on a value that is not known. */
export function columnType(method: string, args: Arguments, unsigned: boolean, dialect: Dialect, at: Span): ColumnType {
  const words = wordsFor(Object.hasOwn(types, method) ? types[method] : undefined, dialect);
  const written = typeof words === 'function' ? words(args) : words;
  if (written === undefined) return { name: 'unknown', written: '', span: at };
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  return typeNamed(unsigned && isMysql ? `${written} unsigned` : written, dialect, at);
}
