import { expect, test } from 'vitest';
import type { Directive, FileFacts } from '../../../src/ir/index.js';
import { factsOf } from './histories.js';

const one = async (path: string, text: string): Promise<FileFacts> => (await factsOf({ [path]: text }))[0]!;

const told = ({ directives = [] }: FileFacts): string[] =>
  directives.map(({ text, path }: Directive) => (path === undefined ? text : `${text} => ${path}`));

const verbs = ({ statements }: FileFacts): string[] => statements.map(({ verb }) => verb);

test('psql: commands, files that are run, variables', async () => {
  const facts = await one(
    'db/postgres/setup.sql',
    [
      '\\set owner app',
      '\\c shop',
      "\\i 'tables/a b.sql'",
      '\\ir ../more.sql',
      '\\if :fresh',
      'CREATE TABLE :"schema".a (x int);',
      '\\endif',
      'ALTER TABLE a OWNER TO :owner;',
      "INSERT INTO a VALUES (:'x');",
    ].join('\n'),
  );
  expect(told(facts)).toEqual([
    '\\set owner app',
    '\\c shop',
    "\\i 'tables/a b.sql' => tables/a b.sql",
    '\\ir ../more.sql => ../more.sql',
    '\\if :fresh',
    '\\endif',
  ]);
  expect(verbs(facts)).toEqual(['CREATE TABLE', 'ALTER TABLE', 'INSERT']);
  expect(facts.statements.map(({ holes }) => holes.length)).toEqual([1, 1, 1]);
});

test('pg_dump: data is skipped, settings are read, a snapshot is no migration', async () => {
  const dump = [
    '--',
    '-- PostgreSQL database dump',
    '--',
    'SET statement_timeout = 0;',
    "SELECT pg_catalog.set_config('search_path', '', false);",
    'CREATE TABLE public.a (x integer);',
    'COPY public.a (x) FROM stdin;',
    '1',
    "it's; DROP TABLE b;",
    '\\.',
    'ALTER TABLE ONLY public.a ADD CONSTRAINT a_pkey PRIMARY KEY (x);',
  ].join('\n');
  const files = await factsOf({ 'db/migrations/1_a.sql': 'SELECT 1;', 'db/migrations/structure.sql': dump });
  const [migration, snapshot] = files;
  expect([migration!.migrations.length, snapshot!.migrations.length]).toEqual([1, 0]);
  expect(verbs(snapshot!)).toEqual(['SET', 'SELECT', 'CREATE TABLE', 'COPY', 'ALTER TABLE']);
  expect(snapshot!.dialect).toBe('postgresql');
  expect(snapshot!.statements[1]!.operations).toMatchObject([
    { kind: 'Select' },
    { kind: 'SetSetting', name: 'search_path' },
  ]);
});

test('sqlcmd: batches, files, variables', async () => {
  const facts = await one(
    'db/mssql/setup.sql',
    [
      ':setvar Name "shop"',
      ':r .\\tables.sql',
      'CREATE TABLE $(Name).[a] (x int)',
      'GO',
      'INSERT INTO a VALUES (1)',
      'GO 5',
      'DROP TABLE b',
    ].join('\r\n'),
  );
  expect(told(facts)).toEqual([':setvar Name "shop"', ':r .\\tables.sql => .\\tables.sql', 'GO', 'GO 5']);
  expect(verbs(facts)).toEqual(['CREATE TABLE', 'INSERT', 'DROP TABLE']);
  expect(facts.statements[0]!.holes).toHaveLength(1);
});

test('mysql: delimiters, comments that are run, files', async () => {
  const facts = await one(
    'db/mysql/setup.sql',
    [
      'source tables.sql',
      '/*!40101 SET NAMES utf8 */;',
      'DELIMITER //',
      'CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.x = 1; SET NEW.y = 2; END//',
      'DELIMITER ;',
      'DROP TABLE b;',
    ].join('\n'),
  );
  expect(told(facts)).toEqual(['source tables.sql => tables.sql', 'DELIMITER //', 'DELIMITER ;']);
  expect(verbs(facts)).toEqual(['SET', 'CREATE TRIGGER', 'DROP TABLE']);
});

test('sqlite3: commands of the shell', async () => {
  const facts = await one('db/sqlite/setup.sql', '.bail on\n.read tables.sql\nDROP TABLE a;\n');
  expect(told(facts)).toEqual(['.bail on', '.read tables.sql => tables.sql']);
  expect(verbs(facts)).toEqual(['DROP TABLE']);
});
