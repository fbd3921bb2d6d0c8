import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lintProject, messages, places } from './support/linter.js';
import { Scratch } from './support/scratch.js';

const staged = (scratch: Scratch, paths: string[] = []) => lintProject({ cwd: scratch.path, staged: true, paths });

test('what is staged is linted, not what stands in the work tree', async () => {
  const scratch = new Scratch().repository().write({ 'a.py': 'data', 'b.py': 'data' }).commit();
  scratch.write({ 'a.py': 'data BAD', 'b.py': 'data' });
  scratch.git('add', 'a.py');
  scratch.write({ 'a.py': 'data fine', 'b.py': 'data BAD' });
  expect(places(await staged(scratch))).toEqual(['a.py:1:6 test/bad-word']);
  expect(places(await lintProject({ cwd: scratch.path }))).toEqual(['b.py:1:6 test/bad-word']);
});

test('a file whose work-tree copy was deleted is read from the index', async () => {
  const scratch = new Scratch().repository().write({ 'a.py': 'data BAD' });
  scratch.git('add', 'a.py');
  rmSync(scratch.file('a.py'));
  expect(places(await staged(scratch))).toEqual(['a.py:1:6 test/bad-word']);
  expect(places(await staged(scratch, ['a.py']))).toEqual(['a.py:1:6 test/bad-word']);
});

test('where a link leads to is not taken for its text', async () => {
  const scratch = new Scratch().repository().write({ 'a.py': 'data BAD' });
  symlinkSync('data BAD', scratch.file('link.py'));
  scratch.git('add', '--all');
  expect(places(await staged(scratch))).toEqual(['a.py:1:6 test/bad-word']);
});

test('the whole index is the project, findings are of staged files only, untracked files count as absent', async () => {
  const scratch = new Scratch().repository().write({ 'old.py': 'data BAD' }).commit();
  scratch.write({ 'new.py': 'data BAD', 'stray.py': 'data BAD' });
  scratch.git('add', 'new.py');
  const result = await staged(scratch);
  expect(places(result)).toEqual(['new.py:1:6 test/bad-word']);
  expect(result.summary.files.read).toBe(2);
});

test('a renamed file is reported by its new name, a deleted one not at all', async () => {
  const lines = Array.from({ length: 30 }, (_, line) => `data ${line}`).join('\n');
  const scratch = new Scratch()
    .repository()
    .write({ 'a.py': `${lines}\nBAD`, 'b.py': 'data BAD' })
    .commit();
  renameSync(scratch.file('a.py'), scratch.file('new name ü.py'));
  rmSync(scratch.file('b.py'));
  scratch.git('add', '--all');
  expect(places(await staged(scratch))).toEqual(['new name ü.py:31:1 test/bad-word']);
});

test('arguments limit what is reported further', async () => {
  const scratch = new Scratch().repository().write({ 'a.py': 'data BAD', 'x/b.py': 'data BAD' });
  scratch.git('add', '--all');
  expect(places(await staged(scratch, ['x']))).toEqual(['x/b.py:1:6 test/bad-word']);
});

test('in a folder of a work tree paths are relative to that folder', async () => {
  const scratch = new Scratch().repository().write({ 'x/y/a.py': 'data BAD', 'b.py': 'data BAD' });
  scratch.git('add', '--all');
  scratch.write({ 'x/y/a.py': 'data' });
  const result = await lintProject({ cwd: scratch.file('x'), staged: true });
  expect(places(result)).toEqual(['y/a.py:1:6 test/bad-word']);
});

test('the index that GIT_INDEX_FILE names is read', async () => {
  const scratch = new Scratch().repository().write({ 'a.py': 'data' }).commit();
  scratch.write({ 'a.py': 'data BAD' });
  process.env['GIT_INDEX_FILE'] = scratch.file('.git/other-index');
  try {
    scratch.git('read-tree', 'HEAD');
    scratch.git('add', 'a.py');
    scratch.write({ 'a.py': 'data' });
    expect(places(await staged(scratch))).toEqual(['a.py:1:6 test/bad-word']);
  } finally {
    delete process.env['GIT_INDEX_FILE'];
  }
  expect(places(await staged(scratch))).toEqual([]);
});

test('linting leaves the index and the work tree as they were', async () => {
  const scratch = new Scratch().repository().write({ 'a.py': 'data' }).commit();
  scratch.write({ 'a.py': 'data BAD' });
  scratch.git('add', 'a.py');
  writeFileSync(scratch.file('a.py'), 'data BAD more');
  const before = [scratch.git('ls-files', '-s'), scratch.git('status', '--porcelain')];
  await staged(scratch);
  expect([scratch.git('ls-files', '-s'), scratch.git('status', '--porcelain')]).toEqual(before);
});

test('invalid bytes in the index are a finding', async () => {
  const scratch = new Scratch().repository().write({ 'a.py': Uint8Array.of(0x64, 0xff), 'b.py': 'data BAD' });
  scratch.git('add', '--all');
  scratch.write({ 'a.py': 'fine' });
  expect(messages(await staged(scratch))).toEqual([
    'a.py: The file is not valid UTF-8: byte 1 begins no character.',
    'b.py: BAD is bad.',
  ]);
});

test('outside of git there is nothing staged', async () => {
  const scratch = new Scratch().write({ 'a.py': 'data' });
  await expect(staged(scratch)).rejects.toThrow('is no git work tree');
});
