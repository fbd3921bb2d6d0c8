import { ts } from 'ts-morph';
import type { Span } from '../../ir/index.js';
import type { Circumstances } from './bodies.js';
import { bare, spanOf, visit } from './syntax.js';

/** One step of a chain: `.createTable(…)`, the property `.schema`, or without a name the call `(…)` of what stands before. */
export interface Link {
  name?: string;
  /** Absent for a property. */
  call?: ts.CallExpression;
  args: readonly ts.Expression[];
  /** From the name on, so that it tells one link of a long chain from the others. */
  span: Span;
}

/** An expression as the value that it begins with and what is done to that, in the order in which it runs. */
export interface Chain {
  root: ts.Expression;
  links: Link[];
}

/** Takes `knex.schema.createTable('t', f).then(g)` apart. Of an expression that is no chain it gives the expression. */
export function chainOf(node: ts.Expression): Chain {
  const links: Link[] = [];
  const source = node.getSourceFile();
  let at = bare(node);
  for (;;) {
    if (ts.isCallExpression(at)) {
      const callee = bare(at.expression);
      if (ts.isPropertyAccessExpression(callee)) {
        links.push({ name: callee.name.text, call: at, args: at.arguments, span: fromName(callee, at, source) });
        at = bare(callee.expression);
      } else {
        links.push({ call: at, args: at.arguments, span: spanOf(at, source) });
        at = callee;
      }
    } else if (ts.isPropertyAccessExpression(at)) {
      links.push({ name: at.name.text, args: [], span: fromName(at, at, source) });
      at = bare(at.expression);
    } else return { root: at, links: links.reverse() };
  }
}

const fromName = (access: ts.PropertyAccessExpression, whole: ts.Node, source: ts.SourceFile): Span => ({
  start: spanOf(access.name, source).start,
  end: spanOf(whole, source).end,
});

/** A `catch` at the end of a chain swallows the error about an object that is there already, unless it throws again. */
export function caught(links: readonly Link[], at: Circumstances): Circumstances {
  const handler = links.find(({ name, args }) => name === 'catch' && args.length > 0);
  if (!handler || at.guard) return at;
  let throws = false;
  visit(handler.args[0]!, (node) => {
    if (ts.isThrowStatement(node)) throws = true;
    return !throws;
  });
  return throws ? at : { ...at, guard: { kind: 'idempotent', span: handler.span } };
}
