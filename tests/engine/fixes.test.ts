import { chmodSync, readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { applyFixes, fixFile } from '../../src/engine/fixes.js';
import { textHash } from '../../src/engine/text-hash.js';
import { Scratch } from './support/scratch.js';

const edit = (start: number, end: number, text: string) => ({ start, end, text });

test('edits are applied in any order', () => {
  expect(applyFixes('abcdef', [[edit(4, 5, 'X')], [edit(0, 1, 'YY')]])).toEqual({ text: 'YYbcdXf', applied: 2 });
});

test('a fix that collides with an earlier one is left whole', () => {
  const fixes = [[edit(1, 3, 'X')], [edit(2, 4, 'Y'), edit(5, 6, 'Z')]];
  expect(applyFixes('abcdef', fixes)).toEqual({ text: 'aXdef', applied: 1 });
});

test('two insertions at one place collide, neighbours do not', () => {
  expect(applyFixes('ab', [[edit(1, 1, 'X')], [edit(1, 1, 'Y')]])).toEqual({ text: 'aXb', applied: 1 });
  expect(applyFixes('abc', [[edit(0, 1, 'X')], [edit(1, 2, 'Y')]])).toEqual({ text: 'XYc', applied: 2 });
});

test('edits outside of the text are not applied', () => {
  expect(applyFixes('ab', [[edit(1, 9, 'X')], [edit(-1, 0, 'X')]])).toEqual({ text: 'ab', applied: 0 });
});

test('a file keeps its byte order mark, mode and link, and nothing is left beside it', () => {
  const scratch = new Scratch().write({ 'real.sql': '\uFEFFselect 1' });
  chmodSync(scratch.file('real.sql'), 0o750);
  symlinkSync('real.sql', scratch.file('link.sql'));
  expect(fixFile(scratch.file('link.sql'), [[edit(7, 8, '2')]], textHash('select 1'))).toBe(1);
  expect(readFileSync(scratch.file('real.sql'), 'utf8')).toBe('\uFEFFselect 2');
  expect(statSync(scratch.file('real.sql')).mode & 0o777).toBe(0o750);
  expect(readdirSync(scratch.path).sort()).toEqual(['link.sql', 'real.sql']);
});

test('a file that is not the text that was linted stays as it is, byte for byte', () => {
  const latin1 = Buffer.from('# -*- coding: latin-1 -*-\nname = "caf\xe9"\n', 'latin1');
  const scratch = new Scratch().write({ 'changed.sql': 'select 11', 'latin.py': latin1 });
  expect(fixFile(scratch.file('changed.sql'), [[edit(7, 8, '2')]], textHash('select 1'))).toBeUndefined();
  expect(readFileSync(scratch.file('changed.sql'), 'utf8')).toBe('select 11');
  const linted = latin1.toString('latin1');
  expect(fixFile(scratch.file('latin.py'), [[edit(0, 1, '##')]], textHash(linted))).toBeUndefined();
  expect(readFileSync(scratch.file('latin.py'))).toEqual(latin1);
});

test('the hash is of the text that is given, whatever was given before', () => {
  const hashes = ['a', 'b', 'a', 'a'].map(textHash);
  expect(hashes[0]).toBe('ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb');
  expect(hashes).toEqual([hashes[0], textHash('b'), hashes[0], hashes[0]]);
  expect(hashes[1]).not.toBe(hashes[0]);
});
