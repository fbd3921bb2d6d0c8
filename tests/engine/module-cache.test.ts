import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Scratch } from './support/scratch.js';

const moduleLog = fileURLToPath(new URL('support/module-log.mjs', import.meta.url));
const lintFolder = fileURLToPath(new URL('support/lint-folder.ts', import.meta.url));

/** The packages that a run of its own loads for a project. */
function packagesLoadedFor(files: Record<string, string>): Set<string> {
  const scratch = new Scratch().write(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`project/${path}`, text])),
  );
  const log = scratch.write({ log: '' }).file('log');
  execFileSync(process.execPath, ['--import', 'tsx', '--import', moduleLog, lintFolder, scratch.file('project')], {
    env: { ...process.env, MODULE_LOG: log },
  });
  const packages = readFileSync(log, 'utf8').matchAll(/\/node_modules\/((?:@[^/]+\/)?[^/\n]+)/g);
  return new Set([...packages].map((match) => match[1]!));
}

const parsers = ['ts-morph', 'web-tree-sitter', 'libpg-query', 'node-sql-parser'];
const loadedOf = (packages: Set<string>): string[] => parsers.filter((name) => packages.has(name));

test('where nothing matches the prefilter, no parser is loaded and nothing else that is heavy', () => {
  const packages = packagesLoadedFor({
    'src/math.ts': 'export const add = (a: number, b: number): number => a + b;\n',
    'app/text.py': 'def upper(text):\n    return text.upper()\n',
    'empty.sql': '\n',
    'README.md': 'select 1',
  });
  expect(loadedOf(packages)).toEqual([]);
  expect(
    [...packages].filter((name) => !['tsx', 'esbuild', 'get-tsconfig', 'resolve-pkg-maps', 'picomatch'].includes(name)),
  ).toEqual([]);
});

test.each<[string, Record<string, string>, string]>([
  ['TypeScript', { 'a.ts': "import { Entity } from 'typeorm';\n@Entity()\nexport class A {}\n" }, 'ts-morph'],
  ['PostgreSQL', { 'a.sql': 'CREATE INDEX CONCURRENTLY i ON t (c);\n' }, 'libpg-query'],
  ['MySQL', { 'a.sql': 'CREATE TABLE `t` (id int unsigned) ENGINE=InnoDB;\n' }, 'node-sql-parser'],
  [
    'SQL that no rule wants parsed',
    { 'a.sql': 'CREATE INDEX CONCURRENTLY i ON t (c);\n', '.ddlintrc': 'extends: []' },
    '',
  ],
  ['Python', { 'a.py': 'from sqlalchemy import Column\n' }, 'web-tree-sitter'],
])('%s loads its own parser and no other', (_name, files, parser) => {
  expect(loadedOf(packagesLoadedFor(files))).toEqual(parser === '' ? [] : [parser]);
});
