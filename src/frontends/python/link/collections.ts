import type { Metadata } from '../../../ir/index.js';
import type { ModuleSymbols, RawCollection, RawTable } from '../models/raw.js';
import type { Convention } from '../models/naming.js';
import { canonical } from '../values/names.js';
import type { Lineage } from './lineage.js';
import type { World } from './world.js';

/** What tables of a project are declared on, by id. */
interface Collections {
  made: Map<string, { raw: RawCollection; module: string }>;
  /** Conventions that are set on one that is there. */
  assigned: Map<string, Convention[]>;
  /** The only instance of Flask-SQLAlchemy's `SQLAlchemy`. */
  flask?: string;
}

const known = new WeakMap<World, Collections>();

function collectionsOf(world: World): Collections {
  let found = known.get(world);
  if (found !== undefined) return found;
  found = { made: new Map(), assigned: new Map() };
  known.set(world, found);
  const flask: string[] = [];
  for (const { module, collections } of world.modules) {
    for (const raw of collections) {
      if (raw.name === undefined) continue;
      const id = `${module}.${raw.name}`;
      found.made.set(id, { raw, module });
      if (raw.made === 'flask-sqlalchemy') flask.push(id);
    }
  }
  const [only, ...others] = flask;
  if (only !== undefined && others.length === 0) found.flask = only;
  for (const { module, collections } of world.modules) {
    for (const { made, of, convention } of collections) {
      if (made !== 'assignment' || of === undefined) continue;
      const id = rootOf(of, module, world);
      if (id !== undefined) found.assigned.set(id, [...(found.assigned.get(id) ?? []), convention ?? {}]);
    }
  }
  return found;
}

const library = /^sqlmodel\.SQLModel$/;
const flaskRoot = /^flask_sqlalchemy(?:\.SQLAlchemy\(\))?(?:\.Model|\.metadata)?$/;
const maxHops = 8;

/** The id of what a dotted name leads to, as it is made there. */
function idOf(name: string, from: string, world: World): string | undefined {
  if (library.test(name)) return name;
  if (flaskRoot.test(name)) return collectionsOf(world).flask;
  if (collectionsOf(world).made.has(name)) return name;
  const imported = importedAs(name, from, world);
  if (imported !== undefined && (library.test(imported) || flaskRoot.test(imported)))
    return idOf(imported, from, world);
  const found = world.find(name, from) ?? world.find(`${from}.${name}`, from);
  if (found?.kind === 'class') return `${found.module.module}.${found.raw.name}`;
  return found?.kind === 'metadata' || found?.kind === 'collection'
    ? `${found.module.module}.${found.name}`
    : undefined;
}

/** What a module that hands on a library's name has imported under it. */
function importedAs(name: string, from: string, world: World): string | undefined {
  const dot = name.lastIndexOf('.');
  const imports = dot < 0 ? undefined : world.module(name.slice(0, dot), from)?.imports;
  const last = name.slice(dot + 1);
  return imports && Object.hasOwn(imports, last) ? canonical(imports[last] ?? '') : undefined;
}

/**
 * The id of the collection that has the tables in the end: a base takes the one that it is given.
 * @param name dotted, of a base, a `MetaData` object or an instance of `SQLAlchemy`
 * @param from the module that names it
 */
export function rootOf(name: string, from: string, world: World): string | undefined {
  let [id, module] = [idOf(name, from, world), from];
  for (let hops = 0; id !== undefined && hops < maxHops; hops += 1) {
    const made = collectionsOf(world).made.get(id);
    if (made === undefined) return library.test(id) ? id : inherited(id, module, world);
    if (made.raw.of === undefined) return id;
    ({ module } = made);
    id = idOf(made.raw.of, module, world);
  }
  return undefined;
}

/** A class that says nothing of metadata has that of its bases. */
function inherited(id: string, from: string, world: World): string | undefined {
  const found = world.find(id, from);
  if (found?.kind !== 'class') return undefined;
  for (const base of found.raw.bases) {
    const parent = base === id ? undefined : idOf(base, found.module.module, world);
    if (parent !== undefined && (library.test(parent) || collectionsOf(world).made.has(parent))) {
      return collectionsOf(world).made.get(parent)?.raw.of === undefined
        ? parent
        : rootOf(parent, found.module.module, world);
    }
  }
  return undefined;
}

/** The id of what a class and those below it are declared on; undefined where it is not known. */
export function collectionOfLineage(lineage: Lineage, world: World): string | undefined {
  const { made } = collectionsOf(world);
  for (const { module, raw } of lineage.classes) {
    const id = `${module.module}.${raw.name}`;
    if (made.has(id)) return rootOf(id, module.module, world);
  }
  if (lineage.orm === 'sqlmodel') return 'sqlmodel.SQLModel';
  return lineage.orm === 'flask-sqlalchemy' ? flaskOf(world) : undefined;
}

function flaskOf(world: World): string | undefined {
  const { flask } = collectionsOf(world);
  return flask === undefined ? undefined : rootOf(flask, '', world);
}

/** The id of what a `Table(…)` object is declared on. */
export function collectionOf({ collection }: RawTable, { module }: ModuleSymbols, world: World): string | undefined {
  return collection === undefined ? undefined : rootOf(collection, module, world);
}

/** The templates that hold for the tables of a collection; undefined where there are none, or several sets of them. */
export function conventionOf(id: string, world: World): Convention | undefined {
  const { made, assigned } = collectionsOf(world);
  const set = assigned.get(id);
  return set === undefined ? made.get(id)?.raw.convention : set.length === 1 ? set[0] : undefined;
}

/** The templates that hold for what a dotted name leads to: a collection, or the `metadata` of one. */
export function conventionFor(name: string, from: string, world: World): Convention | undefined {
  for (const each of [name, name.replace(/\.metadata$/, ''), canonical(name)]) {
    const id = rootOf(each, from, world);
    if (id !== undefined) return conventionOf(id, world);
  }
  return undefined;
}

/** The metadata facts of a file with the ids of other files in them. */
export function linkedMetadata(metadata: readonly Metadata[], symbols: ModuleSymbols, world: World): Metadata[] {
  return metadata.map((fact, at) => {
    const of = symbols.collections[at]?.of;
    if (of === undefined) return fact;
    const id = rootOf(of, symbols.module, world);
    const linked = { ...fact, of: id ?? of, ...(symbols.collections[at]?.name === undefined && { id: id ?? of }) };
    if (id !== undefined) return linked;
    return { ...linked, uncertain: [{ about: 'everything' as const, reason: `${of} is not in the project` }] };
  });
}
