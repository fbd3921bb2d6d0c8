import type { Guard, Span } from '../../../ir/index.js';
import type { Stmt, StmtOf } from '../syntax/nodes.js';
import { assign } from './assign.js';
import { guardFor, strongest, type Circumstances } from './circumstances.js';
import type { Evaluator } from './evaluator.js';
import { maxIterations, maxNesting } from './limits.js';
import { blockScope, type Scope } from './scope.js';
import { negated } from './tests.js';
import { equal, none, truth, unknown, type Value } from './value.js';

/** How a block ends: at its end, by raising, by a jump of a loop, or with a value that is returned. */
export type Outcome = 'next' | 'leave' | 'break' | 'continue' | { value: Value };

/** Runs statements, both branches of a condition that is not known. */
export class Runner {
  /** The statement that runs. */
  statement: Span = { start: 0, end: 0 };
  at: Circumstances = { inTransaction: 'unknown', repeated: false };
  #nesting = 0;
  #evaluator: Evaluator;

  constructor(evaluator: Evaluator) {
    this.#evaluator = evaluator;
  }

  /** Whether no further function is to be followed from here. */
  get isDeep(): boolean {
    return this.#nesting > maxNesting;
  }

  run(body: readonly Stmt[], scope: Scope): Outcome {
    const before = this.at;
    let outcome: Outcome = 'next';
    this.#nesting += 1;
    for (const stmt of body) {
      outcome = this.#statement(stmt, scope);
      if (outcome !== 'next') break;
    }
    this.#nesting -= 1;
    this.at = before;
    return outcome;
  }

  #under(guard: Guard | undefined): void {
    if (guard !== undefined) this.at = { ...this.at, guard: strongest(this.at.guard, guard) };
  }

  #within(change: Partial<Circumstances>, body: readonly Stmt[], scope: Scope): Outcome {
    const before = this.at;
    this.at = { ...before, ...change };
    const outcome = this.run(body, scope);
    this.at = before;
    return outcome;
  }

  #statement(stmt: Stmt, scope: Scope): Outcome {
    this.statement = stmt;
    switch (stmt.kind) {
      case 'ExprStmt':
        this.#evaluator.evaluate(stmt.value, scope);
        return 'next';
      case 'Assign': {
        const value = this.#evaluator.evaluate(stmt.value, scope);
        for (const target of stmt.targets) assign(this.#evaluator, target, value, scope);
        return 'next';
      }
      case 'AnnAssign':
        if (stmt.value !== undefined)
          assign(this.#evaluator, stmt.target, this.#evaluator.evaluate(stmt.value, scope), scope);
        return 'next';
      case 'AugAssign': {
        const { start, end, op, target, value } = stmt;
        assign(
          this.#evaluator,
          target,
          this.#evaluator.evaluate({ kind: 'BinOp', start, end, op, left: target, right: value }, scope),
          scope,
        );
        return 'next';
      }
      case 'Return':
        return { value: stmt.value === undefined ? none : this.#evaluator.evaluate(stmt.value, scope) };
      case 'Raise':
        return 'leave';
      case 'If':
        return this.#if(stmt, scope);
      case 'For':
        return this.#for(stmt, scope);
      case 'While':
        this.#within(this.#loop(stmt), stmt.body, scope);
        return 'next';
      case 'With':
        return this.#with(stmt, scope);
      case 'Try':
        return this.#try(stmt, scope);
      case 'Match':
        for (const { body } of stmt.cases) {
          this.#within({ guard: { kind: 'unknown', span: { start: stmt.start, end: stmt.end } } }, body, scope);
        }
        return 'next';
      case 'FunctionDef':
        scope.values.set(stmt.name, { kind: 'function', node: stmt, scope });
        return 'next';
      case 'ClassDef':
        scope.values.set(stmt.name, { kind: 'class', node: stmt, scope });
        return 'next';
      case 'Import':
      case 'ImportFrom': {
        const { bindings } = blockScope([stmt], scope);
        for (const [name, [binding]] of bindings) {
          if (binding?.kind === 'import') scope.values.set(name, this.#evaluator.imported(binding.name, scope.home));
        }
        return 'next';
      }
      case 'Break':
        return 'break';
      case 'Continue':
        return 'continue';
      default:
        return 'next';
    }
  }

  #if(stmt: StmtOf<'If'>, scope: Scope): Outcome {
    const test = this.#evaluator.evaluate(stmt.test, scope);
    const known = truth(test);
    if (known !== undefined) return this.run(known ? stmt.body : stmt.orelse, scope);
    const span = { start: stmt.test.start, end: stmt.test.end };
    const before = new Map(scope.values);
    const one = this.#within({ guard: strongest(this.at.guard, guardFor(test, span)) }, stmt.body, scope);
    const after = scope.values;
    scope.values = before;
    const other = this.#within({ guard: strongest(this.at.guard, guardFor(negated(test), span)) }, stmt.orelse, scope);
    if (one !== 'next') this.#under(guardFor(negated(test), span));
    else if (other !== 'next') {
      scope.values = after;
      this.#under(guardFor(test, span));
    } else merge(scope, after);
    if (one === 'next' || other === 'next') return 'next';
    return one === other ? one : 'leave';
  }

  #loop(stmt: Stmt): Partial<Circumstances> {
    const guard: Guard = { kind: 'unknown', span: { start: stmt.start, end: stmt.end } };
    return { repeated: true, guard: strongest(this.at.guard, guard) };
  }

  #for(stmt: StmtOf<'For'>, scope: Scope): Outcome {
    const items = this.#evaluator.iterate(this.#evaluator.evaluate(stmt.iter, scope));
    if (items === undefined || items.length > maxIterations) {
      assign(this.#evaluator, stmt.target, unknown('an item of a list that is not known'), scope);
      this.#within(this.#loop(stmt), stmt.body, scope);
      return 'next';
    }
    for (const item of [...items]) {
      assign(this.#evaluator, stmt.target, item, scope);
      const outcome = this.#within({ repeated: true }, stmt.body, scope);
      if (outcome === 'break') break;
      if (outcome !== 'next' && outcome !== 'continue') return outcome;
    }
    return this.run(stmt.orelse, scope);
  }

  #with(stmt: StmtOf<'With'>, scope: Scope): Outcome {
    let { inTransaction } = this.at;
    for (const { context, target } of stmt.items) {
      const value = this.#evaluator.evaluate(context, scope);
      if (value.kind === 'call' && value.func.endsWith('.autocommit_block')) inTransaction = 'no';
      if (target !== undefined) assign(this.#evaluator, target, value, scope);
    }
    return this.#within({ inTransaction }, stmt.body, scope);
  }

  #try(stmt: StmtOf<'Try'>, scope: Scope): Outcome {
    const span = { start: stmt.start, end: stmt.end };
    const swallows = stmt.handlers.some(({ body }) => !body.some(({ kind }) => kind === 'Raise'));
    const guard = swallows ? strongest(this.at.guard, { kind: 'idempotent', span }) : this.at.guard;
    const outcome = this.#within(guard === undefined ? {} : { guard }, stmt.body, scope);
    for (const { body } of stmt.handlers) {
      this.#within({ guard: strongest(this.at.guard, { kind: 'unknown', span }) }, body, scope);
    }
    if (outcome === 'next') {
      const rest = this.run(stmt.orelse, scope);
      if (rest !== 'next') return rest;
    }
    const last = this.run(stmt.final, scope);
    return last === 'next' ? (swallows && outcome === 'leave' ? 'next' : outcome) : last;
  }
}

/** Joins the values of two branches: what differs is unknown. */
function merge(scope: Scope, other: ReadonlyMap<string, Value>): void {
  for (const [name, value] of other) {
    const here = scope.values.get(name);
    if (here === value || (here !== undefined && equal(here, value) === true)) continue;
    scope.values.set(name, unknown(`${name} depends on a condition`));
  }
}
