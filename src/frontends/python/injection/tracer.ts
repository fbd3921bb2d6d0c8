import type { HoleProvenance, Span } from '../../../ir/index.js';
import type { Reading } from '../reading.js';
import { spanOf } from '../source.js';
import { joinLiterals } from '../syntax/literals.js';
import type { Expr, Of, Param } from '../syntax/nodes.js';
import { canonical } from '../values/names.js';
import { bracePattern, percentPattern, substitute } from '../values/text.js';
import { itemsOf, pinned, textOf, type TextPart } from '../values/value.js';
import { comprehensionAt, isCertain, reaching, type At, type Frame, type Local, type Program } from './frames.js';
import { rank } from '../../hole-provenance.js';
import { joined, origin, type Origin } from './lattice.js';
import { classifyCall, parameterOrigin } from './origins.js';

/** A stretch that is computed at run time. */
export interface Hole extends Origin {
  hole: Span;
}

/** Text with holes. */
export type Skeleton = (Exclude<TextPart, { hole: Span }> | Hole)[];

const maxDepth = 24;
const maxAlternatives = 8;
const maxSteps = 20_000;
const upperCase = /^_?[A-Z][A-Z0-9_]*$/;

/** What a replacement field such as `{kind.draft.value}` names of the value that it is given: `path` as written there. */
function attributeAt(expr: Expr, path: string): Expr {
  if (!/^(?:\.\w+)+$/.test(path)) return expr;
  const { start, end } = expr;
  return path
    .slice(1)
    .split('.')
    .reduce<Expr>((value, attr) => ({ kind: 'Attribute', value, attr, attrStart: start, start, end }), expr);
}

/** Follows text and values through one file. */
export class Tracer {
  #steps = 0;

  constructor(
    readonly program: Program,
    readonly reading: Reading,
  ) {}

  /** The dotted name of an expression, local variables followed; its text where that says nothing. */
  nameOf(expr: Expr, at: At, depth = 0): string {
    if (depth > maxDepth) return '';
    if (expr.kind === 'Attribute') return canonical(`${this.nameOf(expr.value, at, depth + 1)}.${expr.attr}`);
    if (expr.kind === 'Call') return `${this.nameOf(expr.func, at, depth + 1)}()`;
    if (expr.kind === 'Await') return this.nameOf(expr.value, at, depth + 1);
    if (expr.kind !== 'Name') return '';
    const frame = this.#owner(expr.id, at.frame);
    if (frame !== undefined && frame !== this.program.module) {
      const local = reaching(expr.id, placeIn(frame, at)).at(-1);
      if (local?.value !== undefined && local.part === undefined && (local.how === 'assign' || local.how === 'with')) {
        return this.nameOf(local.value, { frame, path: local.path, offset: local.start }, depth + 1);
      }
      const param = frame.params.find(({ name }) => name === expr.id);
      const annotated = param?.annotation && this.#annotationName(param.annotation);
      return annotated === undefined ? expr.id : `${annotated}()`;
    }
    const { interpreter } = this.reading;
    const value = interpreter.name(expr.id, interpreter.scope);
    return interpreter.nameOf(value) ?? (value.kind === 'call' ? `${value.func}()` : expr.id);
  }

  /** The class that a parameter is annotated with; the first of `Annotated[…]`, through an alias. */
  #annotationName(expr: Expr, depth = 0): string | undefined {
    const { interpreter } = this.reading;
    if (depth > 4) return undefined;
    if (expr.kind === 'Subscript' && expr.slices[0] !== undefined)
      return this.#annotationName(expr.slices[0], depth + 1);
    if (expr.kind === 'Tuple' && expr.items[0] !== undefined) return this.#annotationName(expr.items[0], depth + 1);
    if (expr.kind === 'BinOp') return this.#annotationName(expr.left, depth + 1);
    if (expr.kind === 'Str') {
      const inner = this.reading.parseExpression(expr.value, expr.start);
      return inner && this.#annotationName(inner, depth + 1);
    }
    if (expr.kind !== 'Name' && expr.kind !== 'Attribute') return undefined;
    if (expr.kind === 'Name') {
      const [binding] = interpreter.scope.bindings.get(expr.id) ?? [];
      if (binding?.kind === 'value' && binding.expr.kind === 'Subscript')
        return this.#annotationName(binding.expr, depth + 1);
    }
    return interpreter.nameOf(interpreter.evaluate(expr, interpreter.scope));
  }

  /** The innermost frame that binds a name. */
  #owner(name: string, from: Frame): Frame | undefined {
    for (let frame: Frame | undefined = from; frame !== undefined; frame = frame.parent) {
      if (frame.locals.has(name) || frame.params.some((param) => param.name === name)) return frame;
    }
    return undefined;
  }

  /** The texts that an expression can be, one for each way that the code may go. */
  expand(expr: Expr, at: At, depth = 0): Skeleton[] {
    this.#steps += 1;
    if (depth > maxDepth || this.#steps > maxSteps) return [[{ hole: spanOf(expr), ...origin('opaque') }]];
    switch (expr.kind) {
      case 'Str':
        return [[joinLiterals(expr.pieces)]];
      case 'FString':
        if (expr.template) return [[]];
        return product(
          expr.parts.map((part): Skeleton[] => {
            if (!('hole' in part)) return [[part]];
            if (part.spec !== undefined && /[bcdeEfFgGnoxX%]$/.test(part.spec))
              return [[{ hole: spanOf(part.hole), ...origin('numeric') }]];
            return this.#pasted(part.hole, at, depth);
          }),
        );
      case 'BinOp':
        if (expr.op === '+') return product(addends(expr).map((each) => this.#addend(each, at, depth)));
        if (expr.op === '%') return this.#percent(expr, at, depth);
        break;
      case 'IfExp':
        return capped([...this.expand(expr.body, at, depth + 1), ...this.expand(expr.orelse, at, depth + 1)]);
      case 'BoolOp':
        return capped([...this.expand(expr.left, at, depth + 1), ...this.expand(expr.right, at, depth + 1)]);
      case 'NamedExpr':
      case 'Await':
        return this.expand(expr.value, at, depth + 1);
      case 'Name':
        return this.#expandName(expr, at, depth);
      case 'Call':
        return this.#expandCall(expr, at, depth);
    }
    return [[this.#hole(expr, at, depth)]];
  }

  #hole(expr: Expr, at: At, depth: number): Hole {
    return { hole: spanOf(expr), ...this.origin(expr, at, depth + 1) };
  }

  #addend(expr: Expr, at: At, depth: number): Skeleton[] {
    return expr.kind === 'Str' || expr.kind === 'FString' || expr.kind === 'BinOp'
      ? this.expand(expr, at, depth + 1)
      : this.#pasted(expr, at, depth);
  }

  /** What a hole adds: known text stands where the hole stands, text with holes brings its holes along. */
  #pasted(expr: Expr, at: At, depth: number): Skeleton[] {
    const value = this.origin(expr, at, depth + 1);
    const alternatives = this.expand(expr, at, depth + 1);
    const known = alternatives.every((parts) => parts.every((part) => 'value' in part));
    if (known && alternatives.length > 1) return [[{ hole: spanOf(expr), ...value, level: 'constant' }]];
    if (known) {
      const text = (alternatives[0] ?? []).map((part) => ('value' in part ? part.value : '')).join('');
      return [[pinned(text, expr.start)]];
    }
    const hasText = alternatives.some((parts) => parts.some((part) => 'value' in part && /\S/.test(part.value)));
    return hasText ? alternatives : [[{ hole: spanOf(expr), ...value }]];
  }

  #expandName(expr: Of<'Name'>, at: At, depth: number): Skeleton[] {
    const frame = this.#owner(expr.id, at.frame);
    if (frame === undefined || this.#proof(expr, at) !== undefined) return this.#known(expr, at, depth);
    const place = placeIn(frame, at);
    const locals = reaching(expr.id, place);
    const param = frame.params.find(({ name }) => name === expr.id);
    const isText =
      locals.length > 0 &&
      locals.every(({ how, part }) => (how === 'assign' || how === 'augment') && part === undefined);
    if (!isText || (param !== undefined && locals[0]?.how === 'augment')) {
      return param !== undefined && locals.length === 0
        ? [[this.#hole(expr, at, depth)]]
        : this.#known(expr, at, depth);
    }
    let alternatives: Skeleton[] = [];
    for (const local of locals) {
      if (local.value === undefined) continue;
      const from: At = { frame, path: local.path, offset: local.start };
      if (depth > maxDepth) break;
      const values = this.expand(local.value, from, depth + 1).map((parts) => parts.map((part) => traced(part, local)));
      if (local.how === 'augment') {
        const longer = product([alternatives.length > 0 ? alternatives : [[]], values]);
        alternatives = isCertain(local, place) ? longer : capped([...alternatives, ...longer]);
      } else alternatives = capped([...alternatives, ...values]);
    }
    return alternatives;
  }

  /** A name or call whose value the evaluator knows, or a hole. */
  #known(expr: Expr, at: At, depth: number): Skeleton[] {
    if (expr.kind === 'Name' && this.#owner(expr.id, at.frame) === this.program.module) {
      const { interpreter } = this.reading;
      const value = interpreter.name(expr.id, interpreter.scope);
      const text = textOf(value);
      if (text !== undefined && value.kind === 'str') return [value.parts.filter((part) => 'value' in part)];
    }
    return [[this.#hole(expr, at, depth)]];
  }

  #expandCall(expr: Of<'Call'>, at: At, depth: number): Skeleton[] {
    const { func, args } = expr;
    const [first] = args;
    if (func.kind === 'Attribute') {
      const { attr, value } = func;
      if (attr === 'format' || attr === 'format_map') return this.#format(expr, value, at, depth);
      if (attr === 'join' && first !== undefined) return this.#join(value, first, expr, at, depth);
      if (attr === 'replace' && args.length >= 2 && quotedBy(expr) === undefined)
        return this.#replace(expr, value, at, depth);
      if (/^(?:strip|lstrip|rstrip|lower|upper|encode|dedent|cleandoc|substitute|safe_substitute)$/.test(attr)) {
        const inner = attr === 'dedent' || attr === 'cleandoc' ? first : value;
        if (inner !== undefined) return this.expand(inner, at, depth + 1);
      }
    }
    if (func.kind === 'Name' && (func.id === 'str' || func.id === 'dedent') && first !== undefined)
      return this.expand(first, at, depth + 1);
    const callee = this.#functionOf(expr, at);
    const quoted = callee && this.#quoter(callee);
    if (quoted !== undefined) return [[{ hole: spanOf(expr), ...quoted }]];
    if (callee !== undefined && callee.returns.length > 0 && depth < maxDepth - 4) {
      const inner = this.#bound(callee, expr, at);
      const found = callee.returns.flatMap(({ value, at: place }) =>
        this.expand(value, { ...place, frame: inner }, depth + 4),
      );
      if (found.some((parts) => parts.some((part) => 'value' in part && /\S/.test(part.value)))) return capped(found);
    }
    return [[this.#hole(expr, at, depth)]];
  }

  /** The function of this file that a call runs. */
  #functionOf({ func }: Of<'Call'>, at: At): Frame | undefined {
    if (func.kind === 'Name') return this.program.functions.get(func.id);
    if (func.kind === 'Attribute' && func.value.kind === 'Name' && /^(?:self|cls)$/.test(func.value.id)) {
      for (let frame: Frame | undefined = at.frame; frame !== undefined; frame = frame.parent) {
        if (frame.className !== undefined) return this.program.functions.get(`${frame.className}.${func.attr}`);
      }
    }
    return undefined;
  }

  /** A function's frame with the arguments of one call for its parameters. */
  #bound(callee: Frame, call: Of<'Call'>, at: At): Frame {
    const frame: Frame = { ...callee, locals: new Map(callee.locals), params: [] };
    const isMethod = call.func.kind === 'Attribute';
    const params = isMethod ? callee.params.slice(1) : callee.params;
    params.forEach((param, index) => {
      const value = call.keywords.find(({ name }) => name === param.name)?.value ?? call.args[index] ?? param.default;
      if (value === undefined) return;
      const level = this.origin(value, at, maxDepth - 4);
      frame.locals.set(param.name, [...(callee.locals.get(param.name) ?? [])]);
      this.#given.set(frame, new Map([...(this.#given.get(frame) ?? []), [param.name, level]]));
    });
    frame.params = callee.params;
    return frame;
  }

  #given = new WeakMap<Frame, Map<string, Origin>>();

  #percent(expr: Of<'BinOp'>, at: At, depth: number): Skeleton[] {
    const formats = this.expand(expr.left, at, depth + 1);
    const items = expr.right.kind === 'Tuple' ? expr.right.items : [expr.right];
    return this.#filled(formats, percentPattern, (match, next) => {
      const [, name, conversion = ''] = match;
      if (conversion === '%') return '%';
      const value =
        name !== undefined && expr.right.kind === 'Dict'
          ? expr.right.entries.find(({ key }) => key?.kind === 'Str' && key.value === name)?.value
          : name !== undefined
            ? expr.right
            : items[next()];
      if (value === undefined) return [{ hole: spanOf(expr.right), ...origin('opaque') }];
      if (/[diouxXeEfFgG]/.test(conversion)) return [{ hole: spanOf(value), ...origin('numeric') }];
      return this.#pasted(value, at, depth + 1)[0] ?? [];
    });
  }

  #format(expr: Of<'Call'>, receiver: Expr, at: At, depth: number): Skeleton[] {
    if (/\bSQL\(\)$/.test(this.nameOf(receiver, at))) return [[]];
    return this.#filled(this.expand(receiver, at, depth + 1), bracePattern, (match, next) => {
      const [whole, key = '', path = '', spec = ''] = match;
      if (whole === '{{' || whole === '}}') return whole.slice(1);
      const spread = key === '' ? undefined : this.#spreadEntry(expr, key, at);
      if (spread !== undefined) return this.#pasted(spread.expr, spread.at, depth + 1)[0] ?? [];
      const named =
        key === ''
          ? expr.args[next()]
          : /^\d+$/.test(key)
            ? expr.args[Number(key)]
            : expr.keywords.find(({ name }) => name === key)?.value;
      const value = named && attributeAt(named, path);
      const given = value ?? expr.keywords.find(({ name }) => name === undefined)?.value ?? expr.args[0];
      if (given === undefined) return [{ hole: spanOf(expr), ...origin('opaque') }];
      if (/[bcdeEfFgGnoxX]$/.test(spec)) return [{ hole: spanOf(given), ...origin('numeric') }];
      return value === undefined ? [this.#hole(given, at, depth)] : (this.#pasted(given, at, depth + 1)[0] ?? []);
    });
  }

  /** The entry that `**options` brings to a call, where `options` is written out as one dict. */
  #spreadEntry(call: Of<'Call'>, key: string, at: At): { expr: Expr; at: At } | undefined {
    if (call.keywords.some(({ name }) => name === key)) return undefined;
    const spread = call.keywords.find(({ name }) => name === undefined)?.value;
    const frame = spread?.kind === 'Name' ? this.#owner(spread.id, at.frame) : undefined;
    if (spread?.kind !== 'Name' || frame === undefined) return undefined;
    const [local, ...others] = reaching(spread.id, placeIn(frame, at));
    const dict = local?.how === 'assign' && others.length === 0 ? local.value : undefined;
    const isCall = dict?.kind === 'Call' && dict.func.kind === 'Name' && dict.func.id === 'dict';
    const expr = isCall
      ? dict.keywords.find(({ name }) => name === key)?.value
      : dict?.kind === 'Dict'
        ? dict.entries.find((entry) => entry.key?.kind === 'Str' && entry.key.value === key)?.value
        : undefined;
    return expr && local && { expr, at: { frame, path: local.path, offset: local.start } };
  }

  #filled(
    formats: Skeleton[],
    pattern: RegExp,
    fill: (match: RegExpMatchArray, next: () => number) => Skeleton | string,
  ): Skeleton[] {
    return formats.map((parts) => {
      let count = 0;
      return substitute(parts, pattern, (match) => fill(match, () => count++)) as Skeleton;
    });
  }

  #replace(expr: Of<'Call'>, receiver: Expr, at: At, depth: number): Skeleton[] {
    const [what, by] = expr.args;
    if (what?.kind !== 'Str' || by === undefined || what.value === '')
      return [[...(this.expand(receiver, at, depth + 1)[0] ?? []), this.#hole(by ?? expr, at, depth)]];
    const pattern = new RegExp(what.value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'g');
    return this.#filled(this.expand(receiver, at, depth + 1), pattern, () => this.#pasted(by, at, depth + 1)[0] ?? []);
  }

  #join(separator: Expr, value: Expr, expr: Expr, at: At, depth: number): Skeleton[] {
    const elements = this.#elements(value, at, depth);
    if (elements === undefined) return [[this.#hole(expr, at, depth)]];
    const isPlaceholder =
      elements.length > 0 && elements.every(({ expr: each, at: place }) => this.#isPlaceholder(each, place, depth));
    if (isPlaceholder) return [[{ hole: spanOf(expr), ...origin('placeholders') }]];
    const [between = []] = this.expand(separator, at, depth + 1);
    const lists = elements.slice(0, 20).map(({ expr: each, at: place, local }) => {
      const alternatives = this.#addend(each, place, depth + 1);
      return local === undefined ? alternatives : alternatives.map((parts) => parts.map((part) => traced(part, local)));
    });
    return product(lists.flatMap((each, index) => (index === 0 ? [each] : [[between], each])));
  }

  /** Whether an element is a placeholder of a driver: `%s`, `?`, `$1`, `:p0`. */
  #isPlaceholder(expr: Expr, at: At, depth: number): boolean {
    const [parts = []] = this.expand(expr, at, depth + 1);
    const text = parts
      .map((part) => ('value' in part ? part.value : rank(part.level) <= rank('numeric') ? '0' : '\u0000'))
      .join('');
    return /^\(?\s*(?:(?:%s|%\(\w+\)s|\?|\$\d+|[:@]\w+)[\s,]*)+\)?$/.test(text);
  }

  /** The expressions whose values a list holds; undefined where they are not known. */
  #elements(expr: Expr, at: At, depth: number): { expr: Expr; at: At; local?: Local }[] | undefined {
    if (depth > maxDepth) return undefined;
    if (expr.kind === 'List' || expr.kind === 'Tuple' || expr.kind === 'Set') {
      return expr.items.map((item) => ({ expr: item.kind === 'Starred' ? item.value : item, at }));
    }
    if (expr.kind === 'Comp' && expr.form !== 'dict')
      return [{ expr: expr.element, at: comprehensionAt(expr.clauses, at) }];
    if (expr.kind === 'BinOp' && expr.op === '*') return this.#elements(expr.left, at, depth + 1);
    if (expr.kind === 'BinOp' && expr.op === '+') {
      const [left, right] = [this.#elements(expr.left, at, depth + 1), this.#elements(expr.right, at, depth + 1)];
      return left && right && [...left, ...right];
    }
    if (
      expr.kind === 'Call' &&
      expr.func.kind === 'Name' &&
      /^(?:list|tuple|sorted|set|reversed)$/.test(expr.func.id) &&
      expr.args[0]
    ) {
      return this.#elements(expr.args[0], at, depth + 1);
    }
    if (
      expr.kind === 'Call' &&
      expr.func.kind === 'Name' &&
      expr.func.id === 'map' &&
      expr.args[0]?.kind === 'Lambda'
    ) {
      return [{ expr: expr.args[0].body, at }];
    }
    if (expr.kind !== 'Name') return undefined;
    const frame = this.#owner(expr.id, at.frame);
    if (frame === undefined || (frame.params.some(({ name }) => name === expr.id) && !frame.locals.has(expr.id)))
      return undefined;
    const place = placeIn(frame, at);
    const all: { expr: Expr; at: At; local?: Local }[] = [];
    for (const local of reaching(expr.id, place)) {
      if (local.value === undefined) return undefined;
      const from: At = { frame, path: local.path, offset: local.start };
      if (local.how === 'element') {
        const inner =
          local.value.kind === 'List' || local.value.kind === 'Comp'
            ? this.#elements(local.value, from, depth + 1)
            : undefined;
        all.push(...(inner ?? [{ expr: local.value, at: from }]).map((each) => ({ ...each, local })));
        continue;
      }
      const found =
        local.how === 'assign' || local.how === 'augment' ? this.#elements(local.value, from, depth + 1) : undefined;
      if (found === undefined) return undefined;
      all.push(...found.map((each) => ({ ...each, local })));
    }
    return all;
  }

  /** What a condition before or around the place proves of an expression. */
  #proof(expr: Expr, at: At): Origin | undefined {
    const text = this.program.source.slice(expr.start, expr.end);
    const without = new Set<string>();
    for (let frame: Frame | undefined = at.frame; frame !== undefined; frame = frame.parent) {
      for (const { subject, range, by, allowed } of frame.proofs) {
        if (subject !== text || expr.start < range.start || expr.start > range.end) continue;
        if (by === 'equality') return origin('constant');
        if (by === 'number') return origin('numeric');
        if (by === 'pattern') return origin('quoted-identifier');
        if (by === 'quotes' || by === 'double-quotes') without.add(by);
        else if (allowed !== undefined && rank(this.origin(allowed, at, maxDepth - 3).level) <= rank('constant-name')) {
          return origin(by === 'assertion' ? 'quoted-identifier' : 'constant');
        }
      }
    }
    if (without.size === 2) return { ...origin('quoted-literal'), unquoted: true };
    if (without.size === 0) return undefined;
    return origin(without.has('quotes') ? 'quoted-literal' : 'quoted-identifier');
  }

  /** Where a value comes from. */
  origin(expr: Expr, at: At, depth = 0): Origin {
    this.#steps += 1;
    if (depth > maxDepth || this.#steps > maxSteps) return origin('opaque');
    const proven = this.#proof(expr, at);
    if (proven !== undefined) return proven;
    const of = (each: Expr) => this.origin(each, at, depth + 1);
    switch (expr.kind) {
      case 'Str':
      case 'Num':
      case 'Bool':
      case 'None':
        return origin('constant');
      case 'Compare':
        return origin('numeric');
      case 'FString':
        return joined(
          expr.parts.flatMap((part) =>
            'hole' in part
              ? [part.spec !== undefined && /[dfgx]$/.test(part.spec) ? origin('numeric') : of(part.hole)]
              : [],
          ),
        );
      case 'BinOp':
        return joined([of(expr.left), of(expr.right)]);
      case 'BoolOp':
        return joined([of(expr.left), of(expr.right)]);
      case 'UnaryOp':
        return expr.op === 'not' ? origin('numeric') : of(expr.operand);
      case 'IfExp':
        return joined([of(expr.body), of(expr.orelse)]);
      case 'NamedExpr':
      case 'Await':
      case 'Starred':
        return of(expr.value);
      case 'Tuple':
      case 'List':
      case 'Set':
        return joined(expr.items.map(of));
      case 'Dict':
        return joined(expr.entries.map(({ value }) => of(value)));
      case 'Comp':
        return this.origin(expr.element, comprehensionAt(expr.clauses, at), depth + 1);
      case 'Name':
        return this.#nameOrigin(expr, at, depth);
      case 'Attribute':
        return this.#attributeOrigin(expr, at, depth);
      case 'Subscript':
        return this.#subscriptOrigin(expr, at, depth);
      case 'Call':
        return this.#callOrigin(expr, at, depth);
      default:
        return origin('opaque');
    }
  }

  #nameOrigin(expr: Of<'Name'>, at: At, depth: number): Origin {
    const frame = this.#owner(expr.id, at.frame);
    if (frame === undefined) return origin(upperCase.test(expr.id) ? 'constant-name' : 'opaque');
    const given = this.#given.get(frame)?.get(expr.id);
    const place = placeIn(frame, at);
    const locals = reaching(expr.id, place);
    if (frame === this.program.module) {
      if (locals.length === 0) return origin(upperCase.test(expr.id) ? 'constant-name' : 'opaque');
      const all = joined(locals.map((local) => this.#localOrigin(local, frame, depth)));
      if (rank(all.level) > rank('constant-name') && all.level !== 'request' && upperCase.test(expr.id))
        return origin('constant-name');
      return all;
    }
    const found = locals.map((local) => this.#localOrigin(local, frame, depth));
    const param = frame.params.find(({ name }) => name === expr.id);
    const isReplaced = locals.some((local) => local.how === 'assign' && isCertain(local, place));
    if (param !== undefined && !isReplaced) found.push(given ?? this.#parameter(param, frame, depth));
    return found.length === 0 ? origin('opaque') : joined(found);
  }

  #localOrigin(local: Local, frame: Frame, depth: number): Origin {
    if (local.value === undefined) return origin('opaque');
    const from: At = { frame, path: local.path, offset: local.start };
    const found =
      local.how === 'item' || local.part !== undefined
        ? this.#itemOrigin(local, from, depth)
        : this.origin(local.value, from, depth + 1);
    return { ...found, trail: [...found.trail, spanOf(local)] };
  }

  /** A loop's target over a list that is written out gets the part that stands at its place. */
  #itemOrigin({ value, part, how }: Local, at: At, depth: number): Origin {
    if (value === undefined) return origin('opaque');
    if (how === 'assign' && value.kind === 'Tuple' && part !== undefined && value.items[part] !== undefined) {
      return this.origin(value.items[part], at, depth + 1);
    }
    if (
      how === 'item' &&
      value.kind === 'Call' &&
      value.func.kind === 'Name' &&
      value.func.id === 'enumerate' &&
      value.args[0]
    ) {
      return part === 0
        ? origin('numeric')
        : this.#itemOrigin({ value: value.args[0], how, start: 0, end: 0, path: [] }, at, depth + 1);
    }
    const zipped =
      how === 'item' &&
      part !== undefined &&
      value.kind === 'Call' &&
      value.func.kind === 'Name' &&
      value.func.id === 'zip'
        ? value.args[part]
        : undefined;
    if (zipped !== undefined)
      return this.#itemOrigin({ value: zipped, how: 'item', start: 0, end: 0, path: [] }, at, depth + 1);
    if (how === 'item' && value.kind === 'Call' && value.func.kind === 'Name' && value.func.id === 'range')
      return origin('numeric');
    const elements = how === 'item' ? this.#elements(value, at, depth + 1) : undefined;
    if (elements !== undefined && elements.length > 0) {
      return joined(
        elements.map(({ expr, at: place }) =>
          this.origin(
            part !== undefined && expr.kind === 'Tuple' ? (expr.items[part] ?? expr) : expr,
            place,
            depth + 1,
          ),
        ),
      );
    }
    const known =
      value.kind === 'Name' || value.kind === 'Call' || value.kind === 'Attribute'
        ? this.#moduleItems(value, at)
        : undefined;
    if (known === true) return origin('constant');
    return this.origin(value, at, depth + 1);
  }

  /** Whether iterating gives constants only: a module's literal list or dict, or `.items()` of one. */
  #moduleItems(expr: Expr, at: At): boolean {
    const root = expr.kind === 'Call' && expr.func.kind === 'Attribute' ? expr.func.value : expr;
    if (root.kind !== 'Name' || this.#owner(root.id, at.frame) !== this.program.module) return false;
    const { interpreter } = this.reading;
    return itemsOf(interpreter.name(root.id, interpreter.scope)) !== undefined;
  }

  /** A parameter: what its callers in this file give where no one else can call it, or what its annotation allows. */
  #parameter(param: Param, frame: Frame, depth: number): Origin {
    const typed = param.annotation && this.#annotationName(param.annotation);
    const decorators = frame.node?.kind === 'FunctionDef' ? frame.node.decorators : [];
    const found = parameterOrigin(
      param,
      frame,
      typed,
      decorators.map((each) => this.nameOf(each, { frame, path: [], offset: 0 })),
      this.program.source,
    );
    const annotation = param.annotation && this.program.source.slice(param.annotation.start, param.annotation.end);
    if (
      typed !== undefined &&
      annotation !== undefined &&
      oneClass.test(annotation) &&
      /^(?:parameter|request)$/.test(found)
    ) {
      const enumeration = this.#enumOrigin(typed, found);
      if (enumeration !== undefined) return enumeration;
    }
    if (found !== 'parameter' || frame.node?.kind !== 'FunctionDef') return origin(found);
    const { name } = frame.node;
    const isPrivate =
      /^_[^_]/.test(name) ||
      (frame.parent !== undefined && frame.parent !== this.program.module && frame.className === undefined);
    if (!isPrivate || depth > maxDepth - 5) return origin('parameter');
    const index = frame.params.filter((each) => !/^(?:self|cls)$/.test(each.name)).indexOf(param);
    const calls = this.program.calls.filter(
      ({ call }) =>
        (call.func.kind === 'Name' ? call.func.id : call.func.kind === 'Attribute' ? call.func.attr : '') === name,
    );
    if (calls.length === 0) return origin('parameter');
    return joined(
      calls.map(({ call, at }) => {
        const value =
          call.keywords.find((each) => each.name === param.name)?.value ?? call.args[index] ?? param.default;
        return value === undefined ? origin('opaque') : this.origin(value, at, depth + 5);
      }),
    );
  }

  /** What a value of a class is: one of its names where the class is an enum. Another file may have to tell. */
  #enumOrigin(typed: string, level: HoleProvenance): Origin | undefined {
    const { interpreter } = this.reading;
    const own = typed.startsWith(`${interpreter.module}.`) ? typed.slice(interpreter.module.length + 1) : undefined;
    if (own !== undefined) return this.#isEnum(own) ? origin('constant-name') : undefined;
    const isProject = typed.includes('.') && !/^(?:sqlalchemy|sqlmodel|typing|builtins)\b/.test(typed);
    return isProject ? { ...origin(level), asked: { how: 'enum', name: typed } } : undefined;
  }

  #isEnum(name: string): boolean {
    const { interpreter } = this.reading;
    const value = interpreter.scope.bindings.has(name) ? interpreter.name(name, interpreter.scope) : undefined;
    return value?.kind === 'class' && interpreter.isEnum(value.node, value.scope);
  }

  #attributeOrigin(expr: Of<'Attribute'>, at: At, depth: number): Origin {
    const { attr, value } = expr;
    const name = this.program.source.slice(expr.start, expr.end);
    if (/\.(?:__tablename__|__table__|fullname)\b|\.__table__\./.test(`.${name}`)) return origin('constant-name');
    if (/^(?:flask\.)?request\.|^(?:self\.)?request\.|^sys\.argv$/.test(name)) return origin('request');
    if (/(?:^|\.)(?:settings|config|conf|current_app|app\.config|environ)\b/i.test(name))
      return origin('configuration');
    if (upperCase.test(attr) || this.#listsTables(expr)) return origin('constant-name');
    if (value.kind === 'Name') {
      const local = (at.frame.locals.get(`${value.id}.${attr}`) ?? []).at(-1);
      if (local !== undefined && local.start < at.offset) return this.#localOrigin(local, at.frame, depth);
      const owner = /^(?:self|cls)$/.test(value.id) ? this.#className(at.frame) : value.id;
      const shared = this.program.module.locals.get(`${owner ?? ''}.${attr}`);
      if (shared !== undefined)
        return joined(shared.map((each) => this.#localOrigin(each, this.program.module, depth)));
      if (owner !== undefined && owner !== value.id && (attr === 'value' || attr === 'name') && this.#isEnum(owner))
        return origin('constant-name');
      if (/^(?:self|cls)$/.test(value.id)) return origin('opaque');
    }
    if (attr === 'value' || attr === 'name') {
      const inner = this.origin(value, at, depth + 1);
      if (rank(inner.level) <= rank('numeric') || inner.asked?.how === 'enum') return inner;
      const member = value.kind === 'Attribute' && this.#enumOrigin(this.nameOf(value.value, at), inner.level);
      if (member) return member;
    }
    const inner = this.origin(value, at, depth + 1);
    return rank(inner.level) >= rank('configuration') ? inner : origin('opaque');
  }

  /** `Base.metadata.sorted_tables` and the like: names that the models give, unless a database was asked for them. */
  #listsTables(expr: Of<'Attribute'>): boolean {
    const { source } = this.program;
    const name = source.slice(expr.start, expr.end);
    return /\bmeta(?:data)?\.(?:sorted_tables|tables)$/.test(name) && !/\.reflect\(|\bautoload/.test(source);
  }

  #className(frame: Frame): string | undefined {
    for (let each: Frame | undefined = frame; each !== undefined; each = each.parent)
      if (each.className !== undefined) return each.className;
    return undefined;
  }

  #subscriptOrigin(expr: Of<'Subscript'>, at: At, depth: number): Origin {
    const { value } = expr;
    const text = this.program.source.slice(value.start, value.end);
    if (/^(?:self\.)?request\.|^event$|^sys\.argv$/.test(text)) return origin('request');
    if (/(?:^|\.)environ$/.test(text)) return origin('configuration');
    return this.origin(value, at, depth + 1);
  }

  #callOrigin(expr: Of<'Call'>, at: At, depth: number): Origin {
    const name = this.nameOf(expr.func, at);
    const method = expr.func.kind === 'Attribute' ? expr.func.attr : undefined;
    const quoting = method === 'replace' ? quotedBy(expr) : undefined;
    if (quoting !== undefined) return origin(quoting);
    const known = classifyCall(name, method);
    if (known !== undefined && known !== 'through') return origin(known);
    const receiver = expr.func.kind === 'Attribute' ? expr.func.value : undefined;
    const of = (each: Expr) => this.origin(each, at, depth + 1);
    if (method === 'join' && receiver !== undefined && expr.args[0] !== undefined) {
      const [parts = []] = this.#join(receiver, expr.args[0], expr, at, depth + 2);
      const holes = parts.filter((part) => 'hole' in part);
      if (holes.length !== 1 || holes[0]?.hole.start !== expr.start) return joined(holes);
      if (holes[0].level === 'placeholders') return origin('placeholders');
    }
    if (known === 'through') {
      const through = [
        ...(receiver === undefined || /^(?:str|repr|list|sorted|tuple|set)$/.test(name) ? [] : [receiver]),
        ...expr.args,
        ...expr.keywords.map(({ value }) => value),
      ];
      return joined(through.map(of));
    }
    const callee = this.#functionOf(expr, at);
    const quoted = callee && this.#quoter(callee);
    if (quoted !== undefined) return quoted;
    if (callee !== undefined && callee.returns.length > 0 && depth < maxDepth - 4) {
      const inner = this.#bound(callee, expr, at);
      return joined(
        callee.returns.map(({ value, at: place }) => this.origin(value, { ...place, frame: inner }, depth + 4)),
      );
    }
    if (receiver !== undefined) {
      const inner = of(receiver);
      if (inner.level === 'request' || inner.level === 'database' || inner.level === 'configuration') return inner;
    }
    return { ...origin('opaque'), ...(this.#isImported(expr.func, at) && { asked: { how: 'function', name } }) };
  }

  /** Whether an expression names something that the module imports. */
  #isImported(expr: Expr, at: At): boolean {
    let root = expr;
    while (root.kind === 'Attribute') root = root.value;
    if (root.kind !== 'Name' || this.#owner(root.id, at.frame) !== undefined) return false;
    const { scope } = this.reading.interpreter;
    return scope.bindings.get(root.id)?.some(({ kind }) => kind === 'import') === true;
  }

  /** What a function of this name gives whatever it is called with, where that is quoted text. */
  quoting(name: string): HoleProvenance | undefined {
    const frame = this.program.functions.get(name);
    return frame && this.#quoter(frame)?.level;
  }

  /** Asked from the start, so that a quoter is one however deep the call stands. */
  #quoter(frame: Frame): Origin | undefined {
    const known = this.#quoters.get(frame);
    if (known !== undefined) return known === 'none' ? undefined : known;
    this.#quoters.set(frame, 'none');
    const { node } = frame;
    if (node?.kind !== 'FunctionDef' || node.params.length === 0 || frame.returns.length === 0) return undefined;
    if (!/\.(?:replace|translate)\(/.test(this.program.source.slice(node.start, node.end))) return undefined;
    const found = joined(frame.returns.map(({ value, at }) => this.origin(value, at)));
    if (found.level !== 'quoted-identifier' && found.level !== 'quoted-literal') return undefined;
    this.#quoters.set(frame, origin(found.level));
    return origin(found.level);
  }

  #quoters = new Map<Frame, Origin | 'none'>();
}

/** An annotation that stands for one class, or nothing. */
const oneClass = /^["']?(?:(?:typing\.)?Optional\[)?[\w.]+\]?(?:\s*\|\s*None)?["']?$/;

/** The same moment in a frame further out; its end where the code runs at some other time. */
function placeIn(frame: Frame, from: At): At {
  for (let at: At | undefined = from; at !== undefined; at = at.outer) if (at.frame === frame) return at;
  return { frame, path: [], offset: Number.MAX_SAFE_INTEGER };
}

/** `x.replace('"', '""')` doubles the quotes of an identifier, `x.replace("'", "''")` those of a literal. */
function quotedBy({ args }: Of<'Call'>): HoleProvenance | undefined {
  const [quote, doubled] = args;
  if (quote?.kind !== 'Str' || doubled?.kind !== 'Str' || doubled.value !== quote.value + quote.value) return undefined;
  if (quote.value === '"' || quote.value === '`') return 'quoted-identifier';
  return quote.value === "'" ? 'quoted-literal' : undefined;
}

/** The terms of a sum, however long: the sum itself nests as deep as it has terms. */
function addends(expr: Expr): Expr[] {
  const terms: Expr[] = [];
  let left = expr;
  while (left.kind === 'BinOp' && left.op === '+') {
    terms.push(left.right);
    left = left.left;
  }
  return [left, ...terms.reverse()];
}

const traced = (part: Skeleton[number], local: Local): Skeleton[number] =>
  'hole' in part ? { ...part, trail: [...part.trail, spanOf(local)] } : part;

const capped = (alternatives: Skeleton[]): Skeleton[] => alternatives.slice(0, maxAlternatives);

/** Every way to put one alternative of each list after another. */
function product(lists: readonly Skeleton[][]): Skeleton[] {
  let out: Skeleton[] = [[]];
  for (const alternatives of lists) {
    const [only, ...others] = alternatives;
    if (only !== undefined && others.length === 0) {
      // In place: copied for each part, a text of many parts would cost their square.
      for (const before of out) for (const part of only) before.push(part);
      continue;
    }
    const next: Skeleton[] = [];
    for (const before of out)
      for (const each of alternatives) if (next.length < maxAlternatives) next.push([...before, ...each]);
    out = next;
  }
  return out;
}
