import { ts } from 'ts-morph';
import type { FileFacts, Span, Usage } from '../../../ir/index.js';
import { bare, spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { declarationOf } from '../values/bindings.js';
import { evaluate } from '../values/evaluate.js';
import type { Value } from '../values/values.js';
import type { Schema } from './schema.js';

/** A call that changes rows of what may be a table: `db.delete(users)`. Whether it is one is known when files are linked. */
export interface ChangeRecord {
  verb: 'delete' | 'update' | 'insert';
  target: Value;
  /** The table as written. */
  written: string;
  filtered: boolean;
  /** `run`: something waits for it or runs it. `dropped`: nothing does, and it never runs. */
  state: 'run' | 'dropped' | 'open';
  span: Span;
}

/** The methods behind a call and the whole chain. */
interface Chain {
  names: string[];
  /** A condition that says nothing: `where(undefined)`. */
  open: boolean;
  whole: ts.Expression;
}

const verbs = /^(?:delete|update|insert)$/;
/** Methods that limit the rows, or let code elsewhere do so. */
const limiting = new Set(['where', 'limit', '$dynamic', 'innerJoin', 'leftJoin', 'rightJoin']);
const running = new Set(['execute', 'run', 'all', 'get', 'then', 'catch', 'finally']);

export function changesOf(unit: Unit): ChangeRecord[] {
  return unit.calls.flatMap((call) => (ts.isCallExpression(call) ? changeOf(call, unit) : []));
}

function changeOf(call: ts.CallExpression, unit: Unit): ChangeRecord[] {
  const callee = bare(call.expression);
  const [table, ...others] = call.arguments;
  if (!ts.isPropertyAccessExpression(callee) || !verbs.test(callee.name.text) || !table || others.length > 0) return [];
  const given = bare(table);
  if (!ts.isIdentifier(given) && !ts.isPropertyAccessExpression(given)) return [];
  if (isCollection(bare(callee.expression))) return [];
  const target = evaluate(given, unit.scope);
  const verb = callee.name.text as ChangeRecord['verb'];
  const chain = chainFrom(call);
  if (target.kind !== 'reference' || (verb === 'update' && !chain.names.includes('set'))) return [];
  const filtered = chain.names.some((name) => limiting.has(name)) && !chain.open;
  return [{ verb, target, written: given.getText(), filtered, state: stateOf(chain), span: spanOf(chain.whole) }];
}

/** A Map or a Set has the same methods. */
function isCollection(receiver: ts.Expression): boolean {
  const found = ts.isIdentifier(receiver) ? declarationOf(receiver.text, receiver) : undefined;
  const value = found?.kind === 'variable' && found.node.initializer ? bare(found.node.initializer) : undefined;
  return value !== undefined && ts.isNewExpression(value) && /^(?:Weak)?(?:Map|Set)$/.test(value.expression.getText());
}

function chainFrom(call: ts.CallExpression): Chain {
  const names: string[] = [];
  let open = false;
  let whole: ts.Expression = call;
  for (;;) {
    const access = whole.parent;
    const next = access.parent;
    if (!ts.isPropertyAccessExpression(access) || !ts.isCallExpression(next) || next.expression !== access) break;
    names.push(access.name.text);
    const [condition] = next.arguments;
    if (access.name.text === 'where') open = !condition || condition.getText() === 'undefined';
    whole = next;
  }
  return { names, open, whole };
}

function stateOf({ names, whole }: Chain): ChangeRecord['state'] {
  if (names.some((name) => running.has(name))) return 'run';
  let node: ts.Node = whole.parent;
  while (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node))
    node = node.parent;
  if (ts.isAwaitExpression(node)) return 'run';
  if (ts.isExpressionStatement(node) || ts.isVoidExpression(node)) return 'dropped';
  if (ts.isArrayLiteralExpression(node)) return isGathered(node) ? 'run' : 'open';
  const returns = ts.isReturnStatement(node) || ts.isArrowFunction(node);
  return returns && isAsync(node) ? 'run' : 'open';
}

/** `Promise.all([…])`, `db.batch([…])`. */
const isGathered = ({ parent }: ts.ArrayLiteralExpression): boolean =>
  ts.isCallExpression(parent) && /\.(?:all|allSettled|race|batch)$/.test(parent.expression.getText());

/** Whether the function around a node is async, so that what it returns is waited for. */
function isAsync(node: ts.Node): boolean {
  let at: ts.Node = node;
  while (!ts.isFunctionLike(at)) {
    if (ts.isSourceFile(at)) return false;
    at = at.parent;
  }
  return ts.canHaveModifiers(at) && (ts.getModifiers(at) ?? []).some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
}

/** What a file does to tables: all rows changed with no condition, changes that never run. */
export function usagesOf(
  changes: readonly ChangeRecord[],
  path: string,
  scope: FileFacts['scope'],
  schema: Schema,
): Usage[] {
  const context: Usage['context'] = scope === 'test' ? 'test' : 'application';
  return changes.flatMap(({ verb, target, written, filtered, state, span }): Usage[] => {
    if (state === 'open' || schema.tableOf(target, path)?.path.length !== 0) return [];
    const api = `db.${verb}()`;
    if (state === 'dropped') return [{ kind: 'unexecuted-builder', api, context, span }];
    if (filtered || verb === 'insert') return [];
    return [{ kind: `unfiltered-${verb}`, api, target: written, context, span }];
  });
}
