import { ts } from 'ts-morph';

/** What a `tsconfig.json` says of where modules are. Paths are as written. */
export interface CompilerSettings {
  extends: string[];
  baseUrl?: string;
  paths?: { [pattern: string]: string[] };
  /** Other settings files of the same folder, of which this one only is the list. */
  references: string[];
}

/** The files that a pattern of `exports` or `imports` names, under whatever conditions. */
export interface PackageTargets {
  [pattern: string]: string[];
}

/** What a `package.json` says of where modules are. */
export interface PackageSettings {
  name?: string;
  /** `source`, `types`, `module` and `main`, in this order. */
  entries: string[];
  exports?: PackageTargets;
  imports: PackageTargets;
  /** Globs of the folders of its packages. */
  workspaces: string[];
}

/** What settings files say of where modules are. */
export interface ModuleSettings {
  compiler?: CompilerSettings;
  package?: PackageSettings;
  /** Globs of the folders of packages, from a file of their own. */
  workspaces?: string[];
}

const isText = (value: unknown): value is string => typeof value === 'string';
const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(isText) : isText(value) ? [value] : [];
const entriesIn = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];

/** Reads a `tsconfig.json`, which may hold comments. What is no setting of that kind is left out. */
export function compilerSettings(path: string, text: string): CompilerSettings {
  const config: unknown = ts.parseConfigFileTextToJson(path, text).config;
  const all = new Map(entriesIn(config));
  const options = new Map(entriesIn(all.get('compilerOptions')));
  const baseUrl = options.get('baseUrl');
  const paths = entriesIn(options.get('paths')).map(([pattern, targets]) => [pattern, textsIn(targets)] as const);
  const references = all.get('references');
  return {
    extends: textsIn(all.get('extends')),
    ...(isText(baseUrl) && { baseUrl }),
    ...(paths.length > 0 && { paths: Object.fromEntries(paths) }),
    references: (Array.isArray(references) ? references : []).flatMap((each) =>
      textsIn(new Map(entriesIn(each)).get('path')),
    ),
  };
}

/** How deep conditions of a target stand in each other, at most. */
const maxConditions = 6;

/** The files of a target, whatever its conditions: types name the source where there is one. */
function targetsIn(value: unknown, depth = 0): string[] {
  if (isText(value)) return [value];
  if (depth > maxConditions) return [];
  const inner = Array.isArray(value) ? value : entriesIn(value).map(([, each]) => each as unknown);
  return [...new Set(inner.flatMap((each) => targetsIn(each, depth + 1)))];
}

/** `exports` without subpaths speaks of the package itself. */
function targetsOf(value: unknown, mark: '.' | '#'): PackageTargets | undefined {
  const entries = entriesIn(value).filter(([key]) => key.startsWith(mark));
  if (entries.length > 0) return Object.fromEntries(entries.map(([key, each]) => [key, targetsIn(each)]));
  const own = mark === '.' ? targetsIn(value) : [];
  return own.length > 0 ? { '.': own } : undefined;
}

/** Reads a `package.json`; one that is no JSON says nothing. */
export function packageSettings(text: string): PackageSettings {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    manifest = undefined;
  }
  const all = new Map(entriesIn(manifest));
  const name = all.get('name');
  const exports = targetsOf(all.get('exports'), '.');
  const workspaces = all.get('workspaces');
  return {
    ...(isText(name) && name !== '' && { name }),
    entries: ['source', 'types', 'module', 'main'].flatMap((key) => textsIn(all.get(key))),
    ...(exports && { exports }),
    imports: targetsOf(all.get('imports'), '#') ?? {},
    workspaces: textsIn(Array.isArray(workspaces) ? workspaces : new Map(entriesIn(workspaces)).get('packages')),
  };
}

/** The globs under `packages:` of a `pnpm-workspace.yaml`. */
export function workspaceGlobs(text: string): string[] {
  const list = /^packages:[ \t]*(?:#.*)?\r?\n((?:[ \t]*(?:-.*|#.*)?(?:\r?\n|$))*)/m.exec(text)?.[1] ?? '';
  return [...list.matchAll(/^[ \t]*-[ \t]+(['"]?)([^'"#\r\n]+?)\1[ \t]*(?:#.*)?$/gm)].map((found) => found[2]!);
}
