import type { FileFacts } from '../../../ir/index.js';
import { isProjectModule } from './imports.js';
import { candidatesOf, Modules } from './modules.js';
import type { ClassRecord, DecoratorRecord, MemberRecord } from '../records.js';
import { columnKinds } from '../typeorm/columns.js';
import { relationDecorators } from '../typeorm/properties.js';
import type { FileSymbols } from './symbols.js';
import { isHole, property, type Origin, type Value } from '../values/values.js';

/** Where files may be that hold what facts wait for: constants, enums, types, base classes, re-exports. */
export function wants(files: readonly FileFacts[]): string[] {
  const search = new Search(files);
  for (const { path, symbols } of files) {
    for (const origin of symbols ? awaitedBy(symbols as FileSymbols) : []) search.follow(origin, path);
  }
  return [...search.wanted];
}

/** Follows names through the files that are known, up to those that are not. */
class Search {
  readonly wanted = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #symbols: ReadonlyMap<string, FileSymbols | undefined>;
  readonly #modules: Modules;

  constructor(files: readonly FileFacts[]) {
    this.#symbols = new Map(files.map(({ path, symbols }) => [path, symbols as FileSymbols | undefined]));
    this.#modules = new Modules(this.#symbols.keys());
  }

  follow(first: Origin, start: string): void {
    const queue = [{ origin: first, from: start }];
    for (let at = queue.pop(); at; at = queue.pop()) {
      const { origin, from } = at;
      const key = `${from}\n${origin.module}\n${origin.name}`;
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      const path = this.#modules.resolve(origin.module, from);
      if (path === undefined) {
        if (isProjectModule(origin.module)) for (const each of candidatesOf(origin.module, from)) this.wanted.add(each);
        continue;
      }
      const symbols = this.#symbols.get(path);
      if (symbols) queue.push(...onwards(symbols, origin.name).map((next) => ({ origin: next, from: path })));
    }
  }
}

/** Where a name leads on to from the file that exports it. */
function onwards(symbols: FileSymbols, name: string): Origin[] {
  const target = symbols.exports[name];
  if (target?.module !== undefined) return [{ module: target.module, name: target.name }];
  const local = target?.name ?? name;
  const promise = symbols.promises[local];
  const promised = [promise?.is, ...Object.values(promise?.members ?? {})].filter((each) => typeof each === 'object');
  const record = symbols.classes.find((each) => each.name === local);
  const found = [...referencesIn(symbols.values[local]), ...promised, ...(record ? baseOrigin(record) : [])];
  return target || found.length > 0 ? found : symbols.stars.map((module) => ({ module, name }));
}

const baseOrigin = ({ base }: ClassRecord): Origin[] =>
  base?.module === undefined ? [] : [{ module: base.module, name: base.name }];

/** What the facts of a file need of others. Imports that they do not depend on are left alone. */
function awaitedBy({ classes, pending }: FileSymbols): Origin[] {
  const bases = new Map(classes.map((record) => [record.name, record]));
  const origins = [...(pending?.values ?? []), ...(pending?.types ?? [])];
  for (const record of classes) {
    if (!isModel(record)) continue;
    origins.push(...classOrigins(record));
    let base = record.base && record.base.module === undefined ? bases.get(record.base.name) : undefined;
    for (let hops = 0; base && hops < 20; hops++) {
      origins.push(...classOrigins(base));
      base = base.base && base.base.module === undefined ? bases.get(base.base.name) : undefined;
    }
  }
  return origins;
}

const modelDecorators = new Set([
  'Entity',
  'ChildEntity',
  'ViewEntity',
  ...Object.keys(columnKinds),
  ...relationDecorators,
]);

const isModel = (record: ClassRecord): boolean =>
  [record, ...record.members].some(({ decorators }) =>
    decorators.some(
      ({ origin }) =>
        origin.module === 'typeorm' || (isProjectModule(origin.module) && modelDecorators.has(origin.name)),
    ),
  );

function classOrigins(record: ClassRecord): Origin[] {
  return [
    ...baseOrigin(record),
    ...record.decorators.flatMap(decoratorOrigins),
    ...record.members.flatMap((member) => [...member.decorators.flatMap(decoratorOrigins), ...typeOrigin(member)]),
  ];
}

function decoratorOrigins({ origin, args }: DecoratorRecord): Origin[] {
  if (isProjectModule(origin.module)) return [origin, ...args.flatMap(referencesIn)];
  return origin.module === 'typeorm' ? args.flatMap(referencesIn) : [];
}

/** The annotation counts where it alone says what the column's type is. */
function typeOrigin({ type, decorators }: MemberRecord): Origin[] {
  if (type?.is !== 'reference' || type.module === undefined || type.name === undefined) return [];
  const reflected = decorators.some(
    ({ origin, args: [first] }) =>
      Object.hasOwn(columnKinds, origin.name) &&
      (first === undefined || (first.kind === 'object' && property(first, 'type') === undefined)),
  );
  return reflected ? [{ module: type.module, name: type.name }] : [];
}

/** What a value names in other files. A transformer works at run time and says nothing of the column. */
function referencesIn(value: Value | undefined): Origin[] {
  switch (value?.kind) {
    case 'reference':
      return value.module === undefined ? [] : [{ module: value.module, name: value.name }];
    case 'text':
      return value.parts.flatMap((part) => (isHole(part) ? referencesIn(part.of) : []));
    case 'array':
      return value.items.flatMap(referencesIn);
    case 'object':
      return value.entries.flatMap(({ key, value: each }) => (key === 'transformer' ? [] : referencesIn(each)));
    case 'function':
      return referencesIn(value.returns);
    case 'oneOf':
      return value.values.flatMap(referencesIn);
    default:
      return [];
  }
}
