import type { CompilerSettings } from '../settings/module-settings.js';
import { fitting, folderOf, foldersAbove, normalized } from './paths.js';

/** What the settings of a folder come to, with those that they extend. Folders are relative to the project. */
interface Aliases {
  baseUrl?: string;
  paths?: { [pattern: string]: string[] };
  /** What the targets of `paths` are relative to where no base is given. */
  pathsFolder: string;
}

/** Settings extend each other this far. */
const maxExtends = 8;

/** Finds a settings file that another one names: relative, or of a package of the project. */
export type FindSettings = (named: string, from: string) => string | undefined;

/** Where the `paths` and `baseUrl` of `tsconfig.json` and `jsconfig.json` lead. */
export class CompilerAliases {
  readonly #known = new Map<string, Aliases | undefined>();

  constructor(
    private readonly settings: ReadonlyMap<string, CompilerSettings>,
    private readonly find: FindSettings,
  ) {}

  /** The places that a specifier may name, without their extensions, the likeliest first. */
  stems(specifier: string, from: string): string[] {
    const aliases = this.settings.size === 0 ? undefined : this.#around(from);
    if (!aliases) return [];
    const { baseUrl, paths = {}, pathsFolder } = aliases;
    const mapped = fitting(paths, specifier)
      .slice(0, 1)
      .flatMap(({ star, value }) => value.map((target) => target.replace('*', () => star)))
      .map((target) => (target.startsWith('/') ? target : `${baseUrl ?? pathsFolder}/${target}`));
    const based = baseUrl === undefined ? [] : [`${baseUrl}/${specifier}`];
    return [...mapped, ...based].map(normalized);
  }

  /** Those of the nearest folder whose settings say anything of modules. */
  #around(path: string): Aliases | undefined {
    for (const folder of foldersAbove(path)) {
      if (!this.#known.has(folder)) this.#known.set(folder, this.#in(folder));
      const found = this.#known.get(folder);
      if (found?.baseUrl !== undefined || found?.paths) return found;
    }
    return undefined;
  }

  #in(folder: string): Aliases | undefined {
    for (const name of ['tsconfig.json', 'jsconfig.json']) {
      const path = normalized(`${folder}/${name}`);
      const own = this.#of(path, folder, 0);
      if (own?.baseUrl !== undefined || own?.paths) return own;
      for (const reference of this.settings.get(path)?.references ?? []) {
        const referred = normalized(`${folder}/${reference}`);
        const other = folderOf(referred) === folder ? this.#of(referred, folder, 0) : undefined;
        if (other?.baseUrl !== undefined || other?.paths) return other;
      }
    }
    return undefined;
  }

  /** @param leaf folder of the file that others are extended by, for `${configDir}` */
  #of(path: string, leaf: string, depth: number): Aliases | undefined {
    const own = this.settings.get(path);
    if (!own || depth > maxExtends) return undefined;
    const folder = folderOf(path);
    const rooted = (written: string): string => written.replace(/^\$\{configDir\}/, `/${leaf}`);
    let result: Aliases = { pathsFolder: folder };
    for (const named of own.extends) {
      const base = this.find(named, path);
      const inherited = base === undefined ? undefined : this.#of(base, leaf, depth + 1);
      if (inherited) result = { ...result, ...inherited };
    }
    if (own.baseUrl !== undefined) {
      const base = rooted(own.baseUrl);
      result.baseUrl = base.startsWith('/') ? base : `${folder}/${base}`;
    }
    if (own.paths) {
      const entries = Object.entries(own.paths).map(([pattern, targets]) => [pattern, targets.map(rooted)] as const);
      result.paths = Object.fromEntries(entries);
      result.pathsFolder = folder;
    }
    return result;
  }
}
