import type { Default, Dialect, Span } from '../../../ir/index.js';
import { serverDefault } from '../../sql/volatility.js';
import { globals } from '../values/evaluate.js';
import { scalarOf, textOf, type Value } from '../values/values.js';
import type { Core } from './modules.js';
import { sqlText, type SqlContext } from './sql-text.js';
import { jsonOf } from './values.js';

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The moment that `new Date(…)` of constants gives. */
function dateOf(value: Value): Date | undefined {
  if (value.kind !== 'made' || value.origin.module !== globals || value.origin.name !== 'Date') return undefined;
  const given = value.args.length === 1 ? scalarOf(value.args[0]) : undefined;
  if (typeof given !== 'string' && typeof given !== 'number') return undefined;
  const date = new Date(given);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** The SQL that drizzle-kit writes for `.default(value)`; nothing where the value is not known. */
export function defaultText(value: Value, core: Core, type: string, context: SqlContext): string | undefined {
  if (value.kind === 'tagged' || value.kind === 'chain') return sqlText(value, context);
  const lower = type.toLowerCase();
  const text = literalDefault(value, core, lower);
  // MySQL takes a default of these types as an expression only.
  const wrapped = core === 'mysql' || core === 'singlestore' ? /^(?:blob|text|json)$/.test(lower) : false;
  return text !== undefined && wrapped ? `(${text})` : text;
}

function literalDefault(value: Value, core: Core, type: string): string | undefined {
  const text = textOf(value);
  if (text !== undefined) return quoted(text);
  if (core !== 'sqlite' && /^jsonb?$/.test(type)) {
    const json = jsonOf(value);
    return json === undefined ? undefined : `'${json}'${core === 'pg' ? `::${type}` : ''}`;
  }
  const date = dateOf(value);
  if (date) return quoted(dateText(date, core, type));
  if (core === 'pg' && type.endsWith(']') && value.kind === 'array') {
    const array = arrayText(value, type.replace(/\[.*$/, ''));
    return array === undefined ? undefined : `'${array}'`;
  }
  const scalar = scalarOf(value);
  if (scalar !== undefined) return scalar === null ? undefined : String(scalar);
  const json = core === 'sqlite' ? jsonOf(value) : undefined;
  return json === undefined ? undefined : `'${json}'`;
}

function dateText(date: Date, core: Core, type: string): string {
  const iso = date.toISOString();
  if (core === 'sqlite') return iso;
  if (type === 'date') return iso.split('T')[0]!;
  const short = core === 'pg' ? type === 'timestamp' : /^(?:datetime|timestamp)/.test(type);
  return short ? iso.replace('T', ' ').slice(0, 23) : iso;
}

/** `{a,b}`: an array of PostgreSQL as drizzle-kit writes it. */
function arrayText(value: Extract<Value, { kind: 'array' }>, type: string): string | undefined {
  if (!value.complete) return undefined;
  const items = value.items.map((item) => {
    if (item.kind === 'array') return arrayText(item, type);
    const date = dateOf(item);
    if (date) return `"${dateText(date, 'pg', type)}"`;
    const scalar = scalarOf(item);
    if (typeof scalar === 'string') return `"${scalar}"`;
    if (scalar !== undefined) return String(scalar);
    const json = jsonOf(item);
    return json === undefined ? undefined : `"${json.replaceAll('"', '\\"')}"`;
  });
  return items.every((item) => item !== undefined) ? `{${items.join(',')}}` : undefined;
}

/** A default of the server, of which the text is known. */
export const server = (text: string, span: Span, dialect: Dialect): Default => serverDefault(text, span, dialect);

/** What `.defaultNow()` stands for. */
export function nowText(core: Core): string {
  if (core === 'pg') return 'now()';
  return core === 'sqlite' ? "(cast((julianday('now') - 2440587.5)*86400000 as integer))" : '(now())';
}
