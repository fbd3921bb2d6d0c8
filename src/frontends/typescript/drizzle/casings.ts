import type { LinkedFile } from '../library.js';
import { settled, type Lookup } from '../linking/lookup.js';
import { shared } from '../linking/paths.js';
import { textOf } from '../values/values.js';
import type { ConfigRecord } from './config.js';
import type { Declared } from './declare.js';
import type { Casing } from './names.js';

interface Placed {
  path: string;
  config: ConfigRecord;
}

/**
 * How names of columns are made in each file. What drizzle-kit is told decides, as it makes the tables; where it has no
 * settings here, what a client is told.
 */
export function casings(
  files: readonly LinkedFile[],
  lookup: Lookup,
): (path: string) => { casing?: Casing; unknown?: true } {
  const configs = files.flatMap(({ path, symbols }): Placed[] => {
    const config = (symbols.declared['drizzle'] as Declared | undefined)?.config;
    return config ? [{ path, config }] : [];
  });
  const kits = configs.filter(({ config }) => config.of === 'kit');
  const clients = configs.filter(({ config }) => config.of === 'client');
  return (path) => {
    const chosen =
      nearest(
        kits.filter((each) => names(each, path)),
        path,
      ) ?? nearest(kits, path);
    const saying = [chosen, nearest(clients, path)].find((each) => each?.config.casing);
    if (!saying?.config.casing) return {};
    const text = textOf(settled(saying.config.casing, saying.path, lookup));
    return text === 'snake_case' || text === 'camelCase' ? { casing: text } : { unknown: true };
  };
}

/** Whether the settings name a file as one of the schema: by itself, by a folder above it, or by a glob. */
function names({ path, config }: Placed, file: string): boolean {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return config.schema.some((given) => {
    const from = `${folder}${given.replace(/^\.\//, '')}`;
    const fixed = from.replace(/[*?{[].*$/, '');
    return fixed === '' ? given !== '' : file.startsWith(fixed) || file.startsWith(`${fixed}/`);
  });
}

/** The one whose file lies nearest to a path: a repository may hold several projects. */
function nearest(list: readonly Placed[], path: string): Placed | undefined {
  let best: Placed | undefined;
  for (const each of list) {
    if (!best || shared(each.path, path) > shared(best.path, path)) best = each;
  }
  return best;
}
