import type { Constraint, Dialect, IndexKey, Name } from '../../ir/index.js';
import { foldedInTable } from '../names.js';

const encoder = new TextEncoder();
const LIMIT = 63;

/** Names that a default name must not meet. */
export interface TakenNames {
  /** Of the indexes and constraints of the table itself. */
  own: ReadonlySet<string>;
  /** Whether another relation of the schema has the name. */
  elsewhere(name: string): boolean;
}

/**
 * The name that a database gives an unnamed index or constraint; nothing for dialects whose names can't be told.
 * PostgreSQL (makeObjectName and ChooseRelationName in its source): `t_a_b_idx`, `t_a_key`, `t_pkey`, `t_a_fkey`,
 * `t_a_check`, cut to 63 bytes and numbered where taken. MySQL and MariaDB (measured on MariaDB 10.11): the first column,
 * `a`, `a_2`, …; foreign keys `t_ibfk_1` and on, one above the highest that is there.
 */
export function defaultName(
  dialect: Dialect,
  table: string,
  { columns, label }: NameParts,
  { own, elsewhere }: TakenNames,
): string | undefined {
  switch (dialect) {
    case 'postgresql':
      return firstFree(
        (number) => objectName(table, columns.join('_'), number === 0 ? label : `${label}${String(number)}`),
        (name) => own.has(name) || elsewhere(name),
      );
    case 'mysql':
    case 'mariadb': {
      if (label === 'pkey') return 'PRIMARY';
      if (label === 'fkey') return foreignKeyName(table, highestForeignKey(table, own) + 1);
      const [first] = columns;
      if ((label !== 'idx' && label !== 'key') || first === undefined) return undefined;
      return firstFree(
        (number) => first.toLowerCase() + (number === 0 ? '' : `_${String(number + 1)}`),
        (name) => own.has(name),
      );
    }
    default:
      return undefined;
  }
}

function firstFree(nameOf: (number: number) => string, isTaken: (name: string) => boolean): string {
  for (let number = 0; ; number++) {
    const name = nameOf(number);
    if (!isTaken(name)) return name;
  }
}

const foreignKeyName = (table: string, number: number): string => `${table.toLowerCase()}_ibfk_${String(number)}`;

function foreignKeyNumber(table: string, name: string): number | undefined {
  const prefix = foreignKeyName(table, 1).slice(0, -1);
  if (!name.startsWith(prefix)) return undefined;
  const number = Number(name.slice(prefix.length));
  return Number.isInteger(number) ? number : undefined;
}

/**
 * The name of a constraint or index after its table got another one: MySQL's own names of foreign keys follow it.
 */
export function movedName(dialect: Dialect, name: string, from: string, to: string): string {
  const number = dialect === 'mysql' || dialect === 'mariadb' ? foreignKeyNumber(from, name) : undefined;
  return number === undefined ? name : foreignKeyName(to, number);
}

function highestForeignKey(table: string, names: Iterable<string>): number {
  let highest = 0;
  for (const name of names) highest = Math.max(highest, foreignKeyNumber(table, name) ?? 0);
  return highest;
}

/** What the default name of an index or constraint is made of. */
export interface NameParts {
  columns: string[];
  label: string;
}

/**
 * The parts of the default name of a constraint.
 * @param columns the table's columns: a check that names exactly one of them is called after it
 */
export function constraintParts(
  constraint: Constraint,
  columns: () => Iterable<{ column: { name: Name } }>,
  dialect: Dialect,
): NameParts {
  const known = (name: Name): string => foldedInTable(name, dialect);
  switch (constraint.kind) {
    case 'primary':
      return { columns: [], label: 'pkey' };
    case 'unique':
      return { columns: constraint.columns.map(known), label: 'key' };
    case 'foreign':
      return { columns: constraint.columns.map(known), label: 'fkey' };
    case 'check': {
      const named = [...columns()].flatMap(({ column: { name } }) =>
        mentions(constraint.expression, name.value) ? [known(name)] : [],
      );
      return { columns: named.length === 1 ? named : [], label: 'check' };
    }
    case 'exclude':
      return { columns: [], label: 'excl' };
  }
}

/** The parts of the default name of an index: its columns, and functions for what is computed. */
export function indexParts(keys: IndexKey[], dialect: Dialect): NameParts {
  const known = ({ column, quoted = true }: IndexKey): string | undefined =>
    column === undefined ? undefined : foldedInTable({ value: column, quoted }, dialect);
  return { columns: keys.map((key) => known(key) ?? functionName(key.expression) ?? 'expr'), label: 'idx' };
}

/** `lower(a)` counts as `lower`. */
function functionName(expression = ''): string | undefined {
  return /^\(?\s*([a-z_]\w*)\s*\(/i.exec(expression)?.[1]?.toLowerCase();
}

/** Whether a column's name stands in an expression as a word. Case is ignored. */
export function mentions(expression: string, column: string): boolean {
  if (!expression.toUpperCase().includes(column.toUpperCase())) return false;
  const name = column.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w$])${name}(?![\\w$])`, 'i').test(expression);
}

/** Joins the parts with `_`; where that is too long, cuts the longer of the first two byte by byte. */
function objectName(first: string, second: string, label: string): string {
  const room = LIMIT - bytes(label) - 1 - (second === '' ? 0 : 1);
  // Neither part can keep more than 64 characters; cutting them first keeps absurd names cheap.
  let [left, right] = [first.slice(0, 64), second.slice(0, 64)];
  while (bytes(left) + bytes(right) > room) {
    if (bytes(left) > bytes(right)) left = [...left].slice(0, -1).join('');
    else right = [...right].slice(0, -1).join('');
  }
  return [left, ...(right === '' ? [] : [right]), label].join('_');
}

/** What a text takes in UTF-8, ASCII being the rule. */
const bytes = (text: string): number => (/[^ -~]/.test(text) ? encoder.encode(text).length : text.length);
