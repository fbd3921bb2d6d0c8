import type { ColumnType } from '../../../ir/index.js';
import type { ModuleSymbols } from '../models/raw.js';
import type { Lineage } from './lineage.js';
import type { World } from './world.js';

/** A base's `type_annotation_map`, and the module whose names its keys are. */
export interface TypeMap {
  types: { [pythonType: string]: ColumnType };
  module: string;
}

/** The map that holds for a class: the nearest one among its bases. */
export function typeMapOf({ classes }: Lineage): TypeMap | undefined {
  const giver = classes.find(({ raw }) => raw.typeMap);
  return giver?.raw.typeMap && { types: giver.raw.typeMap, module: giver.module.module };
}

/** The column type that a map gives an annotation: by its name, or as the same alias under another name. */
export function mappedType(
  pythonType: string | undefined,
  map: TypeMap | undefined,
  from: ModuleSymbols,
  world: World,
): ColumnType | undefined {
  if (pythonType === undefined || map === undefined) return undefined;
  if (Object.hasOwn(map.types, pythonType)) return map.types[pythonType];
  const found = pythonType.includes('.') ? world.find(pythonType, from.module) : undefined;
  if (found?.kind !== 'annotated') return undefined;
  const key = Object.keys(map.types).find((each) => {
    const other = each.includes('.') ? world.find(each, map.module) : undefined;
    return other?.kind === 'annotated' && other.raw === found.raw;
  });
  return key === undefined ? undefined : map.types[key];
}
