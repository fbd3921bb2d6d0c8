import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Scratch } from './support/scratch.js';

const moduleLog = fileURLToPath(new URL('support/module-log.mjs', import.meta.url));
const lintFolder = fileURLToPath(new URL('support/lint-folder.ts', import.meta.url));

const inProject = (files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`project/${path}`, text]));

const packagesLoadedFor = (files: Record<string, string>): Set<string> =>
  packagesLoadedIn(new Scratch().write(inProject(files)));

/** The packages that a run of its own loads for a project; a cache is used where it is named. */
function packagesLoadedIn(scratch: Scratch, ...cache: string[]): Set<string> {
  const log = scratch.write({ log: '' }).file('log');
  const args = ['--import', 'tsx', '--import', moduleLog, lintFolder, scratch.file('project'), ...cache];
  execFileSync(process.execPath, args, { env: { ...process.env, MODULE_LOG: log } });
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

const everyLanguage = {
  'a.ts':
    "import { Entity, PrimaryColumn } from 'typeorm';\n@Entity()\nexport class A { @PrimaryColumn() id: number }\n",
  'b.ts':
    "import { DataSource } from 'typeorm';\nnew DataSource({ type: 'postgres', migrationsTransactionMode: 'none' });\n",
  'migrations/1-c.ts':
    "import { MigrationInterface, QueryRunner } from 'typeorm';\nexport class C1700000000000 implements MigrationInterface {\n  async up(q: QueryRunner) { await q.query('CREATE INDEX i ON a (id)'); }\n  async down() {}\n}\n",
  'd.py': 'from sqlalchemy import Column\n',
  'e.sql': 'CREATE INDEX CONCURRENTLY i ON t (c);\n',
};

test.each<[string, Record<string, string>, string[]]>([
  ['nothing', {}, []],
  ['Python', { 'd.py': 'from sqlalchemy import Column, String\n' }, ['web-tree-sitter']],
  [
    'an entity',
    {
      'a.ts':
        "import { Entity, PrimaryColumn } from 'typeorm';\n@Entity()\nexport class B { @PrimaryColumn() id: string }\n",
    },
    ['ts-morph'],
  ],
  ['SQL', { 'e.sql': 'CREATE INDEX j ON t (c);\n' }, ['libpg-query']],
])('with facts of an earlier run, %s that changed loads its own parser and no other', (_name, changed, loaded) => {
  const scratch = new Scratch().write(inProject(everyLanguage));
  const cache = scratch.file('cache');
  expect(loadedOf(packagesLoadedIn(scratch, cache))).toEqual(['ts-morph', 'web-tree-sitter', 'libpg-query']);
  scratch.write(inProject(changed));
  expect(loadedOf(packagesLoadedIn(scratch, cache))).toEqual(loaded);
});
