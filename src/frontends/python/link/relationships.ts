import type { FileFacts, ForeignKey, Relationship, Table } from '../../../ir/index.js';
import type { ModuleSymbols, RawRelationship, RevisionSymbols } from '../models/raw.js';
import { exactName } from '../source.js';
import { lineageOf } from './lineage.js';
import type { World } from './world.js';

const raws = new WeakMap<Relationship, RawRelationship>();

/** Keeps what a relationship was made of until all tables are known. */
export function remember(relationship: Relationship, raw: RawRelationship): Relationship {
  raws.set(relationship, raw);
  return relationship;
}

interface Place {
  table: Table;
  file: FileFacts;
}

/** The tables of all files, by what a relationship may call them. */
class Places {
  #byClass = new Map<string, Place[]>();
  #byName = new Map<string, Place[]>();

  constructor(
    files: readonly FileFacts[],
    readonly world: World,
  ) {
    for (const file of files) {
      for (const table of file.tables) {
        const { schema, name } = table.name;
        const full = schema === undefined ? name.value : `${schema.value}.${name.value}`;
        if (table.className !== undefined) push(this.#byClass, table.className, { table, file });
        if (table.role === 'table') push(this.#byName, full, { table, file });
      }
    }
  }

  /** The table of a class; that of its nearest mapped ancestor where it has none of its own. */
  ofClass(name: string): Place | undefined {
    const own = only(this.#byClass.get(name));
    if (own !== undefined || this.#byClass.has(name)) return own;
    const found = this.world.classesNamed(name);
    const [start] = found;
    if (start === undefined || found.length > 1) return undefined;
    for (const { raw } of lineageOf(start, this.world).classes) {
      const place = only(this.#byClass.get(raw.name));
      if (place?.table.role === 'table') return place;
    }
    return undefined;
  }

  named(name: string): Place | undefined {
    return only(this.#byName.get(name));
  }

  /** The foreign keys of a class's table and of the tables that it joins above it. */
  keysFrom(table: Table): ForeignKey[] {
    const found = table.className === undefined ? [] : this.world.classesNamed(table.className);
    const [start] = found;
    const above =
      start === undefined || found.length > 1
        ? []
        : lineageOf(start, this.world).classes.flatMap(({ raw }) => only(this.#byClass.get(raw.name))?.table ?? []);
    return [...new Set([table, ...above])].flatMap(keysOf);
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const same = map.get(key);
  if (same === undefined) map.set(key, [value]);
  else same.push(value);
}

const only = <T>(found: readonly T[] | undefined): T | undefined => (found?.length === 1 ? found[0] : undefined);

const keysOf = (table: Table): ForeignKey[] =>
  [...table.constraints, ...table.columns.flatMap(({ constraints }) => constraints)].filter(
    (constraint) => constraint.kind === 'foreign',
  );

const isTo = (key: ForeignKey, { name }: Table): boolean =>
  key.target?.name.value === name.name.value && (key.target.schema?.value ?? '') === (name.schema?.value ?? '');

/** Which side of a relationship holds the foreign key, what it goes through, and the attribute that `backref=` makes. */
export function resolveRelationships(files: readonly FileFacts[], world: World): void {
  const places = new Places(files, world);
  const made: { at: Place; relationship: Relationship }[] = [];
  for (const file of files) {
    const symbols = file.symbols as ModuleSymbols | RevisionSymbols | undefined;
    const module = symbols === undefined || 'revision' in symbols ? undefined : symbols;
    for (const table of file.tables) {
      for (const relationship of table.relationships) {
        const raw = raws.get(relationship);
        if (raw === undefined || module === undefined) continue;
        const through = raw.through && throughTable(raw.through, module, places);
        if (through !== undefined) relationship.through = { ...through.table.name, span: relationship.span };
        const other = relationship.target === undefined ? undefined : places.ofClass(relationship.target);
        if (other === undefined) continue;
        if (relationship.kind === 'unknown') relationship.kind = kindOf(relationship, raw, table, other.table, places);
        const generated = generatedBy(relationship, raw, table);
        if (generated !== undefined && other.table.role === 'table') made.push({ at: other, relationship: generated });
      }
    }
  }
  for (const { at, relationship } of made) {
    const { table } = at;
    if (table.relationships.some(({ attribute }) => attribute.value === relationship.attribute.value)) continue;
    const span = table.name.span;
    table.relationships.push({
      ...relationship,
      attribute: exactName(relationship.attribute.value, span),
      span,
      ...(relationship.through && { through: { ...relationship.through, span } }),
    });
  }
  for (const file of files)
    for (const { relationships } of file.tables) relationships.forEach((each) => pair(each, places));
}

/** The side that holds the key of a scalar on the other side is one of a pair. */
function pair(relationship: Relationship, places: Places): void {
  if (relationship.kind !== 'many-to-one' || relationship.target === undefined) return;
  const other = places.ofClass(relationship.target)?.table.relationships;
  const inverse = other?.find(({ attribute }) => attribute.value === relationship.inverse);
  if (inverse?.kind === 'one-to-one') relationship.kind = 'one-to-one';
}

function throughTable(
  through: NonNullable<RawRelationship['through']>,
  { module }: ModuleSymbols,
  places: Places,
): Place | undefined {
  if ('text' in through) return places.named(through.text) ?? places.ofClass(through.text.split('.').at(-1) ?? '');
  const found = places.world.find(through.ref, module);
  if (found?.kind === 'table') {
    const { schema } = found.raw.args;
    return places.named(schema === undefined ? found.raw.name.value : `${schema.value}.${found.raw.name.value}`);
  }
  return found?.kind === 'class' ? places.ofClass(found.raw.name) : undefined;
}

function kindOf(
  { keyedBy, collection }: Relationship,
  { remote }: RawRelationship,
  own: Table,
  other: Table,
  places: Places,
): Relationship['kind'] {
  const named = (keys: ForeignKey[], table: Table, names: readonly string[]) =>
    keys.some(({ columns }) =>
      columns.some(({ value }) => {
        const attribute = table.columns.find(({ name }) => name.value === value)?.attribute;
        return names.includes(value) || (attribute !== undefined && names.includes(attribute));
      }),
    );
  const forward = places.keysFrom(own).filter((key) => isTo(key, other));
  const backward = places.keysFrom(other).filter((key) => isTo(key, own));
  const scalar = collection === false ? 'one-to-one' : 'one-to-many';
  if (forward.length === 0 && backward.length === 0) return 'unknown';
  if (own === other) {
    // Without a remote side it is the key that is far away.
    return remote === undefined || named(forward, own, remote) ? scalar : 'many-to-one';
  }
  if (backward.length === 0) return 'many-to-one';
  if (forward.length === 0) return scalar;
  if (keyedBy === undefined) return 'unknown';
  const [here, there] = [named(forward, own, keyedBy), named(backward, other, keyedBy)];
  return here === there ? 'unknown' : here ? 'many-to-one' : scalar;
}

const opposite: { [kind in Relationship['kind']]: Relationship['kind'] } = {
  'many-to-one': 'one-to-many',
  'one-to-many': 'many-to-one',
  'one-to-one': 'one-to-one',
  'many-to-many': 'many-to-many',
  unknown: 'unknown',
};

function generatedBy(relationship: Relationship, raw: RawRelationship, own: Table): Relationship | undefined {
  if (raw.backref === undefined || own.className === undefined || own.role !== 'table') return undefined;
  const turned = opposite[relationship.kind];
  return {
    attribute: exactName(raw.backref, relationship.span),
    kind: turned === 'one-to-many' && raw.backrefMany === false ? 'one-to-one' : turned,
    target: own.className,
    inverse: relationship.attribute.value,
    generated: true,
    ...(raw.backrefMany !== undefined && { collection: raw.backrefMany }),
    ...(relationship.through && { through: relationship.through }),
    ...(raw.backrefLoading !== undefined && { loading: raw.backrefLoading }),
    span: relationship.span,
    uncertain: [],
  };
}
