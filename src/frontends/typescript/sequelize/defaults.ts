import type { Default, Dialect, Span } from '../../../ir/index.js';
import { serverDefault } from '../../sql/volatility.js';
import { isHole, textOf, type Value } from '../values/values.js';
import { stepsOf, type Step } from './modules.js';
import { dataTypeOf, isFloat, type DataType } from './types.js';

/** What `defaultValue:` gives: a default, none, or one that is not known. */
export type ReadDefault = { is: Default } | 'none' | 'unknown';

/** Types of MySQL for which Sequelize writes no default. */
const withoutDefault = new Set(['BLOB', 'TEXT', 'GEOMETRY', 'JSON']);

/**
 * Reads `defaultValue:`. Values, `literal()` and `fn()` are written into the table; functions, `NOW` and the UUID types are
 * applied by Sequelize alone.
 */
export function readDefault(value: Value | undefined, type: DataType | undefined, dialect: Dialect): ReadDefault {
  if (!value || value.kind === 'undefined') return 'none';
  const { span } = value;
  const made = dataTypeOf(value);
  if (made) return /^(?:NOW|UUIDV1|UUIDV4)$/.test(made.key) ? client(`DataTypes.${made.key}`, span) : 'unknown';
  if (value.kind === 'function') return client('a function', span);
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  if (isMysql && type && withoutDefault.has(type.key) && type.args.length === 0) return 'none';
  if (isMysql && type?.marks.includes('BINARY')) return 'none';
  const sql = expressionOf(stepsOf(value)) ?? literalOf(value, type, dialect);
  return sql === undefined ? 'unknown' : { is: serverDefault(sql, span, dialect) };
}

const client = (text: string, span: Span): ReadDefault => ({ is: { by: 'client', text, span } });

/** `literal('now()')`, `fn('now')`. */
function expressionOf(steps: readonly Step[] | undefined): string | undefined {
  const [call, ...others] = steps ?? [];
  if (!call?.args || others.length > 0) return undefined;
  const [first, ...rest] = call.args;
  const given = textOf(first);
  if (given === undefined) return undefined;
  if (call.name === 'literal') return given;
  if (call.name === 'col') return given;
  if (call.name !== 'fn') return undefined;
  const args = rest.map((each) => expressionOf(stepsOf(each)) ?? literalOf(each, undefined, 'postgresql'));
  return args.every((each) => each !== undefined) ? `${given}(${args.join(', ')})` : undefined;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function literalOf(value: Value, type: DataType | undefined, dialect: Dialect): string | undefined {
  if (value.kind === 'text') return value.parts.some(isHole) ? undefined : quoted(textOf(value) ?? '');
  if (value.kind === 'known') {
    if (value.value === null) return 'NULL';
    if (typeof value.value === 'number') return isFloat(type) ? quoted(String(value.value)) : String(value.value);
    const asNumber = dialect === 'sqlite' || dialect === 'tsql';
    return asNumber ? String(Number(value.value)) : String(value.value);
  }
  if (value.kind !== 'array' && value.kind !== 'object') return undefined;
  if (type?.key === 'ARRAY') return value.kind === 'array' ? arrayOf(value.items, value.complete, dialect) : undefined;
  const json = jsonOf(value);
  return json === undefined ? undefined : quoted(JSON.stringify(json));
}

function arrayOf(items: readonly Value[], complete: boolean, dialect: Dialect): string | undefined {
  const texts = items.map((item) => literalOf(item, undefined, dialect));
  return complete && texts.every((text) => text !== undefined) ? `ARRAY[${texts.join(',')}]` : undefined;
}

/** Deeper objects are no defaults that a person wrote. */
const maxDepth = 8;

function jsonOf(value: Value, depth = 0): unknown {
  if (depth > maxDepth) return undefined;
  if (value.kind === 'known') return value.value;
  if (value.kind === 'text') return textOf(value);
  if (value.kind === 'array') {
    const items = value.items.map((item) => jsonOf(item, depth + 1));
    return value.complete && items.every((item) => item !== undefined) ? items : undefined;
  }
  if (value.kind !== 'object' || !value.complete) return undefined;
  const entries = value.entries.map(({ key, value: each }) => [key, jsonOf(each, depth + 1)] as const);
  return entries.every(([, each]) => each !== undefined) ? Object.fromEntries(entries) : undefined;
}
