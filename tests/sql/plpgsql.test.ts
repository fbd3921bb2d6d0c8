import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModule } from 'libpg-query';
import type { Operation, Statement } from '../../src/ir/index.js';
import { projectOf } from '../queries/support/project.js';
import { brief, readSql } from './brief.js';
import { statementsByPostgreSQL, statementsByReader } from './support/plpgsql-statements.js';

beforeAll(async () => {
  await loadModule();
});

const all = (statements: readonly Statement[]): Statement[] =>
  statements.flatMap((statement) => [statement, ...all(statement.children)]);

/** Guards and operations of what stands in bodies. */
const inBodies = (sql: string): string[] =>
  all(readSql(sql).flatMap(({ children }) => children)).flatMap(({ guard, operations }) =>
    operations.map((each) => (guard ? `${guard.kind} ${brief(each)}` : brief(each))),
  );

/** What a body may name, so that PostgreSQL's parser knows it. */
const declared =
  'DECLARE r record; x int; y int; z int; i int; e text; set int; xs text[]; c CURSOR FOR SELECT * FROM a;';

const bodies = [
  'NULL;',
  'OPEN c; FETCH c INTO r; CLOSE c; GET DIAGNOSTICS x = ROW_COUNT;',
  'PERFORM f(1); UPDATE t SET a = 1 WHERE b;',
  'LOOP EXIT outer WHEN x; DELETE FROM t; CONTINUE WHEN y; INSERT INTO u VALUES (1); END LOOP;',
  '<<l>> LOOP EXIT l WHEN x; CONTINUE WHEN y; DROP TABLE t; END LOOP l;',
  'CASE x WHEN 1, 2 THEN DELETE FROM a; WHEN 3 THEN IF b THEN DELETE FROM c; END IF; ELSE DELETE FROM d; END CASE;',
  'CASE WHEN x > 1 THEN DROP TABLE a; ELSE DROP TABLE b; END CASE; DROP TABLE c;',
  'IF (CASE WHEN a THEN b ELSE c END) THEN DROP TABLE t; ELSIF d THEN DROP TABLE u; ELSE DROP TABLE v; END IF;',
  'FOR i IN 1..3 LOOP INSERT INTO t VALUES (i); END LOOP; FOR r IN SELECT * FROM q LOOP DELETE FROM x; END LOOP;',
  'FOR r IN DELETE FROM t RETURNING * LOOP INSERT INTO u VALUES (r.a); END LOOP;',
  "FOR r IN EXECUTE 'SELECT ' || x LOOP NULL; END LOOP; FOREACH e IN ARRAY xs LOOP DROP TABLE a; EXECUTE e; END LOOP;",
  'WHILE x > 0 LOOP DELETE FROM t; x := x - 1; END LOOP;',
  `BEGIN CREATE TABLE a (b int); EXCEPTION WHEN duplicate_table OR duplicate_object THEN NULL;
   WHEN others THEN INSERT INTO log VALUES (1); END; DROP TABLE c;`,
  `-- ; DROP TABLE no;
   /* BEGIN; */ DELETE /* ; */ FROM t WHERE a = ';'; x := CASE WHEN a THEN 1 END; set := 2;`,
  "EXECUTE format('ALTER TABLE %I ADD a int', t) USING x; RAISE NOTICE 'DROP TABLE %', x; ASSERT x > 1;",
  "EXECUTE $q$DROP TABLE a$q$ INTO y; DROP TABLE b; EXECUTE e || ' x';",
  'SELECT a, b INTO STRICT x, y FROM t; INSERT INTO t VALUES (1) RETURNING id INTO z; SELECT a INTO x FROM b;',
  'DECLARE y int; BEGIN DELETE FROM a; END; DELETE FROM b; RETURN;',
  'ALTER TABLE t DISABLE TRIGGER ALL; CREATE INDEX i ON t (a); NOTIFY n; COMMENT ON TABLE t IS $q$;$q$; CALL p();',
];

const quotings: [string, (body: string) => string][] = [
  ['in a DO block', (body) => `DO $$ ${body} $$`],
  ['in a function', (body) => `CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $f$${body}$f$`],
  [
    'in single quotes',
    (body) => `CREATE FUNCTION f() RETURNS void AS '${body.replaceAll("'", "''")}' LANGUAGE plpgsql`,
  ],
  [
    'in single quotes with escapes',
    (body) => `DO LANGUAGE 'plpgsql' E'${body.replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`,
  ],
];

describe.each(quotings)('a body %s', (_, quoted) => {
  it.each(bodies)('%s', (body) => {
    const sql = quoted(`<<outer>> ${declared} BEGIN ${body}\n END outer`);
    expect(statementsByReader(readSql(sql)[0]!, sql)).toEqual(statementsByPostgreSQL(sql));
  });
});

/** Bodies of all that nests. */
const body = (() => {
  const simple = fc.constantFrom(
    'DELETE FROM t WHERE a = 1;',
    "INSERT INTO t VALUES ('; END IF;');",
    'PERFORM f(CASE WHEN a THEN 1 ELSE 2 END);',
    'x := (SELECT 1);',
    'NULL;',
    'RETURN;',
    "RAISE NOTICE 'x %', y;",
    'UPDATE t SET a = CASE b WHEN 1 THEN 2 END; -- DROP TABLE t;',
    'WITH d AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM d;',
    'CREATE TABLE u (a int DEFAULT 1); /* ; */',
    'SELECT a INTO x FROM t FOR UPDATE;',
  );
  return fc.letrec<{ block: string; list: string }>((tie) => ({
    list: fc
      .array(fc.oneof({ maxDepth: 4, withCrossShrink: true }, simple, tie('block')), { minLength: 1, maxLength: 3 })
      .map((each) => `${each.join('\n ')}\n`),
    block: fc
      .tuple(
        fc.constantFrom(
          (list: string) => `IF a > 1 THEN ${list} END IF;`,
          (list: string) => `IF EXISTS (SELECT FROM t) THEN ${list} ELSIF b THEN ${list} ELSE ${list} END IF;`,
          (list: string) => `LOOP ${list} EXIT WHEN x; END LOOP;`,
          (list: string) => `<<l>> WHILE a LOOP ${list} END LOOP l;`,
          (list: string) => `FOR r IN SELECT * FROM t LOOP ${list} END LOOP;`,
          (list: string) => `FOR i IN REVERSE 3..1 LOOP ${list} END LOOP;`,
          (list: string) => `CASE x WHEN 1 THEN ${list} ELSE ${list} END CASE;`,
          (list: string) => `BEGIN ${list} EXCEPTION WHEN others THEN ${list} END;`,
          (list: string) => `DECLARE x int := 1; BEGIN ${list} END;`,
        ),
        tie('list'),
      )
      .map(([write, list]) => write(list)),
  })).list;
})();

it('of a function that gives rows holds the queries for them', () => {
  const sql =
    "CREATE FUNCTION f() RETURNS SETOF int LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT a FROM t; RETURN QUERY EXECUTE 'SELECT 2'; RETURN NEXT 1; END $$";
  expect(statementsByReader(readSql(sql)[0]!, sql)).toEqual(statementsByPostgreSQL(sql));
});

it('is read as PostgreSQL reads it, whatever nests in it', () => {
  fc.assert(
    fc.property(body, fc.constantFrom(...quotings), (list, [, quoted]) => {
      const sql = quoted(`${declared} BEGIN ${list}\n END`);
      expect(statementsByReader(readSql(sql)[0]!, sql)).toEqual(statementsByPostgreSQL(sql));
    }),
    { numRuns: Number(process.env['RUNS'] ?? 60) },
  );
});

describe('what a statement of a body stands under', () => {
  it.each([
    // A test of the catalogue is about the object that it names
    [
      "IF NOT EXISTS (SELECT FROM pg_type WHERE typname = 'mood') THEN CREATE TYPE mood AS ENUM ('a'); END IF;",
      'existence CreateEnumType mood(a)',
    ],
    [
      "IF to_regclass('public.t') IS NULL THEN CREATE TABLE public.t (a int); CREATE INDEX i ON public.t (a); END IF;",
      'existence CreateTable public.t [a integer]',
      'existence CreateIndex public.t i (a)',
    ],
    ["IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'x') THEN DROP TABLE t; END IF;", 'unknown DropTable t'],
    [
      "IF EXISTS (SELECT FROM information_schema.columns WHERE table_name = 't' AND column_name = 'a') THEN ALTER TABLE t DROP a; ELSE DROP TABLE u; END IF;",
      'existence DropColumn t a',
      'unknown DropTable u',
    ],
    // Of two conditions the unknown one counts
    [
      "IF x THEN IF to_regclass('t') IS NULL THEN CREATE TABLE t (a int); END IF; END IF;",
      'unknown CreateTable t [a integer]',
    ],
    ['FOR r IN SELECT 1 LOOP DROP TABLE t; END LOOP;', 'unknown DropTable t'],
    ['FOR i IN 1..2 LOOP DROP TABLE t; END LOOP;', 'DropTable t'],
    // Errors that are swallowed
    [
      'BEGIN ALTER TABLE t ADD a int; EXCEPTION WHEN duplicate_column THEN RAISE NOTICE $q$there$q$; END;',
      'idempotent AddColumn t [a integer]',
    ],
    ["BEGIN DROP TABLE t; EXCEPTION WHEN SQLSTATE '42P07' THEN NULL; END;", 'idempotent DropTable t'],
    ['BEGIN DROP TABLE t; EXCEPTION WHEN others THEN RAISE; END;', 'DropTable t'],
    ['BEGIN DROP TABLE t; EXCEPTION WHEN division_by_zero THEN NULL; END;', 'DropTable t'],
    ["PERFORM set_config('lock_timeout', '1s', true);", 'SetSetting name:lock_timeout value:1s scope:transaction'],
  ])('%s', (list, ...expected) => {
    expect(inBodies(`DO $$ BEGIN ${list} END $$`)).toEqual(expected);
  });
});

describe('text that a body runs', () => {
  it.each([
    ["EXECUTE 'DROP TABLE ' 'a';".replace("' '", "'\n'"), 'DropTable a'],
    ["EXECUTE E'ALTER TABLE t ADD \\x61 text DEFAULT \\'x\\'';", "AddColumn t [a text = 'x']"],
    ["EXECUTE format('ALTER TABLE t ' || 'ADD %I int', x);", 'AddColumn t [h_ integer]'],
    ["EXECUTE format('DELETE FROM t WHERE a LIKE ''50%%''');", 'Delete t where:present'],
    ["EXECUTE 'DROP TABLE a; DROP TABLE b';", 'DropTable a', 'DropTable b'],
  ])('%s', (list, ...expected) => {
    expect(inBodies(`DO $$ BEGIN ${list} END $$`)).toEqual(expected);
    expect(inBodies(`DO '${`BEGIN ${list} END`.replaceAll("'", "''")}'`)).toEqual(expected);
  });

  it('of another language is not read', () => {
    expect(inBodies("CREATE FUNCTION f() RETURNS int AS 'DROP TABLE t', 'link' LANGUAGE c")).toEqual([]);
    expect(inBodies("DO LANGUAGE plpython3u 'DROP TABLE t'")).toEqual([]);
  });

  it('in SQL runs as it stands', () => {
    expect(inBodies("CREATE FUNCTION f() RETURNS void AS 'DELETE FROM t; DROP TABLE u' LANGUAGE sql")).toEqual([
      'unknown Delete t where:absent',
      'unknown DropTable u',
    ]);
    expect(
      inBodies('CREATE PROCEDURE p() BEGIN ATOMIC DELETE FROM t; INSERT INTO u SELECT CASE WHEN a THEN 1 END; END'),
    ).toEqual(['unknown Delete t where:absent', 'unknown Insert u']);
  });
});

/** What stands at the spans of a file's table operations, nested ones included. */
async function places(path: string, text: string): Promise<[string, string][]> {
  const project = await projectOf({ [path]: text });
  const migration = project.files[0]!.migrations[0];
  const steps = migration?.up.steps ?? [];
  const statements = all(steps.flatMap((step) => ('statement' in step ? [step.statement] : [])));
  const named = (operation: Operation): [string, string][] =>
    'table' in operation && operation.table
      ? [[operation.table.name.value, text.slice(operation.table.name.span.start, operation.table.name.span.end)]]
      : [];
  return statements.flatMap(({ operations }) => operations.flatMap(named));
}

describe('offsets lead back to the file', () => {
  const sql = (quote: string): string =>
    `DO ${quote} BEGIN -- é𝒜\n DROP TABLE first; EXECUTE 'DROP TABLE second -- it''s'; EXECUTE format('DELETE FROM %I', x); UPDATE third SET a = 'x'; END ${quote};`;

  it('of plain SQL, with quotes in quotes', async () => {
    const text = `SELECT 'é';\n${sql('$$')}\nDO '${sql('').slice(3, -1).replaceAll("'", "''")}';\n`;
    const found = await places('migrations/0001_a.sql', text);
    expect(found.filter(([name]) => name !== 'h_')).toEqual(
      ['first', 'second', 'third', 'first', 'second', 'third'].map((name) => [name, name]),
    );
  });

  it('of TypeScript, through the escapes of a template', async () => {
    const escaped = sql('$$')
      .replace('\n', '\\n')
      .replace('é', '\\u00e9')
      .replaceAll("''", "\\'\\x27")
      .replace('$$ BEGIN', () => '\\$$ BEGIN');
    const text =
      'import { MigrationInterface, QueryRunner } from "typeorm";\nexport class A1700000000000 implements MigrationInterface {\n' +
      '  async up(queryRunner: QueryRunner): Promise<void> {\n    await queryRunner.query(`' +
      escaped +
      '`);\n  }\n  async down(queryRunner: QueryRunner): Promise<void> {}\n}\n';
    const found = await places('src/migrations/1700000000000-A.ts', text);
    expect(found.filter(([name]) => !name.startsWith('h_'))).toEqual(
      ['first', 'second', 'third'].map((name) => [name, name]),
    );
  });

  it('of Python, through the escapes of a string in three quotes', async () => {
    const escaped = sql('$$')
      .replace('é', '\\u00e9')
      .replaceAll("''", "\\'\\x27")
      .replace('DROP TABLE first', 'DROP \\\nTABLE first');
    const text = `from alembic import op\n\nrevision = "a1"\ndown_revision = None\n\n\ndef upgrade():\n    op.execute("""${escaped}""")\n\n\ndef downgrade():\n    pass\n`;
    const found = await places('migrations/versions/a1_x.py', text);
    expect(found.filter(([name]) => !name.startsWith('h_'))).toEqual(
      ['first', 'second', 'third'].map((name) => [name, name]),
    );
  });
});
