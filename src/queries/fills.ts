import type { Statement } from '../ir/index.js';
import { clausesOf, plainCondition, splitAt, whereOf } from './update-text.js';

/** How far an UPDATE gives a column a value where it had none. */
export type Coverage =
  /** Every row that had none. */
  | { rows: 'all' }
  /** It has no say: it only changes values that are there, or takes them away. */
  | { rows: 'none' }
  /** Those that meet a condition (see plainCondition), or for which a CASE has a branch. */
  | { rows: 'some'; condition: string; by: 'where' | 'case' }
  | { rows: 'unknown' };

/** What an UPDATE in SQL does for the NULLs of one column that it sets. */
export function coverageOf({ text, holes }: Statement, column: string): Coverage {
  const clauses = clausesOf(text);
  const value = clauses?.values.get(column.toLowerCase());
  if (clauses === undefined || value === undefined) return { rows: 'unknown' };
  if (/^null$/i.test(value)) return { rows: 'none' };
  const cases = openCase(value);
  if (clauses.where === undefined)
    return cases === undefined ? { rows: 'all' } : { rows: 'some', condition: cases, by: 'case' };
  const { where } = clauses;
  const isNull = new RegExp(`^(?:\\w+\\.)?${column.toLowerCase()} is null$`);
  const isNotNull = new RegExp(`^(?:\\w+\\.)?${column.toLowerCase()} is not null$`);
  if (
    splitAt(where, 'or')
      .map(plainCondition)
      .some((part) => isNull.test(part))
  )
    return cases === undefined ? { rows: 'all' } : { rows: 'some', condition: cases, by: 'case' };
  const conjuncts = splitAt(where, 'and').map(plainCondition);
  if (conjuncts.some((part) => isNotNull.test(part))) return { rows: 'none' };
  // What fills a hole may name one row after the other.
  if (clauses.readsOthers || holes.length > 0) return { rows: 'unknown' };
  const rest = conjuncts.filter((part) => !isNull.test(part));
  return { rows: 'some', condition: rest.join(' and '), by: 'where' };
}

/** The columns of which a DELETE leaves no row that has NULL there. */
export function columnsRidOfNulls({ text }: Statement): string[] {
  const where = whereOf(text);
  if (where === undefined) return [];
  return splitAt(where, 'or').flatMap((part) => /^(?:\w+\.)?(\w+) is null$/.exec(plainCondition(part))?.[1] ?? []);
}

/** The text of a CASE that has no ELSE, so that rows of no branch get NULL. */
function openCase(value: string): string | undefined {
  if (!/^\(?\s*case\b/i.test(value) || /\belse\b/i.test(value) || !/\bend\s*\)?(?:\s*::[\w .]+)?$/i.test(value))
    return undefined;
  return plainCondition(value);
}

/** Whether conditions leave no row out: one is the contrary of another, or they name both values of a truth value. */
export function coverTogether(conditions: readonly string[]): boolean {
  const all = new Set(conditions);
  return conditions.some((condition) => contraries(condition).some((contrary) => all.has(contrary)));
}

/** Ways to write that a condition does not hold. */
function contraries(condition: string): string[] {
  const swaps: readonly [RegExp, string][] = [
    [/ is null$/, ' is not null'],
    [/ = true$/, ' = false'],
    [/ is true$/, ' is false'],
    [/ is true$/, ' is not true'],
    [/ = 1$/, ' = 0'],
    [/ in (?=\()/, ' not in '],
    [/ ?= ?(?=[^=]+$)/, ' <> '],
    [/ ?= ?(?=[^=]+$)/, ' != '],
    [/ like (?=')/, ' not like '],
    [/ < (?=[^<]+$)/, ' >= '],
    [/ > (?=[^>]+$)/, ' <= '],
  ];
  return [
    `not ${condition}`,
    `not (${condition})`,
    ...swaps.flatMap(([from, to]) => (from.test(condition) ? [condition.replace(from, to)] : [])),
  ];
}

/** The values of one column that a condition or a CASE without ELSE names, in lower case. */
export interface NamedValues {
  column: string;
  values: string[];
}

const literal = "'((?:[^']|'')*)'";

/** What values conditions name, where each compares the same column with values and does nothing else. */
export function valuesNamed(conditions: readonly string[]): NamedValues | undefined {
  const all = conditions.map(valuesOf);
  const column = all[0]?.column;
  if (column === undefined || all.some((each) => each?.column !== column)) return undefined;
  return { column, values: all.flatMap((each) => each?.values ?? []) };
}

function valuesOf(condition: string): NamedValues | undefined {
  const literals = (text: string): string[] => [...text.matchAll(new RegExp(literal, 'g'))].map(([, value]) => value!);
  const [, compared, value] = new RegExp(`^(?:\\w+\\.)?(\\w+) ?= ?${literal}(?:::\\w+)?$`).exec(condition) ?? [];
  if (compared !== undefined) return { column: compared, values: [value!] };
  const [, listed, list] = /^(?:\w+\.)?(\w+) in \((.*)\)$/.exec(condition) ?? [];
  if (listed !== undefined) return { column: listed, values: literals(list!) };
  const [, chosen] =
    /^case (?:\w+\.)?(\w+) when /.exec(condition) ?? /^case when (?:\w+\.)?(\w+) ?= ?'/.exec(condition) ?? [];
  if (chosen === undefined) return undefined;
  return {
    column: chosen,
    values: [...condition.matchAll(new RegExp(`when (?:[\\w.]+ ?= ?)?${literal}`, 'g'))].map(([, each]) => each!),
  };
}
