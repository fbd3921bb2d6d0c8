import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { Config } from '../../src/config/config.js';

const root = join(import.meta.dirname, '../..');
const urlOf = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`;

/** Tells each module of a grammar that Node resolves. */
const observer = urlOf(`
  export async function resolve(specifier, context, next) {
    const found = await next(specifier, context);
    const grammar = /node_modules\\/((?:libpg-query|node-sql-parser|sqlite3-parser)\\/.*)/.exec(found.url);
    if (grammar) process._rawDebug('loaded ' + grammar[1]);
    return found;
  }`);
const register = urlOf(`import { register } from 'node:module'; register(${JSON.stringify(observer)});`);

/** Lints files in a process of its own; gives the grammars that it loaded. */
async function loadedFor(files: { [path: string]: string }, config: Config): Promise<string[]> {
  const program = `
    import { lintFiles } from ${JSON.stringify(pathToFileURL(join(root, 'src/index.ts')).href)};
    const { summary } = await lintFiles(${JSON.stringify(files)}, { config: ${JSON.stringify(config)} });
    console.log(summary.files.read);`;
  const args = ['--import', 'tsx', '--import', register, '--input-type=module', '--eval', program];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: root });
  expect(stdout.trim()).toBe(String(Object.keys(files).length));
  const modules = [...stderr.matchAll(/^loaded ([\w-]+)(?:\/build\/(\w+))?/gm)].map(
    ([, name, build]) => build ?? name!,
  );
  return [...new Set(modules)].sort();
}

const table = { 'a.sql': 'CREATE TABLE t (a int);' };

it.each<[string, { [path: string]: string }, Config, string[]]>([
  ['PostgreSQL', table, { dialect: 'postgresql' }, ['libpg-query']],
  ['CockroachDB', table, { dialect: 'cockroachdb' }, ['libpg-query']],
  ['MySQL', table, { dialect: 'mysql' }, ['mariadb', 'mysql']],
  ['SQLite', table, { dialect: 'sqlite' }, ['sqlite3-parser']],
  ['T-SQL', table, { dialect: 'tsql' }, ['transactsql']],
  ['no dialect that is known', { 'a.sql': 'SELECT 1;' }, {}, []],
  [
    'rules that ask no grammar',
    table,
    { dialect: 'postgresql', extends: [], rules: { 'schema/missing-primary-key': 'warn' } },
    [],
  ],
  [
    'no statement',
    { 'a.py': 'from sqlalchemy.orm import DeclarativeBase\n\n\nclass Base(DeclarativeBase):\n    pass\n' },
    { dialect: 'postgresql' },
    [],
  ],
])(
  'grammars are loaded where a rule that is on wants them, and for what is there: %s',
  async (_, files, config, loaded) => {
    expect(await loadedFor(files, config)).toEqual(loaded);
  },
  120_000,
);
