import { describe, expect, it } from 'vitest';

import type { Project } from '../src/ir/index.js';
import { defineQuery, defineRule, flag, optionsSchema, strings } from '../src/rule.js';

const base = {
  summary: 'Something is wrong.',
  severity: 'warn',
  presets: ['recommended'],
  since: '0.1.0',
  frontends: ['sql'],
  needs: ['file'],
  fix: 'none',
  sources: [],
} as const;

const options = { ignore: strings('Names to leave alone.', ['id']), loud: flag('Speak up.') };

describe('defineRule', () => {
  it('makes a mistyped message id and a mistyped option compile errors', () => {
    const rule = defineRule({
      ...base,
      messages: { missing: 'It is missing.' },
      options,
      *check({ facts, options: { ignore, loud } }) {
        const names: readonly string[] = ignore;
        const isLoud: boolean = loud;
        yield { message: 'missing', at: { start: 0, end: names.length + facts.path.length + Number(isLoud) } };
      },
    });
    defineRule({
      ...base,
      messages: { missing: 'It is missing.' },
      options,
      // @ts-expect-error: there is no message of this id
      *check() {
        yield { message: 'mising', at: { start: 0, end: 0 } };
      },
    });
    defineRule({
      ...base,
      messages: { missing: 'It is missing.' },
      options,
      // @ts-expect-error: there is no option of this name
      *check({ options: { ignored } }) {
        yield { message: 'missing', at: { start: 0, end: Number(ignored) } };
      },
    });
    expect(Object.keys(rule.messages)).toEqual(['missing']);
  });

  it('gives the schema of its options with their documentation', () => {
    expect(optionsSchema(options)).toEqual({
      type: 'object',
      properties: {
        ignore: { type: 'array', items: { type: 'string' }, uniqueItems: true, description: 'Names to leave alone.' },
        loud: { type: 'boolean', description: 'Speak up.' },
      },
      additionalProperties: false,
    });
  });
});

describe('defineQuery', () => {
  it('computes once for each snapshot', () => {
    let computed = 0;
    const query = defineQuery((project) => {
      computed++;
      return project.files.length;
    });
    const snapshot = (): Project => ({ files: [], settings: { dialect: 'unknown', shipped: new Set() } });
    const first = snapshot();
    expect([query(first), query(first), query(snapshot())]).toEqual([0, 0, 0]);
    expect(computed).toBe(2);
  });
});
