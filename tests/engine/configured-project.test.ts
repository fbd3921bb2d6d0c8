import { expect, test } from 'vitest';
import { ConfigurationError } from '../../src/config/errors.js';
import { lintProject, messages } from './support/linter.js';
import { Scratch } from './support/scratch.js';

test('a configuration is found, checked and used', async () => {
  const scratch = new Scratch().write({
    '.ddlintrc': 'rules: { test/bad-word: [warn, { adjective: awful }] }',
    'a.py': 'data BAD',
  });
  expect(messages(await lintProject({ cwd: scratch.path }))).toEqual(['a.py: BAD is awful.']);
});

test('what is wrong with it is an error that names the file, even where nothing matters', async () => {
  const scratch = new Scratch().write({ 'package.json': '{ "ddlint": { "rules": { "test/bad-wrod": "warn" } } }' });
  const failure = await lintProject({ cwd: scratch.path }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ConfigurationError);
  expect((failure as Error).message).toBe(
    `${scratch.file('package.json')}: unknown rule "test/bad-wrod" in "rules"; did you mean "test/bad-word"?`,
  );
});

test('globs and folders are relative to a configuration above the project', async () => {
  const scratch = new Scratch().repository().write({
    '.ddlintrc.json': JSON.stringify({
      ignore: ['pkg/gen/**'],
      overrides: [{ files: 'pkg/old/**', rules: { 'test/bad-word': 'off' } }],
      migrations: { paths: ['pkg/steps'], runner: 'goose', report: 'all' },
    }),
    'pkg/a.py': 'data BAD',
    'pkg/gen/b.py': 'data BAD',
    'pkg/old/c.py': 'data BAD',
    'pkg/steps/1.sql': 'data revision 1',
  });
  const result = await lintProject({ cwd: scratch.file('pkg') });
  expect(messages(result)).toEqual(['a.py: BAD is bad.', 'steps/1.sql: Migration 1 is new.']);
  expect(result.summary.found).toEqual(['SQL (1 migration in steps)', 'no sign of the dialect (set "dialect")']);
});

test('globs of a configuration that was named from elsewhere are relative to the project', async () => {
  const scratch = new Scratch().write({
    'conf/own.json': '{ "ignore": ["gen"] }',
    'a.py': 'data BAD',
    'gen/b.py': 'data BAD',
  });
  expect(messages(await lintProject({ cwd: scratch.path, config: 'conf/own.json' }))).toEqual(['a.py: BAD is bad.']);
});

test('a configuration can be handed over; files are then not searched for', async () => {
  const scratch = new Scratch().write({ '.ddlintrc': 'extends: []', 'a.py': 'data BAD' });
  expect(messages(await lintProject({ cwd: scratch.path }))).toEqual([]);
  expect(messages(await lintProject({ cwd: scratch.path, config: {} }))).toEqual(['a.py: BAD is bad.']);
});

test('additions are laid over what is found', async () => {
  const scratch = new Scratch().write({
    '.ddlintrc': 'rules: { test/bad-word: off, test/quiet-word: error }',
    'a.py': 'data BAD',
  });
  const run = (additions: object) => lintProject({ cwd: scratch.path, additions });
  expect((await run({ extends: 'strict' })).findings.map(({ rule }) => rule)).toEqual(['test/quiet-word']);
  const rules = { 'test/bad-word': 'info', 'test/quiet-word': 'off' };
  expect((await run({ rules })).findings.map(({ rule, severity }) => [rule, severity])).toEqual([
    ['test/bad-word', 'info'],
  ]);
});

test('a configuration in TypeScript', async () => {
  const scratch = new Scratch().write({
    'ddlint.config.ts':
      'interface A { ignore: string[] }\nconst config: A = { ignore: ["gen/**"] };\nexport default config;\n',
    'a.sql': 'data BAD',
    'gen/b.py': 'data BAD',
  });
  expect(messages(await lintProject({ cwd: scratch.path }))).toEqual(['a.sql: BAD is bad.']);
});
