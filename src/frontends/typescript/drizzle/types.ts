import type { Column, Dialect } from '../../../ir/index.js';
import { readEmbedded } from '../../sql/embedded.js';
import { isAbsent, property, scalarOf, textsOf, type Value } from '../values/values.js';
import type { Core } from './modules.js';

/** What a builder of a column is called with: `text('name', { length: 3 })` has the options as its configuration. */
export interface BuilderArguments {
  config: Value | undefined;
  args: readonly Value[];
}

/** The type of a column as Drizzle sends it; nothing where an option that it hangs on is computed. */
type TypeText = (given: BuilderArguments) => string | undefined;

/** An option as text; `undefined` for one that is left out, `null` for one that is not known. */
function option(config: Value | undefined, name: string): string | undefined | null {
  if (!config || isAbsent(config)) return undefined;
  if (config.kind !== 'object') return null;
  const value = property(config, name);
  if (!value) return config.complete ? undefined : null;
  if (value.kind === 'undefined') return undefined;
  const scalar = scalarOf(value);
  return scalar === undefined || scalar === null ? null : String(scalar);
}

const plain =
  (type: string): TypeText =>
  () =>
    type;

/** `varchar(3)`: the options that stand in parentheses, up to the first that is left out. */
const sized =
  (type: string, ...names: string[]): TypeText =>
  ({ config }) => {
    const sizes: string[] = [];
    for (const name of names) {
      const size = option(config, name);
      if (size === null) return undefined;
      if (size === undefined) break;
      sizes.push(size);
    }
    return sizes.length > 0 ? `${type}(${sizes.join(', ')})` : type;
  };

/** A word behind the type that an option of the same name asks for. */
const marked =
  (type: TypeText, name: string, word: string): TypeText =>
  (given) => {
    const text = type(given);
    const mark = option(given.config, name);
    if (text === undefined || mark === null) return undefined;
    return mark === 'true' ? `${text} ${word}` : text;
  };

const moment = (type: string): TypeText => marked(sized(type, 'precision'), 'withTimezone', 'with time zone');
const unsigned = (type: TypeText): TypeText => marked(type, 'unsigned', 'unsigned');

const interval: TypeText = ({ config }) => {
  const fields = option(config, 'fields');
  const precision = option(config, 'precision');
  if (fields === null || precision === null) return undefined;
  return `interval${fields ? ` ${fields}` : ''}${precision ? `(${precision})` : ''}`;
};

/** `mysqlEnum('name', ['a', 'b'])`, `mysqlEnum(['a', 'b'])`, and the same with an enum of TypeScript. */
const mysqlEnum: TypeText = ({ args }) => {
  const labels = labelsOf(args.find((each) => each.kind === 'array' || each.kind === 'object'));
  return labels && `enum(${labels.map((label) => `'${label.replaceAll("'", "''")}'`).join(',')})`;
};

/** The labels of an enum: a list, or an object of them. */
export function labelsOf(value: Value | undefined): string[] | undefined {
  if (value?.kind === 'array') return textsOf(value);
  if (value?.kind !== 'object' || !value.complete) return undefined;
  const labels = value.entries.map((entry) => scalarOf(entry.value));
  return labels.every((label) => typeof label === 'string') ? labels : undefined;
}

const all = (names: string): { [builder: string]: TypeText } =>
  Object.fromEntries(names.split(' ').map((name) => [name, plain(name)]));

const mysql: { [builder: string]: TypeText } = {
  ...all('boolean date json serial tinytext text mediumtext longtext year'),
  bigint: unsigned(plain('bigint')),
  int: unsigned(plain('int')),
  mediumint: unsigned(plain('mediumint')),
  smallint: unsigned(plain('smallint')),
  tinyint: unsigned(plain('tinyint')),
  binary: sized('binary', 'length'),
  varbinary: sized('varbinary', 'length'),
  char: sized('char', 'length'),
  varchar: sized('varchar', 'length'),
  datetime: sized('datetime', 'fsp'),
  time: sized('time', 'fsp'),
  timestamp: sized('timestamp', 'fsp'),
  decimal: unsigned((given) =>
    sized('decimal', 'precision', 'scale')(given)?.replace(/^decimal\(10(?:, 0)?\)$/, 'decimal'),
  ),
  double: unsigned(sized('double', 'precision', 'scale')),
  float: unsigned(sized('float', 'precision', 'scale')),
  real: sized('real', 'precision', 'scale'),
  mysqlEnum,
  singlestoreEnum: mysqlEnum,
};

const builders: Readonly<Record<Core, { readonly [builder: string]: TypeText }>> = {
  pg: {
    ...all('bigint bigserial boolean cidr date inet integer json jsonb line macaddr macaddr8 point real serial'),
    ...all('smallint smallserial text uuid'),
    doublePrecision: plain('double precision'),
    char: sized('char', 'length'),
    varchar: sized('varchar', 'length'),
    numeric: sized('numeric', 'precision', 'scale'),
    decimal: sized('numeric', 'precision', 'scale'),
    time: moment('time'),
    timestamp: moment('timestamp'),
    interval,
    bit: sized('bit', 'dimensions'),
    vector: sized('vector', 'dimensions'),
    halfvec: sized('halfvec', 'dimensions'),
    sparsevec: sized('sparsevec', 'dimensions'),
    geometry: plain('geometry(point)'),
  },
  mysql,
  singlestore: { ...mysql, vector: sized('vector', 'dimensions') },
  sqlite: {
    ...all('blob integer numeric real'),
    int: plain('integer'),
    text: ({ config }) => (option(config, 'mode') === 'json' ? 'text' : sized('text', 'length')({ config, args: [] })),
  },
};

/** The builder of a database by its name, if it has one so called. */
export function typeBuilder(core: Core, name: string): TypeText | undefined {
  return Object.hasOwn(builders[core], name) ? builders[core][name] : undefined;
}

type ReadType = Pick<Column, 'generated' | 'collation'> & { name: string; notNull: boolean };

const known = new Map<string, ReadType>();

/** What a type says as SQL, read as that of a column: its canonical name, and whether it is a serial one. */
export function readType(text: string, dialect: Dialect): ReadType {
  const key = `${dialect} ${text}`;
  const found = known.get(key);
  if (found) return found;
  const read = readFresh(text, dialect);
  if (known.size < maxKnown) known.set(key, read);
  return read;
}

const maxKnown = 1_000;

function readFresh(text: string, dialect: Dialect): ReadType {
  const value = `CREATE TABLE t (c ${text})`;
  const [statement] = readEmbedded([{ value, offsets: [[0, 0]] }], { dialect, inTransaction: 'unknown' });
  const [operation] = statement?.operations ?? [];
  const column = operation?.kind === 'CreateTable' ? operation.definition.columns[0] : undefined;
  if (!column || operation?.kind !== 'CreateTable' || operation.definition.columns.length > 1)
    return { name: 'unknown', notNull: false };
  return {
    name: column.type.name,
    notNull: column.nullable === false,
    ...(column.generated && { generated: column.generated }),
    ...(column.collation !== undefined && { collation: column.collation }),
  };
}
