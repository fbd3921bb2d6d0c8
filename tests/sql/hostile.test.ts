import { describe, expect, it } from 'vitest';
import type { Dialect, Statement } from '../../src/ir/index.js';
import { read } from '../../src/frontends/sql/files.js';
import { loadVerifier } from '../../src/frontends/sql/verify.js';
import { type Replay, replaysOf } from '../../src/queries/replay.js';
import { scriptOf } from '../queries/support/project.js';

/** Text that takes forever, or the process down, where something is quadratic, exponential or recursive. */
const texts: Record<string, string> = {
  'a few unclosed parentheses': [10, 14, 30].map((depth) => `SELECT ${'('.repeat(depth)}1;`).join('\n'),
  'unclosed parentheses': `SELECT ${'('.repeat(10_000)}1`,
  'closing parentheses': `SELECT 1${')'.repeat(10_000)}`,
  'balanced parentheses': `SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)}`,
  'balanced parentheses of a query': `SELECT * FROM ${'('.repeat(5_000)}SELECT 1${')'.repeat(5_000)}`,
  'a long string': `SELECT '${'x'.repeat(1_000_000)}'`,
  'a long list': `SELECT * FROM t WHERE a IN (${'1,'.repeat(20_000)}1)`,
  'many conditions': `DELETE FROM t WHERE ${'a = 1 AND '.repeat(3_000)}true`,
  'many terms': `SELECT * FROM t WHERE ${'a = 1 OR '.repeat(50_000)}true`,
  'nested calls': `SELECT ${'f('.repeat(25)}1${')'.repeat(25)}`,
  'an open string': `SELECT '${'a '.repeat(200_000)}`,
  'an open name': `SELECT "${'a '.repeat(200_000)}`,
  'an open comment': `SELECT /*${'a '.repeat(200_000)}`,
  'an open backtick': `SELECT \`${'a '.repeat(200_000)}`,
  'open comments': '/* '.repeat(100_000),
  'open comments and one end': `${'/* '.repeat(100_000)}*/ SELECT 1`,
  'comments in comments': `${'/*'.repeat(50_000)}${'*/'.repeat(50_000)} SELECT 1`,
  'executable comments in each other': `${'/*! '.repeat(20_000)}SELECT 1${' */'.repeat(20_000)}`,
  'an open dollar quote': `SELECT $$${'a '.repeat(200_000)}`,
  'many dollar tags': Array.from({ length: 20_000 }, (_, index) => `$a${String(index)}`).join(' '),
  'an open bracket': `SELECT [${'a '.repeat(200_000)}`,
  'a NUL': 'SELECT 1;\0 DROP TABLE t;',
  'a lone surrogate': "SELECT '\ud800'; SELECT \udc00",
  semicolons: ';'.repeat(1_000_000),
  dashes: '-'.repeat(1_000_000),
  'dashes apart': '- '.repeat(500_000),
  'open templates': '${ '.repeat(100_000),
  'open braces': '{{ '.repeat(100_000),
  'COPY without end': `${'COPY t FROM stdin;\n'.repeat(20_000)}1`,
  'many rows behind COPY': `COPY t FROM stdin;\n${'1\t2\n'.repeat(100_000)}\\.\nSELECT 1;`,
  'many DELIMITER lines': 'DELIMITER //\nSELECT 1//\nDELIMITER ;\nSELECT 2;\n'.repeat(5_000),
  'many GO lines': 'SELECT 1\nGO 5\n'.repeat(10_000),
  'many lines of clients': '\\echo a\n.mode csv\n:r a.sql\n'.repeat(10_000),
  'DELIMITER without value': 'DELIMITER \nSELECT 1;\nDELIMITER\nSELECT 2;',
  'comments only': '-- a\n/* b */\n'.repeat(50_000),
  nothing: '',
  'many statements': 'SELECT 1;'.repeat(100_000),
  'many values': `INSERT INTO t VALUES ${'(1, 2), '.repeat(100_000)}(3, 4)`,
  'many holes': `SELECT ${'${a}, '.repeat(20_000)}1`,
  'many rows': `INSERT INTO t (a, b) VALUES ${"(1, 'a'),\n".repeat(100_000)}(2, 'b');`,
  'mixed line ends': 'SELECT 1;\r\n-- a\rSELECT 2;\n\u2028'.repeat(10_000),
  'names that start with digits': '1a '.repeat(50_000),
  'many signs': `SELECT 1 ${'+-'.repeat(50_000)}1`,
  'nested CASE': `CREATE PROCEDURE p() BEGIN SELECT ${'CASE WHEN 1 THEN '.repeat(20_000)}1${' END'.repeat(20_000)}; END`,
  'nested IF': `CREATE PROCEDURE p() BEGIN ${'IF a THEN '.repeat(20_000)}SET x = 1; ${'END IF; '.repeat(20_000)}END`,
  'nested IF without blocks': `${'IF a = 1 '.repeat(20_000)}SELECT 1`,
  'nested IF and BEGIN': `${'IF a = 1 BEGIN '.repeat(20_000)}SELECT 1 ${'END '.repeat(20_000)}`,
  'blocks and no end': 'BEGIN '.repeat(20_000),
  'blocks in a body': `DO $$ ${'BEGIN '.repeat(10_000)}${'SELECT 1; '.repeat(10_000)}$$`,
  'handlers in each other': `DO $$ ${'BEGIN DROP TABLE t; '.repeat(5_000)}${'EXCEPTION WHEN duplicate_table THEN NULL; END; '.repeat(5_000)}$$`,
  'many handlers': `DO $$ BEGIN DROP TABLE t; EXCEPTION ${'WHEN duplicate_table THEN NULL; '.repeat(5_000)}END $$`,
  'a body of many statements': `DO $$ BEGIN ${'DROP TABLE t; '.repeat(150_000)}END $$;`,
  'a routine of many statements': `CREATE PROCEDURE p AS BEGIN ${'SELECT 1 '.repeat(150_000)}END`,
  'lists in lists': `ALTER TABLE t ADD ${'('.repeat(10_000)}a int${')'.repeat(10_000)}`,
  'lists of columns in lists': `ALTER TABLE t ADD ${'COLUMN IF NOT EXISTS ('.repeat(5_000)}a int${')'.repeat(5_000)}`,
  'many added columns': `ALTER TABLE t ${Array.from({ length: 10_000 }, (_, index) => `ADD COLUMN c${String(index)} int`).join(', ')}`,
  'many parts of a name': `DROP TABLE ${'a.'.repeat(50_000)}b`,
  'many blocks': `CREATE PROCEDURE p() ${'BEGIN '.repeat(20_000)}`,
  'nested bodies': `${Array.from({ length: 30 }, (_, index) => `DO $a${String(index)}$ BEGIN `).join('')} DROP TABLE t;`,
  'nested queries': `WITH ${Array.from({ length: 3000 }, (_, index) => `a${String(index)} AS (SELECT 1)`).join(', ')} SELECT 1`,
  'many columns': `CREATE TABLE t (${Array.from({ length: 20_000 }, (_, index) => `c${String(index)} int`).join(', ')})`,
};

const dialects: Dialect[] = ['postgresql', 'mysql', 'sqlite', 'tsql', 'unknown'];

describe('hostile text', () => {
  it.each(Object.entries(texts))('is read to its end: %s', async (_, text) => {
    const verify = await loadVerifier(dialects);
    for (const dialect of dialects) {
      const facts = read({ path: 'a.sql', text }, { dialect, scope: 'project' });
      expect(facts.statements.every(({ span }) => span.start < span.end && span.end <= text.length)).toBe(true);
      // A parser takes its time for each statement, however short.
      verify(facts.statements.slice(0, 20).filter(({ children }) => children.length < 1000));
    }
  });

  it('says what is wrong with it', () => {
    const problems = (text: string) =>
      read({ path: 'a.sql', text }, { dialect: 'postgresql', scope: 'project' }).statements.flatMap((statement) =>
        statement.problems.map(({ code, span }) => [code, text.slice(span.start, span.end)]),
      );
    expect(problems("SELECT 1; SELECT 'a")).toEqual([['unterminated', "'a"]]);
    expect(problems('SELECT 1 \0 + 2')).toEqual([['nul', '\0']]);
    expect(read({ path: 'a.sql', text: '/* a' }, { dialect: 'postgresql', scope: 'project' }).problems).toMatchObject([
      { code: 'syntax', span: { start: 0, end: 4 } },
    ]);
  });

  it('ends the last line of a rollback where the file ends', () => {
    const text = '--liquibase formatted sql\n--changeset a:1\nSELECT 1;\n--rollback DROP\n--rollback TABLE t /* a';
    const context = { dialect: 'tsql', scope: 'project', migrations: { path: 'm', runner: 'liquibase' } } as const;
    const [migration] = read({ path: 'm/a.sql', text }, context).migrations;
    const [step] = migration!.down.steps;
    expect(migration!.down.span.end).toBe(text.length);
    const { problems, span } = (step as { statement: Statement }).statement;
    expect(text.slice(span.start, span.end)).toBe('DROP\n--rollback TABLE t');
    expect(problems.map(({ span }) => text.slice(span.start, span.end))).toEqual(['/* a']);
  });

  it('reads a long text that is executed again and again only so often', () => {
    const actions = Array.from({ length: 1000 }, (_, index) => `ADD c${String(index)} int`).join(', ');
    const text = `PREPARE s FROM 'ALTER TABLE t ${actions}'; ${'EXECUTE s; '.repeat(1000)}PREPARE s FROM 'DROP TABLE t'; EXECUTE s;`;
    const { statements } = read({ path: 'a.sql', text }, { dialect: 'mysql', scope: 'project' });
    const kinds = statements.map(
      ({ operations, children }) => [...operations, ...(children[0]?.operations ?? [])][0]?.kind,
    );
    expect(kinds[1]).toBe('AddColumn');
    expect(kinds[1000]).toBe('Opaque');
    expect(kinds.at(-1)).toBe('DropTable');
  });

  it('replays an index over nothing, which is named after no column', async () => {
    for (const dialect of ['mysql', 'mariadb'] as const) {
      const project = await scriptOf('CREATE TABLE t (a int); CREATE INDEX ON t b (a);', dialect);
      const [{ final }] = replaysOf(project) as [Replay];
      expect([...final.tables()].map(({ indexes }) => indexes.map(({ name }) => name))).toEqual([[undefined]]);
    }
  });

  it('replays a table with countless foreign keys', async () => {
    const keys = Array.from({ length: 1000 }, (_, index) => `ADD FOREIGN KEY (c${String(index)}) REFERENCES u (b)`);
    const [{ final }] = replaysOf(await scriptOf(`ALTER TABLE t ${keys.join(', ')}`, 'mysql')) as [Replay];
    const [table] = [...final.tables()];
    expect(table!.indexes.at(-1)).toMatchObject({ name: 'c999', implied: true });
    expect(table!.constraints.at(-1)!.name).toBe('t_ibfk_1000');
  });

  it('replays columns that come under countless conditions', async () => {
    const steps = Array.from({ length: 2000 }, (_, index) => `IF @a = 1 ALTER TABLE t ADD c${String(index)} int;`);
    const text = `CREATE TABLE t (a int);${steps.join('')}IF @a = 2 ALTER TABLE t ALTER COLUMN c7 bigint;`;
    const [{ final }] = replaysOf(await scriptOf(text, 'tsql')) as [Replay];
    const { columns } = [...final.tables()][0]!;
    expect([...columns.keys()].slice(0, 3)).toEqual(['a', 'c0', 'c1']);
    // ALTER COLUMN says the type, and whether the column takes NULL.
    expect(['a', 'c0', 'c7', 'c1999'].map((name) => columns.get(name)!.uncertain.length)).toEqual([0, 1, 3, 1]);
    expect(columns.get('c7')!.column.type.written).toBe('bigint');
  });

  it('replays countless checks without names', async () => {
    const checks = Array.from({ length: 1000 }, (_, index) => `CHECK (a > ${String(index)})`);
    const [{ final }] = replaysOf(await scriptOf(`CREATE TABLE t (a int, ${checks.join(', ')})`)) as [Replay];
    expect([...final.tables()][0]!.constraints.at(-1)!.name).toBe('t_a_check999');
  });

  it('says where it stops in a file of countless statements', () => {
    const facts = read({ path: 'a.sql', text: 'SELECT 1;'.repeat(100_001) }, { dialect: 'sqlite', scope: 'project' });
    expect(facts.statements).toHaveLength(100_000);
    expect(facts.problems).toMatchObject([{ code: 'too-large', span: { start: 900_000, end: 900_008 } }]);
  });

  it('reads only heads of a very large file, one of each run of rows', () => {
    const text = `CREATE TABLE t (a int);\n${"INSERT INTO t VALUES (1, 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx');\n".repeat(150_000)}DROP TABLE t;`;
    const facts = read({ path: 'a.sql', text }, { dialect: 'postgresql', scope: 'project' });
    expect(facts.statements.map(({ verb }) => verb)).toEqual(['CREATE TABLE', 'INSERT', 'DROP TABLE']);
  });
});
