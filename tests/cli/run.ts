import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { main } from '../../src/cli/main.js';

// A git hook that runs these tests must not turn their commits into its own.
for (const name of ['GIT_DIR', 'GIT_INDEX_FILE', 'GIT_WORK_TREE', 'GIT_PREFIX'])
  Reflect.deleteProperty(process.env, name);

/** What a run of the command line left behind. */
export interface Outcome {
  code: number;
  out: string;
  err: string;
}

/** Runs the command line in this process. */
export async function run(
  argv: readonly string[],
  {
    cwd = tmpdir(),
    env = {},
    isTerminal = false,
  }: { cwd?: string; env?: Record<string, string>; isTerminal?: boolean } = {},
): Promise<Outcome> {
  const texts = { out: '', err: '' };
  const code = await main(argv, {
    cwd,
    env,
    out: { write: (text) => void (texts.out += text), isTerminal },
    err: { write: (text) => void (texts.err += text) },
  });
  return { code, ...texts };
}

/** A folder with these files, gone after the test. */
export function folder(files: Record<string, string> = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'ddlint-cli-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  write(root, files);
  return root;
}

export function write(root: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

export function git(root: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@localhost', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** A git work tree with these files in its first commit. */
export function repository(files: Record<string, string>): string {
  const root = folder(files);
  git(root, 'init', '-q', '-b', 'main');
  git(root, 'add', '.');
  git(root, 'commit', '-q', '-m', 'first');
  return root;
}
