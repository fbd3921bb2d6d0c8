import { describe, expect, it } from 'vitest';
import type { Operation, Statement } from '../../src/ir/index.js';
import { loadVerifier } from '../../src/frontends/sql/verify.js';
import { readSql } from './brief.js';

/** The statements of a text as PostgreSQL's parser and its words tell them, and what these two disagree about. */
async function merged(text: string): Promise<{ statements: Statement[]; odd: string[] }> {
  const statements = readSql(text);
  const odd: string[] = [];
  (await loadVerifier(['postgresql'], (_, difference) => odd.push(difference)))(statements);
  return { statements, odd };
}

async function operation(text: string): Promise<Operation> {
  const { statements, odd } = await merged(text);
  expect(odd).toEqual([]);
  return statements[0]!.operations[0]!;
}

describe('what PostgreSQL knows of a statement', () => {
  it('is which columns a condition uses and proves not null', async () => {
    expect(
      await operation('CREATE TABLE t (a int CHECK (a > 0 AND "B" IS NOT NULL), CHECK (t.c IS NOT NULL OR d IS NULL))'),
    ).toMatchObject({
      definition: {
        columns: [{ constraints: [{ uses: ['a', 'B'], notNull: ['B'] }] }],
        constraints: [{ kind: 'check', uses: ['c', 'd'] }],
      },
    });
    expect(await operation('ALTER TABLE t ADD CONSTRAINT x CHECK (a IS NOT NULL) NOT VALID')).toMatchObject({
      constraint: { uses: ['a'], notNull: ['a'] },
    });
  });

  it('is which columns an index, a generated column and a conversion use', async () => {
    expect(await operation('CREATE INDEX i ON t (lower(a), b, (c || d)) WHERE e IS NULL')).toMatchObject({
      index: {
        keys: [{ uses: ['a'] }, { column: 'b' }, { uses: ['c', 'd'] }],
        predicate: { uses: ['e'], onlyNull: 'e' },
      },
    });
    expect(await operation('CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED)')).toMatchObject({
      definition: { columns: [{}, { generatedFrom: { uses: ['a'] } }] },
    });
    expect(await operation('ALTER TABLE t ALTER a TYPE int USING b::int + a')).toMatchObject({
      usingFrom: { uses: ['b', 'a'] },
    });
    expect(await operation('ALTER TABLE t ADD EXCLUDE USING gist (a WITH =, lower(b) WITH =)')).toMatchObject({
      constraint: { uses: ['b'] },
    });
  });

  it('is which columns of its table an UPDATE or DELETE asks for', async () => {
    expect(await operation('UPDATE t SET a = 1 WHERE b IS NULL')).toMatchObject({
      condition: { uses: ['b'], onlyNull: 'b' },
    });
    expect(
      await operation('DELETE FROM s.t x USING u WHERE x.a = u.b AND EXISTS (SELECT c FROM v WHERE v.d = x.e)'),
    ).toMatchObject({ condition: { uses: ['a', 'e'] } });
    const joined = await operation('UPDATE t SET a = 1 FROM u WHERE t.b IS NULL');
    expect(joined).toMatchObject({ condition: { uses: ['b'] } });
    expect(joined).not.toHaveProperty('condition.onlyNull');
  });

  it.each([
    ['now()', 'stable'],
    ["'x'::text || now()", 'stable'],
    ['random() * 2', 'volatile'],
    ['md5(random()::text || clock_timestamp()::text)', 'volatile'],
    ['1 + 2', 'immutable'],
    ["ARRAY['a']::text[]", 'immutable'],
    ['COALESCE(NULL, CURRENT_USER)', 'stable'],
    ["CASE WHEN true THEN nextval('s') ELSE 0 END", 'volatile'],
    ["(now() AT TIME ZONE 'utc')::date", 'stable'],
    ['own_function(1)', undefined],
    ['now()::own_type', undefined],
  ])('is how long the value of %s holds: %s', async (text, volatility) => {
    const found = await operation(`ALTER TABLE t ADD COLUMN a text DEFAULT ${text}`);
    expect(found.kind === 'AddColumn' && found.column.default?.volatility).toBe(volatility);
    const set = await operation(`ALTER TABLE t ALTER a SET DEFAULT ${text}`);
    expect(set.kind === 'SetDefault' && set.default.volatility).toBe(volatility);
  });

  it('is the type that a name in quotes has', async () => {
    expect(
      await operation(
        'CREATE TABLE t (a "char", b char, c "Mood"[], d s.mood, e float(3), f timestamp(3) with time zone)',
      ),
    ).toMatchObject({
      definition: {
        columns: ['"char"', 'char', 'Mood[]', 's.mood', 'real', 'timestamp(3) with time zone'].map((name) => ({
          type: { name },
        })),
      },
    });
  });

  it('is the table behind the name of a WITH query that does not see itself, with its place', async () => {
    const text = 'WITH é AS (SELECT 1 FROM "s"."É" JOIN é ON true) SELECT * FROM é';
    const { statements, odd } = await merged(text);
    expect(odd).toEqual([]);
    const reads = statements[0]!.reads.map(({ span }) => text.slice(span.start, span.end));
    expect(reads).toEqual(['"s"."É"', 'é']);
    expect(statements[0]!.reads[1]!.span.start).toBe(text.indexOf('é ON'));
  });

  it('is nothing of what a run puts in', async () => {
    const { statements } = await merged(
      'DELETE FROM t WHERE a = :value AND b IS NULL; DELETE FROM t WHERE {{name}} IS NULL',
    );
    expect(statements.map(({ operations }) => operations)).toMatchObject([
      [{ condition: { uses: ['a', 'b'] } }],
      [{ kind: 'Delete' }],
    ]);
    expect(statements[1]!.operations[0]).not.toHaveProperty('condition');
  });

  it('is no table where a routine fills a variable', async () => {
    const { statements, odd } = await merged(
      'DO $$ DECLARE n int; BEGIN SELECT count(*) INTO n FROM t; DELETE FROM u WHERE n IS NULL; END $$',
    );
    expect(odd).toEqual([]);
    const [select, change] = statements[0]!.children;
    expect([select!.reads, select!.writes].map((names) => names.map(({ name }) => name.value))).toEqual([['t'], []]);
    expect(change!.operations[0]).not.toHaveProperty('condition');
  });

  it('leaves what the words say where both disagree, and tells so', async () => {
    const statements = readSql('ALTER TABLE t ADD a int CHECK (b > 0)');
    // What a reader would have made of it that took CHECK for the name of a type.
    const [added] = statements[0]!.operations;
    if (added?.kind === 'AddColumn') added.column.constraints = [];
    const before = structuredClone(statements[0]!.operations);
    const odd: string[] = [];
    (await loadVerifier(['postgresql'], (_, difference) => odd.push(difference)))(statements);
    expect(odd).toEqual(['columns of AddColumn']);
    expect(statements[0]!.operations).toEqual(before.map((each) => ({ ...each, provenance: 'ast' })));
  });
});
