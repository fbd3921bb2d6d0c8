import { ts } from 'ts-morph';
import type { Dialect, Span } from '../../../ir/index.js';
import { chainOf } from '../chains.js';
import { bare, spanOf } from '../syntax.js';
import { declarationOf } from '../values/bindings.js';
import { evaluate } from '../values/evaluate.js';
import type { Scope } from '../values/scope.js';
import { textOf, unknown, type Value } from '../values/values.js';

/** What callbacks and migrations get from Knex, as a value of theirs. */
export type Handle = 'instance' | 'table builder' | 'answer';

/** No module exports such a name, so that nothing else evaluates to it. */
const marked = (handle: Handle): string => `(${handle})`;

export const handle = (kind: Handle, span: Span): Value => ({
  kind: 'reference',
  module: 'knex',
  name: marked(kind),
  path: [],
  span,
});

/** The properties that were read from a handle, or nothing where the value is none. */
export function pathOn(value: Value, kind: Handle): readonly string[] | undefined {
  return value.kind === 'reference' && value.module === 'knex' && value.name === marked(kind) ? value.path : undefined;
}

/** The initialiser of a constant that an expression names. */
export function behindName(node: ts.Expression): ts.Expression | undefined {
  const inner = bare(node);
  if (!ts.isIdentifier(inner)) return undefined;
  const declaration = declarationOf(inner.text, inner);
  if (declaration?.kind !== 'variable' || !declaration.constant || declaration.path.length > 0) return undefined;
  return declaration.node.initializer;
}

/** SQL that is sent as it is: `knex.raw('now()')`. Without text it is not known. */
export interface Raw {
  kind: 'raw';
  text?: string;
  span: Span;
}

export type Argument = Value | Raw;

/** An argument that is no SQL. */
export const valueOf = (argument: Argument | undefined): Value | undefined =>
  argument === undefined || argument.kind === 'raw' ? undefined : argument;

const uuidFunctions: { [D in Dialect]?: string } = {
  postgresql: '(gen_random_uuid())',
  cockroachdb: '(gen_random_uuid())',
  mysql: '(UUID())',
  mariadb: '(UUID())',
  tsql: '(NEWID())',
  oracle: '(random_uuid())',
};

/** An argument of a builder's method: a value, or SQL made by `knex.raw`, `knex.fn` and `knex.ref`. */
function argumentOf(node: ts.Expression, scope: Scope, dialect: Dialect, depth = 0): Argument {
  const span = spanOf(node);
  const { root, links } = chainOf(node);
  const path = links.length > 0 ? pathOn(evaluate(root, scope), 'instance') : undefined;
  if (path) {
    const names = [...path, ...links.map(({ name }) => name)].join('.');
    const [first] = links.at(-1)!.args;
    const value = first && evaluate(first, scope);
    const made = (text: string | undefined): Raw => ({ kind: 'raw', ...(text !== undefined && { text }), span });
    if (names === 'raw') return made(links.at(-1)!.args.length > 1 ? undefined : textOf(value));
    if (names === 'fn.now') {
      const precision = value?.kind === 'known' && typeof value.value === 'number' ? `(${String(value.value)})` : '';
      return made(`CURRENT_TIMESTAMP${precision}`);
    }
    if (names === 'fn.uuid') return made(uuidFunctions[dialect]);
    return made(undefined);
  }
  const named = links.length === 0 && depth < 4 ? behindName(root) : undefined;
  if (named) {
    const found = argumentOf(named, scope, dialect, depth + 1);
    if (found.kind === 'raw') return { ...found, span };
  }
  return evaluate(node, scope);
}

/** One argument, or those of a list that is spread. */
export function argumentsOf(node: ts.Expression, scope: Scope, dialect: Dialect): Argument[] {
  if (!ts.isSpreadElement(node)) return [argumentOf(node, scope, dialect)];
  const list = evaluate(node.expression, scope);
  return list.kind === 'array' && list.complete ? list.items : [unknown('a list that is spread', list.span)];
}
