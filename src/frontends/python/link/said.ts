import type { Column, FileFacts } from '../../../ir/index.js';
import type { ModuleSymbols, RawColumn } from '../models/raw.js';
import type { Lineage } from './lineage.js';
import type { World } from './world.js';

interface Place {
  world: World;
  module: ModuleSymbols;
}

/** Whether an annotation takes None where its type is an alias of another module. */
export function followAlias(column: Column, { pythonType, annotated }: RawColumn, { world, module }: Place): void {
  const { annotation } = column;
  const type = pythonType ?? annotated;
  if (annotation === undefined || annotation.nullable === true || !type?.includes('.')) return;
  const found = world.find(type, module.module);
  const isRead = (name: string) => world.module(name.slice(0, name.lastIndexOf('.')), module.module) !== undefined;
  if (found?.kind === 'annotated') annotation.nullable = found.raw.column.annotation?.nullable ?? 'unknown';
  else if (pythonType !== undefined && found === undefined && isRead(pythonType)) annotation.nullable = 'unknown';
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

const listened = new WeakMap<World, ReadonlySet<string>>();

/** What sets an attribute when a row changes, apart from its column: a method of the class or of a base, or a listener. */
export function setterOf(attribute: string, { classes }: Lineage, world: World): Column['assigned'] {
  if (classes.some(({ module }) => module.assigned.self.includes(attribute))) return 'class';
  let names = listened.get(world);
  if (names === undefined) {
    names = new Set(world.modules.flatMap(({ assigned }) => assigned.listened));
    listened.set(world, names);
  }
  return names.has(attribute) ? 'listener' : undefined;
}

/** Files that may hold the functions that columns name as their defaults: below any folder above the file that names one. */
export function wantedMakers(files: readonly FileFacts[]): string[] {
  const wanted = new Set<string>();
  for (const { path, tables, scope } of files) {
    if (scope === 'test') continue;
    const folders = path.split('/').slice(0, -1);
    for (const { default: given, onChange } of tables.flatMap(({ columns }) => columns)) {
      for (const { value } of [given, onChange].filter((each) => each !== undefined)) {
        if (value?.kind !== 'call' || value.through !== undefined || !/now|time/i.test(value.name)) continue;
        const module = value.name.split('.').slice(0, -1).join('/');
        if (module === '' || /^(?:datetime|time|sqlalchemy)\b/.test(module)) continue;
        for (let at = 0; at <= folders.length; at += 1) wanted.add([...folders.slice(0, at), `${module}.py`].join('/'));
      }
    }
  }
  return [...wanted];
}
