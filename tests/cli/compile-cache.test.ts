import { execFileSync } from 'node:child_process';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, write } from './run.js';

const launcherPart = join(import.meta.dirname, '../../bin/compile-cache.js');

/** In the place of TypeScript: a module that says a word and what a module knows of itself. */
const standIn = (word: string): string => `
const { basename } = require('node:path');
const known = [module.exports === exports, basename(__filename), __filename.startsWith(__dirname)].join(' ');
exports.neighbour = require('./neighbour.cjs');
console.log('${word}', exports.neighbour, known);
`;

function project(word: string): { root: string; run(): string; kept(): string[] } {
  const root = folder({
    'typescript.cjs': standIn(word),
    'neighbour.cjs': "module.exports = 'here';",
  });
  const program = `require(${JSON.stringify(launcherPart)}).enable(); require('./typescript.cjs');`;
  const env = { ...process.env, XDG_CACHE_HOME: join(root, 'cache') };
  return {
    root,
    run: () => execFileSync(process.execPath, ['-e', program], { cwd: root, env, encoding: 'utf8' }).trim(),
    kept: () => readdirSync(join(root, 'cache/ddlint/code')).map((name) => join(root, 'cache/ddlint/code', name)),
  };
}

test('TypeScript runs as ever, from its source and from its compiled code', () => {
  const { run, kept } = project('one');
  expect(run()).toBe('one here true typescript.cjs true');
  expect(kept()).toHaveLength(1);
  expect(run()).toBe('one here true typescript.cjs true');
  expect(kept()).toHaveLength(1);
});

test('a module that changed is compiled anew, also where it is as long as before', () => {
  const { root, run, kept } = project('one');
  run();
  write(root, { 'typescript.cjs': standIn('two') });
  expect(run()).toBe('two here true typescript.cjs true');
  expect(kept()).toHaveLength(2);
});

test('damaged code is not run', () => {
  const { run, kept } = project('one');
  run();
  writeFileSync(kept()[0]!, 'no code');
  expect(run()).toBe('one here true typescript.cjs true');
});

test('old code is removed when new code is written', () => {
  const { root, run, kept } = project('one');
  run();
  const [old] = kept();
  utimesSync(old!, 1, 1);
  write(root, { 'typescript.cjs': standIn('three') });
  run();
  expect(kept()).toHaveLength(1);
  expect(kept()).not.toContain(old);
});

test('where nothing can be written, the program runs all the same', () => {
  const { root, run } = project('one');
  write(root, { cache: 'a file' });
  expect(run()).toBe('one here true typescript.cjs true');
});
