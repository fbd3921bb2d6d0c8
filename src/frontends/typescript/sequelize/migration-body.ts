import { ts } from 'ts-morph';
import type { Anchor, Dialect, FileFacts, Guard, Span, TransactionState } from '../../../ir/index.js';
import type { BodyReader, Circumstances, Enter } from '../bodies.js';
import { caught, chainOf, type Link } from '../chains.js';
import { dialectUnder, MigrationSteps } from '../migration-steps.js';
import { caseGuardOf } from '../knex/guards.js';
import { bare, listOf, nameText, spanOf } from '../syntax.js';
import { evaluate } from '../values/evaluate.js';
import type { Scope } from '../values/scope.js';
import { isHole, property, type Value } from '../values/values.js';
import { asks, guardOf } from './guards.js';
import { handle, isParameter, roleOf } from './handles.js';
import { harmless, methods } from './query-interface.js';

const promiseLinks = new Set(['then', 'catch', 'finally', 'tap', 'spread', 'asCallback']);
const sqlStart =
  /^\s*(?:select|insert|update|delete|with|merge|create|alter|drop|truncate|grant|revoke|comment|if|begin|set|do)\b/i;

/** Reads what a migration does with the query interface that it is given. */
export class QueryInterfaceReader implements BodyReader {
  readonly steps: MigrationSteps;

  constructor(
    private readonly dialect: Dialect,
    private readonly usages: FileFacts['usages'],
  ) {
    this.steps = new MigrationSteps(dialect);
  }

  call(node: ts.CallExpression, scope: Scope, at: Circumstances, enter: Enter): boolean {
    const { root, links } = chainOf(node);
    const begin = this.beginOf(root, links, scope);
    if (!begin) return false;
    this.run(begin, node, scope, caught(begin.links, at), enter);
    return true;
  }

  guard(condition: ts.Expression, scope: Scope, holds: boolean): Guard {
    return guardOf(condition, scope, holds);
  }

  caseGuard(subject: ts.Expression, labels: readonly ts.Expression[]): Guard | undefined {
    return caseGuardOf(subject, labels);
  }

  unfollowed(node: ts.CallExpression, scope: Scope, at: Circumstances): void {
    if (!node.arguments.some((argument) => !ts.isSpreadElement(argument) && roleOf(evaluate(argument, scope)))) return;
    const callee = node.expression.getText();
    // Helpers that ask which database it is, or a name, take the connection to look at it.
    if (/(?:^|\.)(?:is|has|get|find|log)[A-Z]\w*$/.test(callee)) return;
    this.opaque(`${callee}() is not followed`, spanOf(node), at);
  }

  cut(node: ts.Node, at: Circumstances): void {
    this.opaque('what follows is too long or too deep to be read', spanOf(node), at);
  }

  /** What a chain of calls begins with: the query interface, or the connection behind it, and the links from there on. */
  private beginOf(
    root: ts.Expression,
    links: readonly Link[],
    scope: Scope,
  ): { role: 'interface' | 'connection'; links: readonly Link[] } | undefined {
    const value = evaluate(root, scope);
    let role = roleOf(value);
    if (!role) return isParameter(value) && this.sendsSql(links[0], scope) ? { role: 'connection', links } : undefined;
    let from = 0;
    for (const { name, call } of links) {
      if (!call && (name === 'context' || name === 'queryInterface')) role = 'interface';
      else if (!call && name === 'sequelize') role = 'connection';
      else if (call && name === 'getQueryInterface') role = 'interface';
      else break;
      from++;
    }
    return { role, links: links.slice(from) };
  }

  /** `db.query('ALTER …')`: whatever `db` is, the text is SQL. */
  private sendsSql(link: Link | undefined, scope: Scope): boolean {
    const [argument] = link?.args ?? [];
    if (link?.name !== 'query' || !argument) return false;
    const value = evaluate(argument, scope);
    const first = value.kind === 'text' ? value.parts[0] : undefined;
    return first !== undefined && !isHole(first) && sqlStart.test(first.value);
  }

  private run(
    { role, links }: { role: 'interface' | 'connection'; links: readonly Link[] },
    node: ts.CallExpression,
    scope: Scope,
    at: Circumstances,
    enter: Enter,
  ): void {
    const [first, ...rest] = links;
    const name = first?.name ?? '';
    if (!first?.call) return;
    if (name === 'query') this.query(first, scope, at);
    else if (name === 'transaction') this.transaction(first, scope, at, enter);
    else if (name === 'sync' || name === 'drop')
      this.opaque(`${name}() changes tables as the models say`, spanOf(first.call), at);
    else this.apiCall(name, first.call, scope, at);
    this.noteUnawaited(role, name, node);
    for (const link of rest) {
      if (!promiseLinks.has(link.name ?? '')) continue;
      const inner: Circumstances =
        link.name === 'catch' && !at.guard ? { ...at, guard: { kind: 'unknown', span: link.span } } : at;
      const answer = asks(name) ? [handle('(answer)', link.span)] : [];
      for (const callback of link.args) enter(callback, answer, scope, inner);
    }
  }

  private apiCall(name: string, call: ts.CallExpression, scope: Scope, at: Circumstances): void {
    const read = Object.hasOwn(methods, name) ? methods[name] : undefined;
    const span = spanOf(call);
    if (!read) {
      if (!harmless.test(name)) this.opaque(`queryInterface.${name}() is not known`, span, at);
      return;
    }
    const args = call.arguments.map((argument) => evaluate(argument, scope));
    const within = transactionIn(call, args);
    const dialect = dialectUnder(at.guard, this.dialect);
    const anchor = name === 'addIndex' ? indexAnchor(call) : undefined;
    for (const operation of read({ args, span, dialect, ...(anchor && { anchor }) }))
      this.steps.add(operation, at, within);
  }

  /** `sequelize.transaction(async (t) => …)`: only the calls that are given `t` run in it. */
  private transaction({ args, span }: Link, scope: Scope, at: Circumstances, enter: Enter): void {
    const callback = args.at(-1);
    if (callback) enter(callback, [{ kind: 'unknown', why: 'a transaction', span }], scope, at);
  }

  private query({ args, call }: Link, scope: Scope, at: Circumstances): void {
    const [argument] = args;
    if (!argument) return;
    const given = evaluate(argument, scope);
    const value = given.kind === 'object' ? (property(given, 'query') ?? given) : given;
    const values = args.map((each) => evaluate(each, scope));
    const within = transactionIn(call!, values);
    this.steps.send(value, spanOf(call!), at, within);
  }

  /** A call whose promise nobody waits for: the next statement runs before it is done. */
  private noteUnawaited(role: 'interface' | 'connection', name: string, node: ts.CallExpression): void {
    if (harmless.test(name) || !ts.isExpressionStatement(node.parent)) return;
    const span = spanOf(node);
    if (this.usages.some((each) => each.kind === 'missing-await' && each.span.start === span.start)) return;
    const owner = role === 'interface' ? 'queryInterface' : 'sequelize';
    this.usages.push({ kind: 'missing-await', api: `${owner}.${name}()`, context: 'migration', span });
  }

  private opaque(reason: string, span: Span, at: Circumstances): void {
    this.steps.opaque(reason, span, at, 'no');
  }
}

/** Sequelize runs a call in a transaction only if it is given one: `{ transaction }`. */
function transactionIn(call: ts.CallExpression, args: readonly Value[]): TransactionState {
  for (const [index, argument] of call.arguments.entries()) {
    const node = bare(argument);
    const isWritten = ts.isObjectLiteralExpression(node);
    if (isWritten && node.properties.some((each) => nameText(each.name) === 'transaction')) return 'yes';
    const value = args[index];
    if (!isWritten && property(value, 'transaction')) return 'yes';
  }
  const last = args.at(-1);
  const isOpen = args.length > 1 && (last?.kind === 'unknown' || (last?.kind === 'object' && !last.complete));
  return isOpen ? 'unknown' : 'no';
}

/** Where the options of `addIndex(table, fields, options)` and `addIndex(table, options)` stand, or could. */
function indexAnchor(call: ts.CallExpression): Anchor | undefined {
  const [, second, third] = call.arguments;
  const isList = second !== undefined && ts.isArrayLiteralExpression(bare(second));
  const options = isList ? third && bare(third) : second && bare(second);
  const lists: Anchor['lists'] | undefined =
    options === undefined
      ? { decorator: listOf(call) }
      : ts.isObjectLiteralExpression(options)
        ? { options: listOf(options) }
        : undefined;
  return lists && { span: spanOf(call), indent: '', lists, points: { addIndex: call.getStart() } };
}
