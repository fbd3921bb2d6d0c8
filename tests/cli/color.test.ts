import { expect, test } from 'vitest';
import { wantsColor } from '../../src/cli/color.js';

test.each([
  ['a terminal', {}, {}, true, true],
  ['a pipe', {}, {}, false, false],
  ['a dumb terminal', {}, { TERM: 'dumb' }, true, false],
  ['NO_COLOR', {}, { NO_COLOR: '1' }, true, false],
  ['an empty NO_COLOR says nothing', {}, { NO_COLOR: '' }, true, true],
  ['FORCE_COLOR', {}, { FORCE_COLOR: '1' }, false, true],
  ['FORCE_COLOR=0', {}, { FORCE_COLOR: '0' }, true, false],
  ['NO_COLOR wins over FORCE_COLOR', {}, { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  ['--color wins over NO_COLOR', { color: true }, { NO_COLOR: '1' }, false, true],
  ['--no-color wins over FORCE_COLOR', { 'no-color': true }, { FORCE_COLOR: '1' }, true, false],
] as const)('%s', (_name, flags, env, isTerminal, wanted) => {
  expect(wantsColor(flags, { env, out: { isTerminal } })).toBe(wanted);
});
