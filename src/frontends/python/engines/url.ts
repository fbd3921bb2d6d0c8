import type { DatabaseUrl, UrlParts } from '../../../ir/index.js';
import { urlParts } from '../../database-url.js';
import type { At, Frame, Program } from '../injection/frames.js';
import type { Tracer } from '../injection/tracer.js';
import { spanOf, written } from '../source.js';
import type { Expr, Of } from '../syntax/nodes.js';
import { isChecked } from './checks.js';
import { definitionsOf, ownerOf } from './definitions.js';
import { environmentOf } from './environment.js';
import { partKeywords } from './makers.js';
import { piecesOf } from './pieces.js';

const maxDepth = 12;

/** Calls that hand on the URL that they are given, or are a method of it. */
const wrapper = /(?:^|\.)(?:str|make_url|cast|SecretStr|PostgresDsn|MultiHostUrl|AnyUrl|URL|quote|unquote)$/;
const method =
  /^(?:replace|strip|render_as_string|get_secret_value|unicode_string|set|update_query_dict|encode|decode)$/;

/** Reads what an expression says of the database that it names. */
export class UrlReader {
  constructor(
    readonly program: Program,
    readonly tracer: Tracer,
  ) {}

  read(expr: Expr, at: At, depth = 0): DatabaseUrl {
    const unknown: DatabaseUrl = { span: spanOf(expr), from: 'unknown' };
    if (depth > maxDepth) return unknown;
    switch (expr.kind) {
      case 'Str':
      case 'FString':
      case 'BinOp':
        return this.#text(expr, at);
      case 'Call':
        return this.#call(expr, at, depth) ?? unknown;
      case 'Subscript':
        return this.#environment(expr, at, depth) ?? this.#setting(expr) ?? unknown;
      case 'Attribute':
        return this.#attribute(expr, at, depth);
      case 'Name':
        return this.#name(expr, at, depth) ?? unknown;
      case 'BoolOp':
        return expr.op === 'or' ? this.#or(expr, at, depth) : unknown;
      case 'Await':
      case 'NamedExpr':
        return { ...this.read(expr.value, at, depth + 1), span: spanOf(expr) };
      default:
        return unknown;
    }
  }

  #text(expr: Expr, at: At): DatabaseUrl {
    const parts = urlParts(piecesOf(expr, at, this.tracer), spanOf(expr));
    if (parts === undefined && expr.kind !== 'Str') return { span: spanOf(expr), from: 'unknown' };
    return { span: spanOf(expr), from: 'text', ...(parts && { parts }) };
  }

  #call(expr: Of<'Call'>, at: At, depth: number): DatabaseUrl | undefined {
    const read = this.#environment(expr, at, depth);
    if (read !== undefined) return read;
    const name = this.tracer.nameOf(expr.func, at);
    if (/^sqlalchemy\.(?:url\.)?URL(?:\.create)?$/.test(name)) return this.#made(expr, at);
    const { func } = expr;
    if (func.kind === 'Attribute' && func.attr === 'format') return this.#text(expr, at);
    if (func.kind === 'Attribute' && func.attr === 'get') return this.#entry(expr, func.value, at);
    const callee = this.#functionOf(expr, at);
    if (callee !== undefined) return this.#returned(callee, expr, depth);
    const inner =
      func.kind === 'Attribute' && method.test(func.attr)
        ? func.value
        : wrapper.test(name)
          ? expr.args[name.endsWith('cast') ? 1 : 0]
          : undefined;
    if (inner === undefined) return undefined;
    const found = { ...this.read(inner, at, depth + 1), span: spanOf(expr) };
    const [what, by] = expr.args;
    const doubles = what?.kind === 'Str' && what.value === '%' && by?.kind === 'Str' && by.value === '%%';
    return doubles ? { ...found, percentDoubled: true } : found;
  }

  #environment(expr: Expr, at: At, depth: number): DatabaseUrl | undefined {
    const read = environmentOf(expr, at, this.tracer);
    if (read === undefined) return undefined;
    const { fallback, ...rest } = read;
    const url: DatabaseUrl = { span: spanOf(expr), from: 'environment', source: spanOf(expr), ...rest };
    if (fallback === undefined) return url;
    const other = this.read(fallback, at, depth + 1);
    return this.#otherwise(url, other);
  }

  /** A URL that may be missing, with what takes its place then. */
  #otherwise(url: DatabaseUrl, other: DatabaseUrl): DatabaseUrl {
    // A second variable or setting is no default: what counts is whether that one may be missing.
    if (other.from !== 'text') return { ...other, span: url.span };
    return { ...url, absent: 'fallback', fallback: other.span, ...(other.parts && { parts: other.parts }) };
  }

  #or(expr: Of<'BoolOp'>, at: At, depth: number): DatabaseUrl {
    const left = this.read(expr.left, at, depth + 1);
    if (left.from === 'text' || left.from === 'unknown') return { span: spanOf(expr), from: 'unknown' };
    const found = this.#otherwise(left, this.read(expr.right, at, depth + 1));
    return { ...found, span: spanOf(expr), ...(found.absent === 'fallback' && { source: spanOf(expr) }) };
  }

  /** `URL.create("postgresql", username=…, password=…)`. */
  #made(expr: Of<'Call'>, at: At): DatabaseUrl {
    const parts = this.parts(expr, at);
    const driver = expr.args[0] && textOf(piecesOf(expr.args[0], at, this.tracer));
    return {
      span: spanOf(expr),
      from: 'text',
      parts: { ...parts, span: spanOf(expr), ...(driver !== undefined && { driver }) },
    };
  }

  /** The parts of a URL that the keywords of a call give. */
  parts(expr: Of<'Call'>, at: At): UrlParts {
    const parts: UrlParts = { span: spanOf(expr) };
    for (const { name, value } of expr.keywords) {
      const part = name === undefined ? undefined : partKeywords[name];
      if (part === undefined) continue;
      const [piece, ...others] = piecesOf(value, at, this.tracer);
      if (piece === undefined || others.length > 0) continue;
      if (part !== 'password') {
        if ('value' in piece) parts[part] = piece.value;
      } else if ('hole' in piece) {
        if (piece.fallback) parts.password = piece.fallback;
      } else if (piece.value !== '') {
        const start = piece.offsets[0]?.[1] ?? value.start;
        const span = { start, end: start + piece.value.length };
        parts.password = { span, value: piece.value, expression: piece.expression ?? spanOf(value), of: 'password' };
      }
    }
    return parts;
  }

  /** `urls.get(name)` of a dict that is written out. */
  #entry(expr: Of<'Call'>, dict: Expr, at: At): DatabaseUrl | undefined {
    const [only, ...others] = dict.kind === 'Name' ? (definitionsOf(dict.id, at) ?? []) : [];
    if (only?.value.kind !== 'Dict' || others.length > 0) return this.#setting(expr);
    if (expr.args.length > 1) return undefined;
    return { span: spanOf(expr), from: 'lookup', source: spanOf(expr), absent: 'none' };
  }

  #setting(expr: Expr): DatabaseUrl | undefined {
    const inner = expr.kind === 'Call' ? expr.args[0] : expr.kind === 'Subscript' ? expr.slices[0] : undefined;
    if (inner?.kind !== 'Str') return undefined;
    return { span: spanOf(expr), from: 'setting', name: inner.value };
  }

  #attribute(expr: Of<'Attribute'>, at: At, depth: number): DatabaseUrl {
    const setting: DatabaseUrl = { span: spanOf(expr), from: 'setting', name: written(this.program.source, expr) };
    if (expr.value.kind !== 'Name') return setting;
    const { module } = this.program;
    const owner = /^(?:self|cls)$/.test(expr.value.id) ? classOf(at.frame) : expr.value.id;
    const [only, ...others] = module.locals.get(`${owner ?? ''}.${expr.attr}`) ?? [];
    if (only?.value === undefined || only.how !== 'assign' || others.length > 0) return setting;
    const found = this.read(only.value, { frame: module, path: only.path, offset: only.start }, depth + 1);
    return found.from === 'unknown' ? setting : { ...found, span: spanOf(expr) };
  }

  #name(expr: Of<'Name'>, at: At, depth: number): DatabaseUrl | undefined {
    const { module } = this.program;
    const isImported = this.tracer.reading.interpreter.scope.bindings
      .get(expr.id)
      ?.some(({ kind }) => kind === 'import');
    if (ownerOf(expr.id, at.frame) === undefined && isImported === true)
      return { span: spanOf(expr), from: 'setting', name: expr.id };
    const found = (definitionsOf(expr.id, at) ?? []).map((each) => this.read(each.value, each.at, depth + 1));
    const [first, second, ...more] = found;
    if (first === undefined || more.length > 0) return undefined;
    if (second !== undefined) {
      // A second assignment under a condition is what the name gets where the first gave nothing.
      if (first.absent !== 'none' || second.from !== 'text') return undefined;
      return { ...this.#otherwise(first, second), span: spanOf(expr) };
    }
    const owner = ownerOf(expr.id, at.frame);
    const body = owner?.node?.kind === 'FunctionDef' ? owner.node.body : this.tracer.reading.module.body;
    const checked =
      first.absent === 'none' && isChecked(expr, owner === module ? this.tracer.reading.module.body : body, at);
    return { ...first, span: spanOf(expr), ...(checked && { absent: 'checked' as const }) };
  }

  #functionOf({ func }: Of<'Call'>, at: At): Frame | undefined {
    if (func.kind === 'Name') return this.program.functions.get(func.id);
    const isOwn = func.kind === 'Attribute' && func.value.kind === 'Name' && /^(?:self|cls)$/.test(func.value.id);
    return isOwn ? this.program.functions.get(`${classOf(at.frame) ?? ''}.${func.attr}`) : undefined;
  }

  /** What a function of the file gives: the value that promises least, where it gives several. */
  #returned(callee: Frame, expr: Of<'Call'>, depth: number): DatabaseUrl | undefined {
    const found = callee.returns.map(({ value, at }) => this.read(value, at, depth + 2));
    const worst = found.find(({ absent }) => absent === 'none') ?? found.find(({ absent }) => absent === 'fallback');
    const url = worst ?? (found.length === 1 ? found[0] : undefined);
    return url && { ...url, span: spanOf(expr) };
  }
}

function classOf(from: Frame): string | undefined {
  for (let frame: Frame | undefined = from; frame !== undefined; frame = frame.parent)
    if (frame.className !== undefined) return frame.className;
  return undefined;
}

const textOf = (pieces: ReturnType<typeof piecesOf>): string | undefined => {
  const [only, ...others] = pieces;
  return only !== undefined && 'value' in only && others.length === 0 ? only.value : undefined;
};
