import type { Reading } from '../reading.js';
import type { Expr, StmtOf } from '../syntax/nodes.js';
import { canonical } from '../values/names.js';
import { importedName, type Bound, type Names } from './names.js';

const maxDepth = 16;

/** Wrappers of a type that say nothing of what the value can do. */
const wrappers = /(?:^|\.)(?:Optional|Annotated|Union|ClassVar|Final|Required)$/;
/** What a function gives that is entered by `with`, or yields for the caller. */
const givers =
  /(?:^|\.)(?:(?:Async)?(?:Generator|Iterator|Iterable|ContextManager)|Abstract(?:Async)?ContextManager|Callable)$/;

/** Names that mean SQLAlchemy where nothing else binds them. */
const makers = new Set(['Session', 'AsyncSession', 'sessionmaker', 'async_sessionmaker', 'scoped_session']);

/** Calls that give back what they are given. */
const through = /^(?:a?closing|enter_context|enter_async_context)$/;

const lastName = (func: Expr): string => (func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '');

/**
 * Says what values are, as dotted names: `sqlalchemy.Session()` is an instance, `app.db.get_session()` what a function of the
 * project gives. A name that starts with `?` is that of a parameter or attribute of which nothing is known.
 */
export class Receivers {
  #gives = new Map<StmtOf<'FunctionDef'>, string>();
  #steps = 0;

  /** Whether the file imports SQLAlchemy or what is built on it. */
  readonly importsOrm: boolean;

  constructor(
    readonly reading: Reading,
    /** What functions yield and return: found while walking. */
    readonly results: ReadonlyMap<StmtOf<'FunctionDef'>, { value: Expr; names: Names; at: number }[]>,
  ) {
    this.importsOrm = /^\s*(?:from|import)\s+(?:sqlalchemy|sqlmodel|flask_sqlalchemy)\b/m.test(reading.source);
  }

  nameOf(expr: Expr, names: Names, at: number, depth = 0): string {
    this.#steps += 1;
    if (depth > maxDepth || this.#steps > 100_000) return '';
    const inner = (each: Expr) => this.nameOf(each, names, at, depth + 1);
    switch (expr.kind) {
      case 'Name':
        return this.#name(expr.id, names, at, depth);
      case 'Await':
        return inner(expr.value);
      case 'NamedExpr':
        return inner(expr.value);
      case 'Attribute': {
        if (expr.value.kind === 'Name' && /^(?:self|cls)$/.test(expr.value.id)) {
          const own = this.#attribute(expr.attr, names, at, depth);
          if (own !== undefined) return own;
          return `?${expr.attr}`;
        }
        const owner = inner(expr.value);
        if (owner === '') return '';
        return owner.startsWith('?') ? `?${expr.attr}` : canonical(`${owner}.${expr.attr}`);
      }
      case 'Call': {
        const [first] = expr.args;
        if (first !== undefined && through.test(lastName(expr.func))) return inner(first);
        const func = inner(expr.func);
        return func === '' || func.startsWith('?') ? '' : `${func}()`;
      }
      case 'Subscript':
        return inner(expr.value);
      case 'BoolOp':
        return inner(expr.left) === '' ? inner(expr.right) : inner(expr.left);
      case 'IfExp': {
        const body = inner(expr.body);
        return body === '' || body.startsWith('?') ? inner(expr.orelse) : body;
      }
      default:
        return '';
    }
  }

  #name(id: string, from: Names, at: number, depth: number): string {
    const names = this.ownerOf(id, from);
    if (names === undefined) {
      const { interpreter } = this.reading;
      const known = interpreter.nameOf(interpreter.name(id, interpreter.scope)) ?? '';
      // Nothing in the file binds it: code that is quoted without its beginning.
      if (known !== id) return known;
      return makers.has(id) && this.importsOrm ? `sqlalchemy.${id}` : `?${id}`;
    }
    const all = names.bound.get(id) ?? [];
    const before = names === from ? all.findLast((bound) => bound.at < at) : undefined;
    const bound = before ?? all.find(({ how }) => how === 'import') ?? all.at(-1);
    return bound === undefined ? '' : this.#bound(id, bound, names, depth);
  }

  /** The names that bind a name, as code among `from` sees it. */
  ownerOf(id: string, from: Names): Names | undefined {
    for (let names: Names | undefined = from; names !== undefined; names = names.parent) {
      // A method does not see the names of its class's body.
      if (names.kind === 'class' && names !== from) continue;
      if (names.bound.has(id)) return names;
    }
    return undefined;
  }

  #bound(id: string, bound: Bound, names: Names, depth: number): string {
    const { interpreter, path } = this.reading;
    switch (bound.how) {
      case 'import':
        return canonical(importedName(bound.name, path));
      case 'parameter': {
        const { annotation } = bound.param;
        if (annotation === undefined) {
          // A parameter that a framework fills, in a file that tells its library: the customary names are enough.
          const isFilled = bound.param.default?.kind === 'Call' && lastName(bound.param.default.func) === 'Depends';
          if (bound.param.star !== undefined) return '';
          return isFilled && id === 'db' ? '?session' : `?${id}`;
        }
        const type = this.typeOf(annotation, names, depth + 1);
        return type === '' ? '' : `${type}()`;
      }
      case 'annotated': {
        if (bound.value !== undefined) {
          const value = this.nameOf(bound.value, names, bound.at, depth + 1);
          if (value !== '' && !value.startsWith('?')) return value;
        }
        const type = this.typeOf(bound.annotation, names, depth + 1);
        return type === '' ? '' : `${type}()`;
      }
      case 'value':
      case 'entered':
        return this.nameOf(bound.value, names, bound.at, depth + 1);
      case 'function':
      case 'class':
        return names.parent === undefined ? `${interpreter.module}.${bound.node.name}` : '';
      case 'other':
        return '';
    }
  }

  /** What `self.name` is, by the class's own body and methods. */
  #attribute(name: string, names: Names, at: number, depth: number): string | undefined {
    let body: Names | undefined = names;
    while (body !== undefined && body.kind !== 'class') body = body.parent;
    const all = body?.attributes.get(name);
    if (all === undefined) return undefined;
    for (const { bound, names: where } of all) {
      const found = this.#bound(name, bound, where, depth + 1);
      if (found !== '') return found;
    }
    return '';
  }

  /** The class that an annotation names: of `Annotated[…]` and `Optional[…]` the first, of `A | None` A. */
  typeOf(expr: Expr, names: Names, depth = 0): string {
    if (depth > maxDepth) return '';
    if (expr.kind === 'Str') {
      const inner = this.reading.parseExpression(expr.value, expr.start);
      return inner === undefined || inner.kind === 'Str' ? '' : this.typeOf(inner, names, depth + 1);
    }
    if (expr.kind === 'BinOp') {
      const left = expr.left.kind === 'None' ? '' : this.typeOf(expr.left, names, depth + 1);
      return left === '' ? this.typeOf(expr.right, names, depth + 1) : left;
    }
    if (expr.kind === 'Subscript') {
      const owner = this.nameOf(expr.value, names, expr.start, depth + 1);
      const first = expr.slices[0]?.kind === 'Tuple' ? expr.slices[0].items[0] : expr.slices[0];
      if (first === undefined) return owner;
      // `scoped_session[Session]`, `async_sessionmaker[AsyncSession]`: the class itself.
      if (!wrappers.test(owner) && !givers.test(owner)) return owner;
      return this.typeOf(first, names, depth + 1);
    }
    if (expr.kind !== 'Name' && expr.kind !== 'Attribute') return '';
    const name = this.nameOf(expr, names, expr.start, depth + 1);
    return name.startsWith('?') || name.endsWith(')') ? '' : name;
  }

  /** What a function gives to a caller, or to the body of a `with`: by its annotation, else by what it yields or returns. */
  gives(node: StmtOf<'FunctionDef'>, names: Names): string {
    const known = this.#gives.get(node);
    if (known !== undefined) return known;
    this.#gives.set(node, '');
    const annotated = node.returns === undefined ? '' : this.typeOf(node.returns, names);
    let found = annotated === '' ? '' : `${annotated}()`;
    for (const { value, names: where, at } of this.results.get(node) ?? []) {
      if (found !== '') break;
      const name = this.nameOf(value, where, at);
      if (!name.startsWith('?')) found = name;
    }
    this.#gives.set(node, found);
    return found;
  }
}
