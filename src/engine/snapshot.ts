import { blobs, type Git } from './git.js';

/** The files of a commit or of the index, by path relative to the folder that git was asked from. */
export class Snapshot {
  private readonly contents = new Map<string, Buffer>();

  private constructor(
    private readonly git: Git,
    private readonly ids: ReadonlyMap<string, string>,
  ) {}

  static ofCommit(git: Git, commit: string): Snapshot {
    return new Snapshot(git, listed(git, ['ls-tree', '-r', '-z', commit], /^(?!120000)\d+ blob ([0-9a-f]+)\t(.*)$/s));
  }

  static ofIndex(git: Git): Snapshot {
    return new Snapshot(git, listed(git, ['ls-files', '-s', '-z'], /^(?!160000)\d+ ([0-9a-f]+) \d\t(.*)$/s));
  }

  get paths(): string[] {
    return [...this.ids.keys()];
  }

  has(path: string): boolean {
    return this.ids.has(path);
  }

  /** Reads several files with one git process. */
  load(paths: readonly string[]): void {
    const wanted = paths.flatMap((path) => this.ids.get(path) ?? []);
    for (const [id, content] of blobs(this.git, wanted)) this.contents.set(id, content);
  }

  read(path: string): Buffer | undefined {
    const id = this.ids.get(path);
    if (id === undefined) return undefined;
    if (!this.contents.has(id)) this.load([path]);
    return this.contents.get(id);
  }
}

function listed(git: Git, args: string[], entry: RegExp): Map<string, string> {
  const ids = new Map<string, string>();
  for (const line of git.entries(args) ?? []) {
    const [, id, path] = entry.exec(line) ?? [];
    if (id !== undefined && path !== undefined) ids.set(path, id);
  }
  return ids;
}
