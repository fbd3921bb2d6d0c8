import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll } from 'vitest';
import type { DdlintPlugin } from '../../../src/eslint/index.js';
import { Scratch } from '../../engine/support/scratch.js';

const checkout = fileURLToPath(new URL('../../..', import.meta.url));
const cache = join(checkout, 'node_modules/.cache');

/** Compiles ddlint file by file, as for npm. */
const compile = (folder: string): Promise<unknown> =>
  build({
    absWorkingDir: checkout,
    entryPoints: ['src/**/*.ts', 'rules/**/*.ts'],
    outbase: '.',
    outdir: folder,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });

/** A package as npm would install it, below node_modules: the worker is compiled, with no `.ts` file beside it. */
async function install(folder: string, make: (folder: string) => Promise<unknown>): Promise<string> {
  const root = join(folder, 'node_modules/ddlint');
  mkdirSync(root, { recursive: true });
  for (const name of ['package.json', 'src', 'rules']) symlinkSync(join(checkout, name), join(root, name));
  await make(join(root, 'dist'));
  return root;
}

/** ddlint installed for the tests of one file. */
export interface Installed {
  plugin: DdlintPlugin;
  /** A project with ddlint, ESLint and typescript-eslint in its node_modules, as long as the test. */
  project(files: { [path: string]: string }): Scratch;
}

/** Installs ddlint for the tests of one file. */
export async function installed(make = compile): Promise<Installed> {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'ddlint-eslint-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const root = await install(folder, make);
  const entry = pathToFileURL(join(root, 'dist/src/eslint/index.js')).href;
  const { default: plugin } = (await import(entry)) as { default: DdlintPlugin };
  return {
    plugin,
    project(files) {
      const scratch = new Scratch().repository().write({ '.gitignore': 'node_modules\n', ...files });
      mkdirSync(scratch.file('node_modules'));
      symlinkSync(root, scratch.file('node_modules/ddlint'));
      for (const name of ['eslint', 'typescript-eslint']) {
        symlinkSync(join(checkout, 'node_modules', name), scratch.file(`node_modules/${name}`));
      }
      return scratch;
    },
  };
}

/** What a program prints, and how it ends. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs ESLint's own command in a project; one that doesn't end by itself fails the test. */
export function eslintCommand(
  project: Scratch,
  args: readonly string[],
  { cwd = project.path, env = process.env }: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const command = [project.file('node_modules/eslint/bin/eslint.js'), ...args];
    execFile(process.execPath, command, { cwd, env, timeout: 50_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, stdout, stderr });
    });
  });
}
