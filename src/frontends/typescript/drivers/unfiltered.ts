import { ts } from 'ts-morph';
import type { FileFacts } from '../../../ir/index.js';
import { chainOf, type Link } from '../chains.js';
import { receiverOf } from '../injection/receivers.js';
import { bare, spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import type { Receiver } from './driver.js';

/** How a query builder says that rows go or change, and which. */
interface Builder {
  /** What a chain begins with; one that begins with a builder may have its condition elsewhere. */
  roots: readonly Receiver[];
  changes: { readonly [method: string]: 'delete' | 'update' };
  /** Links that pick rows, or that may. */
  filters: RegExp;
  /** The link that runs it; without one, whoever awaits the builder does. */
  runs?: RegExp;
  /** The link that names the table; without one the root is it. */
  table?: RegExp;
}

const builders: readonly Builder[] = [
  {
    roots: ['kysely#Kysely'],
    changes: { deleteFrom: 'delete', updateTable: 'update' },
    filters: /^(?:where\w*|using|limit|top|from|\w+Join|\$if|\$call)$/,
    runs: /^execute/,
    table: /^(?:deleteFrom|updateTable)$/,
  },
  {
    roots: ['knex#Knex'],
    changes: { del: 'delete', delete: 'delete', update: 'update' },
    filters: /where|having|join|^(?:limit|offset|first|modify|from)$/i,
    table: /^(?:from|into|table)$/,
  },
  {
    roots: ['objection#Model'],
    changes: { del: 'delete', delete: 'delete', patch: 'update', update: 'update' },
    filters:
      /where|having|join|find|byid|related|\$query|^(?:limit|offset|first|modify|modifiers|for|context|range|page)$/i,
  },
];

/** Calls of query builders that delete or change every row. In a migration they are its operations. */
export function unfilteredChanges(unit: Unit, facts: FileFacts): void {
  if (facts.migrations.length > 0) return;
  const context = facts.scope === 'test' ? ('test' as const) : ('application' as const);
  for (const node of unit.calls) {
    if (!ts.isCallExpression(node) || !isWhole(node)) continue;
    const { root, links } = chainOf(node);
    const changing = builders.filter(({ changes }) => links.some(({ name = '' }) => Object.hasOwn(changes, name)));
    const receiver = changing.length > 0 ? receiverOf(root) : undefined;
    const builder = changing.find(({ roots }) => receiver !== undefined && roots.includes(receiver));
    if (!builder) continue;
    const change = links.find(({ name = '' }) => Object.hasOwn(builder.changes, name))!;
    if (!isRun(node, links, builder) || links.some(({ name = '' }) => builder.filters.test(name))) continue;
    const kind = builder.changes[change.name!]!;
    const target = targetOf(root, links, builder);
    facts.usages.push({
      kind: `unfiltered-${kind}`,
      api: `${change.name!}()`,
      ...(target !== undefined && { target }),
      context,
      span: spanOf(node),
    });
  }
}

/** The end of its chain. */
function isWhole(node: ts.CallExpression): boolean {
  let at: ts.Node = node;
  while (ts.isParenthesizedExpression(at.parent) || ts.isNonNullExpression(at.parent)) at = at.parent;
  return !(ts.isPropertyAccessExpression(at.parent) && at.parent.expression === at);
}

/** Whether a chain is sent to the database where it stands: what is kept as a builder may still get its condition. */
function isRun(node: ts.CallExpression, links: readonly Link[], { runs }: Builder): boolean {
  if (runs) return links.some(({ name = '' }) => runs.test(name));
  if (links.some(({ name = '' }) => /^(?:then|catch|finally)$/.test(name))) return true;
  let at: ts.Node = node;
  while (ts.isParenthesizedExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (ts.isAwaitExpression(parent)) return true;
  const isReturned = ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === at);
  // A query that is given to another one is a part of it.
  return isReturned && !isArgument(parent);
}

function isArgument(node: ts.Node): boolean {
  let at = node;
  while (!ts.isFunctionLike(at)) at = at.parent;
  return ts.isCallExpression(at.parent);
}

/** The table or model, as written. */
function targetOf(root: ts.Expression, links: readonly Link[], { table, roots }: Builder): string | undefined {
  const named = table && links.findLast(({ name }) => name !== undefined && table.test(name));
  const called = links.find(({ name, call }) => name === undefined && call);
  const argument = (named ?? called)?.args[0];
  const text = argument && bare(argument);
  if (text) return ts.isStringLiteralLike(text) ? text.text : text.getText();
  return roots.includes('objection#Model') && ts.isIdentifier(root) ? root.text : undefined;
}
