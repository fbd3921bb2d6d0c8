import type { Dialect, EnumType, Span } from '../../../ir/index.js';
import type { Reading } from '../reading.js';
import { exactName, spanOf } from '../source.js';
import type { StmtOf } from '../syntax/nodes.js';
import { canonical } from '../values/names.js';
import { argument, isNone, itemsOf, keyword, textOf, truth, type CallValue, type Value } from '../values/value.js';

/** An enum type as a column is given it; the class of its members may stand in another file. */
export interface RawEnum {
  name?: string;
  schema?: string;
  labels?: string[];
  /** The class whose members are the labels. */
  ref?: string;
  /** What of the members the labels are. */
  by: 'name' | 'value' | 'unknown';
  /** Whether the server's own enum type is asked for. */
  native: boolean;
  length?: number;
  /** Where the server has no such type, a CHECK holds the column to the labels. */
  checked?: true;
  span: Span;
}

/** Members of an enum class: their names, and their values where all are text. */
export interface EnumMembers {
  names: string[];
  values?: string[];
}

export function membersOf(node: StmtOf<'ClassDef'>): EnumMembers {
  const names: string[] = [];
  const values: string[] = [];
  for (const stmt of node.body) {
    const [target] = stmt.kind === 'Assign' ? stmt.targets : [];
    if (stmt.kind !== 'Assign' || target?.kind !== 'Name' || target.id.startsWith('_')) continue;
    names.push(target.id);
    if (stmt.value.kind === 'Str') values.push(stmt.value.value);
  }
  return { names, ...(values.length === names.length && { values }) };
}

/** The labels that an `Enum('a', 'b')` call gives; undefined where they are not known. */
export function enumLabels(call: CallValue): string[] | undefined {
  const [first] = call.args;
  if (first === undefined || call.open) return undefined;
  const values = call.args.length === 1 ? (itemsOf(first.value) ?? [first.value]) : call.args.map(({ value }) => value);
  const labels = values.map((value) => textOf(value));
  return labels.every((label) => label !== undefined) ? labels : undefined;
}

/** The labels that SQLAlchemy takes from an enum class: its members' names, or what `values_callable` makes of them. */
function labelsOf(call: CallValue, { interpreter }: Reading): string[] | undefined {
  const [first] = call.args;
  const made = keyword(call, 'values_callable');
  const members = first && interpreter.membersOf(first.value);
  if (members === undefined || first === undefined) return undefined;
  if (made === undefined || isNone(made.value)) return members.map(({ name }) => name);
  const labels = interpreter.apply(made.value, [first.value], made.node);
  const texts = labels && itemsOf(labels)?.map((label) => textOf(label));
  return texts?.every((text) => text !== undefined) === true ? texts : undefined;
}

/**
 * What an `Enum(…)` call asks for; undefined for any other call.
 * @param reading lets functions make the labels
 */
export function enumOf(call: CallValue | undefined, reading?: Reading): RawEnum | undefined {
  if (call === undefined || !/^sqlalchemy\.(?:Enum|ENUM)$/.test(call.func)) return undefined;
  const [first] = call.args;
  const given = textOf(keyword(call, 'name')?.value);
  const schema = textOf(keyword(call, 'schema')?.value);
  const native = keyword(call, 'native_enum');
  const length = argument(call, 1_000, 'length')?.value;
  const checked = keyword(call, 'create_constraint');
  const by = labelsBy(keyword(call, 'values_callable')?.value);
  const members = first?.value.kind === 'class' ? membersOf(first.value.node) : undefined;
  const made = reading && labelsOf(call, reading);
  const labels =
    made ?? (members === undefined ? enumLabels(call) : by === 'unknown' ? undefined : chosen(members, by));
  const ref = first?.value.kind === 'ref' && call.args.length === 1 ? canonical(first.value.name) : undefined;
  const className = first?.value.kind === 'class' ? first.value.node.name : ref?.split('.').at(-1);
  const name = given ?? className?.toLowerCase();
  return {
    ...(name !== undefined && { name }),
    ...(schema !== undefined && { schema }),
    ...(labels && { labels }),
    ...(ref !== undefined && { ref }),
    by,
    native: native === undefined || truth(native.value) === true,
    ...(length?.kind === 'const' && typeof length.value === 'number' && { length: length.value }),
    ...(checked && truth(checked.value) === true && { checked: true as const }),
    span: spanOf(call.node),
  };
}

export const chosen = ({ names, values }: EnumMembers, by: 'name' | 'value'): string[] | undefined =>
  by === 'name' ? names : values;

/** What `values_callable=` takes of each member: a function that names `.value` and nothing else gives the values. */
function labelsBy(value: Value | undefined): RawEnum['by'] {
  if (value === undefined || isNone(value)) return 'name';
  if (value.kind !== 'function') return 'unknown';
  const named = new Set<string>();
  const open: object[] = [value.node.kind === 'Lambda' ? value.node.body : value.node.body];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if ('kind' in node && node.kind === 'Attribute' && 'attr' in node) named.add(String(node.attr));
    for (const each of Object.values(node) as unknown[]) if (typeof each === 'object' && each !== null) open.push(each);
  }
  const [only, ...others] = named;
  return others.length === 0 && (only === 'value' || only === 'name') ? only : 'unknown';
}

const hasEnums = (dialect: Dialect): boolean =>
  dialect === 'postgresql' || dialect === 'cockroachdb' || dialect === 'unknown';

/** The column type that an enum comes to on a server. */
export function enumTypeName(
  { name, schema, native, length }: RawEnum,
  labels: readonly string[] | undefined,
  dialect: Dialect,
): string {
  if (native && hasEnums(dialect))
    return name === undefined ? 'unknown' : schema === undefined ? name : `${schema}.${name}`;
  if (native && (dialect === 'mysql' || dialect === 'mariadb')) {
    return labels === undefined
      ? 'unknown'
      : `enum(${labels.map((label) => `'${label.replace(/'/g, "''")}'`).join(',')})`;
  }
  const longest = labels && Math.max(0, ...labels.map((label) => label.length));
  const size = Math.max(length ?? 0, longest ?? (length === undefined ? Infinity : 0));
  return size === Infinity ? 'unknown' : `varchar(${String(size)})`;
}

/** Whether a CHECK takes the place of the enum type. */
export const isChecked = ({ checked, native }: RawEnum, dialect: Dialect): boolean =>
  checked === true && !(native && (hasEnums(dialect) || dialect === 'mysql' || dialect === 'mariadb'));

/** The condition of that CHECK. */
export const checkOf = (column: string, labels: readonly string[]): string =>
  `${column} IN (${labels.map((label) => `'${label.replace(/'/g, "''")}'`).join(', ')})`;

/** The type that the server gets of it, where it has enum types of their own. */
export function enumFact(
  { name, schema, native, span }: RawEnum,
  labels: string[] | undefined,
  dialect: Dialect,
): EnumType | undefined {
  if (!native || !hasEnums(dialect) || name === undefined) return undefined;
  return {
    name: { ...(schema !== undefined && { schema: exactName(schema, span) }), name: exactName(name, span), span },
    labels: labels ?? [],
    span,
    uncertain: labels === undefined ? [{ about: 'everything', reason: 'the labels of the enum are not known' }] : [],
  };
}
