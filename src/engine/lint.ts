import { realpathSync } from 'node:fs';
import { dirname, posix, relative, resolve, sep } from 'node:path';
import { checkConfig } from '../config/check.js';
import type { Config } from '../config/config.js';
import { ConfigurationError } from '../config/errors.js';
import { loadConfig, type LoadedConfig } from '../config/load.js';
import { resolveConfig, type ResolvedConfig } from '../config/resolve.js';
import type { FrontEnd } from '../frontends/front-end.js';
import type { Project, ProjectSettings } from '../ir/index.js';
import type { Rule } from '../rule.js';
import { changedSince, commitSince, shippedPaths, stagedPaths, type BaseSettings } from './base.js';
import { checkFiles } from './check.js';
import { argumentFinding } from './engine-findings.js';
import type { LintResult } from './finding.js';
import { gitAt, type Git } from './git.js';
import { gitListing, walkedListing } from './listing.js';
import { readProject } from './project.js';
import { selection, type Selection } from './reported.js';
import { inOrder } from './run-rules.js';
import { summarise } from './summary.js';
import { diskTree, indexTree, memoryTree, type Tree } from './tree.js';
import { verifyStatements } from './verification.js';

export interface LintFilesOptions {
  /** `extends: 'recommended'` where absent. */
  config?: Config;
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
}

/** The two ways to lint. */
export interface Linter {
  lintFiles(files: Readonly<Record<string, string>>, options?: LintFilesOptions): Promise<LintResult>;
  lintProject(options: LintProjectOptions): Promise<LintResult>;
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
  /** Further limits on what is reported. */
  reports(path: string): boolean;
}

const neverMatters: Rules = {};

async function run(parts: Parts, given: Run): Promise<LintResult> {
  const { loaded, prefix } = given;
  const { config } = loaded;
  const allRules = async (): Promise<Rules> => (typeof parts.rules === 'function' ? parts.rules() : parts.rules);
  const isDefault = Object.keys(config).length === 0;
  if (!isDefault) checkConfig(loaded, await allRules());

  const dialects = resolveConfig(config, neverMatters, prefix);
  const read = await readProject(given.tree, parts.frontEnds, {
    config,
    dialectFor: (path) => dialects.dialectFor(path),
    fromConfig: (path) => posix.join(prefix, path),
  });
  const rules = read.files.length > 0 || !isDefault ? await allRules() : neverMatters;
  const resolved = resolveConfig(config, rules, prefix);
  const reported = read.files.filter(
    ({ facts }) => given.reports(facts.path) && (given.selected?.includes(facts.path) ?? true),
  );

  const sqlAst = reported.filter(({ facts }) => needsSqlAst(resolved, rules, facts.path));
  await verifyStatements(sqlAst, parts.frontEnds, read.errors);

  const facts = read.files.map((file) => file.facts);
  const migrating = facts.filter(({ migrations }) => migrations.length > 0);
  const shipped = migrating.length > 0 ? shippedPaths(migrating, given.git, given.base) : new Set<string>();
  const project: Project = { files: facts, settings: projectSettings(config, read.dialect?.dialect, shipped) };
  const dialect = config.dialect === undefined ? read.dialect : { dialect: config.dialect, why: 'configured' };
  const found = await checkFiles(reported, read.files, { rules, config: resolved, project }, read.errors);
  const present = new Set(given.tree.paths);
  const failures = (given.selected?.failures ?? [])
    .filter(({ path }) => !present.has(path))
    .flatMap((failure) => argumentFinding(failure, resolved));
  const findings = inOrder([...found, ...failures]);
  return { findings, summary: summarise({ ...read, dialect }, shipped, findings), errors: read.errors };
}

const needsSqlAst = (config: ResolvedConfig, rules: Rules, path: string): boolean =>
  [...config.rulesFor(path).keys()].some((id) => rules[id]!.needs.includes('sql-ast'));

export function projectSettings(
  config: Config,
  found: ProjectSettings['dialect'] | undefined,
  shipped: ReadonlySet<string>,
): ProjectSettings {
  const { postgresVersion, mysqlVersion } = config;
  const assumeInTransaction = config.migrations?.assumeInTransaction;
  return {
    dialect: config.dialect ?? found ?? 'unknown',
    ...(postgresVersion !== undefined && { postgresVersion }),
    ...(mysqlVersion !== undefined && { mysqlVersion }),
    ...(assumeInTransaction !== undefined && { assumeInTransaction }),
    shipped,
  };
}

export function baseSettings(config: Config, rest: Omit<BaseSettings, 'base' | 'report'>, all = false): BaseSettings {
  const { base, report } = config.migrations ?? {};
  const mode = all ? 'all' : report;
  return { ...rest, ...(base !== undefined && { base }), ...(mode && { report: mode }) };
}

async function configurationOf({ cwd, config, additions }: LintProjectOptions): Promise<LoadedConfig> {
  const loaded = typeof config === 'object' ? { config } : await loadConfig(cwd, config);
  if (additions === undefined) return loaded;
  return {
    ...loaded,
    config: { ...loaded.config, ...additions, rules: { ...loaded.config.rules, ...additions.rules } },
  };
}

/** The path from a configuration file's folder to the project; `` where they are one. */
export function prefixOf(cwd: string, file: string | undefined): string {
  return file === undefined
    ? ''
    : relative(realpathSync(dirname(file)), cwd)
        .split(sep)
        .join('/');
}

/** Makes a linter of rules and front ends. */
export function createLinter(parts: Parts): Linter {
  return {
    lintFiles(files, { config = {} } = {}) {
      return run(parts, {
        tree: memoryTree(files),
        loaded: { config },
        prefix: '',
        base: baseSettings(config, {}),
        reports: () => true,
      });
    },

    async lintProject(options) {
      const { paths = [], staged = false, since, all } = options;
      const cwd = projectRoot(options.cwd);
      const loaded = await configurationOf({ ...options, cwd });
      const git = gitAt(cwd);
      if (staged && git === undefined) throw new ConfigurationError([`staged: ${cwd} is no git work tree`]);
      const selected = selection(cwd, paths, git);
      const tree = staged ? indexTree(git!) : diskTree(cwd, listing(cwd, git, selected));
      const changed = since === undefined ? undefined : changedSince(git!, commitSince(git, since), staged);
      const onlyStaged = staged ? stagedPaths(git!) : undefined;
      return run(parts, {
        tree,
        loaded,
        prefix: prefixOf(cwd, loaded.file),
        git,
        base: baseSettings(loaded.config, { ...(since !== undefined && { since }), staged }, all),
        selected,
        reports: (path) => (onlyStaged?.has(path) ?? true) && (changed?.has(path) ?? true),
      });
    },
  };
}

export function projectRoot(cwd: string): string {
  try {
    return realpathSync(resolve(cwd));
  } catch {
    throw new ConfigurationError([`cwd: there is no folder ${cwd}`]);
  }
}

/** All files of a project; those that were named are among them even where git ignores them. */
function listing(cwd: string, git: Git | undefined, { files }: Selection): string[] {
  return [...new Set([...((git && gitListing(git)) ?? walkedListing(cwd)), ...files])];
}
