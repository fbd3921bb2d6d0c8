import type { Column } from '../../../ir/index.js';
import type { ModuleSymbols, RawColumn } from '../models/raw.js';
import type { World } from './world.js';

interface Place {
  world: World;
  module: ModuleSymbols;
}

/** Whether an annotation takes None where its type is an alias of another module. */
export function followAlias(column: Column, { pythonType }: RawColumn, { world, module }: Place): void {
  const { annotation } = column;
  if (annotation === undefined || annotation.nullable === true || !pythonType?.includes('.')) return;
  const found = world.find(pythonType, module.module);
  if (found?.kind === 'annotated') annotation.nullable = found.raw.column.annotation?.nullable ?? 'unknown';
  else if (found === undefined && world.module(pythonType.slice(0, pythonType.lastIndexOf('.')), module.module))
    annotation.nullable = 'unknown';
}

/** What defaults give that are functions of another module. */
export function followMakers({ default: given, onChange }: Column, { world, module }: Place): void {
  for (const each of [given, onChange]) {
    const value = each?.value;
    if (each === undefined || value?.kind !== 'call' || value.through !== undefined) continue;
    const found = world.find(value.name, module.module);
    if (found?.kind !== 'maker') continue;
    const through = value.name.split('.').at(-1) ?? value.name;
    each.value = { ...found.gives, through, ...(value.once && { once: true as const }) };
  }
}
