import type { PublicExplorer } from 'cosmiconfig';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Config } from './config.js';
import { ConfigurationError } from './errors.js';

const searchPlaces = [
  'ddlint.config.js',
  'ddlint.config.mjs',
  'ddlint.config.ts',
  'ddlint.config.json',
  'ddlint.config.yaml',
  '.ddlintrc',
  '.ddlintrc.json',
  '.ddlintrc.yaml',
  '.ddlintrc.yml',
  '.ddlintrc.js',
  '.ddlintrc.mjs',
  '.ddlintrc.cjs',
  '.ddlintrc.ts',
  'package.json',
  'pyproject.toml',
];

/** Files of other tools, which count only where they speak of ddlint. */
const shared: { [name: string]: RegExp } = {
  'package.json': /"ddlint"\s*:/,
  'pyproject.toml': /^[ \t]*\[tool\.ddlint\b/m,
};

/** A configuration that was found or handed over. It is not checked yet. */
export interface LoadedConfig {
  config: Config;
  /** Absolute path; absent for a configuration that was handed over as an object, or none. */
  file?: string;
}

function speaksOfDdlint(path: string, name: string): boolean {
  try {
    return existsSync(path) && (shared[name]?.test(readFileSync(path, 'utf8')) ?? true);
  } catch {
    return false;
  }
}

/** The nearest folder with a configuration, from `start` up to the root of the git work tree; outside of git, `start` alone. */
function folderWithConfig(start: string): string | undefined {
  const passed: string[] = [];
  for (let folder = start; ; folder = dirname(folder)) {
    passed.push(folder);
    const top = existsSync(join(folder, '.git'));
    if (!top && dirname(folder) !== folder) continue;
    const candidates = top ? passed : [start];
    return candidates.find((each) => searchPlaces.some((name) => speaksOfDdlint(join(each, name), name)));
  }
}

/**
 * cosmiconfig is loaded only when there is a file to read: most runs of a hook have none.
 * Its own TypeScript loader needs the user's TypeScript, so ours takes its place.
 */
async function explorer(): Promise<PublicExplorer> {
  const { cosmiconfig } = await import('cosmiconfig');
  return cosmiconfig('ddlint', {
    searchPlaces,
    searchStrategy: 'none',
    loaders: {
      '.ts': async (path, content) => (await import('./typescript-loader.js')).loadTypeScript(path, content),
      '.toml': async (_path, content) => {
        const { parse } = await import('smol-toml');
        return (parse(content) as { tool?: { ddlint?: unknown } }).tool?.ddlint;
      },
    },
  });
}

/** An error's first lines without the paths and stacks that loaders add. */
const said = (error: unknown): string => (error instanceof Error ? error.message : String(error)).trim();

/**
 * Finds and reads the configuration.
 * @param file a configuration file to read instead of searching for one, relative to `cwd`
 * @throws ConfigurationError where a file can't be read
 */
export async function loadConfig(cwd: string, file?: string): Promise<LoadedConfig> {
  const folder = file === undefined ? folderWithConfig(resolve(cwd)) : undefined;
  if (file === undefined && folder === undefined) return { config: {} };
  const named = file === undefined ? undefined : resolve(cwd, file);
  if (named !== undefined && !existsSync(named)) throw new ConfigurationError(['there is no such file'], file);
  try {
    const loader = await explorer();
    const found = named === undefined ? await loader.search(folder) : await loader.load(named);
    if (found === null || found.config === undefined) return { config: {} };
    return { config: found.config as Config, file: found.filepath };
  } catch (error) {
    const at = named ?? (error as { filepath?: string }).filepath ?? folder;
    throw new ConfigurationError([said(error)], at);
  }
}
