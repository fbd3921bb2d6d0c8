import type { FileFacts } from '../../../ir/index.js';
import type { ModuleSymbols, RevisionSymbols } from '../models/raw.js';
import { World } from './world.js';

/** Names handed on by more modules than this are not followed. */
const maxHops = 12;

/** Where files may be that declare what models wait for: base classes, constants, enums, functions, types. */
export function wants(files: readonly FileFacts[]): string[] {
  const known = files.flatMap(({ path, symbols }) => {
    const found = symbols as ModuleSymbols | RevisionSymbols | undefined;
    return found === undefined ? [] : [{ path, symbols: found }];
  });
  const modules = known.flatMap(({ symbols }) => ('revision' in symbols ? [] : [symbols]));
  const world = new World(modules);
  const paths = new Map<object, string>(known.map(({ path, symbols }) => [symbols, path]));
  const folders = new Set(known.flatMap(({ path }) => foldersAbove(path)));
  const wanted = new Set<string>();
  const seen = new Set<string>();
  const follow = (name: string, module: string, path: string, hops: number): void => {
    const [root = ''] = foldersAbove(path);
    if (hops > maxHops || seen.has(`${root}\n${name}`)) return;
    seen.add(`${root}\n${name}`);
    const parts = name.split('.');
    for (let at = parts.length - 1; at >= 1; at -= 1) {
      const found = world.module(parts.slice(0, at).join('.'), module);
      if (found === undefined) continue;
      for (const next of onwards(found, parts[at] ?? ''))
        follow(next, found.module, paths.get(found) ?? path, hops + 1);
      return;
    }
    for (const each of placesOf(parts, path, folders)) wanted.add(each);
  };
  for (const { path, symbols } of known) {
    const declares = 'revision' in symbols || symbols.tables.length > 0 || symbols.classes.some(isModel);
    if (declares) for (const name of symbols.asked) follow(name, symbols.module, path, 0);
  }
  return [...wanted];
}

const isModel = ({ members, table }: ModuleSymbols['classes'][number]): boolean =>
  members.length > 0 || table !== undefined;

/** Where a name leads on to from the module that it was looked for in. */
function onwards({ imports, stars, classes, values }: ModuleSymbols, name: string): string[] {
  const own = classes.find((each) => each.name === name);
  if (own !== undefined) return own.bases;
  const target = Object.hasOwn(imports, name) ? imports[name] : undefined;
  if (target !== undefined) return [target];
  return values.includes(name) ? [] : stars.map((star) => `${star}.${name}`);
}

/** The files that may hold a dotted name, under each folder above that has something of its first part. */
function placesOf(parts: readonly string[], path: string, folders: ReadonlySet<string>): string[] {
  const [first = ''] = parts;
  return ['', ...foldersAbove(path)].flatMap((root) => {
    const prefix = root === '' ? '' : `${root}/`;
    if (parts.length > 2 && !folders.has(prefix + first)) return [];
    return [parts.length - 1, parts.length]
      .filter((size) => size > 0)
      .flatMap((size) => {
        const module = prefix + parts.slice(0, size).join('/');
        return [`${module}.py`, `${module}/__init__.py`];
      });
  });
}

/** The folders that a file lies in, the nearest first. */
function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, parts.length - at).join('/'));
}
