import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, posix, relative, resolve, sep } from 'node:path';
import type { Config } from '../config/config.js';
import { ConfigurationError } from '../config/errors.js';
import { loadConfig, type LoadedConfig } from '../config/load.js';
import { resolveConfig } from '../config/resolve.js';
import { frontEndsByPath } from '../frontends/by-path.js';
import type { FrontEnd } from '../frontends/front-end.js';
import type { Project } from '../ir/index.js';
import type { Rule } from '../rule.js';
import { changedSince, commitNamed, commitSince, stagedPaths, type BaseSettings } from './base.js';
import type { FactsCache } from './cache/facts-cache.js';
import type { LintResult } from './finding.js';
import { gitAt, type Git } from './git.js';
import { gitListing, isForeign, walkedListing } from './listing.js';
import { readProject, type ReadProject } from './project.js';
import { selection, type Selection } from './reported.js';
import { summarise } from './summary.js';
import { diskTree, indexTree, memoryTree, snapshotTree, type Tree } from './tree.js';

export interface LintFilesOptions {
  /** `extends: 'recommended'` where absent. */
  config?: Config;
  /** Paths whose migrations have shipped; none where absent. */
  shipped?: readonly string[];
  /** Paths that have shipped with another content, each with what of it differs. */
  edited?: readonly (readonly [path: string, edit: 'code' | 'comments'])[];
}

export interface LintProjectOptions {
  /** The project's root: paths in findings are relative to it. */
  cwd: string;
  /** Files and folders to report on; all where absent or empty. The project is read as a whole in any case. */
  paths?: readonly string[];
  /** A configuration, or the path of its file; searched for where absent. */
  config?: Config | string;
  /** Laid over the configuration that is found: its presets take the place of those there, its rules win. */
  additions?: Pick<Config, 'extends' | 'rules' | 'dialect'>;
  /** Read what is in the index, and report on what is staged. */
  staged?: boolean;
  /** Report on what changed since a revision; migrations that are older count as shipped. */
  since?: string;
  /** Report on shipped migrations too. */
  all?: boolean;
  /** The folder that facts are kept in from run to run, of any number of projects; none are kept where absent. */
  cache?: string;
}

export interface ReadProjectOptions extends Pick<LintProjectOptions, 'cwd' | 'config' | 'additions' | 'cache'> {
  /** Read what a git revision has, not what is on disk. */
  revision?: string;
}

/** The two ways to lint, and reading alone. */
export interface Linter {
  lintFiles(files: Readonly<Record<string, string>>, options?: LintFilesOptions): Promise<LintResult>;
  lintProject(options: LintProjectOptions): Promise<LintResult>;
  readProject(options: ReadProjectOptions): Promise<Project>;
}

type Rules = Readonly<Record<string, Rule>>;

/** What a linter is made of. Rules may come late: a run in which nothing matters never loads them. */
export interface Parts {
  rules: Rules | (() => Promise<Rules>);
  frontEnds: readonly FrontEnd[];
}

/** One run, however its files came. */
interface Run {
  tree: Tree;
  loaded: LoadedConfig;
  /** From the configuration file's folder to the project's root. */
  prefix: string;
  git?: Git | undefined;
  base: BaseSettings;
  selected?: Selection;
  cache?: FactsCache | undefined;
  /** Further limits on what is reported. */
  reports(path: string): boolean;
}

const neverMatters: Rules = {};

/** Checks the configuration and reads the files that it leaves. */
async function readFor(
  { frontEnds, ...parts }: Parts,
  { tree, loaded, prefix, cache }: Pick<Run, 'tree' | 'loaded' | 'prefix' | 'cache'>,
): Promise<{ read: ReadProject; rules(): Promise<Rules> }> {
  const { config } = loaded;
  const rules = async (): Promise<Rules> => (typeof parts.rules === 'function' ? parts.rules() : parts.rules);
  if (Object.keys(config).length > 0) (await import('../config/check.js')).checkConfig(loaded, await rules());
  const dialects = resolveConfig(config, neverMatters, prefix);
  const settings = {
    config,
    dialectFor: (path: string) => dialects.dialectFor(path),
    fromConfig: (path: string) => posix.join(prefix, path),
  };
  const read = await readProject(tree, frontEnds, settings, cache);
  const dialect = config.dialect === undefined ? read.dialect : { dialect: config.dialect, why: 'configured' };
  return { read: { ...read, dialect }, rules };
}

async function run(parts: Parts, given: Run): Promise<LintResult> {
  const { loaded, prefix } = given;
  const { config } = loaded;
  const { read, rules: allRules } = await readFor(parts, given);
  const rules = read.files.length > 0 || Object.keys(config).length > 0 ? await allRules() : neverMatters;
  const resolved = resolveConfig(config, rules, prefix);
  const reported = read.files.filter(
    ({ facts }) => given.reports(facts.path) && (given.selected?.includes(facts.path) ?? true),
  );

  const present = new Set(given.tree.paths);
  const failures = (given.selected?.failures ?? []).filter(({ path }) => !present.has(path));
  if (read.files.length === 0 && failures.length === 0) {
    return { findings: [], summary: summarise(read, new Set(), []), errors: [] };
  }
  // What follows is loaded only for a project that holds something.
  const { report } = await import('./report.js');
  return report(read, { ...given, config, resolved, rules, frontEnds: parts.frontEnds, reported, failures });
}

export function baseSettings(config: Config, rest: Omit<BaseSettings, 'base' | 'report'>, all = false): BaseSettings {
  const { base, report } = config.migrations ?? {};
  const mode = all ? 'all' : report;
  return { ...rest, ...(base !== undefined && { base }), ...(mode && { report: mode }) };
}

/** The configuration that is found or handed over, with the additions laid over it. It is not checked yet. */
export async function configurationOf({
  cwd,
  config,
  additions,
}: Pick<LintProjectOptions, 'cwd' | 'config' | 'additions'>): Promise<LoadedConfig> {
  const loaded = typeof config === 'object' ? { config } : await loadConfig(cwd, config);
  if (additions === undefined) return loaded;
  return {
    ...loaded,
    config: { ...loaded.config, ...additions, rules: { ...loaded.config.rules, ...additions.rules } },
  };
}

/**
 * The path from a configuration file's folder to the project; `` where they are one, and where the file was named from
 * elsewhere: its globs are then relative to the project.
 */
export function prefixOf(cwd: string, file: string | undefined): string {
  if (file === undefined) return '';
  const path = relative(realpathSync(dirname(file)), cwd)
    .split(sep)
    .join('/');
  return path.startsWith('..') || isAbsolute(path) ? '' : path;
}

/** Makes a linter of rules and front ends. */
export function createLinter(parts: Parts): Linter {
  return {
    lintFiles(files, { config = {}, shipped, edited } = {}) {
      return run(parts, {
        tree: memoryTree(files),
        loaded: { config },
        prefix: '',
        base: {
          ...baseSettings(config, {}),
          ...((shipped ?? edited) && { standing: { shipped: new Set(shipped), edited: new Map(edited) } }),
        },
        reports: () => true,
      });
    },

    async lintProject(options) {
      const { paths = [], staged = false, since, all } = options;
      const cwd = projectRoot(options.cwd);
      const loaded = await configurationOf({ ...options, cwd });
      const git = gitAt(cwd);
      if (staged && !git?.isWorkTree) throw new ConfigurationError([`staged: ${cwd} is no git work tree`]);
      const selected = selection(cwd, paths, git);
      const tree = staged ? indexTree(git!) : diskTree(cwd, listing(cwd, git, selected));
      const changed = since === undefined ? undefined : changedSince(git!, commitSince(git, since), staged);
      const onlyStaged = staged ? stagedPaths(git!) : undefined;
      const cache = await openCache(options.cache, cwd, staged, parts.frontEnds);
      const result = await run(parts, {
        tree,
        loaded,
        prefix: prefixOf(cwd, loaded.file),
        git,
        base: baseSettings(loaded.config, { ...(since !== undefined && { since }), staged }, all),
        selected,
        cache,
        reports: (path) => (onlyStaged?.has(path) ?? true) && (changed?.has(path) ?? true),
      });
      cache?.save();
      return result;
    },

    async readProject(options) {
      const { revision } = options;
      const cwd = projectRoot(options.cwd);
      const loaded = await configurationOf({ ...options, cwd });
      const git = gitAt(cwd);
      const tree =
        revision === undefined
          ? diskTree(cwd, listing(cwd, git, { files: [] }))
          : await treeOf(git, revision, parts.frontEnds);
      // What is kept are the facts of the disk.
      const cache = revision === undefined ? await openCache(options.cache, cwd, false, parts.frontEnds) : undefined;
      const { read } = await readFor(parts, { tree, loaded, prefix: prefixOf(cwd, loaded.file), cache });
      cache?.save();
      const { projectSettings } = await import('./report.js');
      return {
        files: read.files.map(({ facts }) => facts),
        settings: projectSettings(loaded.config, read.dialect?.dialect, { shipped: new Set(), edited: new Map() }),
      };
    },
  };
}

/** The files that a git revision has. */
async function treeOf(git: Git | undefined, revision: string, frontEnds: readonly FrontEnd[]): Promise<Tree> {
  const commit = commitNamed(git, revision);
  const { Snapshot } = await import('./snapshot.js');
  const frontEndOf = frontEndsByPath(frontEnds);
  return snapshotTree(Snapshot.ofCommit(git!, commit), (path) => frontEndOf(path) !== undefined && !isForeign(path));
}

async function openCache(
  folder: string | undefined,
  cwd: string,
  staged: boolean,
  frontEnds: readonly FrontEnd[],
): Promise<FactsCache | undefined> {
  if (folder === undefined) return undefined;
  const [{ FactsCache }, { cachePlace }] = await Promise.all([
    import('./cache/facts-cache.js'),
    import('./cache/place.js'),
  ]);
  const grammars = frontEnds.map((frontEnd) => frontEnd.grammars?.() ?? '').join(' ');
  return new FactsCache(cachePlace(folder, cwd, staged, grammars));
}

export function projectRoot(cwd: string): string {
  try {
    return realpathSync(resolve(cwd));
  } catch {
    throw new ConfigurationError([`cwd: there is no folder ${cwd}`]);
  }
}

/** All files of a project; those that were named are among them even where git ignores them. */
function listing(cwd: string, git: Git | undefined, { files }: Pick<Selection, 'files'>): string[] {
  return [...new Set([...((git && gitListing(git)) ?? walkedListing(cwd)), ...files])];
}
