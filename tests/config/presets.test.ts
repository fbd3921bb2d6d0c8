import { expect, test } from 'vitest';
import { presetRules } from '../../src/config/presets.js';
import { resolveConfig } from '../../src/config/resolve.js';
import type { Config } from '../../src/config/config.js';
import { rules } from '../engine/support/fakes.js';

test('strict holds recommended, with its own severities', () => {
  expect(presetRules('recommended', rules)).toEqual({ 'test/bad-word': 'error', 'test/new-migration': 'warn' });
  expect(presetRules('strict', rules)).toEqual({
    'test/bad-word': 'warn',
    'test/quiet-word': 'warn',
    'test/new-migration': 'warn',
  });
  expect(presetRules('online', rules)).toEqual({});
});

test('standards holds the rules that a standard asks for, and no others', () => {
  expect(presetRules('standards', rules)).toEqual({ 'test/quiet-word': 'warn' });
  const named = (source: string): object =>
    presetRules('standards', { 'a/b': { ...rules['test/bad-word']!, sources: [source] } });
  expect(named('004_9452bc49d0f85f35.txt')).toEqual({ 'a/b': 'warn' });
  expect(named('splinter 0001')).toEqual({});
  expect(named('notes.txt')).toEqual({});
});

const resolved = (config: Config, path = 'a.sql', prefix = ''): { [id: string]: unknown } =>
  Object.fromEntries(
    [...resolveConfig(config, rules, prefix).rulesFor(path)].map(([id, { severity, explicit, options }]) => [
      id,
      [severity, explicit, options],
    ]),
  );

test('without configuration recommended is on', () => {
  expect(resolved({})).toEqual({
    'test/bad-word': ['error', false, { adjective: 'bad' }],
    'test/new-migration': ['warn', false, {}],
  });
  expect(resolved({ extends: [] })).toEqual({});
});

test('of several presets the last one names the severity', () => {
  expect(resolved({ extends: ['strict', 'recommended'] })['test/bad-word']).toEqual([
    'error',
    false,
    { adjective: 'bad' },
  ]);
  expect(resolved({ extends: ['recommended', 'strict'] })['test/bad-word']).toEqual([
    'warn',
    false,
    { adjective: 'bad' },
  ]);
});

test('rules are laid over presets, overrides over rules, later over earlier', () => {
  const config: Config = {
    rules: { 'test/bad-word': ['warn', { adjective: 'awful' }], 'test/new-migration': 'off' },
    overrides: [
      { files: 'old/**', rules: { 'test/bad-word': 'info' } },
      { files: 'old/a.sql', rules: { 'test/bad-word': ['error', {}] } },
    ],
  };
  expect(resolved(config)).toEqual({ 'test/bad-word': ['warn', true, { adjective: 'awful' }] });
  expect(resolved(config, 'old/b.sql')).toEqual({ 'test/bad-word': ['info', true, { adjective: 'awful' }] });
  expect(resolved(config, 'old/a.sql')).toEqual({ 'test/bad-word': ['error', true, { adjective: 'bad' }] });
});

test('globs are relative to the configuration file', () => {
  const config: Config = { extends: [], overrides: [{ files: 'packages/db/**', rules: { 'test/broken': 'warn' } }] };
  expect(Object.keys(resolved(config, 'a.sql', 'packages/db'))).toEqual(['test/broken']);
  expect(Object.keys(resolved(config, 'a.sql', 'packages/web'))).toEqual([]);
});

test('the dialect comes from the last override that names one', () => {
  const { dialectFor } = resolveConfig(
    {
      dialect: 'mysql',
      overrides: [
        { files: '*.lite.sql', dialect: 'sqlite' },
        { files: 'x/**', rules: {} },
      ],
    },
    rules,
  );
  expect([dialectFor('a.sql'), dialectFor('x/a.lite.sql')]).toEqual(['mysql', 'sqlite']);
});
