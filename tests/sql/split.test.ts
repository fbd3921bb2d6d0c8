import { loadModule, parseSync } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Dialect } from '../../src/ir/index.js';
import { fileSource } from '../../src/frontends/sql/source.js';
import { pieces } from '../../src/frontends/sql/split.js';

const split = (text: string, dialect: Dialect = 'postgresql'): string[] =>
  [...pieces(fileSource(text, dialect))].map(({ kind, start, end }) =>
    kind === 'statement' ? text.slice(start, end) : `${kind}: ${text.slice(start, end)}`,
  );

/** Files of several statements whose borders are not plain semicolons. */
const scripts = [
  'SELECT 1; SELECT \';\' ; SELECT $$;$$; SELECT "a;b"',
  '-- a; b\nSELECT 1 /* ; */; /* x */ SELECT 2;',
  'CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END; SELECT 2;',
  'CREATE RULE r AS ON INSERT TO t DO INSTEAD (INSERT INTO a VALUES (1); INSERT INTO b VALUES (2)); SELECT 1;',
  'CREATE FUNCTION f() RETURNS trigger AS $f$ BEGIN x := 1; RETURN NEW; END; $f$ LANGUAGE plpgsql; DROP TABLE t;',
  'BEGIN; CREATE TABLE t (a int); COMMIT; ;; SELECT 1',
  "CREATE TABLE é (ü text); SELECT '\u{1f600};'; SELECT 3",
  'CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f(); SELECT 1; END;',
  'CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$; CALL p();',
  'DO $$ BEGIN IF true THEN PERFORM 1; END IF; END $$; SELECT 1;',
];

describe('splitting', () => {
  beforeAll(loadModule);

  it.each(scripts)('cuts %j where PostgreSQL does', (script) => {
    const bytes = Buffer.from(script);
    const { stmts = [] } = parseSync(script) as { stmts?: { stmt_location?: number; stmt_len?: number }[] };
    const theirs = stmts.map(({ stmt_location: from = 0, stmt_len: length }) =>
      bytes.subarray(from, length ? from + length : undefined).toString(),
    );
    // Their text starts with blanks and comments, and ours with the first token.
    const bare = (text: string) =>
      text
        .replace(/^(?:\s|--[^\n]*\n|\/\*.*?\*\/)+/s, '')
        .replace(/\s*\/\*[^*]*\*\/\s*$/, '')
        .trimEnd();
    const ends = split(script).filter((text) => text !== '');
    expect(ends).toEqual(theirs.map((text) => bare(text).replace(/;$/, '').trimEnd()).filter((text) => text !== ''));
  });

  it.each<[string, Dialect, string[]]>([
    ['SELECT 1\nGO\nSELECT 2\nGO 5', 'tsql', ['SELECT 1', 'directive: GO', 'SELECT 2', 'directive: GO 5']],
    [
      'a;--> statement-breakpoint\nb--> statement-breakpoint\nc',
      'mysql',
      ['a', 'breakpoint: --> statement-breakpoint', 'b', 'breakpoint: --> statement-breakpoint', 'c'],
    ],
    ['-- atlas:delimiter \\n\\n\\n\n\nCREATE A;\nB\n\n\nC', 'postgresql', ['CREATE A;\nB', 'C']],
    ['COPY t FROM stdin;\n1;2\n\\.\nSELECT 1;', 'postgresql', ['COPY t FROM stdin', 'data: \n1;2\n\\.', 'SELECT 1']],
    [
      'CREATE TRIGGER x BEFORE INSERT ON t BEGIN SELECT 1; END; SELECT 2',
      'sqlite',
      ['CREATE TRIGGER x BEFORE INSERT ON t BEGIN SELECT 1; END', 'SELECT 2'],
    ],
    [
      'CREATE PROCEDURE p() BEGIN IF a THEN WHILE b DO SET c = 1; END WHILE; END IF; CASE d WHEN 1 THEN SET e = 2; END CASE; DROP TABLE IF EXISTS q; END; SELECT 2',
      'mysql',
      [
        'CREATE PROCEDURE p() BEGIN IF a THEN WHILE b DO SET c = 1; END WHILE; END IF; CASE d WHEN 1 THEN SET e = 2; END CASE; DROP TABLE IF EXISTS q; END',
        'SELECT 2',
      ],
    ],
  ])('of %j (%s)', (text, dialect, expected) => {
    expect(split(text, dialect)).toEqual(expected);
  });

  it('ends a statement at a comment that a runner reads, and nowhere else', () => {
    const text = 'SELECT 1\n-- end\nSELECT 2 -- other\n, 3 //';
    const read = [
      ...pieces(fileSource(text, 'postgresql'), ({ start, end }) =>
        text.slice(start, end) === '-- end' ? { delimiter: '//' } : undefined,
      ),
    ];
    expect(read.map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`)).toEqual([
      'statement: SELECT 1',
      'marker: -- end',
      'statement: SELECT 2 -- other\n, 3',
    ]);
  });
});
