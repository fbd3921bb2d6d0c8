import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A git repository, asked from one folder. Paths that git gives back are relative to that folder. */
export class Git {
  constructor(readonly cwd: string) {}

  /**
   * What git prints, or nothing where it fails or is not there. The environment is passed on, as commits of a part of
   * the index set GIT_INDEX_FILE; locks are left alone, as a commit may be holding them.
   */
  run(args: readonly string[], input?: string): Buffer | undefined {
    const { status, stdout } = spawnSync('git', ['-c', 'core.quotePath=false', ...args], {
      cwd: this.cwd,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'ignore'],
      maxBuffer: 2 ** 31 - 1,
      ...(input !== undefined && { input }),
    });
    return status === 0 ? stdout : undefined;
  }

  /** The one line that git prints. */
  line(args: readonly string[]): string | undefined {
    return this.run(args)?.toString('utf8').trim();
  }

  /** Whether git agrees that this is a work tree. */
  get isWorkTree(): boolean {
    return this.line(['rev-parse', '--is-inside-work-tree']) === 'true';
  }

  /** The entries of a `-z` listing. */
  entries(args: readonly string[], input?: string): string[] | undefined {
    const listing = this.run(args, input)?.toString('utf8');
    return listing?.split('\0').filter((entry) => entry !== '');
  }

  /** The commit that a revision names. */
  commit(revision: string): string | undefined {
    return this.line(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  }
}

/**
 * Git for a folder, or nothing where no repository is near. Git itself is not asked, as starting it takes time: what it
 * refuses later gives no answer.
 */
export function gitAt(cwd: string): Git | undefined {
  if (process.env['GIT_DIR'] !== undefined) return new Git(cwd);
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return new Git(cwd);
    if (dirname(folder) === folder) return undefined;
  }
}

/** The contents of blobs by object id, through one `git cat-file --batch`. */
export function blobs(git: Git, ids: readonly string[]): Map<string, Buffer> {
  const contents = new Map<string, Buffer>();
  const wanted = [...new Set(ids)];
  const output = wanted.length === 0 ? undefined : git.run(['cat-file', '--batch'], wanted.join('\n') + '\n');
  if (output === undefined) return contents;
  for (let at = 0; at < output.length;) {
    const lineEnd = output.indexOf(0x0a, at);
    const [id, kind, size] = output.toString('latin1', at, lineEnd).split(' ');
    at = lineEnd + 1;
    if (kind === 'missing') continue;
    if (kind === 'blob') contents.set(id!, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}
