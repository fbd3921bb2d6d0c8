import type { Dialect, EnumType } from '../../../ir/index.js';
import type { Convention } from '../models/naming.js';
import type { ModuleSymbols, RawTable, RawTableArgs } from '../models/raw.js';
import { collectionOfLineage, conventionOf } from './collections.js';
import { lineageOf, type Lineage } from './lineage.js';
import { typeMapOf, type TypeMap } from './type-map.js';
import type { World } from './world.js';

/** What the tables of one class or file are put together with. */
export interface Context {
  /** Enum types that the columns bring along, by name. */
  enums: Map<string, EnumType>;
  world: World;
  module: ModuleSymbols;
  dialect: Dialect;
  convention?: Convention;
  /** Id of the metadata that the table is declared on. */
  collection?: string;
  typeMap?: TypeMap;
}

export function contextOf(
  module: ModuleSymbols,
  world: World,
  dialect: Dialect,
  lineage: Lineage,
  enums: Context['enums'],
): Context {
  const typeMap = typeMapOf(lineage);
  const id = collectionOfLineage(lineage, world);
  const convention = id === undefined ? undefined : conventionOf(id, world);
  return {
    enums,
    world,
    module,
    dialect,
    ...(typeMap && { typeMap }),
    ...(id !== undefined && { collection: id }),
    ...(convention && { convention }),
  };
}

/** The schema that the metadata of a class gives to its tables. */
export function metadataSchema(lineage: Lineage, world: World): string | undefined {
  for (const { module, raw } of lineage.classes) {
    if (raw.convention !== undefined || raw.metadataSchema !== undefined) return raw.metadataSchema;
    if (raw.metadataRef === undefined) continue;
    const found =
      world.find(raw.metadataRef, module.module) ?? world.find(`${module.module}.${raw.metadataRef}`, module.module);
    if (found?.kind === 'metadata') return found.metadata.schema;
  }
  return undefined;
}

/** The schema that a `Table(…)` is given, or that its metadata has. */
export function schemaOfObject({ args, metadata, name }: RawTable, { world, module }: Context): RawTableArgs['schema'] {
  if (args.schema !== undefined || metadata === undefined) return args.schema;
  const found = world.find(metadata, module.module);
  const base = metadata.endsWith('.metadata')
    ? world.find(metadata.slice(0, -'.metadata'.length), module.module)
    : found;
  const schema =
    found?.kind === 'metadata'
      ? found.metadata.schema
      : base?.kind === 'class'
        ? metadataSchema(lineageOf(base, world), world)
        : undefined;
  return schema === undefined ? undefined : { value: schema, span: name.span };
}
