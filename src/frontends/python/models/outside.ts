import type { Index, IndexKey } from '../../../ir/index.js';
import type { Reading } from '../reading.js';
import { nameFrom, written } from '../source.js';
import type { Expr, Stmt } from '../syntax/nodes.js';
import { keyword } from '../values/value.js';
import { indexFrom } from './table-args.js';

/** An index that is declared beside its table: `Index('ix', User.name)`. */
export interface OutsideIndex {
  /** The class or `Table` variable that its columns belong to, dotted. */
  owner: string;
  /** Its columns are named as the class names its attributes. */
  index: Index;
}

/** The indexes that statements of a module declare, outside of any table. */
export function* outsideIndexes(body: readonly Stmt[], reading: Reading): Generator<OutsideIndex> {
  const { interpreter, source } = reading;
  for (const stmt of body) {
    const expr = stmt.kind === 'ExprStmt' || stmt.kind === 'Assign' ? stmt.value : undefined;
    if (expr?.kind !== 'Call' || !/(?:^|\.)Index$/.test(source.slice(expr.func.start, expr.func.end))) continue;
    const call = interpreter.evaluate(expr, interpreter.scope);
    if (call.kind !== 'call' || call.func !== 'sqlalchemy.Index') continue;
    const given = keyword(call, 'name');
    const keys = given ? call.args : call.args.slice(1);
    const owners = keys.map(({ node }) => attributeIn(node)).find((found) => found !== undefined);
    const owner = owners && ownerName(owners.of, reading);
    if (owner === undefined) continue;
    const name = given ?? call.args[0];
    const index = indexFrom(
      call,
      name && nameFrom(name),
      call.open ? undefined : keys.map(({ node }) => keyOf(node, source)),
      reading,
    );
    yield { owner, index };
  }
}

/** `User.name`, `users.c.name`: the column and what it is taken from; also where a call is made on it or with it. */
function attributeIn(expr: Expr): { of: Expr; name: string } | undefined {
  for (let at: Expr | undefined = expr, depth = 0; at !== undefined && depth < 8; depth += 1) {
    if (at.kind === 'Attribute') return { of: at.value, name: at.attr };
    if (at.kind !== 'Call') return undefined;
    const receiver: Expr | undefined = at.func.kind === 'Attribute' ? at.func.value : undefined;
    at = at.args.find((arg) => arg.kind === 'Attribute' || arg.kind === 'Call') ?? receiver;
  }
  return undefined;
}

function ownerName(of: Expr, { interpreter }: Reading): string | undefined {
  let root = of;
  while (root.kind === 'Attribute' && /^(?:c|columns|__table__)$/.test(root.attr)) root = root.value;
  if (root.kind === 'Name' && interpreter.scope.bindings.get(root.id)?.[0]?.kind === 'value')
    return `${interpreter.module}.${root.id}`;
  return root.kind === 'Name' || root.kind === 'Attribute'
    ? interpreter.nameOf(interpreter.evaluate(root, interpreter.scope))
    : undefined;
}

function keyOf(node: Expr, source: string): IndexKey {
  if (node.kind === 'Attribute') return { column: node.attr, quoted: true };
  if (node.kind === 'Call' && node.func.kind === 'Attribute' && node.func.value.kind === 'Attribute') {
    const { attr, value } = node.func;
    if (attr === 'desc' || attr === 'asc') return { column: value.attr, quoted: true, direction: attr };
  }
  return { expression: written(source, node) };
}
