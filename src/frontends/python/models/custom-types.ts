import type { Reading } from '../reading.js';
import type { Expr } from '../syntax/nodes.js';
import { canonical } from '../values/names.js';
import { none, type Arg, type CallValue, type ClassValue, type Value } from '../values/value.js';
import { isTypeName } from './types.js';

/** Types that stand for each other in a longer chain are unknown. */
const maxChain = 8;

const decorator = /^sqlalchemy\.TypeDecorator$/;

/**
 * The library's type that a type of the project stands for: what a TypeDecorator's `impl` or `load_dialect_impl()` gives
 * in the dialect, or the type that a class inherits from. Other values come back as they are, a type of which this is
 * not known too.
 */
export function standIn(value: Value, at: Expr, reading: Reading, depth = 0): Value {
  if (depth > maxChain) return value;
  const inner = (arg: Arg): Arg => ({ ...arg, value: standIn(arg.value, at, reading, depth + 1) });
  if (value.kind === 'call' && /^sqlalchemy\.ARRAY$|\.as_mutable$|\.with_variant$/.test(value.func)) {
    const of = value.of && standIn(value.of, at, reading, depth + 1);
    return {
      ...value,
      args: value.args.map((arg, index) => (index === 0 ? inner(arg) : arg)),
      ...(of?.kind === 'call' && { of }),
    };
  }
  const named = value.kind === 'call' ? ({ kind: 'ref', name: value.func } as const) : value;
  const found = reading.interpreter.classOf(named);
  if (found === undefined) return value;
  const stands = standsFor(found, value.kind === 'call' ? value : undefined, at, reading);
  return stands === undefined ? value : standIn(stands, at, reading, depth + 1);
}

function standsFor(owner: ClassValue, call: CallValue | undefined, at: Expr, reading: Reading): Value | undefined {
  const { interpreter, dialect } = reading;
  const root = interpreter
    .outsideBases(owner)
    .map(canonical)
    .find((name) => decorator.test(name) || isTypeName(name));
  if (root === undefined) return undefined;
  const constructor = interpreter.memberOf(owner, '__init__');
  const handed = constructor === undefined ? call : handedOn(owner, constructor, call, at, reading);
  if (!decorator.test(root)) return withArguments({ kind: 'ref', name: root }, handed);
  const impl = interpreter.memberOf(owner, 'impl');
  const chosen = interpreter.memberOf(owner, 'load_dialect_impl');
  const own = impl && withArguments(impl, handed);
  if (chosen === undefined) return own;
  const asked: Value = { kind: 'member', of: 'Dialect', name: engineNames[dialect] ?? dialect, value: none };
  const given = dialect === 'unknown' ? undefined : interpreter.apply(chosen, [owner, asked], at);
  if (given === undefined || given.kind === 'unknown')
    return { kind: 'unknown', reason: 'the type depends on the dialect' };
  const isImpl =
    (given.kind === 'ref' && given.name.endsWith('.impl')) ||
    (given.kind === 'call' && given.func === 'super().load_dialect_impl');
  return isImpl ? own : given;
}

/** The call of the library's constructor that a constructor of the project makes. */
function handedOn(
  owner: ClassValue,
  constructor: Value,
  call: CallValue | undefined,
  at: Expr,
  { interpreter }: Reading,
): CallValue | undefined {
  const calls = interpreter.callsOf(
    constructor,
    { ...call, args: [{ value: owner, node: at }, ...(call?.args ?? [])] },
    at,
  );
  return calls.find(({ func }) => func === 'super().__init__');
}

/** SQLAlchemy's names of dialects where ours are others. */
const engineNames: { [dialect: string]: string } = { tsql: 'mssql', cockroachdb: 'postgresql' };

/** A type class with the arguments that the class that stands for it was called with. */
function withArguments(type: Value, call: CallValue | undefined): Value {
  if (call?.open === true) return { kind: 'unknown', reason: 'the arguments of the type are not known' };
  if (call === undefined || (call.args.length === 0 && call.keywords.length === 0)) return type;
  return type.kind === 'ref' ? { ...call, func: canonical(type.name) } : type;
}
