import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Config } from '../../src/config/config.js';
import type { LintResult } from '../../src/engine/finding.js';
import { CountingLinter } from './support/counting.js';
import { lintProject, places } from './support/linter.js';
import { Scratch } from './support/scratch.js';

let linter: CountingLinter;
beforeEach(() => {
  linter = new CountingLinter();
});
afterEach(() => void vi.restoreAllMocks());

/** From now on, all that was written so far was written long ago. */
function later(): void {
  const now = Date.now() + 60_000;
  vi.spyOn(Date, 'now').mockReturnValue(now);
}

/** A project in `p`, its cache in `cache`. */
const project = (files: { [path: string]: string }): Scratch =>
  new Scratch().write(Object.fromEntries(Object.entries(files).map(([path, text]) => [`p/${path}`, text])));

/** A run with the cache, which must find the same as one without. */
async function lint(scratch: Scratch, options: { config?: Config; staged?: true } = {}): Promise<LintResult> {
  const cwd = scratch.file('p');
  const result = await linter.lint({ cwd, cache: scratch.file('cache'), ...options });
  expect(result).toEqual(await new CountingLinter().lint({ cwd, ...options }));
  return result;
}

const packs = (scratch: Scratch): string[] =>
  readdirSync(scratch.file('cache')).map((name) => join(scratch.file('cache'), name));

test('where nothing changed, no file is read and no parser is loaded', async () => {
  const scratch = project({ 'a.py': 'data BAD', 'b.ts': 'data BAD2', 'c.py': 'nothing' });
  later();
  await lint(scratch);
  expect(linter.read).toEqual(['a.py', 'b.ts']);
  const again = await lint(scratch);
  expect(linter).toMatchObject({ read: [], loaded: [] });
  expect(linter.scanned).not.toContain('c.py');
  expect(places(again)).toEqual(['a.py:1:6 test/bad-word', 'b.ts:1:6 test/bad-word']);
});

test('a changed file is read, and only the parser of its language is loaded', async () => {
  const scratch = project({ 'a.py': 'data BAD', 'b.ts': 'data BAD2', 'c.py': 'data', 'd.py': 'nothing' });
  await lint(scratch);
  scratch.write({ 'p/c.py': 'data and BAD' });
  expect(places(await lint(scratch))).toContain('c.py:1:10 test/bad-word');
  expect(linter).toMatchObject({ read: ['c.py'], loaded: ['python'] });
});

test('files that are new, gone, renamed or grown to matter show', async () => {
  const scratch = project({ 'a.py': 'data BAD', 'b.py': 'data BAD', 'c.py': 'data BAD', 'd.py': 'nothing' });
  later();
  await lint(scratch);
  rmSync(scratch.file('p/a.py'));
  renameSync(scratch.file('p/b.py'), scratch.file('p/e.py'));
  scratch.write({ 'p/d.py': 'data BAD', 'p/f.py': 'data BAD' });
  const result = await lint(scratch);
  expect(result.findings.map(({ path }) => path)).toEqual(['c.py', 'd.py', 'e.py', 'f.py']);
  expect(linter.read).toEqual(['d.py', 'e.py', 'f.py']);
});

test('a file that was touched and is as before is not read', async () => {
  const scratch = project({ 'a.py': 'data BAD', 'b.py': 'nothing' });
  later();
  await lint(scratch);
  for (const name of ['p/a.py', 'p/b.py']) utimesSync(scratch.file(name), 1, 1);
  await lint(scratch);
  expect(linter.read).toEqual([]);
  expect(linter.scanned).toContain('b.py');
  await lint(scratch);
  expect(linter.scanned).not.toContain('b.py');
});

test('a file that is replaced right after the run, by one of the same size and time, is read', async () => {
  const scratch = project({ 'a.py': 'data fine', 'b.py': 'just nothing' });
  const replace = (path: string, text: string): void => {
    const { atime, mtime } = statSync(scratch.file(path));
    scratch.write({ [path]: text });
    utimesSync(scratch.file(path), atime, mtime);
  };
  await lint(scratch);
  replace('p/a.py', 'data BAD8');
  replace('p/b.py', 'now data BAD');
  expect(places(await lint(scratch))).toEqual(['a.py:1:6 test/bad-word', 'b.py:1:10 test/bad-word']);
});

test('of a file that was written just before the run, no stamp is believed', async () => {
  const scratch = project({ 'a.py': 'nothing' });
  await lint(scratch);
  await lint(scratch);
  expect(linter.scanned).toEqual(['a.py']);
});

test('another dialect, other model paths or another migration folder mean reading anew', async () => {
  const scratch = project({ 'a.py': 'data BAD', 'b.py': 'nothing', 'm/c.py': 'data revision 1' });
  later();
  await lint(scratch);
  await lint(scratch, { config: { dialect: 'mysql' } });
  expect(linter.read).toEqual(['a.py', 'm/c.py']);
  await lint(scratch, { config: { dialect: 'mysql', models: { paths: ['b.py'] } } });
  expect(linter.read).toEqual(['b.py']);
  await lint(scratch, { config: { dialect: 'mysql', migrations: { paths: ['m'], runner: 'alembic' } } });
  expect(linter.read).toEqual(['m/c.py']);
  await lint(scratch, { config: { dialect: 'mysql', migrations: { paths: ['m'], runner: 'alembic' } } });
  expect(linter.read).toEqual([]);
});

test('a dialect that another file gives away counts for files that did not change', async () => {
  const scratch = project({ 'a.py': 'data', 'b.py': 'data' });
  await lint(scratch);
  scratch.write({ 'p/b.py': 'data CREATE INDEX CONCURRENTLY' });
  await lint(scratch);
  expect(linter.read).toEqual(['a.py', 'b.py']);
  await lint(scratch);
  expect(linter.read).toEqual([]);
});

test('facts of another version of ddlint are not believed', async () => {
  const scratch = project({ 'a.py': 'data BAD' });
  await lint(scratch);
  const [pack] = packs(scratch);
  const text = readFileSync(pack!, 'utf8');
  expect(text).toMatch(/^\{"owner":"\d+\.\d+\.\d+ /);
  writeFileSync(pack!, text.replace(/^\{"owner":"\d+/, '{"owner":"99'));
  await lint(scratch);
  expect(linter.read).toEqual(['a.py']);
});

test('packs of two projects of one name do not mix', async () => {
  const [one, other] = [project({ 'a.py': 'data BAD' }), project({ 'a.py': 'data', 'b.py': 'nothing' })];
  const cache = one.file('cache');
  await linter.lint({ cwd: one.file('p'), cache });
  await linter.lint({ cwd: other.file('p'), cache });
  expect(linter.read).toEqual(['a.py']);
  expect(places(await linter.lint({ cwd: one.file('p'), cache }))).toEqual(['a.py:1:6 test/bad-word']);
  expect(linter.read).toEqual([]);
});

const damages: [string, (text: string) => string][] = [
  ['empty', () => ''],
  ['cut', (text) => text.slice(0, text.length / 2)],
  ['no JSON', (text) => `x${text}`],
  ['JSON of something else', () => '{"some":"thing"}\n'],
  ['changed in its body', (text) => text.replace('"usages":[{', '"usages":[ ')],
  ['without its last line', (text) => text.trimEnd().replace(/\n.*$/, '')],
];
test.each(damages)('a pack that is %s counts as none', async (_name, damage) => {
  const scratch = project({ 'a.py': 'data BAD' });
  await lint(scratch);
  const [pack] = packs(scratch);
  const text = readFileSync(pack!, 'utf8');
  expect(damage(text)).not.toBe(text);
  writeFileSync(pack!, damage(text));
  await lint(scratch);
  expect(linter.read).toEqual(['a.py']);
  await lint(scratch);
  expect(linter.read).toEqual([]);
});

test('where nothing can be written, nothing is kept and nothing is said', async () => {
  const scratch = project({ 'a.py': 'data BAD' }).write({ cache: 'a file' });
  expect((await lint(scratch)).errors).toEqual([]);
  await lint(scratch);
  expect(linter.read).toEqual(['a.py']);
});

test('runs at the same time leave one whole pack', async () => {
  const files = Array.from({ length: 40 }, (_, number): [string, string] => [`${number}.py`, `data BAD ${number}`]);
  const scratch = project(Object.fromEntries(files));
  const options = { cwd: scratch.file('p'), cache: scratch.file('cache') };
  const results = await Promise.all(Array.from({ length: 6 }, () => lintProject(options)));
  for (const result of results) expect(result).toEqual(results[0]);
  expect(packs(scratch)).toHaveLength(1);
  await lint(scratch);
  expect(linter.read).toEqual([]);
});

test('the index is told by its blobs, and has facts of its own', async () => {
  const scratch = project({ 'a.py': 'data BAD', 'b.py': 'nothing' }).repository();
  scratch.git('add', 'p');
  await lint(scratch, { staged: true });
  scratch.write({ 'p/a.py': 'data', 'p/b.py': 'data' });
  expect(places(await lint(scratch, { staged: true }))).toEqual(['a.py:1:6 test/bad-word']);
  expect(linter.read).toEqual([]);
  expect(linter.scanned).not.toContain('b.py');
  scratch.git('add', 'p');
  expect(places(await lint(scratch, { staged: true }))).toEqual([]);
  expect(linter.read).toEqual(['a.py', 'b.py']);
  await lint(scratch);
  expect(packs(scratch)).toHaveLength(2);
});

test('a file that facts wait for is read when it changes, comes or goes', async () => {
  const scratch = project({ 'a.py': 'data BAD7' });
  later();
  await lint(scratch);
  scratch.write({ 'p/7.py': 'BAD' });
  expect(places(await lint(scratch))).toEqual(['7.py:1:1 test/bad-word', 'a.py:1:6 test/bad-word']);
  await lint(scratch);
  expect(linter.read).toEqual([]);
  scratch.write({ 'p/7.py': 'no more' });
  expect(places(await lint(scratch))).toEqual(['a.py:1:6 test/bad-word']);
  expect(linter.read).toEqual(['7.py']);
  rmSync(scratch.file('p/7.py'));
  expect((await lint(scratch)).summary.files).toMatchObject({ read: 1, skipped: 0 });
});

test('a file that a front end fails on fails again', async () => {
  const scratch = project({ 'a.py': 'data CRASH', 'b.py': 'data BAD' });
  await lint(scratch);
  expect((await lint(scratch)).errors.map(({ path }) => path)).toEqual(['a.py']);
});

test('a file with a problem of its bytes keeps it', async () => {
  const scratch = project({ 'a.py': 'data \0 BAD', 'b.py': 'data   BAD' });
  const first = await lint(scratch);
  expect(places(first)).toContain('a.py:1:6 ddlint/unreadable-file');
  expect(await lint(scratch)).toEqual(first);
});
