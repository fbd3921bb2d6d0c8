import type { Guard, Span, TransactionState } from '../../../ir/index.js';
import type { Clause, Expr, Module, Of, Param, Stmt, StmtOf } from '../syntax/nodes.js';
import { callBuiltin, callMethod, lookUp, percentFormat } from './builtins.js';
import { canonical, moduleName, sqlalchemyNames } from './names.js';
import { blockScope, newScope, scopeOf, type Scope } from './scope.js';
import { comparison, derived, negated, testOf } from './tests.js';
import { pasted } from './text.js';
import {
  constant,
  equal,
  itemsOf,
  none,
  sized,
  textAt,
  textOf,
  truth,
  unknown,
  type Arg,
  type CallValue,
  type NamedArg,
  type TextPart,
  type Value,
} from './value.js';

/** Under which circumstances a statement runs. */
export interface Circumstances {
  guard?: Guard;
  inTransaction: TransactionState;
  repeated: boolean;
}

/** Told of every library call while a function runs, in order. What it gives replaces the call's value. */
export type CallListener = (call: CallValue, at: Circumstances) => Value | undefined;

type Outcome = 'next' | 'leave' | 'break' | 'continue' | { value: Value };

const maxSteps = 200_000;
const maxIterations = 1_000;
const maxCallDepth = 8;
/** Blocks inside of each other, callers included, within which no further function is followed. */
const maxNesting = 100;

/** Names that are libraries by custom, for code that is quoted without its imports. */
const customary: { [name: string]: string } = {
  op: 'alembic.op',
  sa: 'sqlalchemy',
  db: 'flask_sqlalchemy.SQLAlchemy()',
};

/**
 * Evaluates one file's code as far as it can be known without running it: names through imports and constants, text
 * with its offsets, loops over known lists, functions of the same file.
 */
export class Interpreter {
  readonly module: string;
  readonly scope: Scope;
  readonly stars: string[];
  listener: CallListener | undefined;
  /** The statement that runs. */
  statement: Span = { start: 0, end: 0 };
  #path: string;
  #steps = 0;
  #callDepth = 0;
  #nesting = 0;
  #at: Circumstances = { inTransaction: 'unknown', repeated: false };
  #classScopes = new WeakMap<StmtOf<'ClassDef'>, Scope>();

  constructor(path: string, module: Module) {
    this.#path = path;
    this.module = moduleName(path);
    const { scope, stars } = blockScope(module.body, path);
    this.scope = scope;
    this.stars = stars;
  }

  /** The scope of a class body. */
  classScope(node: StmtOf<'ClassDef'>, parent: Scope): Scope {
    let found = this.#classScopes.get(node);
    if (found === undefined) {
      found = blockScope(node.body, this.#path, parent).scope;
      this.#classScopes.set(node, found);
    }
    return found;
  }

  /** The dotted name of what a value refers to, in its canonical spelling. */
  nameOf(value: Value): string | undefined {
    if (value.kind === 'ref') return canonical(value.name);
    if (value.kind === 'class') return `${this.module}.${value.node.name}`;
    if (value.kind === 'function' && value.node.kind === 'FunctionDef') return `${this.module}.${value.node.name}`;
    return undefined;
  }

  name(id: string, from: Scope): Value {
    const scope = scopeOf(id, from);
    if (scope === undefined) {
      if (Object.hasOwn(customary, id)) return { kind: 'ref', name: customary[id] ?? id };
      return { kind: 'ref', name: sqlalchemyNames.has(id) ? `sqlalchemy.${id}` : id };
    }
    const known = scope.values.get(id);
    if (known !== undefined) return known;
    if (scope.busy.has(id)) return unknown(`${id} is defined by itself`);
    scope.busy.add(id);
    const value = this.#bound(id, scope);
    scope.busy.delete(id);
    scope.values.set(id, value);
    return value;
  }

  #bound(id: string, scope: Scope): Value {
    const bindings = scope.bindings.get(id) ?? [];
    const [first] = bindings;
    const imported = bindings.find((binding) => binding.kind === 'import');
    if (imported !== undefined) return { kind: 'ref', name: imported.name };
    if (first === undefined) return unknown(`${id} is not bound`);
    if (bindings.length > 1) {
      const last = bindings.at(-1);
      if (last?.kind === 'class') return { kind: 'class', node: last.node, scope };
      if (last?.kind === 'function') return { kind: 'function', node: last.node, scope };
      return unknown(`${id} is assigned more than once`);
    }
    if (first.kind === 'class') return { kind: 'class', node: first.node, scope };
    if (first.kind === 'function') return { kind: 'function', node: first.node, scope };
    if (first.kind === 'value') return this.#quietly(() => this.evaluate(first.expr, scope));
    return unknown(`the value of ${id} is not known`);
  }

  /** Evaluates without telling the listener: the code does not run here. */
  #quietly<T>(work: () => T): T {
    const { listener } = this;
    this.listener = undefined;
    try {
      return work();
    } finally {
      this.listener = listener;
    }
  }

  evaluate(expr: Expr, scope: Scope): Value {
    this.#steps += 1;
    if (this.#steps > maxSteps) return unknown('the file takes too long to evaluate');
    switch (expr.kind) {
      case 'Name':
        return this.name(expr.id, scope);
      case 'Str':
        return { kind: 'str', parts: expr.pieces };
      case 'FString':
        return sized(this.#formatted(expr, scope));
      case 'Num':
        return constant(expr.value);
      case 'Bool':
        return constant(expr.value);
      case 'None':
        return none;
      case 'Attribute':
        return this.attribute(this.evaluate(expr.value, scope), expr.attr, expr);
      case 'Call':
        return sized(this.#call(expr, scope));
      case 'Tuple':
      case 'List':
      case 'Set':
        return sized(this.#sequence(expr, scope));
      case 'Dict':
        return sized(this.#dict(expr, scope));
      case 'Lambda':
        return { kind: 'function', node: expr, scope };
      case 'BinOp':
        return sized(this.#binary(expr, scope));
      case 'BoolOp':
        return this.#boolean(expr, scope);
      case 'UnaryOp':
        return this.#unary(expr, scope);
      case 'Compare':
        return this.#compare(expr, scope);
      case 'IfExp': {
        const test = this.evaluate(expr.test, scope);
        const known = truth(test);
        if (known !== undefined) return this.evaluate(known ? expr.body : expr.orelse, scope);
        const [body, orelse] = [this.evaluate(expr.body, scope), this.evaluate(expr.orelse, scope)];
        return equal(body, orelse) === true ? body : unknown('a choice that is made at run time');
      }
      case 'Comp':
        return sized(this.#comprehension(expr, scope));
      case 'NamedExpr': {
        const value = this.evaluate(expr.value, scope);
        scope.values.set(expr.name, value);
        return value;
      }
      case 'Await':
        return this.evaluate(expr.value, scope);
      case 'Subscript':
        return this.#subscript(expr, scope);
      case 'Starred':
        return unknown('a starred value');
      case 'Opaque':
        return unknown('an expression that is not followed');
    }
  }

  attribute(value: Value, name: string, at: Span): Value {
    if (value.kind === 'ref') return { kind: 'ref', name: `${value.name}.${name}`, ...(value.of && { of: value.of }) };
    if (value.kind === 'call') return { kind: 'ref', name: `${value.func}().${name}`, of: value };
    if (value.kind === 'member') {
      if (name === 'value') return value.value;
      return name === 'name' ? textAt(value.name, at) : unknown(`attribute ${name} of an enum member`);
    }
    if (value.kind === 'class') {
      if (name === '__name__') return textAt(value.node.name, at);
      const scope = this.classScope(value.node, value.scope);
      if (!scope.bindings.has(name)) return { kind: 'ref', name: `${this.module}.${value.node.name}.${name}` };
      const found = this.name(name, scope);
      if (found.kind === 'call') return { kind: 'ref', name: `${this.module}.${value.node.name}.${name}` };
      if (!this.isEnum(value.node, value.scope)) return found;
      return { kind: 'member', of: value.node.name, name, value: found };
    }
    return derived(`attribute ${name} of a value that is not known`, value);
  }

  /** Whether a class is an enum, by its direct bases. */
  isEnum(node: StmtOf<'ClassDef'>, scope: Scope): boolean {
    return node.bases.some((base) =>
      /(?:^|\.)\w*(?:Enum|Flag|Choices)$/.test(this.nameOf(this.evaluate(base, scope)) ?? ''),
    );
  }

  #formatted(expr: Of<'FString'>, scope: Scope): Value {
    if (expr.template) return unknown('a template string');
    const parts = expr.parts.flatMap((part): TextPart[] => {
      if (!('hole' in part)) return [part];
      const hole = { start: part.hole.start, end: part.hole.end };
      const value = this.evaluate(part.hole, scope);
      if (part.conversion !== undefined || part.spec !== undefined) return [{ hole }];
      return pasted(value, hole);
    });
    return { kind: 'str', parts };
  }

  #sequence(expr: Of<'Tuple' | 'List' | 'Set'>, scope: Scope): Value {
    const kind = expr.kind === 'Tuple' ? 'tuple' : expr.kind === 'List' ? 'list' : 'set';
    const items: Value[] = [];
    for (const item of expr.items) {
      if (item.kind !== 'Starred') items.push(this.evaluate(item, scope));
      else {
        const spread = itemsOf(this.evaluate(item.value, scope));
        if (spread === undefined) return unknown('a list with items that are not known');
        items.push(...spread);
      }
    }
    return { kind, items };
  }

  #dict(expr: Of<'Dict'>, scope: Scope): Value {
    const entries: [Value, Value][] = [];
    for (const { key, value } of expr.entries) {
      const found = this.evaluate(value, scope);
      if (key !== undefined) entries.push([this.evaluate(key, scope), found]);
      else if (found.kind === 'dict') entries.push(...found.entries);
      else return unknown('a dict with entries that are not known');
    }
    return { kind: 'dict', entries };
  }

  #binary(expr: Of<'BinOp'>, scope: Scope): Value {
    const left = this.evaluate(expr.left, scope);
    const right = this.evaluate(expr.right, scope);
    if (expr.op === '%' && left.kind === 'str') return percentFormat(left, right, expr.right);
    if (expr.op === '+') {
      if (left.kind === 'str' || right.kind === 'str') {
        return { kind: 'str', parts: [...addend(left, expr.left), ...addend(right, expr.right)] };
      }
      const items = [itemsOf(left), itemsOf(right)] as const;
      if (items[0] && items[1] && left.kind === right.kind && left.kind !== 'dict') {
        return { kind: left.kind as 'list', items: [...items[0], ...items[1]] };
      }
    }
    if (expr.op === '*' && left.kind === 'list' && right.kind === 'const' && typeof right.value === 'number') {
      const times = Math.min(right.value, maxIterations);
      return {
        kind: 'list',
        items: Array.from({ length: Math.max(0, times) }, () => left.items)
          .flat()
          .slice(0, maxIterations),
      };
    }
    if (
      left.kind === 'const' &&
      right.kind === 'const' &&
      typeof left.value === 'number' &&
      typeof right.value === 'number'
    ) {
      if (expr.op === '+') return constant(left.value + right.value);
      if (expr.op === '-') return constant(left.value - right.value);
      if (expr.op === '*') return constant(left.value * right.value);
    }
    return derived('a computation of values that are not known', left, right);
  }

  #boolean(expr: Of<'BoolOp'>, scope: Scope): Value {
    const left = this.evaluate(expr.left, scope);
    const known = truth(left);
    if (known === (expr.op === 'or')) return left;
    const right = this.evaluate(expr.right, scope);
    if (known !== undefined) return right;
    if (expr.op === 'and') return truth(right) === false ? right : derived('a condition', left, right);
    const [one, other] = [testOf(left), testOf(right)];
    if (one?.kind === 'dialect' && other?.kind === 'dialect') {
      const dialects = [...new Set([...one.dialects, ...other.dialects])];
      return { kind: 'unknown', reason: 'depends on the dialect', test: { kind: 'dialect', dialects } };
    }
    return one?.kind === 'existence' && other?.kind === 'existence'
      ? derived('a condition', left)
      : unknown('a condition');
  }

  #unary(expr: Of<'UnaryOp'>, scope: Scope): Value {
    const value = this.evaluate(expr.operand, scope);
    if (expr.op === 'not') {
      const known = truth(value);
      return known === undefined ? negated(value) : constant(!known);
    }
    if (expr.op === '-' && value.kind === 'const' && typeof value.value === 'number') return constant(-value.value);
    return derived('a computation of a value that is not known', value);
  }

  #compare(expr: Of<'Compare'>, scope: Scope): Value {
    const left = this.evaluate(expr.left, scope);
    const [op, node] = [expr.ops[0], expr.comparators[0]];
    if (expr.ops.length !== 1 || op === undefined || node === undefined) return unknown('a chained comparison');
    const right = this.evaluate(node, scope);
    if (op === '==' || op === '!=' || op === 'is' || op === 'is not') {
      const same = equal(left, right);
      if (same !== undefined) return constant(same === (op === '==' || op === 'is'));
    }
    if (op === 'in' || op === 'not in') {
      const found = itemsOf(right)?.map((item) => equal(left, item));
      if (found?.includes(true)) return constant(op === 'in');
      if (found?.every((same) => same === false)) return constant(op === 'not in');
    }
    return comparison(op, left, right);
  }

  #subscript(expr: Of<'Subscript'>, scope: Scope): Value {
    const value = this.evaluate(expr.value, scope);
    const [slice] = expr.slices;
    if (slice === undefined) return unknown('a subscript');
    const key = this.evaluate(slice, scope);
    if (value.kind === 'dict') return lookUp(value, key) ?? unknown('an entry that is not known');
    const items = itemsOf(value);
    if (items !== undefined && key.kind === 'const' && typeof key.value === 'number') {
      return items.at(key.value) ?? unknown('an index past the end');
    }
    if (value.kind === 'ref' && textOf(key) === undefined) return { kind: 'ref', name: `${value.name}[]` };
    return derived('an entry of a value that is not known', value);
  }

  #comprehension(expr: Of<'Comp'>, scope: Scope): Value {
    const items: Value[] = [];
    const entries: [Value, Value][] = [];
    let failed: Value | undefined;
    const each = (clauses: readonly Clause[], at: Scope): void => {
      const [clause, ...rest] = clauses;
      if (failed !== undefined) return;
      if (clause === undefined) {
        const value = this.evaluate(expr.element, at);
        if (expr.key !== undefined) entries.push([this.evaluate(expr.key, at), value]);
        else items.push(value);
        return;
      }
      if ('test' in clause) {
        const known = truth(this.evaluate(clause.test, at));
        if (known === undefined) failed = unknown('a filter that is not known');
        else if (known) each(rest, at);
        return;
      }
      const source = this.evaluate(clause.iter, at);
      const values = itemsOf(source);
      if (values === undefined || values.length > maxIterations) {
        failed = derived('a comprehension over values that are not known', source);
        return;
      }
      for (const value of values) {
        const inner = newScope(at);
        this.#assign(clause.target, value, inner);
        each(rest, inner);
      }
    };
    each(expr.clauses, scope);
    if (failed !== undefined) return failed;
    return expr.form === 'dict' ? { kind: 'dict', entries } : { kind: expr.form === 'set' ? 'set' : 'list', items };
  }

  #call(expr: Of<'Call'>, scope: Scope): Value {
    const { func } = expr;
    const receiver = func.kind === 'Attribute' ? this.evaluate(func.value, scope) : undefined;
    const callee = func.kind === 'Attribute' ? undefined : this.evaluate(func, scope);
    const { args, keywords, open } = this.#arguments(expr, scope);
    if (receiver !== undefined && func.kind === 'Attribute' && !open) {
      const value = callMethod(receiver, func.attr, args, keywords, expr);
      if (value !== undefined) return value;
    }
    const target = callee ?? this.attribute(receiver ?? none, func.kind === 'Attribute' ? func.attr : '', func);
    if (callee?.kind === 'ref' && !callee.name.includes('.') && !open) {
      const value = callBuiltin(callee.name, args, keywords, expr);
      if (value !== undefined) return value;
    }
    if (target.kind === 'function' && !open) {
      const value = this.#inline(target, args, keywords);
      if (value !== undefined) return value;
    }
    const name = this.nameOf(target) ?? (target.kind === 'call' ? `${target.func}()` : undefined);
    if (name === undefined)
      return derived('a call of a function that is not known', target, ...args.map(({ value }) => value));
    if (/^(?:textwrap\.)?dedent$|^inspect\.cleandoc$/.test(name) && args[0]) return args[0].value;
    const of = target.kind === 'ref' ? target.of : target.kind === 'call' ? target : undefined;
    const call: CallValue = { kind: 'call', func: name, args, keywords, node: expr, open, ...(of && { of }) };
    return this.listener?.(call, this.#at) ?? call;
  }

  #arguments(expr: Of<'Call'>, scope: Scope): { args: Arg[]; keywords: NamedArg[]; open: boolean } {
    const args: Arg[] = [];
    const keywords: NamedArg[] = [];
    let open = false;
    for (const node of expr.args) {
      if (node.kind !== 'Starred') {
        args.push({ value: this.evaluate(node, scope), node });
        continue;
      }
      const items = itemsOf(this.evaluate(node.value, scope));
      if (items === undefined) open = true;
      else args.push(...items.map((value) => ({ value, node: value.kind === 'call' ? value.node : node })));
    }
    for (const { name, value: node, start, end } of expr.keywords) {
      const value = this.evaluate(node, scope);
      if (name !== undefined) keywords.push({ name, value, node, start, end });
      else if (value.kind !== 'dict') open = true;
      else {
        for (const [key, entry] of value.entries) {
          const text = textOf(key);
          if (text === undefined) open = true;
          else keywords.push({ name: text, value: entry, node, start, end });
        }
      }
    }
    return { args, keywords, open };
  }

  /** Follows a call of a function of this file; undefined where it is nested too deeply. */
  #inline(
    target: Extract<Value, { kind: 'function' }>,
    args: readonly Arg[],
    keywords: readonly NamedArg[],
  ): Value | undefined {
    if (this.#callDepth >= maxCallDepth || this.#nesting > maxNesting) return undefined;
    const { node } = target;
    const scope = newScope(target.scope);
    this.#bindParameters(node.params, args, keywords, scope);
    if (node.kind === 'Lambda') return this.evaluate(node.body, scope);
    this.#callDepth += 1;
    const before = this.#at;
    this.#at = { ...before, repeated: true };
    const outcome = this.run(node.body, scope);
    this.#at = before;
    this.#callDepth -= 1;
    return typeof outcome === 'object'
      ? outcome.value
      : outcome === 'leave'
        ? unknown('a function that returns in several ways')
        : none;
  }

  #bindParameters(params: readonly Param[], args: readonly Arg[], keywords: readonly NamedArg[], scope: Scope): void {
    const left = [...args];
    for (const param of params) {
      const named = keywords.find(({ name }) => name === param.name);
      let value: Value;
      if (param.star === '*') value = { kind: 'tuple', items: left.splice(0).map((arg) => arg.value) };
      else if (param.star === '**') value = others(params, keywords);
      else if (named !== undefined) value = named.value;
      else
        value =
          left.shift()?.value ??
          (param.default && this.evaluate(param.default, this.scope)) ??
          unknown(`parameter ${param.name}`);
      scope.values.set(param.name, value);
    }
  }

  /** Runs a function of this file from outside: parameters that are not given are unknown. */
  runFunction(node: StmtOf<'FunctionDef'>, given: { [name: string]: Value }, at: Circumstances): Outcome {
    const scope = newScope(this.scope);
    for (const param of node.params)
      scope.values.set(param.name, given[param.name] ?? unknown(`parameter ${param.name}`));
    this.#at = at;
    this.#steps = 0;
    return this.run(node.body, scope);
  }

  run(body: readonly Stmt[], scope: Scope): Outcome {
    const before = this.#at;
    let outcome: Outcome = 'next';
    this.#nesting += 1;
    for (const stmt of body) {
      outcome = this.#statement(stmt, scope);
      if (outcome !== 'next') break;
    }
    this.#nesting -= 1;
    this.#at = before;
    return outcome;
  }

  #under(guard: Guard | undefined): void {
    if (guard !== undefined) this.#at = { ...this.#at, guard: strongest(this.#at.guard, guard) };
  }

  #within(change: Partial<Circumstances>, body: readonly Stmt[], scope: Scope): Outcome {
    const before = this.#at;
    this.#at = { ...before, ...change };
    const outcome = this.run(body, scope);
    this.#at = before;
    return outcome;
  }

  #statement(stmt: Stmt, scope: Scope): Outcome {
    this.statement = stmt;
    switch (stmt.kind) {
      case 'ExprStmt':
        this.evaluate(stmt.value, scope);
        return 'next';
      case 'Assign': {
        const value = this.evaluate(stmt.value, scope);
        for (const target of stmt.targets) this.#assign(target, value, scope);
        return 'next';
      }
      case 'AnnAssign':
        if (stmt.value !== undefined) this.#assign(stmt.target, this.evaluate(stmt.value, scope), scope);
        return 'next';
      case 'AugAssign': {
        const { start, end, op, target, value } = stmt;
        this.#assign(
          target,
          this.evaluate({ kind: 'BinOp', start, end, op, left: target, right: value }, scope),
          scope,
        );
        return 'next';
      }
      case 'Return':
        return { value: stmt.value === undefined ? none : this.evaluate(stmt.value, scope) };
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
        const { bindings } = blockScope([stmt], this.#path).scope;
        for (const [name, [binding]] of bindings) {
          if (binding?.kind === 'import') scope.values.set(name, { kind: 'ref', name: binding.name });
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
    const test = this.evaluate(stmt.test, scope);
    const known = truth(test);
    if (known !== undefined) return this.run(known ? stmt.body : stmt.orelse, scope);
    const span = { start: stmt.test.start, end: stmt.test.end };
    const before = new Map(scope.values);
    const one = this.#within({ guard: strongest(this.#at.guard, guardFor(test, span)) }, stmt.body, scope);
    const after = scope.values;
    scope.values = before;
    const other = this.#within({ guard: strongest(this.#at.guard, guardFor(negated(test), span)) }, stmt.orelse, scope);
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
    return { repeated: true, guard: strongest(this.#at.guard, guard) };
  }

  #for(stmt: StmtOf<'For'>, scope: Scope): Outcome {
    const items = itemsOf(this.evaluate(stmt.iter, scope));
    if (items === undefined || items.length > maxIterations) {
      this.#assign(stmt.target, unknown('an item of a list that is not known'), scope);
      this.#within(this.#loop(stmt), stmt.body, scope);
      return 'next';
    }
    for (const item of [...items]) {
      this.#assign(stmt.target, item, scope);
      const outcome = this.#within({ repeated: true }, stmt.body, scope);
      if (outcome === 'break') break;
      if (outcome !== 'next' && outcome !== 'continue') return outcome;
    }
    return this.run(stmt.orelse, scope);
  }

  #with(stmt: StmtOf<'With'>, scope: Scope): Outcome {
    let { inTransaction } = this.#at;
    for (const { context, target } of stmt.items) {
      const value = this.evaluate(context, scope);
      if (value.kind === 'call' && value.func.endsWith('.autocommit_block')) inTransaction = 'no';
      if (target !== undefined) this.#assign(target, value, scope);
    }
    return this.#within({ inTransaction }, stmt.body, scope);
  }

  #try(stmt: StmtOf<'Try'>, scope: Scope): Outcome {
    const span = { start: stmt.start, end: stmt.end };
    const swallows = stmt.handlers.some(({ body }) => !body.some(({ kind }) => kind === 'Raise'));
    const guard = swallows ? strongest(this.#at.guard, { kind: 'idempotent', span }) : this.#at.guard;
    const outcome = this.#within(guard === undefined ? {} : { guard }, stmt.body, scope);
    for (const { body } of stmt.handlers) {
      this.#within({ guard: strongest(this.#at.guard, { kind: 'unknown', span }) }, body, scope);
    }
    if (outcome === 'next') {
      const rest = this.run(stmt.orelse, scope);
      if (rest !== 'next') return rest;
    }
    const last = this.run(stmt.final, scope);
    return last === 'next' ? (swallows && outcome === 'leave' ? 'next' : outcome) : last;
  }

  #assign(target: Expr, value: Value, scope: Scope): void {
    if (target.kind === 'Name') scope.values.set(target.id, value);
    else if (target.kind === 'Tuple' || target.kind === 'List') {
      const items = itemsOf(value);
      target.items.forEach((item, at) => {
        const inner = item.kind === 'Starred' ? item.value : item;
        const found = item.kind === 'Starred' || value.kind === 'dict' ? undefined : items?.[at];
        this.#assign(inner, found ?? unknown('part of a value that is not known'), scope);
      });
    } else if (target.kind === 'Subscript' && target.slices[0] !== undefined) {
      const container = this.evaluate(target.value, scope);
      if (container.kind === 'dict') container.entries.push([this.evaluate(target.slices[0], scope), value]);
    }
  }
}

/** What one side of a `+` with text adds. */
function addend(value: Value, node: Expr): TextPart[] {
  if (value.kind === 'str') return value.parts;
  if (value.kind === 'member') return pasted(value.value, node);
  return [{ hole: { start: node.start, end: node.end } }];
}

function guardFor(test: Value, span: Span): Guard {
  const found = testOf(test);
  if (found === undefined) return { kind: 'unknown', span };
  return found.kind === 'dialect' ? { kind: 'dialect', dialects: found.dialects, span } : { kind: 'existence', span };
}

/** The guard that says least: an unknown condition hides whatever else an operation stands under. */
function strongest(outer: Guard | undefined, inner: Guard): Guard {
  if (outer === undefined || outer.kind === inner.kind) return inner;
  const order: Guard['kind'][] = ['dialect', 'existence', 'idempotent', 'unknown'];
  return order.indexOf(outer.kind) > order.indexOf(inner.kind) ? outer : inner;
}

/** Joins the values of two branches: what differs is unknown. */
function merge(scope: Scope, other: ReadonlyMap<string, Value>): void {
  for (const [name, value] of other) {
    const here = scope.values.get(name);
    if (here === value || (here !== undefined && equal(here, value) === true)) continue;
    scope.values.set(name, unknown(`${name} depends on a condition`));
  }
}

/** What `**options` gets of the keywords of a call: those that no parameter takes. */
function others(params: readonly Param[], keywords: readonly NamedArg[]): Value {
  const named = new Set(params.map(({ name }) => name));
  const left = keywords.filter(({ name }) => !named.has(name));
  return { kind: 'dict', entries: left.map(({ name, value, start }) => [textAt(name, { start, end: start }), value]) };
}
