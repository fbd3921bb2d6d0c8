import { textHash } from '../../src/engine/text-hash.js';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { lintFiles, lintProject, messages, places } from './support/linter.js';
import { Scratch } from './support/scratch.js';

const good = 'data BAD';
const goodFinding = 'good.py: BAD is bad.';

/** Lints a folder that holds a good file beside the bad ones, outside of git unless it is a repository. */
const lint = (scratch: Scratch, paths: string[] = []): ReturnType<typeof lintProject> =>
  lintProject({ cwd: scratch.write({ 'good.py': good }).path, paths });

const ascii = (text: string): number[] => [...Buffer.from(text)];

describe('bytes that are no text give a finding, and everything else is linted', () => {
  test.each<[string, number[], string]>([
    ['invalid UTF-8', [...ascii('data\n'), 0xc3, 0x28], 'The file is not valid UTF-8: byte 5 begins no character.'],
    [
      'a character cut short at the end',
      [...ascii('data'), 0xe2, 0x82],
      'The file is not valid UTF-8: byte 4 begins no character.',
    ],
    [
      'invalid UTF-8 without a mark of the data layer',
      [0xff],
      'The file is not valid UTF-8: byte 0 begins no character.',
    ],
    [
      'half a character of UTF-16',
      [0xff, 0xfe, 0x64, 0, 0x61],
      'The file is not valid UTF-16, which its first two bytes say it is.',
    ],
    ['UTF-16 without a mark', [0x64, 0, 0x61, 0, 0x74, 0], 'The file is binary, or UTF-16 without a byte order mark.'],
    ['binary', [0x7f, 0x45, 0x4c, 0x46, 0, 0, 0xff, 0x80], 'The file is binary.'],
  ])('%s', async (_name, bytes, message) => {
    const result = await lint(new Scratch().write({ 'bad.py': Uint8Array.from(bytes) }));
    expect(messages(result)).toEqual([`bad.py: ${message}`, goodFinding]);
    expect(result.findings[0]).toMatchObject({ rule: 'ddlint/unreadable-file', severity: 'warn', line: 1, column: 1 });
    expect(result.summary.files).toMatchObject({ read: 1, unreadable: 1 });
  });

  test('NUL characters: the finding sits on the first one, and what stands around them is linted', async () => {
    const text = 'data of some length, so that this is no binary file\nBAD \0 BAD\n\0';
    const result = await lint(new Scratch().write({ 'bad.py': text }));
    expect(places(result)).toEqual([
      'bad.py:2:1 test/bad-word',
      'bad.py:2:5 ddlint/unreadable-file',
      'bad.py:2:7 test/bad-word',
      'good.py:1:6 test/bad-word',
    ]);
    expect(result.findings[1]!.message).toMatch(/^The file holds 2 NUL characters/);
  });

  test('a NUL in a file that holds nothing of the data layer is a finding too', async () => {
    const result = await lint(new Scratch().write({ 'bad.py': 'nothing of interest here\0' }));
    expect(places(result)).toEqual(['bad.py:1:25 ddlint/unreadable-file', 'good.py:1:6 test/bad-word']);
  });
});

test('a byte order mark is no part of the text', async () => {
  const result = await lint(new Scratch().write({ 'bom.py': '\uFEFFBAD2 data' }));
  expect(places(result)).toEqual(['bom.py:1:1 test/bad-word', 'good.py:1:6 test/bad-word']);
  expect(result.findings[0]!.fix).toEqual({ edits: [{ start: 0, end: 4, text: 'GOOD' }], hash: textHash('BAD2 data') });
});

test.each<[string, (text: string) => Buffer]>([
  ['little endian', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['big endian', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
])('UTF-16 with a byte order mark is read, %s', async (_, encoded) => {
  const result = await lint(new Scratch().write({ 'wide.py': encoded('data \u00e4\n\u{1F600} BAD') }));
  expect(places(result)).toEqual(['good.py:1:6 test/bad-word', 'wide.py:2:4 test/bad-word']);
});

test.each<[string, string | Uint8Array, string[]]>([
  [
    'latin-1',
    Uint8Array.from([...ascii('# -*- coding: latin-1 -*-\ndata '), 0xe4, ...ascii(' BAD')]),
    ['declared.py:2:8 test/bad-word'],
  ],
  [
    'on the second line',
    Uint8Array.from([...ascii('#!/usr/bin/python\n# coding=iso8859-15\ndata '), 0xa4, ...ascii(' BAD')]),
    ['declared.py:3:8 test/bad-word'],
  ],
  [
    'unknown',
    Uint8Array.from([...ascii('# coding: klingon\ndata '), 0xe4]),
    ['declared.py:1:1 ddlint/unreadable-file'],
  ],
])('Python may declare another encoding: %s', async (_name, content, expected) => {
  const result = await lint(new Scratch().write({ 'declared.py': content }));
  expect(places(result)).toEqual([...expected, 'good.py:1:6 test/bad-word']);
});

test('CR-only line ends count as lines', async () => {
  const result = await lint(
    new Scratch().write({ 'cr.sql': 'data\r-- ddlint-disable-next-line test/bad-word\rBAD\rBAD' }),
  );
  expect(places(result)).toEqual(['cr.sql:4:1 test/bad-word', 'good.py:1:6 test/bad-word']);
});

test('an empty file is read without a finding', async () => {
  const result = await lint(new Scratch().write({ 'empty.py': '', 'bom.py': '\uFEFF' }));
  expect(messages(result)).toEqual([goodFinding]);
});

test('50 MB are not read', async () => {
  const scratch = new Scratch().write({ 'large.py': 'data' });
  truncateSync(scratch.file('large.py'), 50_000_000);
  const result = await lint(scratch);
  expect(messages(result)).toEqual([goodFinding, 'large.py: The file has 50.0 MB, which is too large to read.']);
  expect(result.summary.files.unreadable).toBe(1);
});

test('a file above the limit of its language is not parsed, unless it does not matter', async () => {
  const long = 'x'.repeat(1_000_001);
  const result = await lintFiles({ 'large.py': `data${long}`, 'other.py': long });
  expect(messages(result)).toEqual([
    'large.py: The file has 1,000,005 characters; files above 1,000,000 are not read.',
  ]);
  expect(result.summary.files).toEqual({ read: 0, skipped: 1, unreadable: 1 });
});

describe('what is no regular file', () => {
  test('a directory named like a source file is walked like any other', async () => {
    const scratch = new Scratch().write({ 'x.py/inner.py': good });
    mkdirSync(scratch.file('empty.py'));
    expect(places(await lint(scratch))).toEqual([
      'empty.py:1:1 ddlint/unreadable-file',
      'good.py:1:6 test/bad-word',
      'x.py/inner.py:1:6 test/bad-word',
    ]);
  });

  test('as an argument an empty directory named like a source file is a finding', async () => {
    const scratch = new Scratch().repository();
    mkdirSync(scratch.file('x.py'));
    expect(messages(await lint(scratch, ['x.py', 'good.py']))).toEqual([
      goodFinding,
      'x.py: This is a directory, not a file.',
    ]);
  });

  test('a link that leads to itself, and a link to nowhere', async () => {
    const scratch = new Scratch();
    symlinkSync('loop.py', scratch.file('loop.py'));
    symlinkSync('nowhere', scratch.file('broken.py'));
    expect(messages(await lint(scratch))).toEqual([
      'broken.py: The file does not exist.',
      goodFinding,
      'loop.py: The file is a symbolic link that leads to itself.',
    ]);
  });

  test('links between directories that lead in a circle', async () => {
    const scratch = new Scratch().write({ 'a/one.py': good, 'b/two.py': good });
    symlinkSync('..', scratch.file('a/up'));
    symlinkSync('../a', scratch.file('b/a'));
    symlinkSync('../b', scratch.file('a/b'));
    const found = (await lint(scratch)).findings.map(({ path }) => path);
    expect(found).toHaveLength(3);
    expect(found.filter((path) => path.endsWith('one.py'))).toHaveLength(1);
    expect(found.filter((path) => path.endsWith('two.py'))).toHaveLength(1);
  });

  test('the same links in a work tree', async () => {
    const scratch = new Scratch().repository().write({ 'a/one.py': good });
    symlinkSync('..', scratch.file('a/up'));
    symlinkSync('loop.py', scratch.file('loop.py'));
    expect(places(await lint(scratch))).toEqual([
      'a/one.py:1:6 test/bad-word',
      'good.py:1:6 test/bad-word',
      'loop.py:1:1 ddlint/unreadable-file',
    ]);
  });

  test('a pipe is not opened', async () => {
    const scratch = new Scratch();
    execFileSync('sh', ['-c', 'mkfifo "$0"', scratch.file('pipe.py')]);
    expect(messages(await lint(scratch))).toEqual([
      goodFinding,
      'pipe.py: This is a device, a pipe or a socket, not a file.',
    ]);
  });
});

test('a file without permission to read', async () => {
  const scratch = new Scratch().write({ 'secret.py': good, 'good.py': good });
  chmodSync(scratch.file('secret.py'), 0);
  chmodSync(scratch.path, 0o755);
  // Root may read everything, so the work is done by someone else.
  const someone = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const probe = fileURLToPath(new URL('support/print-messages.ts', import.meta.url));
  const output = execFileSync(process.execPath, ['--import', 'tsx', probe, scratch.path], {
    ...someone,
    encoding: 'utf8',
  });
  expect(JSON.parse(output)).toEqual([goodFinding, 'secret.py: ddlint has no permission to read the file.']);
});

describe('arguments', () => {
  test('a deleted file is said to be deleted, and does not fail the run', async () => {
    const scratch = new Scratch().repository().write({ 'gone.py': good, 'removed.py': good }).commit();
    rmSync(scratch.file('gone.py'));
    scratch.git('rm', '--quiet', 'removed.py');
    const { findings } = await lint(scratch, ['gone.py', 'removed.py', 'good.py']);
    expect(findings.map(({ path, severity, message }) => [path, severity, message])).toEqual([
      ['gone.py', 'info', 'The file was deleted, so there is nothing to lint.'],
      ['good.py', 'error', 'BAD is bad.'],
      ['removed.py', 'info', 'The file was deleted, so there is nothing to lint.'],
    ]);
  });

  test('what never was there is an error', async () => {
    const { findings } = await lint(new Scratch().repository(), ['typo.py', 'good.py']);
    expect(findings.map(({ path, severity, message }) => [path, severity, message])).toEqual([
      ['good.py', 'error', 'BAD is bad.'],
      ['typo.py', 'error', 'There is no such file or folder.'],
    ]);
  });

  test('what lies outside of the project is an error', async () => {
    const scratch = new Scratch().write({ 'project/a.py': good });
    const { findings } = await lintProject({ cwd: scratch.file('project'), paths: ['../other.py', 'a.py'] });
    expect(findings.map(({ path, severity }) => [path, severity])).toEqual([
      ['../other.py', 'error'],
      ['a.py', 'error'],
    ]);
  });

  test('folders, absolute paths and files that git ignores can be named; the project is read whole', async () => {
    const files = { 'a/1.py': good, 'a/b/2.py': good, 'ab/3.py': good, 'ignored.py': good, '.gitignore': 'ignored.py' };
    const scratch = new Scratch().repository().write(files);
    const paths = async (...args: string[]): Promise<string[]> => {
      const result = await lintProject({ cwd: scratch.path, paths: args });
      expect(result.summary.files.read).toBe(args.includes('ignored.py') ? 4 : 3);
      return result.findings.map(({ path }) => path);
    };
    expect(await paths('a')).toEqual(['a/1.py', 'a/b/2.py']);
    expect(await paths('./a/b/', scratch.file('ab/3.py'))).toEqual(['a/b/2.py', 'ab/3.py']);
    expect(await paths('.')).toEqual(['a/1.py', 'a/b/2.py', 'ab/3.py']);
    expect(await paths('ignored.py')).toEqual(['ignored.py']);
  });

  test('a path may be named through a link', async () => {
    const scratch = new Scratch().write({ 'real/a.py': good });
    symlinkSync('real', scratch.file('link'));
    const { findings } = await lintProject({ cwd: scratch.file('link'), paths: [scratch.file('link/a.py')] });
    expect(findings.map(({ path }) => path)).toEqual(['a.py']);
  });

  test('what is not ours to read, or ignored, is passed over', async () => {
    const scratch = new Scratch().write({ 'README.md': good, 'node_modules/x/a.py': good });
    expect((await lint(scratch, ['README.md', 'node_modules/x/a.py'])).findings).toEqual([]);
  });

  test('a project folder that is not there is an error', async () => {
    await expect(lintProject({ cwd: '/nowhere/at/all' })).rejects.toThrow('cwd: there is no folder /nowhere/at/all');
  });
});

test('deleted and untracked files of a work tree', async () => {
  const scratch = new Scratch().repository().write({ 'gone.py': good, 'ignored/x.py': good }).commit();
  rmSync(scratch.file('gone.py'));
  scratch.write({ 'new.py': good, '.gitignore': 'secret.py', 'secret.py': good });
  expect((await lint(scratch)).findings.map(({ path }) => path)).toEqual(['good.py', 'ignored/x.py', 'new.py']);
});
