import type { Dialect, Span } from '../../../ir/index.js';
import type { LinkedFile } from '../library.js';
import { resolvedRecord, settled, type Lookup } from '../linking/lookup.js';
import { textOf, type Value } from '../values/values.js';
import { entityOfClass } from './from-class.js';
import { entityOfSchema } from './from-object.js';
import type { EntityRecord, FoundEntity, PropertyRecord } from './entity-record.js';
import { isMikro } from './modules.js';
import type { NamingStrategy } from './names.js';
import { returned } from './options.js';
import type { SchemaRecord } from './schemas.js';

/** What a file declares for MikroORM. */
export interface Declared {
  schemas?: SchemaRecord[];
}

/** What all columns and names of an entity hang on. */
export interface Surroundings {
  dialect: Dialect;
  strategy: NamingStrategy;
  /** The project replaces the naming strategy by one that is not known. */
  namesUnknown: boolean;
  provider: 'reflect' | 'ts-morph' | 'unknown';
  prefixMode: 'absolute' | 'relative';
  /** Initial values of properties are defaults of the server. */
  infersDefaults: boolean;
  version: 6 | 7;
  deleteRule?: string;
  updateRule?: string;
}

const maxBases = 20;

/** A class with its bases, the farthest first, and where the class in hand names the one that leads there. */
export interface Lineage {
  chain: FoundEntity[];
  missing?: string;
}

/** All entities of a project, and what leads from one to another. */
export class World {
  readonly entities: FoundEntity[] = [];
  /** Those whose key is being worked out. */
  readonly open = new Set<EntityRecord>();
  readonly #lineages = new Map<FoundEntity, Lineage>();
  readonly #byPlace = new Map<string, FoundEntity>();
  readonly #byName = new Map<string, FoundEntity[]>();

  constructor(
    files: readonly LinkedFile[],
    private readonly lookup: Lookup,
    declared: (file: LinkedFile) => Declared | undefined,
  ) {
    for (const file of files) {
      const { path, symbols } = file;
      for (const { schemas } of [declared(file) ?? {}]) {
        for (const schema of schemas ?? []) {
          const record = entityOfSchema(schema, settled(schema.meta, path, lookup));
          if (record) this.#add({ record, path }, schema.variable);
        }
      }
      for (const each of symbols.classes) {
        const record = entityOfClass(resolvedRecord({ record: each, path }, lookup));
        if (!record) continue;
        const properties = record.properties.map((declared) => begun(declared, path, lookup));
        this.#add({ record: { ...record, properties }, path }, each.name);
      }
    }
  }

  #add(found: FoundEntity, local: string | undefined): void {
    const { className } = found.record;
    // `new EntitySchema({ class: User })` speaks for the class.
    this.entities.push(found);
    if (local !== undefined) this.#byPlace.set(`${found.path}#${local}`, found);
    this.#byPlace.set(`${found.path}#${className}`, found);
    this.#byName.set(className, [...(this.#byName.get(className) ?? []), found]);
  }

  /** The entity that a value names: a class, a schema, a function that gives one, or the name of one as text. */
  targetOf(value: Value | undefined, from: string): FoundEntity | undefined {
    const to = returned(value);
    if (to?.kind === 'reference') return this.named(to.name, to.module, to.home ?? from);
    const name = textOf(to);
    return name === undefined ? undefined : this.named(name, undefined, from);
  }

  named(name: string, module: string | undefined, from: string): FoundEntity | undefined {
    if (module === undefined) return this.#byPlace.get(`${from}#${name}`) ?? this.#unique(name);
    const place = this.lookup.placeOf({ module, name }, from);
    return (place && this.#byPlace.get(`${place.path}#${place.name}`)) ?? this.#unique(name);
  }

  #unique(name: string): FoundEntity | undefined {
    const found = this.#byName.get(name);
    return found?.length === 1 ? found[0] : undefined;
  }

  /** The base of an entity; a class between two entities may have nothing of MikroORM's. */
  #baseOf({ record, path }: FoundEntity): FoundEntity | 'none' | 'missing' {
    const { base } = record;
    if (!base || (base.module !== undefined && isMikro({ module: base.module, name: base.name }))) return 'none';
    const known = this.named(base.name, base.module, path);
    if (known) return known;
    const plain = this.lookup.classOf(base.name, base.module, path);
    if (!plain) return base.module === undefined && record.reflected ? 'none' : 'missing';
    return { record: withoutProperties(plain.record), path: plain.path };
  }

  lineageOf(found: FoundEntity): Lineage {
    const known = this.#lineages.get(found) ?? this.#lineage(found);
    this.#lineages.set(found, known);
    return known;
  }

  #lineage(found: FoundEntity): Lineage {
    const chain = [found];
    for (;;) {
      const first = chain[0]!;
      const base = this.#baseOf(first);
      if (base === 'none' || chain.length > maxBases) return { chain };
      if (base === 'missing')
        return { chain, missing: `the base class ${first.record.base!.name} is not in the project` };
      if (chain.some((each) => each.record === base.record)) return { chain };
      chain.unshift(base);
    }
  }

  /** The entity whose table an entity shares: the root of a hierarchy in one table, or the entity itself. */
  rootOf(found: FoundEntity): FoundEntity {
    return this.lineageOf(found).chain.find(({ record }) => discriminatorOf(record) !== undefined) ?? found;
  }

  /** The classes below a root, in the order of their declaration. */
  descendantsOf(root: FoundEntity): FoundEntity[] {
    return this.entities.filter((each) => each !== root && this.lineageOf(each).chain.includes(root));
  }
}

/** The column by which a hierarchy in one table tells its classes apart. */
export const discriminatorOf = ({ options }: EntityRecord): Value | undefined => {
  const value =
    options.kind === 'object' ? options.entries.findLast(({ key }) => key === 'discriminatorColumn') : undefined;
  return value?.value;
};

/** A property whose initial value may be a constant of another file. */
function begun(declared: PropertyRecord, path: string, lookup: Lookup): PropertyRecord {
  const { initial } = declared;
  return initial ? { ...declared, initial: { ...initial, value: settled(initial.value, path, lookup) } } : declared;
}

function withoutProperties({
  name,
  nameSpan,
  span,
  base,
}: {
  name: string;
  nameSpan: Span;
  span: Span;
  base?: { name: string; module?: string; span: Span };
}): EntityRecord {
  return {
    className: name,
    nameSpan,
    span,
    role: 'base',
    options: { kind: 'object', entries: [], complete: true, span },
    ...(base && { base }),
    properties: [],
    extras: [],
    reflected: true,
  };
}
