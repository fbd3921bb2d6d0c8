import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patched, patchOf } from '../../src/engine/cache/patch.js';
import { createLinter } from '../../src/engine/lint.js';
import { frontEnds } from '../../src/frontends/registry.js';
import type { FileFacts } from '../../src/ir/index.js';
import { defineRule } from '../../src/rule.js';
import { Scratch } from './support/scratch.js';

/** No field of the facts has the name of a prototype. */
const value = fc.jsonValue().filter((each) => !JSON.stringify(each).includes('__proto__'));

test('a patch makes one value of the other', () => {
  fc.assert(
    fc.property(value, value, (before, after) => {
      const patch = patchOf(before, after);
      const copy = structuredClone(before);
      const result = patch === undefined ? copy : patched(copy, JSON.parse(JSON.stringify(patch)) as typeof patch);
      expect(result).toEqual(JSON.parse(JSON.stringify(after)));
    }),
  );
});

test('a patch holds what changed and nothing else', () => {
  const before = { a: [{ b: 1, c: 'same' }, { d: [] as string[] }], e: { f: 'same' } };
  const after = { a: [{ b: 2, c: 'same', g: true }, { d: ['new'] }], e: { f: 'same' } };
  expect(patchOf(before, after)).toEqual({ a: { 0: { b: [2], g: [true] }, 1: { d: [['new']] } } });
  expect(patchOf(before, structuredClone(before))).toBeUndefined();
});

/** Shows all that is known of a file. */
const shown = defineRule({
  summary: 'Shows facts.',
  severity: 'warn',
  presets: ['recommended'],
  since: '0.1.0',
  frontends: ['sql', 'python'],
  needs: ['sql-ast'],
  fix: 'none',
  sources: [],
  messages: { facts: '{{facts}}' },
  options: {},
  *check({ facts }) {
    const data = { facts: JSON.stringify({ ...facts, symbols: undefined }) };
    yield { message: 'facts', at: { start: 0, end: 1 }, data };
  },
});

const files = {
  'schema.sql': `CREATE TABLE t (a "char" CHECK (a IS NOT NULL), b int DEFAULT abs(1 + 1), c int GENERATED ALWAYS AS (b * 2) STORED);
CREATE INDEX i ON t (lower(a), b) WHERE b IS NOT NULL;
WITH t AS (SELECT 1 FROM t) DELETE FROM u WHERE EXISTS (SELECT 1 FROM t);
UPDATE u SET a = 1 WHERE u.b IS NULL;
SELECT a FROM FROM t;
SELECT ${'('.repeat(201)}1${')'.repeat(201)};
DO $$ BEGIN ALTER TABLE t ALTER a TYPE int USING length(a); END $$;`,
  'lite.sql': `CREATE TABLE t (a text CHECK (a NOTNULL), b DEFAULT (date('now')));
DELETE FROM t WHERE b IN rare;`,
  'app.py': `from sqlalchemy import create_engine, text
engine = create_engine("postgresql://localhost/a")
with engine.connect() as connection:
    connection.execute(text("SELECT 'é', (SELECT max(x) FROM e) FROM t WHERE a = :a"))
    connection.execute(text("SELECT 'é' FORM t, u"))
`,
};

test('what the grammars know of statements is the same from the cache as without it', async () => {
  const scratch = new Scratch().write(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`p/${path}`, text])),
  );
  const run = async (cache: boolean): Promise<unknown[]> => {
    const { findings } = await createLinter({ rules: { 'test/shown': shown }, frontEnds }).lintProject({
      cwd: scratch.file('p'),
      config: { dialect: 'postgresql', overrides: [{ files: ['lite.sql'], dialect: 'sqlite' }] },
      ...(cache && { cache: scratch.file('cache') }),
    });
    return findings.map(({ message }) => JSON.parse(message) as FileFacts);
  };
  const plain = await run(false);
  expect(plain).toHaveLength(3);
  const text = JSON.stringify(plain);
  for (const fact of [
    '"ast"',
    '"uses"',
    '"notNull"',
    '"onlyNull"',
    '"volatility"',
    '"generatedFrom"',
    '"usingFrom"',
    '"guard"',
    '"syntax"',
    '"value":"rare"',
  ])
    expect(text).toContain(fact);
  expect(await run(true)).toEqual(plain);
  expect(await run(true)).toEqual(plain);
});
