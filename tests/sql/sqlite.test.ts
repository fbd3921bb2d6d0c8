import { describe, expect, it } from 'vitest';
import { brief, readSql } from './brief.js';
import { sqliteRows } from './support/sqlite-rows.js';

describe('statements of SQLite', () => {
  it.each(sqliteRows)('%s', (text, verb, ...expected) => {
    const statements = readSql(text, 'sqlite');
    expect(statements).toHaveLength(1);
    const [statement] = statements;
    expect(statement!.operations.map(brief)).toEqual(expected);
    expect(statement).toMatchObject({ verb, provenance: 'shape', partial: false, problems: [] });
    for (const { span } of statement!.operations) expect(text.slice(span.start, span.end)).not.toBe('');
  });

  it('that drop no column are not taken for one that does', () => {
    // INDEX is no name in SQLite.
    const [statement] = readSql('ALTER TABLE t DROP INDEX i', 'sqlite');
    expect(statement!.operations.map(({ kind }) => kind)).toEqual(['Opaque']);
    expect(statement).toMatchObject({ provenance: 'target', partial: true, writes: [{ name: { value: 't' } }] });
  });
});

describe('a virtual table', () => {
  it('may have any columns, so that nothing about it is certain', () => {
    for (const using of ['fts5(a, b)', 'rtree(id, x0, x1)', 'dbstat']) {
      const [operation] = readSql(`CREATE VIRTUAL TABLE v USING ${using}`, 'sqlite')[0]!.operations;
      expect(operation).toMatchObject({
        kind: 'CreateTable',
        definition: { columns: [], uncertain: [{ about: 'everything' }] },
      });
    }
  });
});

describe('the body of a trigger', () => {
  const text = `CREATE TRIGGER r AFTER UPDATE ON t WHEN new.a <> old.a BEGIN
    UPDATE u SET b = CASE WHEN new.a > 0 THEN 1 ELSE 2 END WHERE c = new.id;
    INSERT INTO log (x) VALUES ('a; END');
    DELETE FROM v;
    SELECT RAISE(ABORT, 'no') WHERE new.a IS NULL;
  END;
  DROP TABLE w;`;

  it('holds statements that run when it fires', () => {
    const statements = readSql(text, 'sqlite');
    expect(statements.map(({ verb }) => verb)).toEqual(['CREATE TRIGGER', 'DROP TABLE']);
    const { children } = statements[0]!;
    expect(children.map(({ operations }) => operations.map(brief))).toEqual([
      ['Update u where:present (b)'],
      ['Insert log'],
      ['Delete v where:absent'],
      ['Select'],
    ]);
    for (const { guard, inTransaction, span, verb } of children) {
      expect([guard?.kind, inTransaction]).toEqual(['unknown', 'yes']);
      expect(text.slice(span.start, span.start + verb.length)).toBe(verb);
    }
  });
});

describe('what a statement of SQLite reads and writes', () => {
  it.each([
    ['INSERT INTO new_t SELECT a, b FROM t LEFT JOIN main.u USING (c)', 't,main.u', 'new_t'],
    ['WITH c AS (SELECT 1 FROM t) UPDATE u SET a = (SELECT b FROM v) FROM c', 't,v', 'u'],
    ["SELECT name FROM pragma_table_info('t'), json_each('[]') j, [x y]", 'x y', ''],
    ['CREATE VIEW v AS SELECT * FROM t, (SELECT * FROM u)', 't,u', 'v'],
    ['CREATE TABLE a AS SELECT * FROM t', 't', 'a'],
    ['CREATE INDEX i ON t (a)', '', 't'],
    ['DELETE FROM t WHERE a IN (SELECT b FROM u)', 'u', 't'],
  ])('%s', (text, reads, writes) => {
    const [statement] = readSql(text, 'sqlite');
    const shown = (names: typeof statement & object extends { reads: infer N } ? N : never) =>
      names.map(({ schema, name }) => (schema ? `${schema.value}.` : '') + name.value).join();
    expect([shown(statement!.reads), shown(statement!.writes)]).toEqual([reads, writes]);
  });
});

describe('parameters of SQLite', () => {
  it('are holes that the driver fills', () => {
    const text = 'SELECT :a, ?1, $b, ? FROM t WHERE c=@z';
    const { holes } = readSql(text, 'sqlite')[0]!;
    expect(holes.map(({ span }) => text.slice(span.start, span.end))).toEqual([':a', '?1', '$b', '?', '@z']);
    expect(holes.every(({ bound, role }) => bound && role === 'value')).toBe(true);
  });
});

describe('lines for the shell of SQLite', () => {
  it('are no statements', () => {
    const text = '.mode csv\n.import a.csv t\nSELECT 1;\n.quit\n';
    expect(readSql(text, 'sqlite').map(({ span }) => text.slice(span.start, span.end))).toEqual(['SELECT 1']);
  });
});
