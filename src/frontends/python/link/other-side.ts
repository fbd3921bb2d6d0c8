import type { OtherSide, Table } from '../../../ir/index.js';
import type { ModuleSymbols, RawClass } from '../models/raw.js';
import { lineageOf, type Ancestor } from './lineage.js';
import type { World } from './world.js';

/** Finds out what each relationship of a file's classes has on the other side. */
export function resolveOtherSides(
  tables: readonly Table[],
  module: ModuleSymbols,
  world: World,
  pathOf: (module: ModuleSymbols) => string,
): void {
  for (const table of tables) {
    for (const relationship of table.relationships) {
      const { target, inverse, makesInverse, from } = relationship;
      if (target === undefined || inverse === undefined || makesInverse || from !== undefined) continue;
      const own = module.classes.find(({ name }) => name === table.className);
      const found = targets(target, module, world).map((each) => sideOf(each, inverse, own, module, world, pathOf));
      // Of several classes with the name it is not known which one is meant.
      const [first, ...others] = found;
      if (first === undefined || (others.length > 0 && !found.every((side) => side?.is === 'missing'))) continue;
      relationship.otherSide = first;
    }
  }
}

/** The mapped classes that a name may mean: what the module knows under it, or all that have it. */
function targets(name: string, module: ModuleSymbols, world: World): Ancestor[] {
  const here = world.find(`${module.module}.${name}`, module.module);
  if (here?.kind === 'class') return [here];
  return world.classesNamed(name).filter((each) => lineageOf(each, world).orm !== undefined);
}

function sideOf(
  other: Ancestor,
  attribute: string,
  own: RawClass | undefined,
  module: ModuleSymbols,
  world: World,
  pathOf: (module: ModuleSymbols) => string,
): OtherSide | undefined {
  const { classes, unresolved, orm } = lineageOf(other, world);
  const place = { path: pathOf(other.module), className: other.raw.name, span: other.raw.nameSpan };
  for (const { module: from, raw } of classes) {
    const member = raw.members.find(
      (each) => (each.kind === 'column' ? each.attribute : each.relationship.attribute.value) === attribute,
    );
    if (member?.kind === 'column') return { is: 'other', ...place };
    if (member !== undefined) {
      const { target, inverse, uncertain, viewOnly } = member.relationship;
      const returned =
        target === undefined || own === undefined ? undefined : returns(target, from, own, module, world);
      return {
        is: 'relationship',
        ...(target !== undefined && { target }),
        ...(inverse !== undefined && { inverse }),
        ...((uncertain.length > 0 || viewOnly) && { open: true as const }),
        ...(returned !== undefined && { returns: returned }),
        ...place,
      };
    }
    if (raw.others.includes(attribute) || raw.computed.includes(attribute) || raw.computed.includes('if'))
      return undefined;
  }
  if (orm === undefined || unresolved.length > 0 || isAttached(attribute, world)) return undefined;
  return { is: 'missing', ...place };
}

const attachedNames = new WeakMap<World, ReadonlySet<string>>();

/** Whether a relationship of this name is put on a class from outside: by assignment, or as the `backref` of another one. */
function isAttached(attribute: string, world: World): boolean {
  let names = attachedNames.get(world);
  if (names === undefined) {
    const members = world.modules.flatMap(({ classes }) => classes.flatMap((each) => each.members));
    names = new Set([
      ...world.modules.flatMap(({ attached }) => attached),
      ...members.flatMap((member) => (member.kind === 'relationship' ? (member.backref ?? []) : [])),
    ]);
    attachedNames.set(world, names);
  }
  return names.has(attribute);
}

/** Whether a relationship leads back to the class, to one above it or below it; undefined where that is not known. */
function returns(
  target: string,
  from: ModuleSymbols,
  own: RawClass,
  module: ModuleSymbols,
  world: World,
): boolean | undefined {
  const above = lineageOf({ module, raw: own }, world).classes.map(({ raw }) => raw);
  if (above.some(({ name }) => name === target)) return true;
  const found = targets(target, from, world);
  const [only] = found;
  if (only === undefined || found.length > 1) return undefined;
  const back = lineageOf(only, world).classes.map(({ raw }) => raw);
  if (back.includes(own)) return true;
  // Classes that share a mapped parent may stand for each other.
  return above.some((raw) => back.includes(raw) && !raw.abstract && raw.members.length > 0) ? undefined : false;
}
