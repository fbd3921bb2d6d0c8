import type { Expr, Param, Stmt, StmtOf } from '../syntax/nodes.js';
import { absoluteModule } from '../values/names.js';

/** How a name of a function, class or module comes about. */
export type Bound = { at: number } & (
  | { how: 'import'; name: string }
  | { how: 'parameter'; param: Param }
  | { how: 'value'; value: Expr }
  | { how: 'annotated'; annotation: Expr; value?: Expr }
  /** `with value as name` */
  | { how: 'entered'; value: Expr }
  | { how: 'function'; node: StmtOf<'FunctionDef'> }
  | { how: 'class'; node: StmtOf<'ClassDef'> }
  | { how: 'other' }
);

/** The names of one function, class body or module. */
export class Names {
  readonly bound = new Map<string, Bound[]>();
  /** `self.x = …` of a class's methods, and what stands in its body. */
  readonly attributes = new Map<string, { bound: Bound; names: Names }[]>();

  constructor(
    readonly parent: Names | undefined,
    /** The class whose body or method this is. */
    readonly owner: StmtOf<'ClassDef'> | undefined,
    readonly kind: 'scope' | 'class',
  ) {}

  add(name: string, bound: Bound): void {
    const found = this.bound.get(name);
    if (found === undefined) this.bound.set(name, [bound]);
    else found.push(bound);
  }

  /** Keeps relative imports relative: their dots stand for the module's own package. */
  addImport(stmt: Extract<Stmt, { kind: 'Import' | 'ImportFrom' }>): void {
    if (stmt.kind === 'Import') {
      for (const { module, as } of stmt.names) {
        const first = module.split('.')[0] ?? module;
        this.add(as ?? first, { how: 'import', name: as === undefined ? first : module, at: stmt.start });
      }
      return;
    }
    for (const { name, as } of stmt.names) {
      const from = '.'.repeat(stmt.level) + stmt.module;
      if (name !== '*') this.add(as ?? name, { how: 'import', name: `${from}:${name}`, at: stmt.start });
    }
  }
}

export const newNames = (parent?: Names, owner?: StmtOf<'ClassDef'>, kind: 'scope' | 'class' = 'scope'): Names =>
  new Names(parent, owner, kind);

/** The absolute dotted name of an import as `addImport` keeps it. */
export function importedName(name: string, path: string): string {
  const [from, last] = name.split(':');
  if (last === undefined) return name;
  const level = /^\.*/.exec(from ?? '')?.[0].length ?? 0;
  const module = absoluteModule(path, level, (from ?? '').slice(level));
  return module === '' ? last : `${module}.${last}`;
}

/** Binds a target: a name, the names of a tuple, or an attribute of `self`. */
export function bindTarget(target: Expr, bound: Bound, names: Names): void {
  if (target.kind === 'Name') {
    names.add(target.id, bound);
    if (names.kind === 'class') keep(names, target.id, bound, names);
  } else if (target.kind === 'Attribute' && target.value.kind === 'Name' && /^(?:self|cls)$/.test(target.value.id)) {
    const body = names.parent;
    if (names.owner !== undefined && body?.kind === 'class') keep(body, target.attr, bound, names);
  } else if (target.kind === 'Tuple' || target.kind === 'List') {
    for (const item of target.items) bindTarget(item, { how: 'other', at: bound.at }, names);
  } else if (target.kind === 'Starred') bindTarget(target.value, { how: 'other', at: bound.at }, names);
}

function keep(body: Names, name: string, bound: Bound, names: Names): void {
  const found = body.attributes.get(name);
  if (found === undefined) body.attributes.set(name, [{ bound, names }]);
  else found.push({ bound, names });
}
