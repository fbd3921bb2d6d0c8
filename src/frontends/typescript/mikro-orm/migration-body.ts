import { ts } from 'ts-morph';
import type { Dialect, Guard, Step, TransactionState } from '../../../ir/index.js';
import type { BodyReader, Circumstances } from '../bodies.js';
import { MigrationSteps } from '../migration-steps.js';
import { bare, spanOf } from '../syntax.js';
import { declarationOf } from '../values/bindings.js';
import { evaluate } from '../values/evaluate.js';
import type { Scope } from '../values/scope.js';
import type { Value } from '../values/values.js';
import { isMikro } from './modules.js';

/** What the object is that a migration calls a method of. */
type Receiver = 'migration' | 'knex' | 'manager' | 'driver';

const givenBy: { [member: string]: Receiver } = {
  getKnex: 'knex',
  getEntityManager: 'manager',
  driver: 'driver',
  getConnection: 'driver',
};

/** Methods that send SQL text at once. */
const sends: { [R in Receiver]: RegExp } = {
  migration: /^execute$/,
  knex: /^raw$/,
  manager: /^execute$/,
  driver: /^execute$/,
};

/** Calls that only look, or that belong to the class itself. */
const harmless = /^(?:get|find|count|has|is|select|fork|clear|ref|load|log|reset|fn|transacting|commit|begin)/;

/**
 * What a migration does. `addSql` keeps its text until the method has ended, whereas what the migration executes by
 * itself runs at once: so that comes first, wherever it is written.
 */
export class MigrationReader implements BodyReader {
  readonly #atOnce: MigrationSteps;
  readonly #kept: MigrationSteps;

  constructor(
    dialect: Dialect,
    private readonly inTransaction: TransactionState,
  ) {
    this.#atOnce = new MigrationSteps(dialect);
    this.#kept = new MigrationSteps(dialect);
  }

  get steps(): { list: Step[] } {
    return { list: [...this.#atOnce.list, ...this.#kept.list] };
  }

  call(node: ts.CallExpression, scope: Scope, at: Circumstances): boolean {
    const callee = bare(node.expression);
    if (!ts.isPropertyAccessExpression(callee)) return this.#builder(node, at);
    const receiver = receiverOf(callee.expression);
    if (receiver === undefined) return false;
    const method = callee.name.text;
    if (receiver === 'migration' && method === 'addSql') this.#text(node, scope, at, this.#kept, this.inTransaction);
    else if (sends[receiver].test(method)) this.#text(node, scope, at, this.#atOnce, this.#around(receiver, node));
    else if (receiver === 'migration') return false;
    else if (!harmless.test(method) && !Object.hasOwn(givenBy, method))
      this.#opaque(`${callee.getText().replace(/\s+/g, ' ')}() is not read`, node, at, this.#atOnce);
    return true;
  }

  guard(condition: ts.Expression): Guard {
    return { kind: 'unknown', span: spanOf(condition) };
  }

  unfollowed(node: ts.CallExpression, _: Scope, at: Circumstances): void {
    const handsOn = [node.expression, ...node.arguments].some((each) => mayBeMigration(each));
    if (handsOn) this.#opaque(`${node.expression.getText()}() is not followed`, node, at, this.#atOnce);
  }

  cut(node: ts.Node, at: Circumstances): void {
    this.#opaque('what follows is too long or too deep to be read', node, at, this.#kept);
  }

  /** `knex('users').insert(…)`. */
  #builder(node: ts.CallExpression, at: Circumstances): boolean {
    if (receiverOf(node.expression) !== 'knex') return false;
    this.#opaque('a query builder is not read', node, at, this.#atOnce);
    return true;
  }

  /** Knex runs on a connection of its own, unless it is given the transaction. */
  #around(receiver: Receiver, node: ts.CallExpression): TransactionState {
    if (receiver !== 'knex' || this.inTransaction === 'no') return this.inTransaction;
    const { parent } = node;
    return ts.isPropertyAccessExpression(parent) && parent.name.text === 'transacting' ? this.inTransaction : 'no';
  }

  #text(
    node: ts.CallExpression,
    scope: Scope,
    at: Circumstances,
    steps: MigrationSteps,
    inTransaction: TransactionState,
  ): void {
    const [argument] = node.arguments;
    if (!argument) return;
    const value = sqlOf(evaluate(argument, scope));
    const whole = value.kind === 'oneOf' ? { ...value, values: value.values.map(sqlOf) } : value;
    steps.send(whole, spanOf(node), at, inTransaction);
  }

  #opaque(reason: string, node: ts.Node, at: Circumstances, steps: MigrationSteps): void {
    steps.opaque(reason, spanOf(node), at, this.inTransaction);
  }
}

/** `raw('…')` and `` sql`…` `` of MikroORM stand for the text that they are made of. */
function sqlOf(value: Value): Value {
  if (value.kind === 'made' && isMikro(value.origin, 'raw') && value.args[0]) return value.args[0];
  return value;
}

const maxSteps = 12;

/** Follows an expression down to `this`: `this.getKnex().schema`, `const knex = this.getKnex()`. */
function receiverOf(expression: ts.Expression): Receiver | undefined {
  const names: string[] = [];
  let at = bare(expression);
  for (let step = 0; step < maxSteps; step++) {
    if (at.kind === ts.SyntaxKind.ThisKeyword) return receiverBehind(names);
    if (ts.isCallExpression(at)) at = bare(at.expression);
    else if (ts.isPropertyAccessExpression(at)) {
      names.unshift(at.name.text);
      at = bare(at.expression);
    } else if (ts.isIdentifier(at)) {
      const found = declarationOf(at.text, at);
      const { initializer } = found?.kind === 'variable' ? found.node : {};
      if (found?.kind !== 'variable' || !found.constant || found.path.length > 0 || !initializer) return undefined;
      at = bare(initializer);
    } else return undefined;
  }
  return undefined;
}

function receiverBehind(names: readonly string[]): Receiver | undefined {
  const [first, ...others] = names;
  if (first === undefined) return 'migration';
  return others.reduce<Receiver | undefined>(
    (receiver, name) => (Object.hasOwn(givenBy, name) ? givenBy[name] : receiver),
    Object.hasOwn(givenBy, first) ? givenBy[first] : undefined,
  );
}

/** `helper(this)`, `super.up()`. */
const mayBeMigration = (node: ts.Expression): boolean => {
  const inner = bare(node);
  if (inner.kind === ts.SyntaxKind.ThisKeyword) return true;
  return ts.isPropertyAccessExpression(inner) && inner.expression.kind === ts.SyntaxKind.SuperKeyword;
};
