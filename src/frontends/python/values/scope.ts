import type { Expr, Stmt, StmtOf } from '../syntax/nodes.js';
import { absoluteModule, moduleName } from './names.js';
import type { Value } from './value.js';

/** How a name of a module or class comes about. */
type Binding =
  | { kind: 'import'; name: string }
  | { kind: 'value'; expr: Expr; stmt: Stmt }
  | { kind: 'class'; node: StmtOf<'ClassDef'> }
  | { kind: 'function'; node: StmtOf<'FunctionDef'> }
  /** Bound in a way that says nothing about its value: a loop, a `with`, an augmented assignment. */
  | { kind: 'other' };

/** The file that a scope belongs to. */
export interface Home {
  path: string;
  /** Its dotted name. */
  module: string;
  /** Modules all of whose names it imports. */
  stars: readonly string[];
}

/** The names that one block binds: those of a module or class lazily, those of a function as it runs. */
export interface Scope {
  bindings: Map<string, Binding[]>;
  values: Map<string, Value>;
  parent?: Scope;
  home: Home;
  /** Values being computed, so that a name defined by itself ends. */
  busy: Set<string>;
}

/** A scope inside of another one. */
export const newScope = (parent: Scope): Scope => ({ ...rootScope(parent.home), parent });

const rootScope = (home: Home): Scope => ({ bindings: new Map(), values: new Map(), busy: new Set(), home });

function bindTarget(scope: Scope, target: Expr, binding: Binding): void {
  if (target.kind === 'Name') add(scope, target.id, binding);
  else if (target.kind === 'Starred') bindTarget(scope, target.value, { kind: 'other' });
  else if (target.kind === 'Tuple' || target.kind === 'List') {
    for (const item of target.items) bindTarget(scope, item, { kind: 'other' });
  }
}

function add(scope: Scope, name: string, binding: Binding): void {
  const found = scope.bindings.get(name);
  if (found === undefined) scope.bindings.set(name, [binding]);
  else found.push(binding);
}

const isForCheckers = (test: Expr): boolean =>
  (test.kind === 'Name' ? test.id : test.kind === 'Attribute' ? test.attr : '') === 'TYPE_CHECKING';

/** The scope of a module. */
export function moduleScope(body: readonly Stmt[], path: string): Scope {
  const stars: string[] = [];
  const scope = rootScope({ path, module: moduleName(path), stars });
  bindBlock(body, scope, stars);
  return scope;
}

/** The scope of a class body. */
export function blockScope(body: readonly Stmt[], parent: Scope): Scope {
  const scope = newScope(parent);
  bindBlock(body, scope);
  return scope;
}

/** Binds every name that a block binds, nested `if` and `try` blocks included. */
function bindBlock(body: readonly Stmt[], scope: Scope, stars: string[] = []): void {
  const { path } = scope.home;
  const open: Stmt[] = [...body].reverse();
  for (let stmt = open.pop(); stmt !== undefined; stmt = open.pop()) {
    switch (stmt.kind) {
      case 'Assign':
        for (const target of stmt.targets) bindTarget(scope, target, { kind: 'value', expr: stmt.value, stmt });
        break;
      case 'AnnAssign':
        if (stmt.value !== undefined) bindTarget(scope, stmt.target, { kind: 'value', expr: stmt.value, stmt });
        break;
      case 'AugAssign':
        bindTarget(scope, stmt.target, { kind: 'other' });
        break;
      case 'ClassDef':
        add(scope, stmt.name, { kind: 'class', node: stmt });
        break;
      case 'FunctionDef':
        add(scope, stmt.name, { kind: 'function', node: stmt });
        break;
      case 'Import':
        for (const { module, as } of stmt.names) {
          add(scope, as ?? module.split('.')[0] ?? module, {
            kind: 'import',
            name: as === undefined ? (module.split('.')[0] ?? module) : module,
          });
        }
        break;
      case 'ImportFrom': {
        const module = absoluteModule(path, stmt.level, stmt.module);
        for (const { name, as } of stmt.names) {
          if (name === '*') stars.push(module);
          else add(scope, as ?? name, { kind: 'import', name: module === '' ? name : `${module}.${name}` });
        }
        break;
      }
      case 'For':
        bindTarget(scope, stmt.target, { kind: 'other' });
        open.push(...[...stmt.body, ...stmt.orelse].reverse());
        break;
      case 'With':
        for (const { target } of stmt.items) if (target) bindTarget(scope, target, { kind: 'other' });
        open.push(...[...stmt.body].reverse());
        break;
      case 'If':
        // What only a type checker sees counts where nothing else does.
        open.push(
          ...[...(isForCheckers(stmt.test) && stmt.orelse.length > 0 ? [] : stmt.body), ...stmt.orelse].reverse(),
        );
        break;
      case 'While':
        open.push(...[...stmt.body, ...stmt.orelse].reverse());
        break;
      case 'Try':
        open.push(
          ...[
            ...stmt.body,
            ...stmt.handlers.flatMap((handler) => handler.body),
            ...stmt.orelse,
            ...stmt.final,
          ].reverse(),
        );
        break;
    }
  }
}

/** The innermost scope that binds a name. */
export function scopeOf(name: string, from: Scope): Scope | undefined {
  for (let scope: Scope | undefined = from; scope !== undefined; scope = scope.parent) {
    if (scope.values.has(name) || scope.bindings.has(name)) return scope;
  }
  return undefined;
}
