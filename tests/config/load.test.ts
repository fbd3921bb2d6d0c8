import { mkdirSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ConfigurationError } from '../../src/config/errors.js';
import { loadConfig } from '../../src/config/load.js';
import { Scratch } from '../engine/support/scratch.js';

const strict = { extends: 'strict' };

test.each([
  ['ddlint.config.js', 'export default { extends: "strict" }'],
  ['ddlint.config.mjs', 'export default { extends: "strict" }'],
  ['ddlint.config.ts', 'const name: string = "strict";\nexport default { extends: name } satisfies object'],
  ['ddlint.config.json', '{ "extends": "strict" }'],
  ['ddlint.config.yaml', 'extends: strict'],
  ['.ddlintrc', 'extends: strict'],
  ['.ddlintrc.json', '{ "extends": "strict" }'],
  ['.ddlintrc.yaml', 'extends: strict'],
  ['.ddlintrc.yml', 'extends: strict'],
  ['.ddlintrc.mjs', 'export default { extends: "strict" }'],
  ['.ddlintrc.cjs', 'module.exports = { extends: "strict" }'],
  ['.ddlintrc.ts', 'export default { extends: "strict" as const }'],
  ['package.json', '{ "name": "x", "ddlint": { "extends": "strict" } }'],
  ['pyproject.toml', '[project]\nname = "x"\n\n[tool.ddlint]\nextends = "strict"'],
])('%s is found', async (name, text) => {
  const scratch = new Scratch().write({ 'package.json': '{ "type": "module" }', [name]: text });
  expect(await loadConfig(scratch.path)).toEqual({ config: strict, file: scratch.file(name) });
});

test('a TypeScript configuration may import from its project, and leaves nothing behind', async () => {
  const scratch = new Scratch().write({
    'ddlint.config.ts': 'import { preset } from "./presets.mjs";\nexport default { extends: preset as string };',
    'presets.mjs': 'export const preset = "strict";',
  });
  expect((await loadConfig(scratch.path)).config).toEqual(strict);
  expect(readdirSync(scratch.path).sort()).toEqual(['ddlint.config.ts', 'presets.mjs']);
});

test('files of other tools that do not speak of ddlint are passed over', async () => {
  const scratch = new Scratch().write({
    'package.json': '{ "name": "x", "devDependencies": {} }',
    'pyproject.toml': '[tool.ruff]\nline-length = 120\n',
  });
  expect(await loadConfig(scratch.path)).toEqual({ config: {} });
});

test('the search goes up to the root of the work tree and no further', async () => {
  const scratch = new Scratch().write({ '.ddlintrc': 'extends: online', 'repo/x/y/z.txt': '' });
  mkdirSync(scratch.file('repo/.git'));
  expect(await loadConfig(scratch.file('repo/x/y'))).toEqual({ config: {} });
  scratch.write({ 'repo/.ddlintrc': 'extends: strict' });
  expect(await loadConfig(scratch.file('repo/x/y'))).toEqual({ config: strict, file: scratch.file('repo/.ddlintrc') });
  scratch.write({ 'repo/x/.ddlintrc': 'ignore: [a]' });
  expect((await loadConfig(scratch.file('repo/x/y'))).config).toEqual({ ignore: ['a'] });
});

test('outside of git only the folder itself is searched', async () => {
  const scratch = new Scratch().write({ '.ddlintrc': 'extends: strict', 'sub/a.sql': '' });
  expect(await loadConfig(scratch.file('sub'))).toEqual({ config: {} });
});

test('a file can be named', async () => {
  const scratch = new Scratch().write({
    'conf/lint.json': '{ "extends": "strict" }',
    'conf/own.toml': '[tool.ddlint]\nextends = "strict"',
  });
  expect(await loadConfig(scratch.path, 'conf/lint.json')).toEqual({
    config: strict,
    file: scratch.file('conf/lint.json'),
  });
  expect((await loadConfig(scratch.path, 'conf/own.toml')).config).toEqual(strict);
});

test.each([
  ['ddlint.config.json', '{ "extends": '],
  ['ddlint.config.yaml', 'a: [b'],
  ['ddlint.config.mjs', 'export default {'],
  ['ddlint.config.mjs', 'throw new Error("no")'],
  ['ddlint.config.ts', 'throw new Error("no")'],
  ['pyproject.toml', '[tool.ddlint]\nextends = '],
  ['package.json', '{ "ddlint": { '],
])('%s with %s is an error that names the file', async (name, text) => {
  const scratch = new Scratch().write({ [name]: text });
  const failure = await loadConfig(scratch.path).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ConfigurationError);
  expect((failure as Error).message).toContain(scratch.file(name));
});

test('a named file that is not there is an error', async () => {
  const scratch = new Scratch();
  await expect(loadConfig(scratch.path, 'none.json')).rejects.toThrow('none.json: there is no such file');
});
