import type { ModuleSymbols } from '../models/raw.js';
import { canonical } from '../values/names.js';
import type { World } from './world.js';

const maxHops = 12;
const isLibrary = (name: string): boolean => /^(?:sqlalchemy|sqlmodel|flask_sqlalchemy|alembic)\./.test(name);

/**
 * Follows the dotted name of a value through the project to the library that it comes from: `app.db.get_session()` is
 * `sqlalchemy.Session()` where that function yields one. The name itself where that is not known.
 */
export function originOf(name: string, from: string, world: World, hops = 0): string {
  if (isLibrary(name) || hops > maxHops) return name;
  const parts = name.split('.');
  for (let at = parts.length - 1; at >= 1; at -= 1) {
    const module = world.module(parts.slice(0, at).join('.'), from);
    const found = module && inModule(module, parts.slice(at), world, hops);
    if (found !== undefined) return found;
  }
  return name;
}

function inModule(
  module: ModuleSymbols,
  [head = '', ...rest]: string[],
  world: World,
  hops: number,
): string | undefined {
  const base = head.replace(/(?:\(\))+$/, '');
  const calls = head.slice(base.length);
  const goOn = (target: string, used: string): string =>
    originOf(canonical([target + calls.slice(used.length), ...rest].join('.')), module.module, world, hops + 1);
  const { providers = {} } = module;
  const given = calls === '' ? undefined : own(providers, `${base}()`);
  if (given !== undefined) return goOn(given, '()');
  const target = own(providers, base) ?? own(module.imports, base) ?? own(module.aliases, base);
  if (target !== undefined && target !== `${module.module}.${base}`) return goOn(target, '');
  for (const star of module.stars) {
    const other = world.module(star, module.module);
    if (other === undefined || other === module || hops > maxHops) continue;
    const found = inModule(other, [head, ...rest], world, hops + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

const own = (map: { [name: string]: string }, name: string): string | undefined =>
  Object.hasOwn(map, name) ? map[name] : undefined;
