import type { ModuleSymbols, RawClass } from '../models/raw.js';
import { givers, identityOf } from './identity.js';
import { isBase, lineageOf, type Ancestor, type Lineage } from './lineage.js';
import type { World } from './world.js';

/** A class that has no table of its own and shares that of its parent. */
export interface Child extends Ancestor {
  lineage: Lineage;
  /** What gives it columns beside the parent: itself and its mixins, nearest first. */
  own: Ancestor[];
  /** Why it may have columns that are not seen. */
  doubts: string[];
}

const known = new WeakMap<World, Map<RawClass, Child[]>>();

/** The classes of the project that share the table of a class, in the order of the modules. */
export function childrenOf(parent: RawClass, world: World): readonly Child[] {
  let children = known.get(world);
  if (children === undefined) known.set(world, (children = allChildren(world)));
  return children.get(parent) ?? [];
}

function allChildren(world: World): Map<RawClass, Child[]> {
  const children = new Map<RawClass, Child[]>();
  for (const module of world.modules) {
    for (const raw of module.classes) {
      const found = childOf(raw, module, world);
      if (found === undefined) continue;
      const same = children.get(found.parent);
      if (same) same.push(found.child);
      else children.set(found.parent, [found.child]);
    }
  }
  return children;
}

function childOf(raw: RawClass, module: ModuleSymbols, world: World): { parent: RawClass; child: Child } | undefined {
  if (raw.abstract || isBase(raw) || raw.enumMembers !== undefined || raw.isType === true) return undefined;
  if (raw.mappedTable === true || raw.base !== undefined) return undefined;
  const lineage = lineageOf({ module, raw }, world);
  if (lineage.orm === undefined) return undefined;
  const { own, parent } = givers(lineage, world);
  if (parent === undefined) return undefined;
  if (identityOf(raw, lineage, own, true, { module, world }) !== undefined) return undefined;
  const strange = lineage.unresolved.filter((base) => !lineageOf(parent, world).unresolved.includes(base));
  const doubts = [
    ...strange.map((base) => `base class ${base === '' ? 'of an expression' : base} is not in the project`),
    ...own.flatMap((each) => each.raw.computed.map((method) => `${method} is computed`)),
  ];
  return { parent: parent.raw, child: { module, raw, lineage, own, doubts } };
}
