import type { CompilerSettings, PackageSettings } from '../settings/module-settings.js';
import { CompilerAliases } from './aliases.js';
import { isProjectModule } from './imports.js';
import { folderOf, foldersAbove, normalized, shared } from './paths.js';
import type { FileSymbols } from './file-symbols.js';
import { Workspaces } from './workspaces.js';

/** Of files that differ in nothing else, the one that a compiler takes first. */
const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx'];

const withoutExtension = (path: string): string => path.replace(/\.[mc]?[jt]sx?$/, '');

/** Files of the project by path, and what its settings say of modules, for resolving the specifiers of imports. */
export class Modules {
  readonly #byStem = new Map<string, string>();
  readonly #byName = new Map<string, string[]>();
  readonly #aliases: CompilerAliases;
  readonly #workspaces: Workspaces;
  readonly #resolved = new Map<string, string | undefined>();

  constructor(files: ReadonlyMap<string, FileSymbols | undefined>) {
    const compilers = new Map<string, CompilerSettings>();
    const packages = new Map<string, PackageSettings>();
    const globs: [string, string[]][] = [];
    for (const [path, symbols] of files) {
      const { settings } = symbols ?? {};
      if (settings === undefined) this.#add(path);
      if (settings?.compiler) compilers.set(path, settings.compiler);
      if (settings?.package) packages.set(path, settings.package);
      const workspaces = settings?.workspaces ?? settings?.package?.workspaces ?? [];
      if (workspaces.length > 0) globs.push([path, workspaces]);
    }
    this.#workspaces = new Workspaces(packages, globs);
    this.#aliases = new CompilerAliases(compilers, (named, from) =>
      settingsPaths(named, from, this.#workspaces).find((path) => compilers.has(path)),
    );
  }

  #add(path: string): void {
    const stem = withoutExtension(path);
    const known = this.#byStem.get(stem);
    if (known !== undefined) {
      if (rank(path) < rank(known)) this.#byStem.set(stem, path);
      return;
    }
    this.#byStem.set(stem, path);
    const name = stem.slice(stem.lastIndexOf('/') + 1);
    const list = this.#byName.get(name);
    if (list) list.push(stem);
    else this.#byName.set(name, [stem]);
  }

  /** The file that a specifier names in the file `from`, if it is one of the project. */
  resolve(specifier: string, from: string): string | undefined {
    const key = `${specifier}\n${folderOf(from)}`;
    if (this.#resolved.has(key)) return this.#resolved.get(key);
    const found = this.#resolve(specifier, from);
    this.#resolved.set(key, found);
    return found;
  }

  #resolve(specifier: string, from: string): string | undefined {
    if (specifier.startsWith('.')) return this.#at(withoutExtension(normalized(`${folderOf(from)}/${specifier}`)));
    for (const stem of this.#known(specifier, from)) {
      const found = this.#at(stem);
      if (found !== undefined) return found;
    }
    const stem = withoutExtension(specifier);
    const alias = /^(?:[@~]\/|#\/?)/.exec(stem)?.[0] ?? '';
    const rest = stem.slice(alias.length);
    return this.#at(stem.replace(/^\//, '')) ?? (alias || rest.includes('/') ? this.#bySuffix(rest, from) : undefined);
  }

  /** What settings say. */
  #known(specifier: string, from: string): string[] {
    const stems = [...this.#aliases.stems(specifier, from), ...this.#workspaces.stems(specifier, from)];
    return [...new Set(stems.map(withoutExtension))];
  }

  #at(stem: string): string | undefined {
    return this.#byStem.get(stem) ?? this.#byStem.get(stem === '' ? 'index' : `${stem}/index`);
  }

  /** For aliases of tools that are not read: the one file whose path ends so, the one nearest to the importer of several. */
  #bySuffix(stem: string, from: string): string | undefined {
    const name = stem.slice(stem.lastIndexOf('/') + 1);
    const matches = [...(this.#byName.get(name) ?? []), ...(this.#byName.get('index') ?? [])].filter(
      (each) => each.endsWith(`/${stem}`) || each.endsWith(`/${stem}/index`),
    );
    const nearest = matches.sort((left, right) => shared(right, from) - shared(left, from))[0];
    return nearest === undefined ? undefined : this.#byStem.get(nearest);
  }

  /**
   * The files that a specifier may name, whether they exist or not, the likeliest first. Where no settings say where
   * aliases lead, they are tried in the folders above the importer, and in their `src`.
   */
  candidates(specifier: string, from: string): string[] {
    if (specifier.startsWith('.')) return filesAt([normalized(`${folderOf(from)}/${specifier}`)]);
    const known = this.#known(specifier, from);
    if (!isProjectModule(specifier)) return [...filesAt(known), ...this.#workspaces.manifests(specifier)];
    const rest = specifier.replace(/^(?:[@~]\/|#\/?|\/)/, '');
    const guessed = foldersAbove(from).flatMap((above) => [
      normalized(`${above}/src/${rest}`),
      normalized(`${above}/${rest}`),
    ]);
    return filesAt([...known, ...guessed]);
  }

  /** The settings files that speak of modules for a file, whether they exist or not, with those that they name. */
  settingsFor(from: string): string[] {
    return foldersAbove(from).flatMap((folder) => settingsNames.map((name) => normalized(`${folder}/${name}`)));
  }

  /** The settings files that one names, wherever they may be. */
  namedBy(path: string, { extends: bases, references }: CompilerSettings): string[] {
    const folder = folderOf(path);
    return [
      ...bases.flatMap((named) => [...settingsPaths(named, path, this.#workspaces), ...this.#manifestsFor(named)]),
      ...references.map((reference) => normalized(`${folder}/${reference}`)),
    ];
  }

  #manifestsFor(named: string): string[] {
    return named.startsWith('.') ? [] : this.#workspaces.manifests(named);
  }
}

const settingsNames = [
  'tsconfig.json',
  'jsconfig.json',
  'package.json',
  'pnpm-workspace.yaml',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
];

const rank = (path: string): number => extensions.indexOf(path.slice(path.lastIndexOf('.')));

/** Where the settings that others extend may be. */
function settingsPaths(named: string, from: string, workspaces: Workspaces): string[] {
  const at = named.startsWith('.') ? normalized(`${folderOf(from)}/${named}`) : workspaces.file(named);
  if (at === undefined) return [];
  return at.endsWith('.json') ? [at] : [`${at}.json`, `${at}/tsconfig.json`];
}

function filesAt(stems: readonly string[]): string[] {
  const paths = stems
    .map(withoutExtension)
    .flatMap((each) => [
      ...extensions.map((extension) => each + extension),
      ...extensions.map((extension) => normalized(`${each}/index${extension}`)),
    ]);
  return [...new Set(paths)];
}
