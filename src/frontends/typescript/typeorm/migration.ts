import { ts } from 'ts-morph';
import type {
  Anchor,
  Dialect,
  FileFacts,
  Guard,
  Migration,
  MigrationBody,
  Operation,
  Statement,
  Step,
  TransactionState,
} from '../../../ir/index.js';
import { readEmbedded } from '../../sql/embedded.js';
import type { EmbeddedText } from '../../sql/embedded-text.js';
import { walkBody, type BodyReader, type Circumstances } from '../bodies.js';
import { memberFunction } from '../methods.js';
import { bind, evaluate, type Scope } from '../values/evaluate.js';
import { isFrom, originOf } from '../linking/imports.js';
import { bare, nameText, spanOf } from '../syntax.js';
import type { Unit } from '../unit.js';
import { isHole, textOf, type TextPart, type Value } from '../values/values.js';
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
    down: down ? readBody(down, unit, inTransaction) : { state: 'missing', steps: [], span: { start: end, end } },
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
  const { body } = method;
  const span = spanOf(body ?? method);
  if (!body) return { state: 'missing', steps: [], span };
  const reader = new MigrationReader(unit.context.dialect, inTransaction);
  const parameter = method.parameters[0]?.name;
  const runner: Value = { kind: 'reference', module: 'typeorm', name: 'QueryRunner', path: [], span };
  walkBody(
    body,
    parameter && ts.isIdentifier(parameter) ? bind(unit.scope, [[parameter, runner]]) : unit.scope,
    reader,
  );
  if (reader.steps.length > 0) return { state: 'present', steps: reader.steps, span };
  const throws = ts.isBlock(body) && body.statements.some((statement) => ts.isThrowStatement(statement));
  return { state: throws ? 'raises' : 'empty', steps: [], span };
}

/** Calls that only look, or that steer the connection. They change neither schema nor rows. */
const harmless = /^(?:has|get|is|find|count|release|connect|select|load|exists|log|enable|disable)/;

class MigrationReader implements BodyReader {
  readonly steps: Step[] = [];

  constructor(
    private readonly dialect: Dialect,
    private inTransaction: TransactionState,
  ) {}

  call(node: ts.CallExpression, scope: Scope, at: Circumstances): boolean {
    const callee = bare(node.expression);
    if (!ts.isPropertyAccessExpression(callee)) return false;
    const target = evaluate(callee.expression, scope);
    if (!isRunner(target)) return false;
    const method = callee.name.text;
    if (method === 'query') this.query(node, scope, at);
    else if (target.path.length === 0) this.runnerCall(method, node, scope, at);
    else if (!harmless.test(method)) this.opaque(`${callee.getText()}() changes rows through the ORM`, node, at, false);
    return true;
  }

  guard(condition: ts.Expression, scope: Scope, holds: boolean): Guard {
    return guardOf(condition, scope, holds);
  }

  unfollowed(node: ts.CallExpression, scope: Scope, at: Circumstances): void {
    if (!node.arguments.some((argument) => isRunner(evaluate(argument, scope)))) return;
    this.opaque(`${node.expression.getText()}() is not followed`, node, at, true);
  }

  cut(node: ts.Node, at: Circumstances): void {
    this.opaque('what follows is too long or too deep to be read', node, at, true);
  }

  private runnerCall(method: string, node: ts.CallExpression, scope: Scope, at: Circumstances): void {
    const action = transactionCalls.get(method);
    if (action) {
      this.add({ kind: 'Transaction', action, span: spanOf(node), provenance: 'api' }, at);
      this.inTransaction = action === 'begin' ? 'yes' : 'no';
      return;
    }
    const read = Object.hasOwn(schemaCalls, method) ? schemaCalls[method] : undefined;
    if (!read) {
      if (!harmless.test(method)) this.opaque(`QueryRunner.${method}() is not known`, node, at, true);
      return;
    }
    const args = node.arguments.map((argument) => evaluate(argument, scope));
    for (const operation of read({ args, span: spanOf(node), method, dialect: this.dialect })) this.add(operation, at);
  }

  private query(node: ts.CallExpression, scope: Scope, at: Circumstances): void {
    const argument = node.arguments[0];
    if (!argument) return;
    const value = evaluate(argument, scope);
    const texts = value.kind === 'oneOf' ? value.values : [value];
    const guard: Guard | undefined = texts.length > 1 ? { kind: 'unknown', span: spanOf(argument) } : at.guard;
    for (const text of texts) {
      if (text.kind !== 'text' || text.parts.every(isHole)) {
        this.opaque('the SQL text is computed', node, guard ? { ...at, guard } : at, true);
        continue;
      }
      const dialect = guard?.dialects?.length === 1 ? guard.dialects[0]! : this.dialect;
      const context = { dialect, inTransaction: this.inTransaction, ...(guard && { guard }) };
      for (const statement of readEmbedded(embeddedText(text.parts), context)) {
        if (at.repeated) markRepeated(statement);
        this.steps.push({ statement });
      }
    }
  }

  private opaque(reason: string, node: ts.Node, at: Circumstances, anything: boolean): void {
    this.add(
      { kind: 'Opaque', reason, touches: [], ...(anything && { anything }), span: spanOf(node), provenance: 'opaque' },
      at,
    );
  }

  private add(operation: Operation, at: Circumstances): void {
    const placed = {
      ...operation,
      ...(at.guard && !operation.guard && { guard: at.guard }),
      ...(at.repeated && { repeated: true as const }),
    };
    this.steps.push({ operation: placed, inTransaction: this.inTransaction });
  }
}

const transactionCalls = new Map<string, 'begin' | 'commit' | 'rollback'>([
  ['startTransaction', 'begin'],
  ['commitTransaction', 'commit'],
  ['rollbackTransaction', 'rollback'],
]);

function embeddedText(parts: readonly TextPart[]): EmbeddedText {
  return parts.map((part) => (isHole(part) ? { span: part.span, style: 'js' as const, bound: false } : part));
}

function markRepeated(statement: Statement): void {
  for (const operation of statement.operations) operation.repeated = true;
  for (const child of statement.children) markRepeated(child);
}
