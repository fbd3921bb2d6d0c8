import type { PackageSettings, PackageTargets } from '../settings/module-settings.js';
import { fitting, folderOf, foldersAbove, normalized } from './paths.js';

interface Package extends PackageSettings {
  folder: string;
}

/** Folders that a build fills: what stands there is in the sources too. */
const built = /^(?:dist|build|lib|out|output|es|esm|cjs|types)(?:\/(?:src|lib|es|esm|cjs|types|node))*\//;

/** The places that a file of a package may be made from, the likeliest first. */
function sources(file: string): string[] {
  const path = normalized(file);
  const rest = path.replace(built, '');
  return rest === path ? [path] : [`src/${rest}`, rest, path];
}

const targetsFor = (targets: PackageTargets, specifier: string): string[] =>
  fitting(targets, specifier).flatMap(({ star, value }) => value.map((target) => target.replaceAll('*', () => star)));

/** The packages of the project itself, which code of other packages imports by their names. */
export class Workspaces {
  readonly #byName = new Map<string, Package>();
  readonly #byFolder = new Map<string, Package>();
  /** Folders that globs of a workspace name, with `*` for the package. */
  readonly #globs: string[];

  /**
   * @param packages by the path of their `package.json`
   * @param globs of folders, by the path of the file that names them
   */
  constructor(packages: ReadonlyMap<string, PackageSettings>, globs: Iterable<readonly [string, readonly string[]]>) {
    for (const [path, settings] of packages) {
      const own = { ...settings, folder: folderOf(path) };
      this.#byFolder.set(own.folder, own);
      if (own.name !== undefined && !this.#byName.has(own.name)) this.#byName.set(own.name, own);
    }
    this.#globs = [...globs].flatMap(([path, list]) =>
      list.filter((glob) => !glob.startsWith('!')).map((glob) => normalized(`${folderOf(path)}/${glob}`)),
    );
  }

  /** The places that a specifier may name, without their extensions, the likeliest first. */
  stems(specifier: string, from: string): string[] {
    if (specifier.startsWith('#')) return this.#ownImports(specifier, from);
    const { name, rest } = parted(specifier);
    const found = this.#byName.get(name);
    if (!found) return [];
    const exported = found.exports ? targetsFor(found.exports, rest === '' ? '.' : `./${rest}`) : [];
    const files =
      rest === ''
        ? [...exported, ...found.entries].flatMap(sources).concat('src/index', 'index')
        : exported.flatMap(sources);
    const plain = rest === '' ? [] : [...sources(rest), `src/${rest}`];
    return [...files, ...plain].map((file) => normalized(`${found.folder}/${file}`));
  }

  /** A file of a package that is named with the package, as it stands there. */
  file(specifier: string): string | undefined {
    const { name, rest } = parted(specifier);
    const found = this.#byName.get(name);
    return found && normalized(`${found.folder}/${rest}`);
  }

  /** Where the `package.json` of a package may be that is not known. */
  manifests(specifier: string): string[] {
    const { name } = parted(specifier);
    if (this.#byName.has(name)) return [];
    const plain = name.slice(name.indexOf('/') + 1);
    const names = [...new Set([plain, name.replace(/^@/, '').replace('/', '-')])];
    return this.#globs
      .flatMap((glob) => (glob.includes('*') ? names.map((each) => glob.replace(/\*+(?:\/\*+)*/, each)) : [glob]))
      .map((folder) => normalized(`${folder}/package.json`));
  }

  #ownImports(specifier: string, from: string): string[] {
    for (const folder of foldersAbove(from)) {
      const own = this.#byFolder.get(folder);
      if (own)
        return targetsFor(own.imports, specifier)
          .filter((target) => target.startsWith('.'))
          .flatMap(sources)
          .map((file) => normalized(`${folder}/${file}`));
    }
    return [];
  }
}

/** `@acme/db/models/user` is `models/user` of the package `@acme/db`. */
function parted(specifier: string): { name: string; rest: string } {
  const parts = specifier.split('/');
  const length = specifier.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, length).join('/'), rest: parts.slice(length).join('/') };
}
