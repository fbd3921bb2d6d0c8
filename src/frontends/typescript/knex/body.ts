import { ts } from 'ts-morph';
import type { Dialect, Guard, Name, Operation, TransactionState } from '../../../ir/index.js';
import type { BodyReader, Circumstances, Enter } from '../bodies.js';
import { caught, chainOf, type Link } from '../chains.js';
import { MigrationSteps } from '../migration-steps.js';
import { bare, spanOf } from '../syntax.js';
import { evaluate } from '../values/evaluate.js';
import type { Scope } from '../values/scope.js';
import type { Value } from '../values/values.js';
import { caseGuardOf, guardOf } from './guards.js';
import { nameOf, tableName } from './names.js';
import { queryOperation } from './queries.js';
import { rawText } from './raw.js';
import { schemaOperation } from './schema-calls.js';
import { callbackAnchor, TableReader } from './table-calls.js';
import { alterOperations, createOperations } from './table-operations.js';
import { behindName, handle, pathOn } from './values.js';

/** Of a promise: what it is given runs behind the links before it. */
const promiseLinks = new Set(['then', 'catch', 'finally', 'tap', 'asCallback']);

/** Links of a schema builder that change nothing. */
const harmless = new Set([
  'hasTable',
  'hasColumn',
  'debug',
  'on',
  'timeout',
  'transacting',
  'queryContext',
  'connection',
]);

/** Reads what a migration does with the Knex instance or transaction that it is given. */
export class KnexReader implements BodyReader {
  readonly steps: MigrationSteps;

  constructor(
    private readonly dialect: Dialect,
    private inTransaction: TransactionState,
  ) {
    this.steps = new MigrationSteps(dialect);
  }

  call(node: ts.CallExpression, scope: Scope, at: Circumstances, enter: Enter): boolean {
    const { root, links } = chainOf(node);
    const path = this.instancePath(root, scope, 0);
    if (!path) return false;
    const all = [...path.map((name): Link => ({ name, args: [], span: spanOf(root) })), ...links];
    this.run(all, node, scope, caught(links, at), enter);
    return true;
  }

  guard(condition: ts.Expression, scope: Scope, holds: boolean): Guard {
    return guardOf(condition, scope, holds);
  }

  caseGuard(subject: ts.Expression, labels: readonly ts.Expression[]): Guard | undefined {
    return caseGuardOf(subject, labels);
  }

  unfollowed(node: ts.CallExpression, scope: Scope, at: Circumstances): void {
    if (!node.arguments.some((argument) => this.instancePath(argument, scope, 0)?.length === 0)) return;
    this.opaque(`${node.expression.getText()}() is not followed`, node, at);
  }

  cut(node: ts.Node, at: Circumstances): void {
    this.opaque('what follows is too long or too deep to be read', node, at);
  }

  /** The properties read from the instance; a transaction that `await knex.transaction()` gives is one too. */
  private instancePath(node: ts.Expression, scope: Scope, depth: number): readonly string[] | undefined {
    const path = pathOn(evaluate(node, scope), 'instance');
    if (path || depth > 3) return path;
    const initializer = behindName(node);
    if (!initializer) return undefined;
    const { root, links } = chainOf(initializer);
    const only = links.length === 1 ? links[0] : undefined;
    return only?.call && /^(?:transaction|withUserParams)$/.test(only.name ?? '')
      ? this.instancePath(root, scope, depth + 1)
      : undefined;
  }

  private run(links: readonly Link[], node: ts.CallExpression, scope: Scope, at: Circumstances, enter: Enter): void {
    const [first] = links;
    const name = first?.name;
    if (name === 'schema') this.schema(links.slice(1), scope, at, enter);
    else if (name === 'raw') {
      this.raw(first!, scope, at);
      this.promises(links.slice(1), scope, at, enter);
    } else if (name === 'transaction') {
      const before = this.inTransaction;
      this.inTransaction = 'yes';
      if (first!.args[0]) enter(first!.args[0], [handle('instance', first!.span)], scope, at);
      this.inTransaction = before;
      this.promises(links.slice(1), scope, at, enter);
    } else if (name === 'migrate' || name === 'seed') this.opaque(`${name} runs other files`, node, at);
    else if (name === 'batchInsert') {
      const { table } = tableName(first!.args[0] && evaluate(first!.args[0], scope), first!.span);
      this.add({ kind: 'Insert', table, span: spanOf(node), provenance: 'api' }, at);
    } else {
      const operation = queryOperation(links, scope, spanOf(node));
      if (operation) this.add(operation, at);
      this.promises(links, scope, at, enter);
    }
  }

  /** The callbacks of `then` and its relatives, in order. */
  private promises(links: readonly Link[], scope: Scope, at: Circumstances, enter: Enter): void {
    for (const link of links) if (promiseLinks.has(link.name ?? '')) this.promise(link, [], scope, at, enter);
  }

  private promise(link: Link, values: readonly Value[], scope: Scope, at: Circumstances, enter: Enter): void {
    const inner: Circumstances =
      link.name === 'catch' && !at.guard ? { ...at, guard: { kind: 'unknown', span: link.span } } : at;
    for (const callback of link.args) enter(callback, values, scope, inner);
  }

  private schema(links: readonly Link[], scope: Scope, at: Circumstances, enter: Enter): void {
    let schema: Name | undefined;
    let answered = false;
    for (const link of links) {
      const { name = '', args, span } = link;
      if (name === 'withSchema') schema = nameOf(args[0] && evaluate(args[0], scope), span);
      else if (promiseLinks.has(name)) {
        this.promise(link, answered ? [handle('answer', span)] : [], scope, at, enter);
        answered = false;
      } else if (name === 'raw') this.raw(link, scope, at);
      else if (tableMethods.has(name)) this.table(link, schema, scope, at, enter);
      else if (harmless.has(name)) answered = name.startsWith('has');
      else {
        const operation = schemaOperation(link, scope, schema);
        if (operation) this.add(operation, at);
        else if (link.call) this.opaqueAt(`${name}() is not known`, span, at);
      }
    }
  }

  private table(link: Link, schema: Name | undefined, scope: Scope, at: Circumstances, enter: Enter): void {
    const { name: method, args, span } = link;
    const name = tableName(args[0] && evaluate(args[0], scope), span, schema);
    const like =
      method === 'createTableLike' ? tableName(args[1] && evaluate(args[1], scope), span, schema).table : undefined;
    const callback = args[like ? 2 : 1];
    const reader = new TableReader(callback ? bare(callback) : args[0]!, this.dialect, this);
    // A guard around the whole table is that of the operation; the calls in it have their own.
    const inside: Circumstances = { repeated: at.repeated };
    if (callback) {
      if (!isFunction(callback)) reader.unread.push('the callback is not written here');
      enter(callback, [handle('table builder', span)], scope, inside, reader);
    }
    const anchor = callback && !at.repeated ? callbackAnchor(callback, span) : undefined;
    const script = { name, reader, span, dialect: this.dialect, ...(anchor && { anchor }) };
    const operations =
      method === 'alterTable' || method === 'table'
        ? alterOperations(script)
        : createOperations(script, like ? this.copy(like) : {}, method === 'createTableIfNotExists');
    for (const operation of operations) this.add(operation, at);
  }

  private copy(like: ReturnType<typeof tableName>['table']): { asSelect: true } | { copyOf: typeof like } {
    return this.dialect === 'mysql' || this.dialect === 'mariadb' ? { copyOf: like } : { asSelect: true };
  }

  private raw({ args, span }: Link, scope: Scope, at: Circumstances): void {
    const [argument, second] = args;
    if (!argument) return;
    const value = evaluate(argument, scope);
    const bindings = second && evaluate(second, scope);
    this.steps.send(value, span, at, this.inTransaction, (parts, dialect) => rawText(parts, bindings, dialect));
  }

  private opaque(reason: string, node: ts.Node, at: Circumstances): void {
    this.opaqueAt(reason, spanOf(node), at);
  }

  private opaqueAt(reason: string, span: Operation['span'], at: Circumstances): void {
    this.steps.opaque(reason, span, at, this.inTransaction);
  }

  private add(operation: Operation, at: Circumstances): void {
    this.steps.add(operation, at, this.inTransaction);
  }
}

const tableMethods = new Set(['createTable', 'createTableIfNotExists', 'createTableLike', 'alterTable', 'table']);

const isFunction = (node: ts.Expression): boolean => {
  const inner = bare(node);
  return ts.isArrowFunction(inner) || ts.isFunctionExpression(inner) || ts.isIdentifier(inner);
};
