import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that lives as long as the test. */
export class Scratch {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'ddlint-')));

  constructor() {
    onTestFinished(() => rmSync(this.path, { recursive: true, force: true }));
  }

  file(path: string): string {
    return join(this.path, path);
  }

  write(files: { [path: string]: string | Uint8Array }): this {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(this.file(path)), { recursive: true });
      writeFileSync(this.file(path), content);
    }
    return this;
  }

  /** Runs git here. */
  git(...args: string[]): string {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', [...identity, ...args], { cwd: this.path, encoding: 'utf8', stdio: 'pipe' });
  }

  repository(): this {
    this.git('init', '--quiet', '--initial-branch=main');
    return this;
  }

  commit(message = 'change'): this {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', message);
    return this;
  }
}
