import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, git, repository, run, write } from './run.js';

const clean = { 'migrations/0001_add_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);\n' };
const dropped = { 'migrations/0002_drop_users.sql': 'DROP TABLE users;\n' };

test('a clean project ends with 0 and says what was looked at', async () => {
  const { code, out, err } = await run([], { cwd: folder(clean) });
  expect(out.split('\n')[0]).toContain('Found SQL (1 migration in migrations)');
  expect(out).toContain('1 migration replayed, 1 new.');
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test('an error ends with 1 and shows its code', async () => {
  const { code, out } = await run(['--format', 'frames'], { cwd: folder({ ...clean, ...dropped }) });
  expect(code).toBe(1);
  expect(out).toContain('migrations/0002_drop_users.sql:1:1 error destructive/drop-table');
  expect(out).toContain('> 1 | DROP TABLE users;');
});

test('--rule turns a rule off, paths limit what is reported', async () => {
  const cwd = folder({ ...clean, ...dropped });
  expect((await run(['--rule', 'destructive/drop-table=off'], { cwd })).code).toBe(0);
  expect((await run(['migrations/0001_add_users.sql'], { cwd })).code).toBe(0);
  expect((await run(['migrations'], { cwd })).code).toBe(1);
});

test('warnings fail only above --max-warnings, and --quiet leaves them out', async () => {
  const cwd = folder({ ...clean, ...dropped });
  const warn = ['--format', 'concise', '--rule', 'destructive/drop-table=warn'];
  const { code, out } = await run(warn, { cwd });
  expect(code).toBe(0);
  expect(out).toContain('warn destructive/drop-table');
  expect((await run([...warn, '--max-warnings', '1'], { cwd })).code).toBe(0);
  expect((await run([...warn, '--max-warnings', '0'], { cwd })).code).toBe(1);
  expect((await run([...warn, '--quiet'], { cwd })).out).not.toContain('destructive/drop-table');
});

test('json has the shape of the programmatic result', async () => {
  const { out } = await run(['--format', 'json'], { cwd: folder({ ...clean, ...dropped }) });
  const result = JSON.parse(out) as { findings: Record<string, unknown>[]; summary: Record<string, unknown> };
  expect(Object.keys(result)).toEqual(['findings', 'summary']);
  const found = result.findings.find(({ rule }) => rule === 'destructive/drop-table')!;
  expect(found).toMatchObject({
    severity: 'error',
    path: 'migrations/0002_drop_users.sql',
    line: 1,
    column: 1,
    endLine: 1,
  });
  expect(Object.keys(result.summary).sort()).toEqual(['files', 'findings', 'found', 'migrations', 'statements']);
});

test('a format can go to a file beside one for people', async () => {
  const cwd = folder({ ...clean, ...dropped });
  const { code, out } = await run(['--format', 'concise', '--format', 'json=reports/a=b.json'], { cwd });
  expect(code).toBe(1);
  expect(out).toContain('error destructive/drop-table');
  expect(JSON.parse(readFileSync(join(cwd, 'reports/a=b.json'), 'utf8'))).toHaveProperty('findings');
});

test('a file that can not be written is an error of usage', async () => {
  const { code, err } = await run(['--format', 'json=migrations'], { cwd: folder(clean) });
  expect(code).toBe(2);
  expect(err).toContain("--format json=migrations can't be written");
});

test('--staged lints what will be committed, not what lies on disk', async () => {
  const cwd = repository(clean);
  write(cwd, dropped);
  git(cwd, 'add', '.');
  write(cwd, { 'migrations/0002_drop_users.sql': 'SELECT 1;\n' });
  const { code, out } = await run(['--staged'], { cwd });
  expect(code).toBe(1);
  expect(out).toContain('> 1 | DROP TABLE users;');
  expect((await run([], { cwd })).code).toBe(0);
});

test('shipped migrations are reported with --all only', async () => {
  const cwd = repository({ ...clean, ...dropped });
  expect((await run([], { cwd })).code).toBe(0);
  expect((await run(['--all'], { cwd })).code).toBe(1);
});

test('--since counts later migrations as new', async () => {
  const cwd = repository(clean);
  write(cwd, dropped);
  git(cwd, 'add', '.');
  git(cwd, 'commit', '-q', '-m', 'second');
  expect((await run([], { cwd })).code).toBe(0);
  expect((await run(['--since', 'HEAD~1'], { cwd })).code).toBe(1);
  const env = { PRE_COMMIT_FROM_REF: 'HEAD~1', PRE_COMMIT_TO_REF: 'HEAD' };
  expect((await run([], { cwd, env })).code).toBe(1);
});

const postgresql = { 'ddlint.config.json': '{ "dialect": "postgresql" }' };
const unquoted = "UPDATE user SET name = 'x' WHERE id = 1;\n";
const quoted = unquoted.replace('user', '"user"');

test('--fix writes safe fixes and keeps the byte order mark', async () => {
  const cwd = folder({ ...postgresql, 'db/fill.sql': `\ufeff${unquoted}${unquoted}` });
  expect((await run([], { cwd })).code).toBe(1);
  const { code, err } = await run(['--fix'], { cwd });
  expect(err).toBe('ddlint: 2 fixes written in 1 file.\n');
  expect(readFileSync(join(cwd, 'db/fill.sql'), 'utf8')).toBe(`\ufeff${quoted}${quoted}`);
  expect(code).toBe(0);
});

test('--fix --staged leaves a file alone that is staged in part', async () => {
  const cwd = repository(postgresql);
  write(cwd, { 'db/part.sql': unquoted, 'db/whole.sql': unquoted });
  git(cwd, 'add', '.');
  write(cwd, { 'db/part.sql': `-- more\n${unquoted}` });
  const { code, err } = await run(['--fix', '--staged'], { cwd });
  expect(err).toBe(
    'ddlint: db/part.sql is staged in part and not fixed; stage or stash the rest of it first.\n' +
      'ddlint: 1 fix written in 1 file, not staged yet.\n',
  );
  expect(readFileSync(join(cwd, 'db/part.sql'), 'utf8')).toBe(`-- more\n${unquoted}`);
  expect(readFileSync(join(cwd, 'db/whole.sql'), 'utf8')).toBe(quoted);
  expect(code).toBe(1);
});

test('globs of a configuration that is named from elsewhere are relative to the project, as for linting', async () => {
  const cwd = folder({ 'src/a.sql': '' });
  const elsewhere = folder({
    'ddlint.config.json': '{"overrides": [{"files": "src/**", "rules": {"naming/reserved-word": "error"}}]}',
  });
  const { out } = await run(['--print-config', 'src/a.sql', '--config', `${elsewhere}/ddlint.config.json`], { cwd });
  expect((JSON.parse(out) as { rules: object }).rules).toHaveProperty(['naming/reserved-word', 0], 'error');
});

test('--print-config shows the rules as they hold for a path', async () => {
  const cwd = folder({
    'ddlint.config.json': JSON.stringify({
      extends: 'recommended',
      overrides: [{ files: 'old/**', rules: { 'destructive/drop-table': 'off' } }],
    }),
  });
  const rulesFor = async (...path: string[]) => {
    const { code, out } = await run(['--print-config', ...path], { cwd });
    expect(code).toBe(0);
    const printed = JSON.parse(out) as { file: string; rules: Record<string, unknown> };
    expect(printed.file).toBe(join(cwd, 'ddlint.config.json'));
    return printed.rules;
  };
  expect(await rulesFor('new/a.sql')).toHaveProperty(['destructive/drop-table', 0], 'error');
  expect(await rulesFor('old/a.sql')).not.toHaveProperty(['destructive/drop-table']);
});

test('FORCE_COLOR colours standard output, not files', async () => {
  const cwd = folder(dropped);
  const { out } = await run(['--format', 'concise', '--format', 'frames=report.txt'], {
    cwd,
    env: { FORCE_COLOR: '1' },
  });
  expect(out).toContain('\u001b[');
  expect(readFileSync(join(cwd, 'report.txt'), 'utf8')).not.toContain('\u001b[');
});

test('--cache-location keeps facts there, --no-cache keeps none', async () => {
  const cwd = folder({ ...clean, ...dropped });
  const first = await run(['--cache-location', 'kept/here'], { cwd });
  expect(readdirSync(join(cwd, 'kept/here'))).toHaveLength(1);
  expect(await run(['--cache-location', 'kept/here'], { cwd })).toEqual(first);
  expect(await run(['--no-cache'], { cwd, env: { XDG_CACHE_HOME: join(cwd, 'cache') } })).toEqual(first);
  expect(existsSync(join(cwd, 'cache'))).toBe(false);
  const { code, err } = await run(['--no-cache', '--cache-location', 'x'], { cwd });
  expect({ code, err }).toEqual({ code: 2, err: 'ddlint: --no-cache and --cache-location exclude each other\n' });
});
