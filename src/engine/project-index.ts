import { createHash } from 'node:crypto';
import { join, posix } from 'node:path';
import { checkConfig } from '../config/check.js';
import { loadConfig, type LoadedConfig } from '../config/load.js';
import { resolveConfig, type ResolvedConfig } from '../config/resolve.js';
import { frontEndsByPath } from '../frontends/by-path.js';
import type { FrontEnd } from '../frontends/front-end.js';
import type { Project } from '../ir/index.js';
import type { Rule } from '../rule.js';
import { standingOf, type Standing } from './base.js';
import { checkerOf } from './check.js';
import { FileInHand, type Snapshot } from './file-in-hand.js';
import { gitAt, type Git } from './git.js';
import { baseSettings, prefixOf, projectRoot } from './lint.js';
import { readProject, type ReadProject } from './project.js';
import { remembering } from './remembering.js';
import { projectSettings } from './report.js';
import { stampOf } from './stamp.js';
import type { Tree } from './tree.js';
import { verifyStatements } from './verification.js';
import { overlaid, WatchedTree } from './watched-tree.js';

/** How often the disk is looked at, at most; a walk that takes long is made more rarely still. */
const WALK_INTERVAL_MS = 250;
const WALK_SHARE = 20;

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
  const { shipped, edited = [] } = settings;
  hash.update(JSON.stringify({ ...settings, shipped: [...shipped].sort(), edited: [...edited].sort() }));
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
    this.frontEndOf = frontEndsByPath(this.frontEnds);
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
    return new FileInHand(path, saved ? disk : await this.laidOver(disk, path, text), this.parts.rules);
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

  private async read(tree: Tree): Promise<ReadProject> {
    const { loaded, prefix, resolved } = this.configuration!;
    const read = await readProject(tree, this.frontEnds, {
      config: loaded.config,
      dialectFor: (path) => resolved.dialectFor(path),
      fromConfig: (path) => posix.join(prefix, path),
    });
    // All files and not only the one in hand, so that each is checked against the same project.
    await verifyStatements(read.files, this.frontEnds, read.errors);
    return read;
  }

  private snapshotOf({ files, dialect, errors }: ReadProject, standing: Standing): Snapshot {
    const { loaded, resolved } = this.configuration!;
    const settings = projectSettings(loaded.config, dialect?.dialect, standing);
    const project = { files: files.map(({ facts }) => facts), settings };
    return { project, files, check: checkerOf(files, { rules: this.parts.rules, project }), config: resolved, errors };
  }

  private async reread(before: Snapshot | undefined): Promise<Snapshot> {
    const read = await this.read(this.tree);
    const base = baseSettings(this.configuration!.loaded.config, {});
    const snapshot = this.snapshotOf(read, await standingOf(read.files, this.git, base));
    const signature = signatureOf(snapshot.project);
    if (before && signature === this.signature) return this.withFactsOf(before, snapshot);
    this.signature = signature;
    this.version++;
    return snapshot;
  }

  /** Derived facts belong to a project object: with equal facts the same objects go on, beside texts that may be new. */
  private withFactsOf({ project }: Snapshot, { files: read, ...rest }: Snapshot): Snapshot {
    const files = read.map((file, index) => ({ ...file, facts: project.files[index]! }));
    return { ...rest, project, files, check: checkerOf(files, { rules: this.parts.rules, project }) };
  }

  /** The project with one file's text replaced. A file that differs from the disk differs from what has shipped. */
  private async laidOver(disk: Snapshot, path: string, text: string): Promise<Snapshot> {
    const read = await this.read(overlaid(this.tree, path, text));
    const { shipped, edited = [] } = disk.project.settings;
    const standing = { shipped: new Set(shipped), edited: new Map(edited) };
    if (standing.shipped.delete(path)) standing.edited.set(path, 'code');
    return this.snapshotOf(read, standing);
  }
}
