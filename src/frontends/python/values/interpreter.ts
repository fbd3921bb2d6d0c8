import type { Span } from '../../../ir/index.js';
import type { Expr, Module, Of, StmtOf } from '../syntax/nodes.js';
import { callBuiltin, callMethod } from './builtins.js';
import { argumentsOf, bindParameters } from './call.js';
import type { Circumstances } from './circumstances.js';
import { comprehension, dict, formatted, sequence, subscript } from './collections.js';
import type { Evaluator } from './evaluator.js';
import { maxCallDepth, maxSteps } from './limits.js';
import { canonical, isLibrary, sqlalchemyNames } from './names.js';
import { binary, boolean, compare, unary } from './operators.js';
import { Runner, type Outcome } from './runner.js';
import { blockScope, moduleScope, newScope, scopeOf, type Home, type Scope } from './scope.js';
import { derived } from './tests.js';
import { callAt, transplanted } from './transplant.js';
import {
  constant,
  equal,
  itemsOf,
  none,
  sized,
  textAt,
  truth,
  unknown,
  type Arg,
  type CallValue,
  type ClassValue,
  type NamedArg,
  type Value,
} from './value.js';

/** Told of every library call while a function runs, in order. What it gives replaces the call's value. */
export type CallListener = (call: CallValue, at: Circumstances) => Value | undefined;

/** What other files of the project know. */
export interface Elsewhere {
  /** What a dotted name is worth in the module that binds it; undefined where the name says as much. */
  imported(name: string, from: Home): Value | undefined;
  /** The function that a dotted name leads to. */
  callable(name: string, from: Home): Extract<Value, { kind: 'function' }> | undefined;
  /** The class that a dotted name leads to. */
  classOf(name: string, from: Home): ClassValue | undefined;
  /** What a name of another module is worth there. */
  bound(id: string, home: Home): Value;
}

/** Classes that one inherits from. */
const maxClasses = 60;

type Member = Extract<Value, { kind: 'member' }>;

/** Names that are libraries by custom, for code that is quoted without its imports. */
const customary: { [name: string]: string } = {
  op: 'alembic.op',
  sa: 'sqlalchemy',
  db: 'flask_sqlalchemy.SQLAlchemy()',
};

/** What code that is quoted without its imports has of SQLModel; a star import could bring anything of that name. */
const quoted: { [name: string]: string } = {
  SQLModel: 'sqlmodel.SQLModel',
  Field: 'sqlmodel.Field',
  Relationship: 'sqlmodel.Relationship',
};

/**
 * Evaluates one file's code as far as it can be known without running it: names through imports and constants, text
 * with its offsets, loops over known lists, functions of the same file.
 */
export class Interpreter implements Evaluator {
  readonly module: string;
  readonly scope: Scope;
  listener: CallListener | undefined;
  /** Names of other modules that were asked for. */
  readonly asked = new Set<string>();
  #elsewhere: Elsewhere | undefined;
  #foreign = new WeakSet<Value>();
  /** The expression of this file from which code of another one runs. */
  #abroad: Expr | undefined;
  #steps = 0;
  #callDepth = 0;
  #runner: Runner;
  #classScopes = new WeakMap<StmtOf<'ClassDef'>, Scope>();

  constructor(path: string, module: Module, elsewhere?: Elsewhere) {
    this.#runner = new Runner(this);
    this.#elsewhere = elsewhere;
    this.scope = moduleScope(module.body, path);
    this.module = this.scope.home.module;
  }

  get stars(): readonly string[] {
    return this.scope.home.stars;
  }

  /** The statement that runs. */
  get statement(): Span {
    return this.#runner.statement;
  }

  /** The scope of a class body. */
  classScope(node: StmtOf<'ClassDef'>, parent: Scope): Scope {
    let found = this.#classScopes.get(node);
    if (found === undefined) {
      found = blockScope(node.body, parent);
      this.#classScopes.set(node, found);
    }
    return found;
  }

  /** The dotted name of what a value refers to, in its canonical spelling. */
  nameOf(value: Value): string | undefined {
    if (value.kind === 'ref') return canonical(value.name);
    const { module } = value.kind === 'class' || value.kind === 'function' ? value.scope.home : this.scope.home;
    if (value.kind === 'class') return `${module}.${value.node.name}`;
    if (value.kind === 'function' && value.node.kind === 'FunctionDef') return `${module}.${value.node.name}`;
    return undefined;
  }

  /** What a dotted name stands for: a value where the module that binds it is known, else the name itself. */
  imported(name: string, from: Home): Value {
    return this.#askedFor(name, from) ?? { kind: 'ref', name };
  }

  #askedFor(name: string, from: Home): Value | undefined {
    if (isLibrary(name)) return undefined;
    this.asked.add(name);
    return this.#marked(this.#elsewhere?.imported(name, from));
  }

  /** Remembers that a value is another file's. */
  #marked<T extends Value | undefined>(value: T): T {
    if (value !== undefined) this.#foreign.add(value);
    return value;
  }

  name(id: string, from: Scope): Value {
    const scope = scopeOf(id, from);
    if (scope === undefined) {
      for (const star of from.home.stars) {
        const value = this.#askedFor(`${star}.${id}`, from.home);
        if (value !== undefined) return value;
      }
      if (Object.hasOwn(customary, id)) return { kind: 'ref', name: customary[id] ?? id };
      if (this.stars.length === 0 && Object.hasOwn(quoted, id)) return { kind: 'ref', name: quoted[id] ?? id };
      return { kind: 'ref', name: sqlalchemyNames.has(id) ? `sqlalchemy.${id}` : id };
    }
    if (scope.parent === undefined && scope !== this.scope && this.#elsewhere !== undefined) {
      return this.#marked(this.#elsewhere.bound(id, scope.home));
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
    if (imported !== undefined) return this.imported(imported.name, scope.home);
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
    const abroad = this.#abroad;
    this.listener = undefined;
    this.#abroad = undefined;
    try {
      return work();
    } finally {
      this.listener = listener;
      this.#abroad = abroad;
    }
  }

  /** A value as one of this file, if it comes from another one. */
  #here(value: Value, at: Expr): Value {
    return this.#foreign.has(value) ? transplanted(value, at) : value;
  }

  evaluate(expr: Expr, scope: Scope): Value {
    this.#steps += 1;
    if (this.#steps > maxSteps) return unknown('the file takes too long to evaluate');
    switch (expr.kind) {
      case 'Name':
        return this.#here(this.name(expr.id, scope), expr);
      case 'Str':
        return { kind: 'str', parts: expr.pieces };
      case 'FString':
        return sized(formatted(this, expr, scope));
      case 'Num':
        return constant(expr.value);
      case 'Bool':
        return constant(expr.value);
      case 'None':
        return none;
      case 'Attribute':
        return this.#here(this.attribute(this.evaluate(expr.value, scope), expr.attr, expr), expr);
      case 'Call':
        return sized(this.#call(expr, scope));
      case 'Tuple':
      case 'List':
      case 'Set':
        return sized(sequence(this, expr, scope));
      case 'Dict':
        return sized(dict(this, expr, scope));
      case 'Lambda':
        return { kind: 'function', node: expr, scope };
      case 'BinOp':
        return sized(binary(this, expr, scope));
      case 'BoolOp':
        return boolean(this, expr, scope);
      case 'UnaryOp':
        return unary(this, expr, scope);
      case 'Compare':
        return compare(this, expr, scope);
      case 'IfExp': {
        const test = this.evaluate(expr.test, scope);
        const known = truth(test);
        if (known !== undefined) return this.evaluate(known ? expr.body : expr.orelse, scope);
        const [body, orelse] = [this.evaluate(expr.body, scope), this.evaluate(expr.orelse, scope)];
        return equal(body, orelse) === true ? body : unknown('a choice that is made at run time');
      }
      case 'Comp':
        return sized(comprehension(this, expr, scope));
      case 'NamedExpr': {
        const value = this.evaluate(expr.value, scope);
        scope.values.set(expr.name, value);
        return value;
      }
      case 'Await':
        return this.evaluate(expr.value, scope);
      case 'Subscript':
        return subscript(this, expr, scope);
      case 'Starred':
        return unknown('a starred value');
      case 'Opaque':
        return unknown('an expression that is not followed');
    }
  }

  attribute(value: Value, name: string, at: Span): Value {
    if (value.kind === 'ref') {
      const full = `${value.name}.${name}`;
      if (value.of !== undefined) return { kind: 'ref', name: full, of: value.of };
      return this.imported(full, this.scope.home);
    }
    if (value.kind === 'call') return { kind: 'ref', name: `${value.func}().${name}`, of: value };
    if (value.kind === 'member') {
      if (name === 'value') return value.value;
      return name === 'name' ? textAt(value.name, at) : unknown(`attribute ${name} of an enum member`);
    }
    if (value.kind === 'class') {
      if (name === '__name__') return textAt(value.node.name, at);
      const scope = this.classScope(value.node, value.scope);
      const reference: Value = { kind: 'ref', name: `${value.scope.home.module}.${value.node.name}.${name}` };
      if (!scope.bindings.has(name)) return reference;
      const found = this.name(name, scope);
      if (found.kind === 'call') return reference;
      const given: Value = this.isEnum(value.node, value.scope)
        ? { kind: 'member', of: value.node.name, name, value: found }
        : found;
      return scope.home.path === this.scope.home.path ? given : this.#marked(given);
    }
    return derived(`attribute ${name} of a value that is not known`, value);
  }

  /** Whether a class is an enum, by its direct bases. */
  isEnum(node: StmtOf<'ClassDef'>, scope: Scope): boolean {
    return node.bases.some((base) =>
      /(?:^|\.)\w*(?:Enum|Flag|Choices)$/.test(this.nameOf(this.evaluate(base, scope)) ?? ''),
    );
  }

  #call(expr: Of<'Call'>, scope: Scope): Value {
    const { func } = expr;
    const receiver = func.kind === 'Attribute' ? this.evaluate(func.value, scope) : undefined;
    const callee = func.kind === 'Attribute' ? undefined : this.evaluate(func, scope);
    const { args, keywords, open } = argumentsOf(this, expr, scope);
    if (receiver !== undefined && func.kind === 'Attribute' && !open) {
      const value = callMethod(receiver, func.attr, args, keywords, expr);
      if (value !== undefined) return value;
    }
    const target = callee ?? this.attribute(receiver ?? none, func.kind === 'Attribute' ? func.attr : '', func);
    if (callee?.kind === 'ref' && !callee.name.includes('.') && !open) {
      const value = callBuiltin(callee.name, this.#listed(args), keywords, expr);
      if (value !== undefined) return value;
    }
    if (target.kind === 'function' && !open) {
      const value = this.#inline(target, args, keywords, expr);
      if (value !== undefined) return value;
    }
    const other = open ? undefined : this.#callOther(target, args, keywords, expr);
    if (other !== undefined) return other;
    const name = this.nameOf(target) ?? (target.kind === 'call' ? `${target.func}()` : undefined);
    if (name === undefined)
      return derived('a call of a function that is not known', target, ...args.map(({ value }) => value));
    if (/^(?:textwrap\.)?dedent$|^inspect\.cleandoc$/.test(name) && args[0]) return args[0].value;
    const of = target.kind === 'ref' ? target.of : target.kind === 'call' ? target : undefined;
    const written: CallValue = { kind: 'call', func: name, args, keywords, node: expr, open, ...(of && { of }) };
    const call = this.#abroad === undefined ? written : callAt(written, this.#abroad);
    return this.listener?.(call, this.#runner.at) ?? call;
  }

  /** Arguments with enum classes as the lists of their members. */
  #listed(args: readonly Arg[]): Arg[] {
    return args.map((arg) => {
      const items = this.membersOf(arg.value);
      return items === undefined ? arg : { ...arg, value: { kind: 'list', items } };
    });
  }

  /** What a call of another module's function gives; undefined where that is not known, so that its name has to do. */
  #callOther(target: Value, args: readonly Arg[], keywords: readonly NamedArg[], from: Expr): Value | undefined {
    if (target.kind !== 'ref' || target.of !== undefined || isLibrary(target.name)) return undefined;
    const found = this.#elsewhere?.callable(target.name, this.scope.home);
    const value = found && this.#inline(found, args, keywords, from);
    return value?.kind === 'unknown' ? undefined : value;
  }

  /** Follows a call of a function of the project; undefined where it is nested too deeply. */
  #inline(
    target: Extract<Value, { kind: 'function' }>,
    args: readonly Arg[],
    keywords: readonly NamedArg[],
    from: Expr,
  ): Value | undefined {
    if (this.#callDepth >= maxCallDepth || this.#runner.isDeep) return undefined;
    if (this.#abroad === undefined && target.scope.home.path !== this.scope.home.path) {
      this.#abroad = from;
      const value = this.#inline(target, args, keywords, from);
      this.#abroad = undefined;
      if (value?.kind !== 'call') return value && transplanted(value, from);
      const through = this.nameOf(target);
      return { ...callAt(value, from), ...(through !== undefined && { through }) };
    }
    const { node } = target;
    const scope = newScope(target.scope);
    bindParameters(this, node.params, args, keywords, scope);
    if (node.kind === 'Lambda') return this.evaluate(node.body, scope);
    this.#callDepth += 1;
    const before = this.#runner.at;
    this.#runner.at = { ...before, repeated: true };
    const outcome = this.#runner.run(node.body, scope);
    this.#runner.at = before;
    this.#callDepth -= 1;
    return typeof outcome === 'object'
      ? outcome.value
      : outcome === 'leave'
        ? unknown('a function that returns in several ways')
        : none;
  }

  /** What a function of the project gives for arguments; undefined where it is none that can be followed. */
  apply(callee: Value, args: readonly Value[], at: Expr): Value | undefined {
    if (callee.kind !== 'function') return undefined;
    return this.#quietly(() =>
      this.#inline(
        callee,
        args.map((value) => ({ value, node: at })),
        [],
        at,
      ),
    );
  }

  /** The library calls that a function of the project makes for arguments, in order. */
  callsOf(callee: Value, given: Partial<Pick<CallValue, 'args' | 'keywords'>>, at: Expr): CallValue[] {
    if (callee.kind !== 'function') return [];
    const calls: CallValue[] = [];
    this.#quietly(() => {
      this.listener = (call) => {
        calls.push(call);
        return undefined;
      };
      return this.#inline(callee, given.args ?? [], given.keywords ?? [], at);
    });
    return calls;
  }

  /** The class of the project that a value is or names. */
  classOf(value: Value, from = this.scope.home): ClassValue | undefined {
    if (value.kind === 'class') return value;
    if (value.kind !== 'ref' || value.of !== undefined || isLibrary(value.name)) return undefined;
    const own = value.name.startsWith(`${this.module}.`) ? value.name.slice(this.module.length + 1) : undefined;
    if (own !== undefined && this.scope.bindings.has(own)) return this.classOf(this.name(own, this.scope), from);
    return this.#elsewhere?.classOf(value.name, from);
  }

  /** A class and those that it inherits from in the project, nearest first, and the names of its other bases. */
  #ancestry(start: ClassValue): { classes: ClassValue[]; others: string[] } {
    const classes: ClassValue[] = [];
    const others: string[] = [];
    const open = [start];
    for (let at = open.pop(); at !== undefined && classes.length < maxClasses; at = open.pop()) {
      const { node, scope } = at;
      if (classes.some((each) => each.node === node)) continue;
      classes.push(at);
      for (const base of [...node.bases].reverse()) {
        const value = this.evaluate(base.kind === 'Subscript' ? base.value : base, scope);
        const found = this.classOf(value, scope.home);
        if (found !== undefined) open.push(found);
        else others.push(this.nameOf(value) ?? '');
      }
    }
    return { classes, others };
  }

  /** The names of what a class inherits from outside of the project. */
  outsideBases(start: ClassValue): string[] {
    return this.#ancestry(start).others;
  }

  /** What a class or one that it inherits from binds to a name, as it is written there. */
  memberOf(start: ClassValue, name: string): Value | undefined {
    for (const { node, scope: parent } of this.#ancestry(start).classes) {
      const scope = this.classScope(node, parent);
      if (scope.bindings.has(name)) {
        const value = this.name(name, scope);
        return scope.home === this.scope.home ? value : this.#marked(value);
      }
    }
    return undefined;
  }

  /** The members of an enum class; undefined for any other value. */
  membersOf(value: Value): Member[] | undefined {
    if (value.kind !== 'class' || !this.isEnum(value.node, value.scope)) return undefined;
    const scope = this.classScope(value.node, value.scope);
    return [...scope.bindings].flatMap(([name, [binding]]) => {
      if (name.startsWith('_') || binding?.kind !== 'value') return [];
      const member = this.attribute(value, name, value.node);
      return member.kind === 'member' ? [member] : [];
    });
  }

  iterate(value: Value): Value[] | undefined {
    return itemsOf(value) ?? this.membersOf(value);
  }

  /** Runs a function of this file from outside: parameters that are not given are unknown. */
  runFunction(node: StmtOf<'FunctionDef'>, given: { [name: string]: Value }, at: Circumstances): Outcome {
    const scope = newScope(this.scope);
    for (const param of node.params)
      scope.values.set(param.name, given[param.name] ?? unknown(`parameter ${param.name}`));
    this.#runner.at = at;
    this.#steps = 0;
    return this.#runner.run(node.body, scope);
  }
}
