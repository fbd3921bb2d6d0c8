import type { ConfigObject } from '@eslint/core';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.js';
import { presetRules } from '../../src/config/presets.js';
import plugin from '../../src/eslint/index.js';
import { Scratch } from '../engine/support/scratch.js';

const named = (configs: ConfigObject[], name: string): ConfigObject => configs.find((each) => each.name === name)!;
const recommended = plugin.configs.recommended;

describe('the plugin', () => {
  it('has every rule of ddlint, told of the languages that it speaks', () => {
    for (const [id, { frontends, summary, fix }] of Object.entries(rules)) {
      const { meta } = plugin.rules![id]!;
      expect(meta?.docs?.description).toBe(summary);
      expect(meta?.hasSuggestions ?? false).toBe(fix !== 'none');
      expect(meta?.fixable).toBe(fix === 'auto' ? 'code' : undefined);
      expect(meta?.languages).toHaveLength(frontends.filter((id) => id !== 'config').length);
      expect(meta?.languages?.includes('js/js')).toBe(frontends.includes('typescript'));
      expect(meta?.languages?.includes('ddlint/python')).toBe(frontends.includes('python'));
      expect(meta?.languages?.includes('ddlint/sql')).toBe(frontends.includes('sql'));
    }
  });

  it('shows what the engine says of text that it can not read, and nothing of unused suppressions', () => {
    expect(Object.keys(plugin.rules!)).toEqual(expect.arrayContaining(['unreadable-file', 'malformed-suppression']));
    expect(plugin.rules).not.toHaveProperty('unused-suppression');
  });
});

describe('the recommended configuration', () => {
  it("has one object per front end, with ddlint's languages for files that are not JavaScript", () => {
    expect(recommended.map(({ name, files, language }) => ({ name, files, language }))).toEqual([
      { name: 'ddlint/sql', files: ['**/*.sql'], language: 'ddlint/sql' },
      { name: 'ddlint/python', files: ['**/*.py', '**/*.pyi'], language: 'ddlint/python' },
      {
        name: 'ddlint/typescript',
        files: ['ts', 'mts', 'cts', 'tsx', 'js', 'mjs', 'cjs', 'jsx'].map((extension) => `**/*.${extension}`),
        language: undefined,
      },
      { name: 'ddlint/prisma', files: ['**/*.prisma'], language: 'ddlint/prisma' },
    ]);
  });

  it('has the rules of the preset that are errors or warnings, where they speak the language', () => {
    const severities = presetRules('recommended', rules);
    const shown = Object.keys(severities).filter((id) => severities[id] !== 'info');
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.length).toBeLessThan(Object.keys(severities).length);
    for (const id of Object.keys(rules)) {
      for (const frontend of ['sql', 'python', 'typescript', 'prisma'] as const) {
        const expected = shown.includes(id) && rules[id]!.frontends.includes(frontend) ? severities[id] : undefined;
        expect(named(recommended, `ddlint/${frontend}`).rules?.[`ddlint/${id}`]).toBe(expected);
      }
    }
    expect(named(recommended, 'ddlint/sql').rules).not.toHaveProperty('ddlint/injection/interpolated-value');
  });
});

describe('ddlint.config()', () => {
  const fingerprint = (scratch: Scratch): unknown =>
    (plugin.config({ cwd: scratch.path })[0]?.settings as { ddlint: { fingerprint: string } }).ddlint.fingerprint;

  it("lays the user's rules over the recommended ones, each where its language is spoken", () => {
    const { path: cwd } = new Scratch();
    const configs = plugin.config({
      cwd,
      timeout: 5000,
      rules: {
        'ddlint/injection/interpolated-value': 'warn',
        'ddlint/documentation/undocumented-table': ['error', {}],
        'ddlint/schema/missing-primary-key': 'off',
      },
    });
    expect(named(configs, 'ddlint/python').rules).toMatchObject({
      'ddlint/injection/interpolated-value': 'warn',
      'ddlint/documentation/undocumented-table': ['error', {}],
      'ddlint/schema/missing-primary-key': 'off',
      'ddlint/destructive/drop-table': 'error',
    });
    expect(named(configs, 'ddlint/sql').rules).not.toHaveProperty('ddlint/injection/interpolated-value');
    expect(named(configs, 'ddlint/sql').settings).toMatchObject({ ddlint: { timeout: 5000 } });
  });

  it('refuses an unknown rule, and says which one was probably meant', () => {
    const { path: cwd } = new Scratch();
    expect(() => plugin.config({ cwd, rules: { 'ddlint/naming/reserved-words': 'off' } })).toThrow(
      'did you mean "ddlint/naming/reserved-word"?',
    );
  });

  it('changes its fingerprint with the data layer and the settings of ddlint, and with nothing else', () => {
    const scratch = new Scratch().repository().write({ 'a.sql': 'SELECT 1;', 'b.ts': 'export const a = 1;' });
    const seen = [fingerprint(scratch)];
    scratch.write({ 'b.ts': 'export const a = 2;', 'c.ts': '', 'd.md': 'SELECT' });
    expect(fingerprint(scratch)).toBe(seen[0]);
    for (const change of [
      { 'a.sql': 'SELECT 2;' },
      { 'e.py': 'import sqlalchemy' },
      { 'ddlint.config.json': '{}' },
      { 'ddlint.config.json': '{ "dialect": "mysql" }' },
    ]) {
      scratch.write(change);
      expect(seen).not.toContain(fingerprint(scratch));
      seen.push(fingerprint(scratch));
    }
  });
});
