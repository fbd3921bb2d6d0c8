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
import { folder, type Outcome } from './run.js';

const root = join(import.meta.dirname, '../..');

/** A plain clone of the package: nothing compiled, dependencies linked in unless told otherwise. */
function clone({ dependencies = true } = {}): string {
  const copy = folder();
  for (const path of ['bin', 'src', 'rules', 'package.json'])
    cpSync(join(root, path), join(copy, path), { recursive: true });
  if (dependencies) symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

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
  const copy = clone();
  const before = readdirSync(copy);
  const first = await start(copy, ['rules']);
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(readdirSync(copy)).toEqual([...before, 'dist'].sort());
  const compiled = statSync(join(copy, 'dist/src/cli/main.js')).mtimeMs;
  expect(await start(copy, ['rules'])).toEqual(first);
  expect(statSync(join(copy, 'dist/src/cli/main.js')).mtimeMs).toBe(compiled);
});

test('two starts at once both work', async () => {
  const copy = clone();
  const [one, two] = await Promise.all([start(copy, ['rules']), start(copy, ['rules'])]);
  expect(one).toMatchObject({ code: 0, err: '' });
  expect(two).toEqual(one);
  expect(readdirSync(copy).filter((name) => name.startsWith('.dist'))).toEqual([]);
});

test('an unfinished dist is replaced', async () => {
  const copy = clone();
  mkdirSync(join(copy, 'dist/src'), { recursive: true });
  expect(await start(copy, ['rules'])).toMatchObject({ code: 0, err: '' });
});

/** Nobody's right to write does not hold for root, so root starts the program as another user. */
const asOther: SpawnOptions = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

function readOnly(copy: string): void {
  chmodSync(copy, 0o555);
}

test('where the package is read-only, the user’s cache takes the compiled program', async () => {
  const copy = clone();
  const cache = folder();
  const project = folder(python);
  if (asOther.uid !== undefined) chownSync(cache, 65534, 65534);
  chmodSync(project, 0o755);
  readOnly(copy);
  const options = { ...asOther, cwd: project, env: { ...process.env, XDG_CACHE_HOME: cache } };
  const first = await start(copy, ['--format', 'json'], options);
  expect(first.err).toBe('');
  expect(JSON.parse(first.out)).toMatchObject({ summary: { files: { read: 1 }, found: ['SQLAlchemy'] } });
  expect(existsSync(join(copy, 'dist'))).toBe(false);
  const [entry] = readdirSync(join(cache, 'ddlint'));
  expect(existsSync(join(cache, 'ddlint', entry!, 'dist/src/cli/main.js'))).toBe(true);
  expect(await start(copy, ['--format', 'json'], options)).toEqual(first);
  expect(readdirSync(join(cache, 'ddlint'))).toEqual([entry]);
  chmodSync(copy, 0o755);
});

test('where nothing can be written, it says so', async () => {
  const copy = clone();
  const cache = folder();
  chmodSync(cache, 0o555);
  readOnly(copy);
  const { code, err } = await start(copy, ['rules'], { ...asOther, env: { ...process.env, XDG_CACHE_HOME: cache } });
  expect(code).toBe(2);
  expect(err).toContain('can write neither to');
  chmodSync(copy, 0o755);
});

test('without dependencies it says what to do', async () => {
  const { code, err } = await start(clone({ dependencies: false }), ['rules']);
  expect(code).toBe(2);
  expect(err).toContain('Run `npm ci` in');
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

test('a reader that goes away is no error', async () => {
  const copy = clone();
  await start(copy, ['rules']);
  const child = spawn(process.execPath, [join(copy, 'bin/ddlint.js'), 'rules', '--json']);
  child.stdout.destroy();
  let err = '';
  child.stderr.on('data', (data) => (err += data));
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ code, err }).toEqual({ code: 0, err: '' });
});
