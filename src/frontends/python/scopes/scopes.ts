import type { Span, UnboundName } from '../../../ir/index.js';
import { spanOf } from '../source.js';
import type { Expr, Module, Of, Stmt, StmtOf } from '../syntax/nodes.js';
import { builtins } from './builtins.js';

/** A block with names of its own, as Python has them. Class bodies are not seen from the functions in them. */
interface Block {
  kind: 'module' | 'class' | 'function' | 'comprehension';
  names: Set<string>;
  parent?: Block;
}

/** A name that is read, and the block that it is read in. */
interface Read {
  name: string;
  span: Span;
  block: Block;
}

type Work = { stmt: Stmt; block: Block } | { expr: Expr; block: Block };

/** Code that binds names by their text, so that nothing can be said. */
const bindsByText =
  /\bexec\s*\(|\bglobals\(\)\s*(?:\[[^\]]*\]\s*=[^=]|\.(?:update|setdefault))|\bvars\(\)\s*\[|\blocals\(\)\s*\[/;

/**
 * The names of a module that are read and that no statement of it can have bound: not by import, assignment, loop, `with`,
 * handler, comprehension, definition or parameter, in the block or one around it. Whether what binds a name runs first is
 * not asked. Annotations are left out, since newer Pythons don't evaluate them.
 * @returns nothing where a star import, or code that binds by text, may bind any name, or where the file was not read whole
 */
export function unboundNames(module: Module, source: string): UnboundName[] | undefined {
  if (module.error || module.tooDeep || bindsByText.test(source)) return undefined;
  const walk = new Walk(source);
  return walk.run(module.body) ? walk.unbound() : undefined;
}

class Walk {
  constructor(private readonly source: string) {}

  readonly #root: Block = { kind: 'module', names: new Set() };
  readonly #reads: Read[] = [];
  readonly #open: Work[] = [];
  /** Blocks in which `global` or `nonlocal` stands: what they bind may be another block's. */
  readonly #exporting = new Set<Block>();

  /** Whether all was read, and nothing binds names that are not told. */
  run(body: readonly Stmt[]): boolean {
    this.#statements(body, this.#root);
    for (let work = this.#open.pop(); work !== undefined; work = this.#open.pop()) {
      if ('expr' in work) this.#expression(work.expr, work.block);
      else if (!this.#statement(work.stmt, work.block)) return false;
    }
    for (const block of this.#exporting) for (const name of block.names) this.#root.names.add(name);
    return true;
  }

  unbound(): UnboundName[] {
    return this.#reads
      .filter(({ name, block }) => !builtins.has(name) && !isBound(name, block))
      .map(({ name, span }) => ({ name, span }))
      .sort((a, b) => a.span.start - b.span.start);
  }

  #statements(body: readonly Stmt[], block: Block): void {
    for (const stmt of body) this.#open.push({ stmt, block });
  }

  #expressions(exprs: readonly (Expr | undefined)[], block: Block): void {
    for (const expr of exprs) if (expr) this.#open.push({ expr, block });
  }

  #bind(target: Expr, block: Block): void {
    const open = [target];
    for (let each = open.pop(); each !== undefined; each = open.pop()) {
      if (each.kind === 'Name') block.names.add(each.id);
      else if (each.kind === 'Starred') open.push(each.value);
      else if (each.kind === 'Tuple' || each.kind === 'List') open.push(...each.items);
      else this.#expressions([each], block);
    }
  }

  #statement(stmt: Stmt, block: Block): boolean {
    switch (stmt.kind) {
      case 'OpaqueStmt':
        return false;
      case 'Import':
        for (const { module, as } of stmt.names) block.names.add(as ?? module.split('.')[0] ?? module);
        break;
      case 'ImportFrom':
        if (stmt.names.some(({ name }) => name === '*')) return false;
        for (const { name, as } of stmt.names) block.names.add(as ?? name);
        break;
      case 'Global':
        this.#exporting.add(block);
        break;
      case 'FunctionDef':
        this.#function(stmt, block);
        break;
      case 'ClassDef': {
        block.names.add(stmt.name);
        const around = this.#withTypeParameters(stmt, block);
        this.#expressions(stmt.decorators, block);
        this.#expressions([...stmt.bases, ...stmt.keywords.map(({ value }) => value)], around);
        this.#statements(stmt.body, { kind: 'class', names: new Set(), parent: around });
        break;
      }
      case 'Assign':
        if (/^type\s+\w/.test(this.source.slice(stmt.start, stmt.start + 20))) {
          // What an alias stands for is worked out when somebody asks.
          for (const alias of stmt.targets) this.#bind(alias.kind === 'Subscript' ? alias.value : alias, block);
          break;
        }
        for (const target of stmt.targets) this.#bind(target, block);
        this.#expressions([stmt.value], block);
        break;
      case 'AnnAssign':
        this.#bind(stmt.target, block);
        this.#expressions([stmt.value], block);
        break;
      case 'AugAssign':
        this.#bind(stmt.target, block);
        this.#expressions([stmt.value], block);
        break;
      case 'ExprStmt':
      case 'Return':
      case 'Raise':
        this.#expressions([stmt.value], block);
        break;
      case 'Assert':
        this.#expressions([stmt.test], block);
        break;
      case 'If': {
        this.#expressions([stmt.test], block);
        // What only a type checker runs is not there when the file runs.
        if (!isForCheckers(stmt.test)) this.#statements(stmt.body, block);
        this.#statements(stmt.orelse, block);
        break;
      }
      case 'For':
        this.#bind(stmt.target, block);
        this.#expressions([stmt.iter], block);
        this.#statements([...stmt.body, ...stmt.orelse], block);
        break;
      case 'While':
        this.#expressions([stmt.test], block);
        this.#statements([...stmt.body, ...stmt.orelse], block);
        break;
      case 'With': {
        for (const { context, target } of stmt.items) {
          if (target) this.#bind(target, block);
          this.#expressions([context], block);
        }
        // Not every form of brackets around an item leaves its target apart.
        const head = this.source.slice(stmt.start, stmt.body[0]?.start ?? stmt.end);
        for (const [, target = ''] of head.matchAll(/\bas\s+(\w+|\([^)]*\))/g))
          for (const name of target.match(/\w+/g) ?? []) block.names.add(name);
        this.#statements(stmt.body, block);
        break;
      }
      case 'Try':
        for (const { type, name, body } of stmt.handlers) {
          if (name !== undefined) block.names.add(name);
          this.#expressions([type], block);
          this.#statements(body, block);
        }
        this.#statements([...stmt.body, ...stmt.orelse, ...stmt.final], block);
        break;
      case 'Match':
        this.#expressions([stmt.subject], block);
        for (const { body, names } of stmt.cases) {
          for (const name of names) block.names.add(name);
          this.#statements(body, block);
        }
        break;
    }
    return true;
  }

  #function(stmt: StmtOf<'FunctionDef'>, block: Block): void {
    block.names.add(stmt.name);
    this.#expressions([...stmt.decorators, ...stmt.params.map((param) => param.default)], block);
    const names = new Set(stmt.params.map(({ name }) => name));
    this.#statements(stmt.body, { kind: 'function', names, parent: this.#withTypeParameters(stmt, block) });
  }

  /** The block that `class Page[Item: Base]` binds `Item` in. */
  #withTypeParameters({ name, nameStart }: StmtOf<'FunctionDef' | 'ClassDef'>, block: Block): Block {
    const listed = /^\s*\[([^\]]*)\]/.exec(
      this.source.slice(nameStart + name.length, nameStart + name.length + 400),
    )?.[1];
    if (listed === undefined) return block;
    return { kind: 'function', names: new Set(listed.match(/[A-Za-z_]\w*/g)), parent: block };
  }

  #expression(expr: Expr, block: Block): void {
    switch (expr.kind) {
      case 'Name':
        this.#reads.push({ name: expr.id, span: spanOf(expr), block });
        break;
      case 'Attribute':
      case 'Starred':
      case 'Await':
        this.#expressions([expr.value], block);
        break;
      case 'Call':
        this.#expressions([expr.func, ...expr.args, ...expr.keywords.map(({ value }) => value)], block);
        break;
      case 'Subscript':
        this.#expressions([expr.value, ...expr.slices], block);
        break;
      case 'FString':
        this.#expressions(
          expr.parts.map((part) => ('hole' in part ? part.hole : undefined)),
          block,
        );
        break;
      case 'Tuple':
      case 'List':
      case 'Set':
        this.#expressions(expr.items, block);
        break;
      case 'Dict':
        this.#expressions(
          expr.entries.flatMap(({ key, value }) => [key, value]),
          block,
        );
        break;
      case 'BinOp':
      case 'BoolOp':
        this.#expressions([expr.left, expr.right], block);
        break;
      case 'UnaryOp':
        this.#expressions([expr.operand], block);
        break;
      case 'Compare':
        this.#expressions([expr.left, ...expr.comparators], block);
        break;
      case 'IfExp':
        this.#expressions([expr.test, expr.body, expr.orelse], block);
        break;
      case 'NamedExpr':
        functionOf(block).names.add(expr.name);
        this.#expressions([expr.value], block);
        break;
      case 'Lambda': {
        this.#expressions(
          expr.params.map((param) => param.default),
          block,
        );
        const names = new Set(expr.params.map(({ name }) => name));
        this.#expressions([expr.body], { kind: 'function', names, parent: block });
        break;
      }
      case 'Comp':
        this.#comprehension(expr, block);
        break;
      case 'Opaque':
        // What the grammar has no word for is searched for names that it binds, and not for those that it reads.
        this.#open.push(
          ...expr.children.flatMap((child): Work[] => (child.kind === 'NamedExpr' ? [{ expr: child, block }] : [])),
        );
        break;
    }
  }

  #comprehension({ clauses, element, key }: Of<'Comp'>, block: Block): void {
    const own: Block = { kind: 'comprehension', names: new Set(), parent: block };
    clauses.forEach((clause, at) => {
      if ('test' in clause) this.#expressions([clause.test], own);
      else {
        this.#bind(clause.target, own);
        // The first one is worked out outside.
        this.#expressions([clause.iter], at === 0 ? block : own);
      }
    });
    this.#expressions([element, key], own);
  }
}

const isForCheckers = (test: Expr): boolean =>
  (test.kind === 'Name' ? test.id : test.kind === 'Attribute' ? test.attr : '') === 'TYPE_CHECKING';

/** The block that `:=` binds in. */
function functionOf(block: Block): Block {
  let at = block;
  while (at.kind === 'comprehension' && at.parent) at = at.parent;
  return at;
}

function isBound(name: string, from: Block): boolean {
  for (let block: Block | undefined = from; block !== undefined; block = block.parent) {
    if (block.names.has(name) && (block === from || block.kind !== 'class')) return true;
  }
  return false;
}
