import type { Span } from '../../../ir/index.js';
import type { Receiver } from '../drivers/driver.js';
import { decoratorsIn } from '../decorators.js';
import type { ClassRecord, DecoratorRecord, MemberRecord } from '../records.js';
import { mayBeOfProject } from './imports.js';
import type { TypePromise } from '../values/promises.js';
import type { RuntimeType } from '../values/types.js';
import { applied, step } from '../values/applied.js';
import { chained, mapChildren, placedAt } from '../values/children.js';
import { isChainRoot, type Origin, type ReferenceValue, type Spread, type Value } from '../values/values.js';

/** A class and the file that declares it. */
export interface FoundClass {
  record: ClassRecord;
  path: string;
}

/** What is known of other declarations: those of the same file while it is read, those of the project while files are linked. */
export interface Lookup {
  classOf(name: string, module: string | undefined, from: string): FoundClass | undefined;
  /** Follows re-exports of project files to the package behind them. */
  originOf(origin: Origin, from: string): Origin;
  /** The file and local name behind an exported name; nothing where it is one of a package. */
  placeOf(origin: Origin, from: string): { path: string; name: string } | undefined;
  /** An exported constant or enum; with `owner`, also the constants of an exported class. */
  valueOf(origin: Origin, from: string, owner: boolean): Value | undefined;
  typeOf(origin: Origin, from: string): RuntimeType | undefined;
  /** What an exported type promises, settled through the types that it names. */
  promiseOf(origin: Origin, from: string): TypePromise | undefined;
  /** What an export is to a database library; `connect()` asks for what a call of it gives. */
  receiverOf(origin: Origin, from: string): Receiver | undefined;
  /** Classes that name this one as their base, directly. */
  derivedFrom(found: FoundClass): FoundClass[];
}

/** Calls of functions that are followed into one another, and values that are looked at for one value. */
const maxDepth = 12;
const maxSteps = 50_000;

/** A value with its references to other files replaced by what they stand for, where that is known. */
export function settled(value: Value, from: string, lookup: Pick<Lookup, 'valueOf'>): Value {
  return new Settler(from, lookup).settle(value, 0);
}

class Settler {
  #steps = 0;

  constructor(
    private readonly from: string,
    private readonly lookup: Pick<Lookup, 'valueOf'>,
  ) {}

  settle(value: Value, depth: number): Value {
    if (depth > maxDepth || this.#steps++ > maxSteps) return value;
    if (value.kind === 'reference') return this.#reference(value);
    if (value.kind === 'chain') return this.#chain(value, depth);
    const inner = mapChildren(value, (each) => this.settle(each, depth));
    if (inner.kind === 'array' || inner.kind === 'object') return inner.spreads ? spreadIn(inner) : inner;
    return inner.kind === 'made'
      ? this.#called(this.#target(inner.origin, inner.home), inner.args, inner, depth)
      : inner;
  }

  /** Links are worked out for as long as what stands before them is of the project, and kept from there on. */
  #chain(value: Extract<Value, { kind: 'chain' }>, depth: number): Value {
    const links = value.links.map((link) => ({
      ...link,
      ...(link.args && { args: link.args.map((each) => this.settle(each, depth)) }),
    }));
    const kept: Value = { ...value, links };
    let at = value.of.kind === 'reference' ? this.#constant(value.of) : this.settle(value.of, depth);
    for (const [index, link] of links.entries()) {
      if (isChainRoot(at) || at.kind === 'chain') return chained(at, links.slice(index), value.span);
      const member = link.name === undefined ? at : step(at, link.name);
      const result = link.args && member ? this.#called(member, link.args, undefined, depth, value.span) : member;
      if (!result) return kept;
      at = result;
    }
    return at;
  }

  #target(origin: Origin, home: string | undefined, owner = false): Value | undefined {
    return this.lookup.valueOf(origin, home ?? this.from, owner);
  }

  /** What a call gives where it is one of a function or a builder of the project; else what is given for that. */
  #called<T extends Value | undefined>(
    target: Value | undefined,
    args: readonly Value[],
    otherwise: T,
    depth: number,
    span: Span = otherwise!.span,
  ): Value | T {
    if (target?.kind === 'function' && target.returns) return this.settle(applied(target, args, span), depth + 1);
    if (target?.kind === 'made' || target?.kind === 'chain')
      return chained(placedAt(target, span), [{ args: [...args], span }], span);
    return otherwise;
  }

  /** Constants take the place of their names; a table or a class stays what it is called. */
  #reference(value: ReferenceValue): Value {
    const constant = this.#constant(value);
    return constant.kind === 'function' ? value : constant;
  }

  #constant(value: ReferenceValue): Value {
    if (value.module === undefined) return value;
    const target = this.#target({ module: value.module, name: value.name }, value.home, value.path.length > 0);
    const inner = value.path.reduce<Value | undefined>(step, target);
    return inner && isConstant(inner) ? placedAt(inner, value.span) : value;
  }
}

const isConstant = (value: Value): boolean => !isChainRoot(value) && value.kind !== 'chain' && value.kind !== 'unknown';

/** What is spread in, put where it belongs, as far as it is known by now. */
function spreadIn<T extends Extract<Value, { kind: 'array' | 'object' }>>(value: T): T {
  const kept: Spread[] = [];
  const items: unknown[] = [];
  const own: readonly unknown[] = value.kind === 'array' ? value.items : value.entries;
  let at = 0;
  for (const spread of value.spreads ?? []) {
    items.push(...own.slice(at, spread.at));
    at = spread.at;
    const { value: inner } = spread;
    if (inner.kind === 'undefined') continue;
    if (inner.kind !== value.kind) {
      kept.push({ ...spread, at: items.length });
      continue;
    }
    kept.push(...(inner.spreads ?? []).map((each) => ({ ...spread, ...each, at: items.length + each.at })));
    items.push(
      ...(inner.kind === 'array'
        ? inner.items
        : inner.entries.map((entry) => ({
            ...(spread.from !== undefined && { from: spread.from }),
            ...entry,
            span: inner.span,
          }))),
    );
  }
  items.push(...own.slice(at));
  const whole = {
    ...value,
    [value.kind === 'array' ? 'items' : 'entries']: items,
    complete: kept.length === 0,
    spreads: kept,
  } as unknown as T;
  if (kept.length === 0) delete whole.spreads;
  return whole;
}

/** What a decorator of another file of the project is made of there. */
function settledDecorator({ origin, args, named, span }: DecoratorRecord, path: string, lookup: Lookup): Value {
  if (!named) return settled({ kind: 'made', origin, args, span }, path, lookup);
  const constant = lookup.valueOf(origin, path, false);
  return constant ? placedAt(constant, span) : { kind: 'reference', ...origin, path: [], span };
}

/** A record with everything that other files say filled in. */
export function resolvedRecord({ record, path }: FoundClass, lookup: Lookup): ClassRecord {
  const decorators = (list: DecoratorRecord[]): DecoratorRecord[] =>
    list.flatMap((each) => {
      const followed = mayBeOfProject(each.origin.module) ? decoratorsIn(settledDecorator(each, path, lookup)) : [];
      const found = followed.length > 0 ? followed : [each];
      return found.map(({ home, origin, args, madeAt, called }: Omit<DecoratorRecord, 'span'> & { home?: string }) => ({
        origin: lookup.originOf(origin, home ?? path),
        args: args.map((argument) => settled(argument, path, lookup)),
        span: each.span,
        ...(madeAt && { madeAt }),
        ...(called && { called: called.map((argument) => settled(argument, path, lookup)) }),
        ...(followed.length === 0 && each.lists && { lists: each.lists }),
      }));
    });
  const member = (each: MemberRecord): MemberRecord => {
    const { type } = each;
    const known =
      type?.is === 'reference' && type.module !== undefined && type.name !== undefined
        ? lookup.typeOf({ module: type.module, name: type.name }, path)
        : undefined;
    return { ...each, decorators: decorators(each.decorators), ...(type && known && { type: { ...type, is: known } }) };
  };
  return { ...record, decorators: decorators(record.decorators), members: record.members.map(member) };
}
