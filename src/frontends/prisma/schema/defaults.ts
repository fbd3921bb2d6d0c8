import type { Default, Dialect, Span } from '../../../ir/index.js';
import { serverDefault } from '../../sql/volatility.js';
import type { Block, Value } from '../syntax/tree.js';
import { argumentOf, textOf } from './arguments.js';
import { columnName } from './names.js';

/** Functions that the client calls for each new row; the database knows nothing of them. */
const clientFunctions: ReadonlySet<string> = new Set(['uuid', 'cuid', 'ulid', 'nanoid']);

/** What a column's default is worked out from. */
export interface DefaultContext {
  dialect: Dialect;
  /** The enum that the field is of. */
  labels?: Block;
  /** The field's scalar type. */
  scalar?: string;
  /** The column's type, as a cast of a list names it. */
  type: string;
}

/** What the database fills a column with by itself. `autoincrement()` is no default but a way of the column's own. */
export function defaultOf(value: Value, context: DefaultContext): Default | undefined {
  const { dialect } = context;
  if (value.kind !== 'name' || value.args === undefined) {
    const text = literal(value, context);
    return text === undefined ? undefined : serverDefault(text, value.span, dialect);
  }
  if (clientFunctions.has(value.value)) return clientDefault(value, value.value, value.span);
  if (value.value === 'now') return serverDefault(nowIn(context), value.span, dialect);
  const text = value.value === 'dbgenerated' ? textOf(argumentOf(value, 'value', true)) : undefined;
  return text === undefined ? undefined : serverDefault(text, value.span, dialect);
}

/** MySQL asks for as many digits as the column keeps. */
function nowIn({ dialect, type }: DefaultContext): string {
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  return `CURRENT_TIMESTAMP${isMysql ? (/\(\d\)/.exec(type)?.[0] ?? '') : ''}`;
}

/** The client fills the column by calling a function. */
export function clientDefault(written: Value | undefined, name: string, span: Span): Default {
  const entries = written?.kind === 'name' ? (written.args?.entries ?? []) : [];
  const args = entries.flatMap(({ value }) => ('value' in value ? [value.value] : []));
  const text = `${name}(${args.join(', ')})`;
  return { by: 'client', text, value: { kind: 'call', name, arguments: args }, span };
}

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A literal as SQL. */
function literal(value: Value, context: DefaultContext): string | undefined {
  const { labels, scalar, dialect, type } = context;
  switch (value.kind) {
    case 'text':
      if (scalar === 'Bytes') return bytes(value.value, dialect);
      if (scalar === 'Decimal') return value.value;
      return quote(scalar === 'DateTime' ? moment(value.value) : value.value);
    case 'number':
      return value.value;
    case 'list': {
      const items = value.items.map((item) => literal(item, context));
      return items.includes(undefined)
        ? undefined
        : `ARRAY[${items.join(', ')}]::${labels ? quotedType(type) : type.toUpperCase()}`;
    }
    case 'name': {
      const label = labels?.members.find(({ name }) => name.value === value.value);
      if (label) return quote(columnName(label).value);
      if (value.value !== 'true' && value.value !== 'false') return undefined;
      return dialect === 'tsql' ? (value.value === 'true' ? '1' : '0') : value.value;
    }
    default:
      return undefined;
  }
}

/** Bytes are written as Base64 in a schema. */
function bytes(base64: string, dialect: Dialect): string | undefined {
  const hex = Buffer.from(base64, 'base64').toString('hex');
  if (dialect === 'sqlite') return `'${hex}'`;
  return dialect === 'postgresql' || dialect === 'cockroachdb' ? `'\\x${hex}'` : undefined;
}

/** A moment of RFC 3339 as Prisma hands it to a database. */
const moment = (text: string): string =>
  text.replace(/^(\d{4}-\d\d-\d\d)T([\d:.]+)(?:Z|([+-]\d\d:\d\d))$/, (_, day, time, zone = '+00:00') =>
    [day, time, zone].join(' '),
  );

/** The name of an enum's type, in quotes. */
const quotedType = (type: string): string => type.replace(/[^.[\]]+/g, '"$&"');
