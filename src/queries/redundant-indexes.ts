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

/** The indexes and keys of a view in comparable form: keys first, then indexes, each in order. */
interface Shapes {
  own: Map<Part<Index>, Placed>;
  /** Only those that begin alike can make each other unnecessary. */
  alike: Map<string, Placed[]>;
}

interface Placed {
  shape: Shape;
  isKey: boolean;
  place: number;
}

const shapesByView = new WeakMap<TableView, Shapes>();

function shapesOf(view: TableView): Shapes {
  let shapes = shapesByView.get(view);
  if (shapes === undefined) shapesByView.set(view, (shapes = shaped(view)));
  return shapes;
}

function shaped(view: TableView): Shapes {
  const own: Shapes['own'] = new Map();
  const alike: Shapes['alike'] = new Map();
  const enter = (shape: Shape, isKey: boolean): Placed => {
    const list = alike.get(beginning(shape)) ?? [];
    alike.set(beginning(shape), list);
    const placed = { shape, isKey, place: list.length };
    list.push(placed);
    return placed;
  };
  for (const each of view.constraints) {
    const { fact } = each;
    if ((fact.kind === 'primary' || fact.kind === 'unique') && isCertain(each, 'columns'))
      enter(shapeOfKey(fact), true);
  }
  for (const each of view.indexes) {
    if (isCertain(each, 'columns')) own.set(each, enter(shapeOfIndex(each.fact), false));
  }
  return { own, alike };
}

const beginning = ({ keys, rest }: Shape): string => `${keys[0] ?? ''} ${rest}`;

/** Why an index of a table is unnecessary beside the other indexes and keys that the same source shows. */
export function redundancyOf(part: Part<Index>, view: TableView): Redundancy | undefined {
  const { own: all, alike } = shapesOf(view);
  const placed = all.get(part);
  if (placed === undefined || part.fact.keys.length === 0) return undefined;
  const { shape: own, place } = placed;
  const found: { [K in Redundancy['kind']]?: string } = {};
  for (const each of alike.get(beginning(own)) ?? []) {
    if (found.same !== undefined) break;
    if (each === placed) continue;
    const { shape: other } = each;
    if (own.keys.length === other.keys.length) {
      const yields = each.isKey || (own.unique === other.unique ? each.place < place : other.unique);
      if (yields && startsWith(own.keys, other.keys)) found.same ??= other.name;
    } else if (!own.unique && own.ordered && startsWith(other.keys, own.keys)) found.prefix ??= other.name;
    else if (other.unique && own.ordered && startsWith(own.keys, other.keys)) found.superset ??= other.name;
  }
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
  const { method = 'btree' } = constraint;
  const columns = constraint.columns.map((name) => name.value);
  const kind = constraint.kind === 'primary' ? 'the primary key' : 'the unique constraint';
  return {
    keys: columns.map((column) => shapeOfPart({ column })),
    unique: true,
    rest: JSON.stringify([method, '', []]),
    ordered: method === 'btree',
    name: `${kind} (${columns.join(', ')})`,
  };
}
