import { ts } from 'ts-morph';
import type { Dialect, Guard, Operation, TransactionState, Usage } from '../../../ir/index.js';
import { readEmbedded } from '../../sql/embedded.js';
import type { BodyReader, Circumstances, Enter } from '../bodies.js';
import { caught, chainOf, type Link as ChainLink } from '../chains.js';
import { MigrationSteps } from '../migration-steps.js';
import { bare, spanOf } from '../syntax.js';
import { evaluate } from '../values/evaluate.js';
import type { Scope } from '../values/scope.js';
import type { Link, Value } from '../values/values.js';
import { isSql, writeExpression } from './expressions.js';
import { handle, isHandle } from './handle.js';
import { placed } from './placed.js';
import { queryOperation } from './queries.js';
import { SqlText } from './sql-text.js';
import { statementOf } from './statements.js';
import { isAwaited, isBuilt } from '../awaited.js';

const runs = /^(?:execute\w*|stream)$/;

/** Links before the one that says what is done. */
const settings =
  /^(?:schema|withPlugin|withoutPlugins|withTables|connection|transaction|startTransaction|setIsolationLevel|setAccessMode)$/;

const queries =
  /^(?:insertInto|replaceInto|mergeInto|updateTable|deleteFrom|selectFrom|selectNoFrom|with|withRecursive)$/;

/** Members that neither change anything nor lead to what does. */
const harmless = /^(?:fn|dynamic|introspection|isTransaction|destroy|getExecutor|case|commit|rollback|savepoint)$/;

/** Reads what a migration does with the Kysely instance that it is given. */
export class KyselyReader implements BodyReader {
  readonly steps: MigrationSteps;
  readonly usages: Usage[] = [];

  constructor(
    private readonly dialect: Dialect,
    private readonly inTransaction: TransactionState,
  ) {
    this.steps = new MigrationSteps(dialect);
  }

  call(node: ts.CallExpression, scope: Scope, at: Circumstances, enter: Enter): boolean {
    const value = evaluate(node, scope);
    if (value.kind !== 'chain') return false;
    const ran = value.links.findIndex(({ name = '' }) => runs.test(name));
    const end = value.links[ran] ?? value.links.at(-1)!;
    const chain = chainOf(node).links;
    const written = value.of.kind === 'tagged' ? value.of : isSql(value.of) ? value : undefined;
    if (written) {
      const isOurs = ran !== -1 && end.args?.[0] !== undefined && isHandle(end.args[0]);
      if (isOurs) this.tagged(written, node, caught(chain, at));
      if (isOurs) this.promises(chain, scope, at, enter);
      return isOurs;
    }
    const root = value.of;
    if (!isHandle(root)) return false;
    const links = [...root.path.map((name): Link => ({ name, span: spanOf(node) })), ...value.links];
    const callback = ran === -1 ? undefined : callbackOf(chain);
    if (callback) enter(callback, [handle(end.span)], scope, at);
    else this.run(links, end, node, caught(chain, at));
    this.promises(chain, scope, at, enter);
    return true;
  }

  /** What runs behind an `execute()`: the callbacks of `then` and its relatives. */
  private promises(chain: readonly ChainLink[], scope: Scope, at: Circumstances, enter: Enter): void {
    for (const { name = '', args, span } of chain) {
      if (!/^(?:then|catch|finally)$/.test(name)) continue;
      const inner: Circumstances = name === 'catch' && !at.guard ? { ...at, guard: { kind: 'unknown', span } } : at;
      for (const each of args) enter(each, [], scope, inner);
    }
  }

  guard(condition: ts.Expression): Guard {
    return { kind: 'unknown', span: spanOf(condition) };
  }

  unfollowed(node: ts.CallExpression, scope: Scope, at: Circumstances): void {
    if (!node.arguments.some((argument) => isHandle(evaluate(argument, scope)))) return;
    this.opaque(`${node.expression.getText()}() is not followed`, node, at);
  }

  cut(node: ts.Node, at: Circumstances): void {
    this.opaque('what follows is too long or too deep to be read', node, at);
  }

  private run(links: readonly Link[], end: Link, node: ts.CallExpression, at: Circumstances): void {
    const schema = links.findLast(({ name }) => name === 'withSchema')?.args?.[0];
    const from = links.findIndex(({ name = '' }) => name !== 'withSchema' && !settings.test(name));
    const verb = links[from];
    if (!verb?.name || harmless.test(verb.name)) return;
    const until = links.findIndex(({ name = '' }, index) => index > from && runs.test(name));
    const builder = links.slice(from, until === -1 ? undefined : until);
    if (verb.name === 'executeQuery') {
      this.compiled(verb, node, at);
      return;
    }
    if (!runs.test(end.name ?? '')) {
      if (isBuilt(node)) this.usage('unexecuted-builder', `${verb.name}()`, node);
      return;
    }
    if (!isAwaited(node)) this.usage('missing-await', `${verb.name}().${end.name ?? ''}()`, node);
    if (queries.test(verb.name)) {
      const operation = queryOperation(builder, verb, schema);
      if (operation) this.add(operation, at);
      return;
    }
    const built = statementOf(builder, schema, this.dialect);
    if (!built) {
      this.opaque(`${verb.name}() is not known`, node, at);
      return;
    }
    const statements = readEmbedded(built.text, { dialect: this.dialect, inTransaction: this.inTransaction });
    for (const operation of placed(statements, built, node)) this.add(operation, at);
  }

  /** `` sql`…`.execute(db) ``, `sql.raw('…').execute(db)`. */
  private tagged(value: Value, node: ts.CallExpression, at: Circumstances): void {
    const sql = new SqlText(value.span.start, this.dialect);
    if (!writeExpression(sql, value, value.span)) this.opaque('the SQL text is computed', node, at);
    else this.steps.text(sql.parts, at, this.inTransaction);
    if (!isAwaited(node)) this.usage('missing-await', 'sql`…`.execute()', node);
  }

  /** `db.executeQuery(CompiledQuery.raw('…'))`. */
  private compiled({ args = [] }: Link, node: ts.CallExpression, at: Circumstances): void {
    const [given] = args;
    const isRaw = given?.kind === 'chain' && given.of.kind === 'reference' && given.of.name === 'CompiledQuery';
    const text = isRaw ? given.links[0]?.args?.[0] : undefined;
    this.steps.send(text, spanOf(node), at, this.inTransaction);
  }

  private usage(kind: 'unexecuted-builder' | 'missing-await', api: string, node: ts.Node): void {
    this.usages.push({ kind, api, context: 'migration', span: spanOf(node) });
  }

  private opaque(reason: string, node: ts.Node, at: Circumstances): void {
    this.steps.opaque(reason, spanOf(node), at, this.inTransaction);
  }

  private add(operation: Operation, at: Circumstances): void {
    this.steps.add(operation, at, this.inTransaction);
  }
}

/** The function that `db.transaction().execute(async (trx) => …)` calls. */
function callbackOf(chain: readonly ChainLink[]): ts.Expression | undefined {
  const argument = chain.find(({ name = '' }) => runs.test(name))?.args[0];
  const inner = argument && bare(argument);
  return inner && (ts.isArrowFunction(inner) || ts.isFunctionExpression(inner)) ? inner : undefined;
}
