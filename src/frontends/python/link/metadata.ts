import type { ModuleSymbols } from '../models/raw.js';
import { isBase } from './lineage.js';
import type { World } from './world.js';

type Metadata = ModuleSymbols['metadata'][string];

/**
 * `MetaData` objects that no declarative base, no env.py and no `create_all()` uses, in a project that has such a base
 * or an env.py: what is declared on them is no table of the project's schema, but a view of other data.
 */
export function strayMetadata(world: World): ReadonlySet<Metadata> {
  const { modules } = world;
  const targets = modules.flatMap(({ target, module }) => (target === undefined ? [] : [{ name: target, module }]));
  const bases = modules.flatMap(({ classes, module }) => classes.filter(isBase).map((raw) => ({ raw, module })));
  const none = new Set<Metadata>();
  if (targets.some(({ name }) => name === '') || targets.length + bases.length === 0) return none;
  const resolve = (name: string, module: string): Metadata | undefined => {
    const found = world.find(name, module) ?? world.find(`${module}.${name}`, module);
    return found?.kind === 'metadata' ? found.metadata : undefined;
  };
  const used = new Set([
    ...targets.map(({ name, module }) => resolve(name, module)),
    ...modules.flatMap(({ classes, module }) =>
      classes.flatMap(({ metadataRef }) => (metadataRef === undefined ? [] : [resolve(metadataRef, module)])),
    ),
    ...modules.flatMap(({ created, module }) => created.map((name) => resolve(`${module}.${name}`, module))),
  ]);
  return new Set(modules.flatMap(({ metadata }) => Object.values(metadata)).filter((each) => !used.has(each)));
}
