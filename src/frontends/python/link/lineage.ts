import type { Orm } from '../../../ir/index.js';
import type { ModuleSymbols, RawClass } from '../models/raw.js';
import type { World } from './world.js';

export interface Ancestor {
  module: ModuleSymbols;
  raw: RawClass;
}

/** A class with everything it inherits from, nearest first. */
export interface Lineage {
  classes: Ancestor[];
  /** The library whose base it descends from; absent for a mixin or an ordinary class. */
  orm?: Orm;
  /** Base classes that are not in the project and not known to declare nothing. */
  unresolved: string[];
}

const roots: { [name: string]: Orm } = {
  'sqlalchemy.DeclarativeBase': 'sqlalchemy',
  'sqlalchemy.DeclarativeBaseNoMeta': 'sqlalchemy',
  'sqlalchemy.declarative_base()': 'sqlalchemy',
  // Not a base, but what a class is that `@registry.mapped` decorates.
  'sqlalchemy.registry.mapped': 'sqlalchemy',
  'sqlmodel.SQLModel': 'sqlmodel',
  'flask_sqlalchemy.Model': 'flask-sqlalchemy',
};

/** Whether a class is a declarative base itself, which is never a table: what it declares is for its subclasses. */
export const isBase = (raw: RawClass): boolean =>
  raw.base !== undefined || raw.bases.some((base) => /^sqlalchemy\.DeclarativeBase(?:NoMeta)?$/.test(base));

/** Bases outside of the project that declare no column. */
const empty =
  /^(?:object|type|dict|list|str|int|\w*(?:Error|Exception|Warning))$|^(?!sqlalchemy\.DeferredReflection$)(?:typing|typing_extensions|abc|enum|collections|dataclasses|pydantic|flask_login|sqlalchemy)\.|^(?:Generic|Protocol|ABC)$/;

const maxDepth = 40;

const lineages = new WeakMap<World, Map<RawClass, Lineage>>();

/** What a class inherits, worked out once for each world: every table below a class asks for it again. */
export function lineageOf(start: Ancestor, world: World): Lineage {
  let known = lineages.get(world);
  if (known === undefined) lineages.set(world, (known = new Map()));
  let lineage = known.get(start.raw);
  if (lineage === undefined) known.set(start.raw, (lineage = followed(start, world)));
  return lineage;
}

function followed(start: Ancestor, world: World): Lineage {
  const lineage: Lineage = { classes: [], unresolved: [] };
  const seen = new Set<RawClass>();
  const visit = ({ module, raw }: Ancestor, depth: number): void => {
    if (seen.has(raw) || depth > maxDepth) return;
    seen.add(raw);
    lineage.classes.push({ module, raw });
    if (raw.base !== undefined) lineage.orm ??= raw.base;
    for (const base of raw.bases) {
      if (Object.hasOwn(roots, base)) {
        const orm = roots[base];
        if (orm !== undefined) lineage.orm ??= orm;
        continue;
      }
      const found = base === '' ? undefined : world.find(base, module.module);
      if (found?.kind === 'class') visit(found, depth + 1);
      else if (!empty.test(base)) lineage.unresolved.push(base.split('.').at(-1) ?? base);
    }
  };
  visit(start, 0);
  return lineage;
}
