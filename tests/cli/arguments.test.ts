import { describe, expect, test } from 'vitest';
import { readArguments } from '../../src/cli/arguments.js';

const flags = {
  fix: { help: '' },
  color: { help: '' },
  config: { value: 'FILE', help: '' },
  format: { value: 'NAME', many: true, help: '' },
} as const;

const read = (...argv: string[]) => readArguments(argv, flags);

test('flags, values and paths in any order', () => {
  expect(read('a.sql', '--fix', '--config', 'x.json', '--format=json=out', '--format', 'frames', 'b')).toEqual({
    values: { fix: true, config: 'x.json', format: ['json=out', 'frames'] },
    positionals: ['a.sql', 'b'],
  });
});

test('what stands behind -- is a path', () => {
  expect(read('--', '--fix')).toEqual({ values: {}, positionals: ['--fix'] });
});

describe('mistakes', () => {
  test.each([
    [['--fxi'], 'unknown flag --fxi; did you mean "--fix"?'],
    [['--colour'], 'unknown flag --colour; did you mean "--color"?'],
    [['--zzzzzzzz'], 'unknown flag --zzzzzzzz'],
    [['-x'], 'unknown flag -x'],
    [['--config'], '--config needs a value: --config FILE'],
    [['--config', '--fix'], '--config needs a value: --config FILE'],
    [['--config='], '--config needs a value: --config FILE'],
    [['--fix=yes'], '--fix takes no value'],
    [['--config', 'a', '--config', 'b'], '--config stands twice'],
    [['--toString'], 'unknown flag --toString'],
    [['--__proto__=1'], 'unknown flag --__proto__'],
  ])('%j', (argv, message) => {
    expect(() => read(...argv)).toThrow(expect.objectContaining({ name: 'UsageError', message }));
  });
});
