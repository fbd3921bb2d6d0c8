import { ts } from 'ts-morph';
import type { FileFacts, Guard, Operation } from '../../../ir/index.js';
import type { BodyReader, Circumstances, Enter } from '../bodies.js';
import { chainOf, type Link } from '../chains.js';
import { MigrationSteps } from '../migration-steps.js';
import { bare, spanOf } from '../syntax.js';
import { evaluate } from '../values/evaluate.js';
import type { Scope } from '../values/scope.js';
import type { Value } from '../values/values.js';
import { driverOperations } from './calls.js';
import type { Surroundings } from './columns.js';

/** The parameters that db-migrate gives a migration. */
export const driver = (span: Operation['span']): Value => ({
  kind: 'reference',
  module: 'db-migrate',
  name: '(driver)',
  path: [],
  span,
});
export const callback = (span: Operation['span']): Value => ({
  kind: 'reference',
  module: 'db-migrate',
  name: '(callback)',
  path: [],
  span,
});

const is = (value: Value, marked: Value): boolean =>
  value.kind === 'reference' &&
  marked.kind === 'reference' &&
  value.module === marked.module &&
  value.name === marked.name &&
  value.path.length === 0;

/** Methods that send the text that they are given. */
const sending = new Set(['runSql', 'all', 'allAsync', 'runSqlAsync']);
const promiseLinks = new Set(['then', 'catch', 'finally', 'nodeify', 'asCallback', 'spread', 'tap']);

const nowhere = { start: 0, end: 0 };

/** Reads what a migration does with the driver that it is given. */
export class DriverReader implements BodyReader {
  readonly steps: MigrationSteps;

  constructor(
    private readonly around: Surroundings,
    private readonly usages: FileFacts['usages'],
  ) {
    this.steps = new MigrationSteps(around.dialect);
  }

  call(node: ts.CallExpression, scope: Scope, at: Circumstances, enter: Enter): boolean {
    const { root, links } = chainOf(node);
    const [first, second, ...rest] = links;
    if (first?.name === undefined || !is(evaluate(root, scope), driver(nowhere))) return false;
    // `async.series([db.createTable.bind(db, 't', { … })], callback)` runs them in order.
    const isBound = !first.call && second?.name === 'bind';
    const called: Link = isBound ? { name: first.name, args: second.args.slice(1), span: spanOf(node) } : first;
    this.run(called, scope, at, enter);
    for (const link of isBound ? rest : links.slice(1)) {
      if (promiseLinks.has(link.name ?? ''))
        for (const each of link.args) enter(each, link.name === 'nodeify' ? [noError(link.span)] : [], scope, at);
    }
    return true;
  }

  guard(condition: ts.Expression): Guard {
    return { kind: 'unknown', span: spanOf(condition) };
  }

  unfollowed(node: ts.CallExpression, scope: Scope, at: Circumstances): void {
    if (node.arguments.some((argument) => is(evaluate(argument, scope), driver(nowhere))))
      this.opaque(`${node.expression.getText()}() is not followed`, spanOf(node), at);
  }

  cut(node: ts.Node, at: Circumstances): void {
    this.opaque('what follows is too long or too deep to be read', spanOf(node), at);
  }

  private run(link: Link, scope: Scope, at: Circumstances, enter: Enter): void {
    const { name = '', span } = link;
    const args = link.args.filter((each) => !isFunction(each));
    for (const each of args) this.early(each, scope, name);
    const values = args.map((each) => evaluate(each, scope)).filter((value) => !is(value, callback(nowhere)));
    if (sending.has(name)) this.steps.send(values[0], span, at, 'yes');
    else {
      const operations = driverOperations(name, { args: values, span, around: this.around });
      for (const operation of operations ?? []) this.steps.add(operation, at, 'yes');
      if (!operations && !/^(?:_|show|close|checkDBMS|switchDatabase|start|end)/.test(name))
        this.opaque(`db.${name}() is not known`, span, at);
    }
    for (const each of link.args)
      if (isFunction(each))
        enter(each, [noError(span)], scope, { repeated: at.repeated, ...(at.guard && { guard: at.guard }) });
  }

  /** `db.runSql(text, callback())` */
  private early(argument: ts.Expression, scope: Scope, method: string): void {
    const node = bare(argument);
    if (!ts.isCallExpression(node) || !is(evaluate(node.expression, scope), callback(nowhere))) return;
    this.usages.push({
      kind: 'early-callback',
      api: `db.${method}()`,
      callback: node.expression.getText(),
      context: 'migration',
      span: spanOf(node),
    });
  }

  private opaque(reason: string, span: Operation['span'], at: Circumstances): void {
    this.steps.opaque(reason, span, at, 'yes');
  }
}

/** What a callback is given first where all went well. */
const noError = (span: Operation['span']): Value => ({ kind: 'known', value: null, span });

const isFunction = (node: ts.Expression): boolean => {
  const inner = bare(node);
  return ts.isArrowFunction(inner) || ts.isFunctionExpression(inner);
};
