import { createHash } from 'node:crypto';
import { join, posix } from 'node:path';
import { checkConfig } from '../config/check.js';
import { loadConfig, type LoadedConfig } from '../config/load.js';
import { resolveConfig, type ResolvedConfig, type RuleSetting } from '../config/resolve.js';
import type { FrontEnd } from '../frontends/front-end.js';
import type { Project } from '../ir/index.js';
import type { Rule } from '../rule.js';
import { shippedPaths } from './base.js';
import { checkFiles } from './check.js';
import type { Finding, InternalError } from './finding.js';
import { gitAt, type Git } from './git.js';
import { baseSettings, prefixOf, projectRoot } from './lint.js';
import { frontEndsByExtension, readProject, type ReadFile, type ReadProject } from './project.js';
import { remembering } from './remembering.js';
import { projectSettings } from './report.js';
import type { Tree } from './tree.js';
import { verifyStatements } from './verification.js';
import { overlaid, stampOf, WatchedTree } from './watched-tree.js';

/** How often the disk is looked at, at most; a walk that takes long is made more rarely still. */
const WALK_INTERVAL_MS = 250;
const WALK_SHARE = 20;

/** The project as it was read once. */
interface Snapshot {
  project: Project;
  files: readonly ReadFile[];
  config: ResolvedConfig;
  errors: readonly InternalError[];
}

/** The configuration as it was read once. */
interface Configuration {
  loaded: LoadedConfig;
  /** What the disk said of its file; absent where there is none. */
  stamp?: string;
  resolved: ResolvedConfig;
  /** From the configuration file's folder to the project's root. */
  prefix: string;
}

/** Rules and front ends, which the engine meets through their registries only. */
export interface IndexParts {
  rules: Readonly<Record<string, Rule>>;
  frontEnds: readonly FrontEnd[];
}

/** Tells whether any fact, or anything that rules know beside facts, has changed. */
function signatureOf({ files, settings }: Project): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ ...settings, shipped: [...settings.shipped].sort() }));
  for (const facts of files) hash.update(JSON.stringify(facts));
  return hash.digest('hex');
}

/**
 * The facts of a whole project for an editor, which asks again and again about one file: the disk is looked at in
 * intervals, what did not change is not read again, and unsaved text is laid over the project for one question only.
 */
export class ProjectIndex {
  /** Counts up when a fact of the project on disk changes; as long as it stays, derived facts are kept. */
  version = 0;
  private readonly root: string;
  private readonly git: Git | undefined;
  private readonly gitFolder: string | undefined;
  private readonly frontEnds: readonly FrontEnd[];
  private readonly frontEndOf: (path: string) => FrontEnd | undefined;
  private readonly tree: WatchedTree;
  private configuration: Configuration | undefined;
  private gitStamp = '';
  private snapshot: Snapshot | undefined;
  private signature = '';
  private nextWalk = 0;

  /** @param root absolute path of the folder that paths are relative to */
  constructor(
    root: string,
    private readonly parts: IndexParts,
  ) {
    this.root = projectRoot(root);
    this.git = gitAt(this.root);
    this.gitFolder = this.git?.line(['rev-parse', '--absolute-git-dir']);
    this.frontEnds = parts.frontEnds.map(remembering);
    this.frontEndOf = frontEndsByExtension(this.frontEnds);
    this.tree = new WatchedTree(this.root, this.git, (path) => this.frontEndOf(path)?.id);
  }

  /**
   * Takes a file in hand.
   * @param path relative to the root, POSIX; the disk need not know it
   * @param text as the editor has it, without byte order mark
   * @throws ConfigurationError where ddlint's configuration can't be used
   */
  async open(path: string, text: string): Promise<FileInHand> {
    const disk = await this.refreshed();
    const bytes = (this.frontEndOf(path)?.maxLength ?? 0) * 3 + 3;
    const content = this.tree.paths.includes(path) ? this.tree.read(path, bytes) : undefined;
    const saved = content !== undefined && 'text' in content && content.text === text;
    return new FileInHand(path, saved ? disk : await this.laidOver(disk, path, text), {
      rules: this.parts.rules,
      frontEnds: this.frontEnds,
    });
  }

  /** The project on disk, looked at anew when the last look is old enough. */
  private async refreshed(): Promise<Snapshot> {
    const start = performance.now();
    if (this.snapshot && start < this.nextWalk) return this.snapshot;
    // Each of the three notes what it saw, so none may be skipped.
    const changes = [this.tree.refresh(), this.gitMoved(), await this.configChanged()];
    if (!this.snapshot || changes.includes(true)) this.snapshot = await this.reread(this.snapshot);
    const end = performance.now();
    this.nextWalk = end + Math.max(WALK_INTERVAL_MS, WALK_SHARE * (end - start));
    return this.snapshot;
  }

  /** A commit, a checkout or `git add` can move what has shipped. */
  private gitMoved(): boolean {
    if (this.gitFolder === undefined) return false;
    const stamp = ['HEAD', 'index', 'logs/HEAD'].map((name) => stampOf(join(this.gitFolder!, name))).join();
    const moved = stamp !== this.gitStamp;
    this.gitStamp = stamp;
    return moved;
  }

  private async configChanged(): Promise<boolean> {
    const { loaded: known, stamp } = this.configuration ?? {};
    if (known?.file !== undefined && stampOf(known.file) === stamp) return false;
    const loaded = await loadConfig(this.root).catch((error: unknown) => this.forget(error));
    if (known && loaded.file === undefined && known.file === undefined) return false;
    try {
      if (loaded.file !== undefined) checkConfig(loaded, this.parts.rules);
    } catch (error) {
      this.forget(error);
    }
    const prefix = prefixOf(this.root, loaded.file);
    const resolved = resolveConfig(loaded.config, this.parts.rules, prefix);
    this.configuration = { loaded, resolved, prefix, ...(loaded.file && { stamp: stampOf(loaded.file) }) };
    return true;
  }

  /** What was known goes by a configuration that is no more. */
  private forget(error: unknown): never {
    this.configuration = undefined;
    this.snapshot = undefined;
    throw error;
  }

  private read(tree: Tree): Promise<ReadProject> {
    const { loaded, prefix, resolved } = this.configuration!;
    return readProject(tree, this.frontEnds, {
      config: loaded.config,
      dialectFor: (path) => resolved.dialectFor(path),
      fromConfig: (path) => posix.join(prefix, path),
    });
  }

  private snapshotOf(read: ReadProject, shipped: ReadonlySet<string>): Snapshot {
    const { loaded, resolved } = this.configuration!;
    const files = read.files.map(({ facts }) => facts);
    const settings = projectSettings(loaded.config, read.dialect?.dialect, shipped);
    return { project: { files, settings }, files: read.files, config: resolved, errors: read.errors };
  }

  private async reread(before: Snapshot | undefined): Promise<Snapshot> {
    const read = await this.read(this.tree);
    const migrating = read.files.map(({ facts }) => facts).filter(({ migrations }) => migrations.length > 0);
    const base = baseSettings(this.configuration!.loaded.config, {});
    const shipped = migrating.length > 0 ? shippedPaths(migrating, this.git, base) : new Set<string>();
    const snapshot = this.snapshotOf(read, shipped);
    const signature = signatureOf(snapshot.project);
    // Derived facts belong to a project object: with the same facts the same object goes on.
    if (before && signature === this.signature) return { ...snapshot, project: before.project, files: before.files };
    this.signature = signature;
    this.version++;
    return snapshot;
  }

  /** The project with one file's text replaced. A file that differs from the disk differs from what has shipped. */
  private async laidOver(disk: Snapshot, path: string, text: string): Promise<Snapshot> {
    const read = await this.read(overlaid(this.tree, path, text));
    const shipped = new Set(disk.project.settings.shipped);
    shipped.delete(path);
    return this.snapshotOf(read, shipped);
  }
}

/** One file of a project, with the text in hand. */
export class FileInHand {
  private verified = false;

  constructor(
    private readonly path: string,
    private snapshot: Snapshot,
    private readonly parts: IndexParts,
  ) {}

  /**
   * The findings of one rule in the file, suppressions applied; none for a rule that the configuration turns off, and
   * none of severity `info`.
   * @param id of a rule, or of one of the engine's own findings
   * @param options over those of the configuration
   * @throws Error where ddlint itself fails
   */
  async check(id: string, options: { [name: string]: unknown } = {}): Promise<Finding[]> {
    const { config } = this.snapshot;
    const file = this.snapshot.files.find(({ facts }) => facts.path === this.path);
    const failure = this.snapshot.errors.find(({ path }) => path === this.path);
    if (failure) throw new Error(failure.message);
    if (!file || config.isOff(id, this.path)) return [];
    const rule = this.parts.rules[id];
    if (rule?.needs.includes('sql-ast') && !this.verified) await this.verify(file);
    const { project, files } = this.snapshot;
    const errors: InternalError[] = [];
    const only: ResolvedConfig = {
      ...config,
      rulesFor: () => new Map(rule ? [[id, this.settingOf(id, rule, options)]] : []),
      engineSeverity: (each) => (each === id ? 'warn' : undefined),
    };
    const inHand = files.find(({ facts }) => facts.path === this.path)!;
    const findings = await checkFiles([inHand], files, { rules: this.parts.rules, config: only, project }, errors);
    if (errors.length > 0) throw new Error(errors[0]!.stack ?? errors[0]!.message);
    return findings.filter((finding) => finding.rule === id && finding.severity !== 'info');
  }

  private settingOf(id: string, rule: Rule, options: { [name: string]: unknown }): RuleSetting {
    const defaults = Object.entries(rule.options).map(([name, option]) => [name, option.default] as const);
    const configured = this.snapshot.config.rulesFor(this.path).get(id)?.options;
    return {
      severity: 'warn',
      explicit: false,
      options: { ...Object.fromEntries(defaults), ...configured, ...options },
    };
  }

  /** Confirms the file's statements with the grammars of their dialects, on a copy: others share the snapshot. */
  private async verify(file: ReadFile): Promise<void> {
    this.verified = true;
    const { files, project, errors } = this.snapshot;
    const confirmed = { ...file };
    const failed: InternalError[] = [];
    await verifyStatements([confirmed], this.parts.frontEnds, failed);
    this.snapshot = {
      ...this.snapshot,
      files: files.map((each) => (each === file ? confirmed : each)),
      project: { ...project, files: project.files.map((facts) => (facts === file.facts ? confirmed.facts : facts)) },
      errors: [...errors, ...failed],
    };
  }
}
