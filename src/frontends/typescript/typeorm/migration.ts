import { ts } from 'ts-morph';
import type {
  Anchor,
  Dialect,
  FileFacts,
  Guard,
  Migration,
  MigrationBody,
  Operation,
  TransactionState,
} from '../../../ir/index.js';
import type { BodyReader, Circumstances } from '../bodies.js';
import { readHalf } from '../migration-half.js';
import { MigrationSteps } from '../migration-steps.js';
import { memberFunction } from '../methods.js';
import { bind, type Scope } from '../values/scope.js';
import { evaluate } from '../values/evaluate.js';
import { isFrom, originOf } from '../linking/imports.js';
import { bare, nameText, spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { textOf, type Value } from '../values/values.js';
import { guardOf, isRunner } from './guards.js';
import { schemaCalls } from './schema-api.js';

/** The migrations of a file: classes that implement `MigrationInterface`, or have `up` in a folder of TypeORM migrations. */
export function typeormMigrations(unit: Unit, facts: FileFacts): void {
  for (const node of unit.classes) {
    const up = memberFunction(node, 'up');
    if (up && (implementsMigration(node) || isMigration(node, up, unit)))
      facts.migrations.push(readMigration(node, up, unit));
  }
}

/** JavaScript names no interface: the folder and the shape of the class must do. */
function isMigration(node: ts.ClassLikeDeclaration, up: ts.FunctionLikeDeclaration, unit: Unit): boolean {
  if (unit.context.migrations?.runner !== 'typeorm') return false;
  return up.parameters.length === 1 || (up.parameters.length === 0 && memberFunction(node, 'down') !== undefined);
}

function implementsMigration(node: ts.ClassLikeDeclaration): boolean {
  return (node.heritageClauses ?? []).some((clause) =>
    clause.types.some((type) => isFrom(originOf(type.expression), 'typeorm', 'MigrationInterface')),
  );
}

function readMigration(node: ts.ClassLikeDeclaration, up: ts.FunctionLikeDeclaration, unit: Unit): Migration {
  const optedOut =
    propertyValue(node, 'transaction', unit)?.kind === 'known' &&
    scalar(propertyValue(node, 'transaction', unit)) === false;
  const given = propertyValue(node, 'name', unit);
  const name = textOf(given) ?? node.name?.text ?? '';
  const stamp = Number.parseInt(name.slice(-13), 10);
  const down = memberFunction(node, 'down');
  const inTransaction: TransactionState = optedOut ? 'no' : 'yes';
  const end = node.getEnd() - 1;
  return {
    id: name,
    history: unit.context.migrations?.path ?? unit.path.replace(/\/?[^/]*$/, ''),
    runner: 'typeorm',
    dependsOn: [],
    branchLabels: [],
    order: [Number.isNaN(stamp) ? name : stamp],
    transaction: optedOut ? 'none' : 'all',
    up: readBody(up, unit, inTransaction),
    // Reverting opens one even so, unless the runner's mode is `none`.
    down: down ? readBody(down, unit, 'yes') : { state: 'missing', steps: [], span: { start: end, end } },
    span: spanOf(node.name ?? node),
    ...(ts.isMethodDeclaration(up) && up.body && { anchor: anchorOf(node, up, up.body, down) }),
  };
}

/** Where the pen finds the head of `up`, the name of its query runner, and a `down` to replace. */
function anchorOf(
  node: ts.ClassLikeDeclaration,
  up: ts.MethodDeclaration,
  body: ts.Block,
  down: ts.FunctionLikeDeclaration | undefined,
): Anchor {
  const runner = up.parameters[0]?.name;
  return {
    span: spanOf(node),
    indent: '',
    lists: {},
    points: {
      upStart: up.getStart(),
      upName: up.name.getStart(),
      upBody: body.getStart(),
      ...(runner && ts.isIdentifier(runner) && { runnerStart: runner.getStart(), runnerEnd: runner.getEnd() }),
      ...(down && ts.isMethodDeclaration(down) && { downStart: down.getStart() }),
    },
  };
}

const scalar = (value: Value | undefined): unknown => (value?.kind === 'known' ? value.value : undefined);

/** What a field is given where it is declared, or in the constructor as compiled code does it. */
function propertyValue(node: ts.ClassLikeDeclaration, name: string, unit: Unit): Value | undefined {
  for (const member of node.members) {
    if (ts.isPropertyDeclaration(member) && nameText(member.name) === name && member.initializer)
      return evaluate(member.initializer, unit.scope);
    if (!ts.isConstructorDeclaration(member)) continue;
    for (const statement of member.body?.statements ?? []) {
      const assigned = ts.isExpressionStatement(statement) ? statement.expression : undefined;
      if (assigned && ts.isBinaryExpression(assigned) && assigned.left.getText() === `this.${name}`)
        return evaluate(assigned.right, unit.scope);
    }
  }
  return undefined;
}

function readBody(method: ts.FunctionLikeDeclaration, unit: Unit, inTransaction: TransactionState): MigrationBody {
  const parameter = method.parameters[0]?.name;
  const span = spanOf(method.body ?? method);
  const runner: Value = { kind: 'reference', module: 'typeorm', name: 'QueryRunner', path: [], span };
  const scope = parameter && ts.isIdentifier(parameter) ? bind(unit.scope, [[parameter, runner]]) : unit.scope;
  return readHalf(method, scope, new MigrationReader(unit.context.dialect, inTransaction));
}

/** Calls that only look, or that steer the connection. They change neither schema nor rows. */
const harmless = /^(?:has|get|is|find|count|release|connect|select|load|exists|log|enable|disable)/;

class MigrationReader implements BodyReader {
  readonly steps: MigrationSteps;
  private savepoints = 0;

  constructor(
    private readonly dialect: Dialect,
    private inTransaction: TransactionState,
  ) {
    this.steps = new MigrationSteps(dialect);
  }

  call(node: ts.CallExpression, scope: Scope, at: Circumstances): boolean {
    const callee = bare(node.expression);
    if (!ts.isPropertyAccessExpression(callee)) return false;
    const target = evaluate(callee.expression, scope);
    if (!isRunner(target)) return false;
    const method = callee.name.text;
    if (method === 'query') this.query(node, scope, at);
    else if (target.path.length === 0) this.runnerCall(method, node, scope, at);
    else if (!harmless.test(method))
      this.opaque(`${callee.getText()}() changes rows through the ORM`, node, at, 'rows');
    return true;
  }

  guard(condition: ts.Expression, scope: Scope, holds: boolean): Guard {
    return guardOf(condition, scope, holds);
  }

  unfollowed(node: ts.CallExpression, scope: Scope, at: Circumstances): void {
    if (!node.arguments.some((argument) => isRunner(evaluate(argument, scope)))) return;
    this.opaque(`${node.expression.getText()}() is not followed`, node, at);
  }

  cut(node: ts.Node, at: Circumstances): void {
    this.opaque('what follows is too long or too deep to be read', node, at);
  }

  private runnerCall(method: string, node: ts.CallExpression, scope: Scope, at: Circumstances): void {
    const action = transactionCalls.get(method);
    if (action) {
      this.transaction(action, node, at);
      return;
    }
    const read = Object.hasOwn(schemaCalls, method) ? schemaCalls[method] : undefined;
    if (!read) {
      if (!harmless.test(method)) this.opaque(`QueryRunner.${method}() is not known`, node, at);
      return;
    }
    const args = node.arguments.map((argument) => evaluate(argument, scope));
    for (const operation of read({ args, span: spanOf(node), method, dialect: this.dialect })) this.add(operation, at);
  }

  /** TypeORM makes savepoints of transactions inside of one. */
  private transaction(action: 'begin' | 'commit' | 'rollback', node: ts.CallExpression, at: Circumstances): void {
    const isInner = action === 'begin' ? this.inTransaction === 'yes' : this.savepoints > 0;
    if (isInner) this.savepoints += action === 'begin' ? 1 : -1;
    this.add({ kind: 'Transaction', action, span: spanOf(node), provenance: 'api' }, at);
    if (!isInner) this.inTransaction = action === 'begin' ? 'yes' : 'no';
  }

  private query(node: ts.CallExpression, scope: Scope, at: Circumstances): void {
    const argument = node.arguments[0];
    if (!argument) return;
    this.steps.send(evaluate(argument, scope), spanOf(node), at, this.inTransaction);
  }

  private opaque(reason: string, node: ts.Node, at: Circumstances, changes: 'anything' | 'rows' = 'anything'): void {
    this.steps.opaque(reason, spanOf(node), at, this.inTransaction, changes);
  }

  private add(operation: Operation, at: Circumstances): void {
    this.steps.add(operation, at, this.inTransaction);
  }
}

const transactionCalls = new Map<string, 'begin' | 'commit' | 'rollback'>([
  ['startTransaction', 'begin'],
  ['commitTransaction', 'commit'],
  ['rollbackTransaction', 'rollback'],
]);
