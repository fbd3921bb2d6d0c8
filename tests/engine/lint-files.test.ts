import { textHash } from '../../src/engine/text-hash.js';
import { expect, test } from 'vitest';
import type { Config } from '../../src/config/config.js';
import { createLinter } from '../../src/engine/lint.js';
import { frontEnds as registered } from '../../src/frontends/registry.js';
import { defineRule } from '../../src/rule.js';
import { fakeFrontEnd, rules } from './support/fakes.js';
import { lintFiles, places } from './support/linter.js';

const tables = defineRule({
  summary: 'A table.',
  severity: 'warn',
  presets: ['recommended'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['file'],
  fix: 'none',
  sources: [],
  messages: { here: 'here' },
  options: {},
  *check({ facts }) {
    for (const table of facts.tables) if (table.role === 'table') yield { message: 'here', at: table };
  },
});

test('a finding has its place, message, severity and nothing that was not offered', async () => {
  const { findings } = await lintFiles({ 'a.py': 'data\n  BAD\n' });
  expect(findings).toEqual([
    {
      rule: 'test/bad-word',
      severity: 'error',
      message: 'BAD is bad.',
      path: 'a.py',
      line: 2,
      column: 3,
      endLine: 2,
      endColumn: 6,
      related: [],
    },
  ]);
});

test('fix, suggestion and related places are carried over', async () => {
  const text = 'data BAD2 BAD3 BAD4';
  const { findings } = await lintFiles({ 'a.py': text });
  expect(findings.map(({ fix, suggestions, related }) => ({ fix, suggestions, related }))).toEqual([
    {
      fix: { edits: [{ start: 5, end: 9, text: 'GOOD' }], hash: textHash(text) },
      suggestions: undefined,
      related: [],
    },
    {
      fix: undefined,
      suggestions: [{ message: 'Make it good.', edits: [{ start: 10, end: 14, text: 'GOOD' }] }],
      related: [],
    },
    {
      fix: undefined,
      suggestions: undefined,
      related: [{ path: 'a.py', line: 1, column: 1, endLine: 1, endColumn: 5, message: 'the start' }],
    },
  ]);
});

test('a rule may lower the severity of a finding, but not below what the user named', async () => {
  const files = { 'a.py': 'data BAD1' };
  expect((await lintFiles(files)).findings[0]!.severity).toBe('info');
  expect((await lintFiles(files, { rules: { 'test/bad-word': 'warn' } })).findings[0]!.severity).toBe('warn');
  expect((await lintFiles(files, { extends: 'strict' })).findings[0]!.severity).toBe('info');
});

test('files without a mark of the data layer are skipped and counted', async () => {
  const { summary } = await lintFiles({ 'a.py': 'data', 'b.py': 'BAD', 'c.sql': 'nothing', 'd.txt': 'data BAD' });
  expect(summary.files).toEqual({ read: 1, skipped: 2, unreadable: 0 });
});

test('findings come by path, line, column and rule, whatever the order of the files', async () => {
  const files = { 'b.py': 'data BAD\nBAD', 'a/z.sql': 'data BAD', 'a.ts': 'data\nBAD BAD' };
  const config = { extends: 'strict' as const };
  const expected = [
    'a.ts:2:1 test/bad-word',
    'a.ts:2:1 test/quiet-word',
    'a.ts:2:5 test/bad-word',
    'a.ts:2:5 test/quiet-word',
    'a/z.sql:1:6 test/bad-word',
    'a/z.sql:1:6 test/quiet-word',
    'b.py:1:6 test/bad-word',
    'b.py:1:6 test/quiet-word',
    'b.py:2:1 test/bad-word',
    'b.py:2:1 test/quiet-word',
  ];
  expect(places(await lintFiles(files, config))).toEqual(expected);
  const reversed = Object.fromEntries(Object.entries(files).reverse());
  const again = await lintFiles(reversed, config);
  expect(places(again)).toEqual(expected);
  expect(JSON.stringify(again)).toBe(JSON.stringify(await lintFiles(files, config)));
});

test('a rule that throws becomes an internal error and the others still run', async () => {
  const { findings, errors } = await lintFiles(
    { 'a.py': 'data BAD', 'b.py': 'data BAD' },
    { rules: { 'test/broken': 'warn' } },
  );
  expect(findings).toHaveLength(2);
  expect(errors.map(({ rule, path, message }) => ({ rule, path, message }))).toEqual([
    { rule: 'test/broken', path: 'a.py', message: 'broken at a.py' },
    { rule: 'test/broken', path: 'b.py', message: 'broken at b.py' },
  ]);
});

test('a front end that throws becomes an internal error and the other files are linted', async () => {
  const { findings, errors } = await lintFiles({ 'a.py': 'data CRASH', 'b.py': 'data BAD' });
  expect(findings.map(({ path }) => path)).toEqual(['b.py']);
  expect(errors).toMatchObject([{ path: 'a.py', message: 'the fake parser crashed' }]);
});

test('rules are not loaded when nothing matters and nothing is configured', async () => {
  let loads = 0;
  const linter = createLinter({
    rules: async () => {
      loads++;
      return rules;
    },
    frontEnds: [fakeFrontEnd('python', ['.py'])],
  });
  await linter.lintFiles({ 'a.py': 'nothing' });
  expect(loads).toBe(0);
  await linter.lintFiles({ 'a.py': 'data' });
  expect(loads).toBe(1);
});

test('models.paths makes files matter, and leaves tables of other code aside', async () => {
  const table = '__tablename__ = "a"\n    id = Column(Integer)\n';
  const model = (name: string, imports: string): string => `${imports}\n\nclass ${name}(Base):\n    ${table}`;
  const files = {
    'app/models/a.py': model('A', 'from sqlalchemy import Column, Integer\nfrom .base import Base'),
    'app/models/base.py': 'from sqlalchemy.orm import declarative_base\n\nBase = declarative_base()\n',
    'app/models/plain.py': 'name = 1\n',
    'app/other.py': model('B', 'from sqlalchemy import Column, Integer\nfrom .models.base import Base'),
    'app/plain.py': 'name = 1\n',
  };
  const rules = { 'test/tables': tables };
  const linter = createLinter({ rules, frontEnds: registered });
  const lint = async (config: Config) => linter.lintFiles(files, { config });
  const all = await lint({});
  expect(all.findings.map(({ path }) => path)).toEqual(['app/models/a.py', 'app/other.py']);
  expect(all.summary.files).toEqual({ read: 3, skipped: 2, unreadable: 0 });
  const some = await lint({ models: { paths: ['app/models/**'] } });
  expect(some.findings.map(({ path }) => path)).toEqual(['app/models/a.py']);
  expect(some.summary.files).toEqual({ read: 4, skipped: 1, unreadable: 0 });
});

test('ignored files are not read; foreign folders are ignored unless they are taken back in', async () => {
  const files = {
    'a.py': 'data BAD',
    'gen/b.py': 'data BAD',
    'dist/c.py': 'data BAD',
    'x/node_modules/y/d.ts': 'data BAD',
  };
  const paths = async (ignore: string[]): Promise<string[]> =>
    (await lintFiles(files, { ignore })).findings.map(({ path }) => path);
  expect(await paths([])).toEqual(['a.py', 'gen/b.py']);
  expect(await paths(['gen'])).toEqual(['a.py']);
  expect(await paths(['gen/', '!dist/**'])).toEqual(['a.py', 'dist/c.py']);
  expect(await paths(['*.py'])).toEqual([]);
});

test('overrides change severity, options and dialect of the files that they match', async () => {
  const { findings } = await lintFiles(
    { 'a.py': 'data BAD', 'legacy/b.py': 'data BAD', 'legacy/c.sql': 'data BAD' },
    {
      rules: { 'test/bad-word': ['error', { adjective: 'awful' }] },
      overrides: [
        { files: 'legacy/**', rules: { 'test/bad-word': 'info' } },
        { files: ['*.sql'], rules: { 'test/bad-word': 'off' } },
      ],
    },
  );
  expect(findings.map(({ path, severity, message }) => [path, severity, message])).toEqual([
    ['a.py', 'error', 'BAD is awful.'],
    ['legacy/b.py', 'info', 'BAD is awful.'],
  ]);
});

test('a byte order mark in memory counts as little as one on disk', async () => {
  const { findings } = await lintFiles({ 'a.py': '\uFEFFBAD2 data' });
  expect(findings[0]).toMatchObject({ line: 1, column: 1, fix: { edits: [{ start: 0, end: 4, text: 'GOOD' }] } });
});
