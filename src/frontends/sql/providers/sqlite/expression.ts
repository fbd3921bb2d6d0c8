import type { AstNode, Expr, Id, QualifiedExpr } from 'sqlite3-parser';
import type { Condition, Expression } from '../../../../ir/index.js';
import { children, folded } from './tree.js';

/** The one table whose columns an expression is asked about. */
export interface Relation {
  /** The name or alias that it has there; absent where no other table is in reach. */
  name?: string;
  /** Other tables are in reach too, so that a name of one part may be theirs. */
  joined?: true;
  /** Its columns by their folded names, where all of them are known. */
  columns?: ReadonlyMap<string, string>;
}

/** The columns that an expression uses. */
export function expression(value: Expr, relation: Relation): Expression {
  return { uses: columns(value, relation) };
}

/** What a condition asks for. */
export function condition(value: Expr, relation: Relation): Condition {
  const notNull = new Map<string, string>();
  const open = [value];
  for (let next = open.pop(); next; next = open.pop()) {
    const each = bare(next);
    if (each.type === 'BinaryExpr' && each.op === 'And') open.push(each.right, each.left);
    const name = nullTest(each, 'NotNullExpr', 'IsNot', relation);
    if (name !== undefined && !notNull.has(folded(name))) notNull.set(folded(name), name);
  }
  const onlyNull = nullTest(bare(value), 'IsNullExpr', 'Is', relation);
  return {
    ...expression(value, relation),
    ...(notNull.size > 0 && { notNull: [...notNull.values()] }),
    ...(onlyNull !== undefined && { onlyNull }),
  };
}

/** An expression without the parentheses around all of it. */
export function bare(value: Expr): Expr {
  let inner = value;
  while (inner.type === 'ParenthesizedExpr' && inner.exprs.length === 1) inner = inner.exprs[0]!;
  return inner;
}

/** The column of `a NOTNULL` and `a IS NOT NULL`, or of `a ISNULL` and `a IS NULL`. */
function nullTest(
  value: Expr,
  type: 'NotNullExpr' | 'IsNullExpr',
  op: 'IsNot' | 'Is',
  relation: Relation,
): string | undefined {
  if (relation.joined === true) return undefined;
  const isTest = value.type === 'BinaryExpr' && value.op === op && bare(value.right).type === 'NullLiteral';
  const tested = isTest ? bare(value.left) : value.type === type ? bare(value.expr) : undefined;
  return tested?.type === 'Id' || tested?.type === 'QualifiedExpr' ? columnName(tested, relation, false) : undefined;
}

/** Whether a name stands in quotes: these are no longer in it. */
export const isQuoted = ({ name, span }: Id): boolean => span.length > name.length;
export const isBoolean = (value: Id): boolean => !isQuoted(value) && /^(?:true|false)$/i.test(value.name);

/** The name of a column of the table; nothing for one of another table. */
function columnName(value: Id | QualifiedExpr, relation: Relation, nested: boolean): string | undefined {
  if (value.type === 'QualifiedExpr') {
    const isOther = relation.name !== undefined && folded(value.table.text) !== folded(relation.name);
    return isOther ? undefined : asDeclared(value.column.text, relation);
  }
  if (nested || isBoolean(value)) return undefined;
  // SQLite takes a word in double quotes for text where no column is called so.
  if (isQuoted(value) && relation.columns?.has(folded(value.name)) === false) return undefined;
  return asDeclared(value.name, relation);
}

const asDeclared = (name: string, { columns }: Relation): string => columns?.get(folded(name)) ?? name;

/** In order of appearance. Names of one part in a sub-query are those of its own tables, as far as can be told. */
function columns(value: Expr, relation: Relation): string[] {
  const found: { name: string; at: number }[] = [];
  const open: { node: AstNode; nested: boolean }[] = [{ node: value, nested: false }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node } = next;
    const nested = next.nested || node.type === 'Select';
    if (node.type === 'Id' || node.type === 'QualifiedExpr') {
      const name = columnName(node, relation, nested);
      if (name !== undefined) found.push({ name, at: node.span.offset });
      continue;
    }
    const isCall = node.type === 'FunctionCallExpr' || node.type === 'FunctionCallStarExpr';
    for (const each of children(node)) if (!isCall || each !== node.name) open.push({ node: each, nested });
  }
  const first = new Map<string, string>();
  for (const { name } of found.sort((a, b) => a.at - b.at)) if (!first.has(folded(name))) first.set(folded(name), name);
  return [...first.values()];
}
