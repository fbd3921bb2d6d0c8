import type { Span } from '../../../ir/index.js';
import type { Expr, Node, Stmt } from '../syntax/nodes.js';
import { blocksOf } from '../syntax/nesting.js';

type Part = { [key: string]: unknown } & Span;

const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'start' in value;

/** The pieces of syntax right inside of one, in no matter which wrapping. */
function partsOf(node: object): Part[] {
  const parts: Part[] = [];
  const open: unknown[] = Object.values(node);
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (isPart(value)) parts.push(value);
    else if (Array.isArray(value)) open.push(...(value as unknown[]));
    else if (typeof value === 'object' && value !== null) open.push(...Object.values(value as object));
  }
  return parts;
}

/** Every node inside of some, with the nodes around it, innermost last. Depth is no matter: nothing recurses. */
export function* nodesIn(roots: readonly Node[]): Generator<{ node: Node; around: Path | undefined }> {
  const open: { node: object; around: Path | undefined }[] = roots.map((node) => ({ node, around: undefined }));
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    const isNode = 'kind' in each.node;
    if (isNode) yield each as { node: Node; around: Path | undefined };
    const around = isNode ? { node: each.node as Node, ...(each.around && { around: each.around }) } : each.around;
    for (const part of partsOf(each.node)) open.push({ node: part, around });
  }
}

/** A node and what it stands in. */
export interface Path {
  node: Node;
  around?: Path;
}

const contains = (outer: Span, { start, end }: Span): boolean => outer.start <= start && end <= outer.end;

/** The statements that a place stands in, outermost first. */
export function statementsAround(body: readonly Stmt[], place: Span): Stmt[] {
  const chain: Stmt[] = [];
  let within: readonly Stmt[] = body;
  for (;;) {
    const stmt = within.find((each) => contains(each, place));
    if (stmt === undefined) return chain;
    chain.push(stmt);
    within = blocksOf(stmt).flat();
  }
}

/** All statements of a body, those of inner blocks too. */
export function* statementsIn(body: readonly Stmt[]): Generator<Stmt> {
  const open = [...body].reverse();
  for (let stmt = open.pop(); stmt !== undefined; stmt = open.pop()) {
    yield stmt;
    open.push(...blocksOf(stmt).flat().reverse());
  }
}

export const isName = (expr: Expr | undefined, id: string): boolean => expr?.kind === 'Name' && expr.id === id;
