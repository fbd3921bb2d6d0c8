import type { Constraint, Index, IndexKey } from '../ir/index.js';
import type { Part, TableView } from './table-views.js';
import { isCertain } from './tables.js';

/** What makes an index unnecessary. */
export interface Redundancy {
  /**
   * `same`: another one has the same columns. `prefix`: it is the beginning of another one. `superset`: it begins with
   * a unique key.
   */
  kind: 'same' | 'prefix' | 'superset';
  /** The index and the other one, as a person would say them. */
  index: string;
  other: string;
}

/** An index or key in a form that can be compared. */
interface Shape {
  keys: string[];
  unique: boolean;
  /** Method, predicate and included columns: all must agree. */
  rest: string;
  /** Whether a leading part of it serves queries by itself. */
  ordered: boolean;
  name: string;
}

/** Why an index of a table is unnecessary beside the other indexes and keys that the same source shows. */
export function redundancyOf(part: Part<Index>, view: TableView): Redundancy | undefined {
  if (!isCertain(part, 'columns') || part.fact.keys.length === 0) return undefined;
  const own = shapeOfIndex(part.fact);
  const found: { [K in Redundancy['kind']]?: string } = {};
  const weigh = (other: Shape, isKey: boolean, isEarlier: boolean): void => {
    if (other.rest !== own.rest) return;
    if (own.keys.length === other.keys.length) {
      const yields = isKey || (own.unique === other.unique ? isEarlier : other.unique);
      if (yields && startsWith(own.keys, other.keys)) found.same ??= other.name;
    } else if (!own.unique && own.ordered && startsWith(other.keys, own.keys)) found.prefix ??= other.name;
    else if (other.unique && own.ordered && startsWith(own.keys, other.keys)) found.superset ??= other.name;
  };
  for (const each of view.constraints) {
    if ((each.fact.kind === 'primary' || each.fact.kind === 'unique') && isCertain(each, 'columns')) {
      weigh(shapeOfKey(each.fact), true, true);
    }
  }
  const place = view.indexes.indexOf(part);
  view.indexes.forEach((each, index) => {
    if (each !== part && isCertain(each, 'columns')) weigh(shapeOfIndex(each.fact), false, index < place);
  });
  const kind = (['same', 'prefix', 'superset'] as const).find((each) => found[each] !== undefined);
  return kind && { kind, index: own.name, other: found[kind]! };
}

function startsWith(keys: string[], beginning: string[]): boolean {
  return beginning.length <= keys.length && beginning.every((key, index) => keys[index] === key);
}

function shapeOfIndex(index: Index): Shape {
  const method = index.method ?? 'btree';
  const columns = index.keys.map((key) => key.column ?? key.expression ?? '');
  return {
    keys: index.keys.map(shapeOfPart),
    unique: index.unique,
    rest: JSON.stringify([method, flat(index.where), index.include.map((name) => name.toLowerCase()).sort()]),
    ordered: method === 'btree',
    name: index.name ? `${index.name.value} (${columns.join(', ')})` : `(${columns.join(', ')})`,
  };
}

function shapeOfPart(key: IndexKey): string {
  const { direction = 'asc', nulls, operatorClass, collation, length } = key;
  const name = key.column === undefined ? `(${flat(key.expression)})` : key.column.toLowerCase();
  const order = nulls ?? (direction === 'asc' ? 'last' : 'first');
  return JSON.stringify([name, direction, order, operatorClass ?? '', collation ?? '', length ?? 0]);
}

function flat(sql = ''): string {
  return sql.replace(/\s+/g, ' ').trim().toLowerCase();
}

function shapeOfKey(constraint: Extract<Constraint, { kind: 'primary' | 'unique' }>): Shape {
  const columns = constraint.columns.map((name) => name.value);
  const kind = constraint.kind === 'primary' ? 'the primary key' : 'the unique constraint';
  return {
    keys: columns.map((column) => shapeOfPart({ column })),
    unique: true,
    rest: JSON.stringify(['btree', '', []]),
    ordered: true,
    name: `${kind} (${columns.join(', ')})`,
  };
}
