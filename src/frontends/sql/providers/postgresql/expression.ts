import type { Condition, Expression } from '../../../../ir/index.js';
import { node, nodes, strings, typed, type Node } from './tree.js';

/** The one table whose columns an expression is asked about, by the name or alias that it has there. */
export interface Relation {
  name: string;
  /** Other tables are in reach too, so that a name of one part may be theirs. */
  joined?: true;
}

/** The columns that an expression uses. */
export function expression(value: unknown, relation?: Relation): Expression {
  return { uses: columns(value, relation) };
}

/** What a condition asks for. */
export function condition(value: unknown, relation?: Relation): Condition {
  const notNull = new Set<string>();
  const open: unknown[] = [value];
  for (let next = open.pop(); next; next = open.pop()) {
    const [type, fields] = typed(next);
    if (type === 'BoolExpr' && fields.boolop === 'AND_EXPR') open.push(...nodes(fields.args).reverse());
    const name = nullTest(next, 'IS_NOT_NULL', relation);
    if (name !== undefined) notNull.add(name);
  }
  const onlyNull = nullTest(value, 'IS_NULL', relation);
  return {
    ...expression(value, relation),
    ...(notNull.size > 0 && { notNull: [...notNull] }),
    ...(onlyNull !== undefined && { onlyNull }),
  };
}

function nullTest(value: unknown, test: string, relation: Relation | undefined): string | undefined {
  const { NullTest } = node(value);
  const { arg, nulltesttype } = node(NullTest);
  const { ColumnRef } = node(arg);
  if (nulltesttype !== test || ColumnRef === undefined || relation?.joined === true) return undefined;
  return columnName(node(ColumnRef), relation, false);
}

/** The name of a column of the table; nothing for one of another table, or for all of them. */
function columnName({ fields }: Node, relation: Relation | undefined, nested: boolean): string | undefined {
  const parts = strings(fields);
  const name = parts.at(-1);
  if (name === undefined || name === '') return undefined;
  if (parts.length === 1) return nested ? undefined : name;
  return relation === undefined || parts.at(-2) === relation.name ? name : undefined;
}

/** In order of appearance. Names of one part in a sub-query are those of its own tables, as far as can be told. */
function columns(value: unknown, relation: Relation | undefined): string[] {
  const found: { name: string; at: number }[] = [];
  const open: { value: unknown; nested: boolean }[] = [{ value, nested: false }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    for (const [field, each] of Object.entries(next.value)) {
      if (field === 'ColumnRef') {
        const reference = node(each);
        const name = columnName(reference, relation, next.nested);
        if (name !== undefined) found.push({ name, at: Number(reference.location ?? 0) });
      } else open.push({ value: each as unknown, nested: next.nested || field === 'subselect' });
    }
  }
  return [...new Set(found.sort((a, b) => a.at - b.at).map(({ name }) => name))];
}
