import type { Constraint, Dialect, IndexKey } from '../../ir/index.js';

const encoder = new TextEncoder();
const LIMIT = 63;

/**
 * The name that PostgreSQL gives an unnamed index or constraint (makeObjectName and ChooseRelationName in its source):
 * `t_a_b_idx`, `t_a_key`, `t_pkey`, `t_a_fkey`, `t_a_check`, cut to 63 bytes and numbered where taken. Nothing for other
 * dialects.
 */
export function defaultName(
  dialect: Dialect,
  table: string,
  parts: { columns: string[]; label: string },
  taken: (name: string) => boolean,
): string | undefined {
  if (dialect !== 'postgresql') return undefined;
  for (let number = 0; ; number++) {
    const label = number === 0 ? parts.label : `${parts.label}${String(number)}`;
    const name = objectName(table, parts.columns.join('_'), label);
    if (!taken(name)) return name;
  }
}

/**
 * The parts of the default name of a constraint.
 * @param columns the table's columns: a check that names exactly one of them is called after it
 */
export function constraintParts(
  constraint: Constraint,
  columns: Iterable<string>,
): { columns: string[]; label: string } {
  switch (constraint.kind) {
    case 'primary':
      return { columns: [], label: 'pkey' };
    case 'unique':
      return { columns: constraint.columns.map((name) => name.value), label: 'key' };
    case 'foreign':
      return { columns: constraint.columns.map((name) => name.value), label: 'fkey' };
    case 'check': {
      const named = [...columns].filter((column) => mentions(constraint.expression, column));
      return { columns: named.length === 1 ? named : [], label: 'check' };
    }
    case 'exclude':
      return { columns: [], label: 'excl' };
  }
}

/** The parts of the default name of an index: its columns, and functions for what is computed. */
export function indexParts(keys: IndexKey[]): { columns: string[]; label: string } {
  return { columns: keys.map((key) => key.column ?? functionName(key.expression) ?? 'expr'), label: 'idx' };
}

/** `lower(a)` counts as `lower`. */
function functionName(expression = ''): string | undefined {
  return /^\(?\s*([a-z_]\w*)\s*\(/i.exec(expression)?.[1]?.toLowerCase();
}

/** Whether a column's name stands in an expression as a word. Case is ignored. */
export function mentions(expression: string, column: string): boolean {
  const name = column.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w$])${name}(?![\\w$])`, 'i').test(expression);
}

/** Joins the parts with `_`; where that is too long, cuts the longer of the first two byte by byte. */
function objectName(first: string, second: string, label: string): string {
  const room = LIMIT - encoder.encode(label).length - 1 - (second === '' ? 0 : 1);
  // Neither part can keep more than 64 characters; cutting them first keeps absurd names cheap.
  let [left, right] = [first.slice(0, 64), second.slice(0, 64)];
  while (encoder.encode(left).length + encoder.encode(right).length > room) {
    if (encoder.encode(left).length > encoder.encode(right).length) left = [...left].slice(0, -1).join('');
    else right = [...right].slice(0, -1).join('');
  }
  return [left, ...(right === '' ? [] : [right]), label].join('_');
}
