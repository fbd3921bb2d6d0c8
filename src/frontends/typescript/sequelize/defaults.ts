import type { Default, Dialect, Span } from '../../../ir/index.js';
import { serverDefault } from '../../sql/volatility.js';
import { isHole, textOf, type Value } from '../values/values.js';
import { expressionIn } from './expressions.js';
import { dataTypeOf, elementOf, isFloat, sqlOf, type DataType } from './types.js';

/** What `defaultValue:` gives: a default, none, or one that is not known. */
export type ReadDefault = { is: Default } | 'none' | 'unknown';

/** Types that stand for a value in `defaultValue:`, by the function that makes it. */
const valueMakers = new Map([
  ['NOW', 'now'],
  ['UUIDV1', 'v1'],
  ['UUIDV4', 'v4'],
]);

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
  if (made) {
    const name = valueMakers.get(made.key);
    return name === undefined ? 'unknown' : client(`DataTypes.${made.key}`, span, name);
  }
  if (value.kind === 'function') return client('a function', span);
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  if (isMysql && type && withoutDefault.has(type.key) && type.args.length === 0) return 'none';
  if (isMysql && type?.marks.includes('BINARY')) return 'none';
  const sql = expressionIn(value) ?? literalOf(value, type, dialect);
  return sql === undefined ? 'unknown' : { is: serverDefault(sql, span, dialect) };
}

const client = (text: string, span: Span, name?: string): ReadDefault => ({
  is: { by: 'client', text, ...(name !== undefined && { value: { kind: 'call', name, arguments: [] } }), span },
});

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
  if (type?.key === 'ARRAY') return value.kind === 'array' ? arrayOf(value, type, dialect) : undefined;
  const json = jsonOf(value);
  return json === undefined ? undefined : quoted(JSON.stringify(json));
}

function arrayOf(
  { items, complete }: Extract<Value, { kind: 'array' }>,
  type: DataType,
  dialect: Dialect,
): string | undefined {
  const element = elementOf(type);
  const texts = items.map((item) => literalOf(item, element, dialect));
  if (!complete || !texts.every((text) => text !== undefined)) return undefined;
  const cast = element && element.key !== 'ENUM' ? sqlOf(element, dialect) : undefined;
  return `ARRAY[${texts.join(',')}]${cast === undefined ? '' : `::${cast}[]`}`;
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
