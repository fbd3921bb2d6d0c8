import { describe, expect, it } from 'vitest';
import { exportedFunction, exportsOf } from '../../src/frontends/typescript/exported-functions.js';
import { parse } from '../../src/frontends/typescript/parse.js';

/** Each exported name with the first parameter of the function behind it. */
function functions(text: string): { [name: string]: string | undefined } {
  const exported = exportsOf(parse('file.ts', text).source!);
  return Object.fromEntries(
    [...exported].map(([name, value]) => [name, exportedFunction(value)?.parameters[0]?.name.getText()]),
  );
}

describe('the functions that a migration file exports', () => {
  it.each([
    ['export async function up(a) {} export function down(b) {}', { up: 'a', down: 'b' }],
    ['export const up = async (a) => {}, down = function (b) {};', { up: 'a', down: 'b' }],
    ['const forward = (a) => {}; function down(b) {} export { forward as up, down };', { up: 'a', down: 'b' }],
    ['exports.up = function (a) {}; exports.down = (b) => b;', { up: 'a', down: 'b' }],
    ['exports.up = exports.run = (a) => {};', { up: 'a', run: 'a' }],
    ['module.exports = { up: async (a) => {}, down(b) {} };', { default: undefined, up: 'a', down: 'b' }],
    ['module.exports.up = (a) => {};', { up: 'a' }],
    ['const up = (a) => {}; module.exports = { up };', { default: undefined, up: 'a' }],
    ['const migration = { up(a) {} }; module.exports = migration;', { default: undefined, up: 'a' }],
    ['export default { up: (a) => {} };', { default: undefined, up: 'a' }],
    ['exports.up = (a) => {}; exports.up = (b) => {};', { up: 'b' }],
  ])('%s', (text, expected) => {
    expect(functions(text)).toEqual(expected);
  });

  it.each([
    'function up(a) {}',
    'const exports = {}; exports.up = (a) => {};',
    "export { up } from './other';",
    'other.exports = { up: (a) => {} };',
  ])('none in %s', (text) => {
    expect(functions(text)).toEqual({});
  });
});
