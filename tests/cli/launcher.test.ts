import { spawn, type SpawnOptions } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { Linter } from 'eslint';
import { expect, test } from 'vitest';
import { folder, write, type Outcome } from './run.js';

const root = join(import.meta.dirname, '../..');

/** The package as a plain clone has it: nothing compiled, dependencies linked in. */
function clone(): string {
  const copy = folder();
  for (const path of ['bin', 'src', 'rules', 'package.json']) {
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** The launcher with a program of three small files, which says what it was called with. */
function miniature({ dependencies = true } = {}): string {
  const copy = folder({
    'package.json': JSON.stringify({
      name: 'ddlint',
      version: '1.2.3',
      type: 'module',
      dependencies: { picomatch: '4' },
    }),
    'src/cli/main.ts': `import picomatch from 'picomatch';
import { rules } from '../../rules/index.js';
export async function main(argv: readonly string[]): Promise<number> {
  console.log(argv.join(' '), rules satisfies string, picomatch('*.sql')('a.sql'));
  return 7;
}
`,
    'src/data.json': '{}',
    'rules/index.ts': "import type { Missing } from './missing.js';\nexport const rules = 'two' as Missing & string;\n",
  });
  cpSync(join(root, 'bin'), join(copy, 'bin'), { recursive: true });
  if (dependencies) symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

const said: Outcome = { code: 7, out: 'a --b two true\n', err: '' };

function start(copy: string, argv: readonly string[], options: SpawnOptions = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(copy, 'bin/ddlint.js'), ...argv], options);
    const texts = { out: '', err: '' };
    child.stdout!.on('data', (data) => (texts.out += data));
    child.stderr!.on('data', (data) => (texts.err += data));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, ...texts }));
  });
}

const python = {
  'app/models.py':
    'from sqlalchemy import Column, Integer\nfrom app.base import Base\n\n\nclass Item(Base):\n    __tablename__ = "item"\n    id = Column(Integer, primary_key=True)\n',
};

test('a plain clone is compiled once, and leaves nothing else behind', async () => {
  const copy = miniature();
  const before = readdirSync(copy);
  expect(await start(copy, ['a', '--b'])).toEqual(said);
  expect(readdirSync(copy)).toEqual([...before, 'dist'].sort());
  expect(readdirSync(join(copy, 'dist/src')).sort()).toEqual(['cli', 'data.json']);
  const compiled = statSync(join(copy, 'dist/src/cli/main.js')).mtimeMs;
  expect(await start(copy, ['a', '--b'])).toEqual(said);
  expect(statSync(join(copy, 'dist/src/cli/main.js')).mtimeMs).toBe(compiled);
});

test('starts at the same time all work', async () => {
  const copy = miniature();
  const outcomes = await Promise.all([1, 2, 3].map(() => start(copy, ['a', '--b'])));
  expect(outcomes).toEqual([said, said, said]);
  expect(readdirSync(copy).filter((name) => name.startsWith('.dist'))).toEqual([]);
});

test('an unfinished dist is replaced', async () => {
  const copy = miniature();
  mkdirSync(join(copy, 'dist/src/old'), { recursive: true });
  expect(await start(copy, ['a', '--b'])).toEqual(said);
  expect(existsSync(join(copy, 'dist/src/old'))).toBe(false);
});

/** Nobody's right to write does not hold for root, so root starts the program as another user. */
const asOther: SpawnOptions = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

function readOnly(copy: string): void {
  chmodSync(copy, 0o555);
}

test('where the package is read-only, the user’s cache takes the compiled program', async () => {
  const copy = miniature();
  const cache = folder();
  if (asOther.uid !== undefined) chownSync(cache, asOther.uid, 65534);
  readOnly(copy);
  const options = { ...asOther, env: { ...process.env, XDG_CACHE_HOME: cache } };
  expect(await start(copy, ['a', '--b'], options)).toEqual(said);
  expect(existsSync(join(copy, 'dist'))).toBe(false);
  const programs = (): string[] => readdirSync(join(cache, 'ddlint')).filter((name) => name !== 'code');
  const entries = programs();
  expect(entries).toHaveLength(1);
  expect(existsSync(join(cache, 'ddlint', entries[0]!, 'dist/src/cli/main.js'))).toBe(true);
  expect(await start(copy, ['a', '--b'], options)).toEqual(said);
  expect(programs()).toEqual(entries);
  chmodSync(copy, 0o755);
  write(copy, { 'rules/index.ts': "export const rules = 'other';\n" });
  readOnly(copy);
  expect((await start(copy, ['a', '--b'], options)).out).toBe('a --b other true\n');
  chmodSync(copy, 0o755);
});

test('where nothing can be written, it says so', async () => {
  const copy = miniature();
  const cache = folder();
  chmodSync(cache, 0o555);
  readOnly(copy);
  const { code, err } = await start(copy, [], { ...asOther, env: { ...process.env, XDG_CACHE_HOME: cache } });
  expect(code).toBe(2);
  expect(err).toContain('can write neither to');
  chmodSync(copy, 0o755);
});

test('without dependencies it says what to do', async () => {
  const { code, err } = await start(miniature({ dependencies: false }), []);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('Run `npm ci` in') as string });
});

test('ddlint itself runs from a cache, grammar and rules’ pages included, and minds no reader that goes away', async () => {
  const copy = clone();
  const cache = folder();
  const project = folder(python);
  if (asOther.uid !== undefined) chownSync(cache, asOther.uid, 65534);
  chmodSync(project, 0o755);
  readOnly(copy);
  const options = { ...asOther, cwd: project, env: { ...process.env, XDG_CACHE_HOME: cache } };
  const linted = await start(copy, ['--format', 'json'], options);
  expect(linted.err).toBe('');
  expect(JSON.parse(linted.out)).toMatchObject({
    summary: { files: { read: 1 }, found: ['SQLAlchemy', 'no sign of the dialect (set "dialect")'] },
  });
  expect(await start(copy, ['explain', 'reserved-word'], options)).toMatchObject({ code: 0, err: '' });
  const child = spawn(process.execPath, [join(copy, 'bin/ddlint.js'), 'rules', '--json'], options);
  child.stdout!.destroy();
  let err = '';
  child.stderr!.on('data', (data) => (err += data));
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ code, err }).toEqual({ code: 0, err: '' });
  chmodSync(copy, 0o755);
});

const launcher = readFileSync(join(root, 'bin/ddlint.js'), 'utf8');

/** Runs the launcher's first file under another version of Node, as far as it can tell. */
function underNode(version: string, argv: readonly string[] = ['node', 'ddlint']) {
  const said: string[] = [];
  const required: string[] = [];
  const process = { versions: { node: version }, argv, exitCode: 0 };
  runInNewContext(launcher, {
    process,
    console: { log: (text: string) => said.push(text), error: (text: string) => said.push(text) },
    require: (path: string) => {
      required.push(path);
      return path === '../package.json' ? { version: '9.9.9' } : {};
    },
  });
  return { exitCode: process.exitCode, said, required };
}

test('every Node can read the first file, as CommonJS', () => {
  const messages = new Linter().verify(launcher, [{ languageOptions: { ecmaVersion: 5, sourceType: 'commonjs' } }]);
  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  expect(createRequire(join(root, 'bin/'))('./package.json')).toEqual({ type: 'commonjs' });
});

test.each(['0.10.48', '8.17.0', '18.20.8', '20.18.3', '21.7.3', '22.12.0'])(
  'Node %s gets one clear line',
  (version) => {
    const { exitCode, said, required } = underNode(version);
    expect(said).toEqual([`ddlint needs Node 20.19 or newer (of 22: 22.13 or newer), this is Node ${version}.`]);
    expect({ exitCode, required }).toEqual({ exitCode: 2, required: [] });
  },
);

test.each(['20.19.0', '22.13.0', '24.0.0', '26.1.0'])('Node %s starts', (version) => {
  expect(underNode(version)).toEqual({ exitCode: 0, said: [], required: ['./start.js'] });
});

test('--version loads nothing but the manifest', () => {
  expect(underNode('20.19.0', ['node', 'ddlint', '--version'])).toEqual({
    exitCode: 0,
    said: ['9.9.9'],
    required: ['../package.json'],
  });
});
