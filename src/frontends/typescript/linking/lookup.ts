import type { ClassRecord, DecoratorRecord, MemberRecord } from '../records.js';
import { joined, partsOf } from '../values/evaluate.js';
import type { TypePromise } from '../values/promises.js';
import type { RuntimeType } from '../values/types.js';
import { isHole, placedAt, type Origin, type Value } from '../values/values.js';

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
  /** An exported constant or enum; with `owner`, also the constants of an exported class. */
  valueOf(origin: Origin, from: string, owner: boolean): Value | undefined;
  typeOf(origin: Origin, from: string): RuntimeType | undefined;
  /** What an exported type promises, settled through the types that it names. */
  promiseOf(origin: Origin, from: string): TypePromise | undefined;
  /** Classes that name this one as their base, directly. */
  derivedFrom(found: FoundClass): FoundClass[];
}

/** A value with its references to other files replaced by what they stand for, where that is known. */
export function settled(value: Value, from: string, lookup: Pick<Lookup, 'valueOf'>): Value {
  switch (value.kind) {
    case 'text': {
      if (!value.parts.some((part) => isHole(part) && part.of)) return value;
      const parts = value.parts.flatMap((part) =>
        isHole(part) && part.of ? partsOf(settled(part.of, from, lookup), part.span) : [part],
      );
      return joined(parts, value.span);
    }
    case 'oneOf':
      return { ...value, values: value.values.map((each) => settled(each, from, lookup)) };
    case 'reference': {
      if (value.module === undefined) return value;
      const target = lookup.valueOf({ module: value.module, name: value.name }, from, value.path.length > 0);
      const inner = value.path.reduce<Value | undefined>(step, target);
      return inner ? placedAt(inner, value.span) : value;
    }
    case 'array':
      return { ...value, items: value.items.map((item) => settled(item, from, lookup)) };
    case 'object':
      return {
        ...value,
        entries: value.entries.map((entry) => ({ ...entry, value: settled(entry.value, from, lookup) })),
      };
    case 'function':
      return value.returns ? { ...value, returns: settled(value.returns, from, lookup) } : value;
    default:
      return value;
  }
}

function step(value: Value | undefined, key: string): Value | undefined {
  if (value?.kind === 'object') return value.entries.findLast((entry) => entry.key === key)?.value;
  return value?.kind === 'array' ? value.items[Number(key)] : undefined;
}

/** A record with everything that other files say filled in. */
export function resolvedRecord({ record, path }: FoundClass, lookup: Lookup): ClassRecord {
  const decorators = (list: DecoratorRecord[]): DecoratorRecord[] =>
    list.map((each) => ({
      ...each,
      origin: lookup.originOf(each.origin, path),
      args: each.args.map((argument) => settled(argument, path, lookup)),
    }));
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
