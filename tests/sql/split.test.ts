import { loadModule, parseSync } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Dialect } from '../../src/ir/index.js';
import { fileSource } from '../../src/frontends/sql/source.js';
import { pieces } from '../../src/frontends/sql/split.js';
import { sqlTexts } from './support/texts.js';

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

  it.each([...scripts, ...sqlTexts()])('cuts %j where PostgreSQL does', (script) => {
    let parsed: { stmts?: { stmt_location?: number; stmt_len?: number }[] };
    try {
      parsed = parseSync(script) as typeof parsed;
    } catch {
      // Not all of it is PostgreSQL's.
      return;
    }
    const bytes = Buffer.from(script);
    const theirs = (parsed.stmts ?? []).map(({ stmt_location: from = 0, stmt_len: length }) =>
      bytes.subarray(from, length ? from + length : undefined).toString(),
    );
    // Their text starts with blanks and comments, and may end in them; ours is that between.
    const bare = (text: string) =>
      text
        .replace(/^(?:\s|--[^\n]*(?:\n|$)|\/\*.*?\*\/)+/s, '')
        .replace(/(?:;|\s|--[^\n]*\n?$|\/\*[^*]*\*\/$)+$/, '')
        .trimEnd();
    // Drizzle's mark between statements is a comment to PostgreSQL.
    const ours = split(script).filter((piece) => !piece.startsWith('breakpoint: '));
    expect(ours).toEqual(theirs.map(bare).filter((text) => text !== ''));
  });

  it('has whole scripts of PostgreSQL to compare', () => {
    const whole = sqlTexts().filter((text) => {
      try {
        parseSync(text);
        return true;
      } catch {
        return false;
      }
    });
    expect(whole.length).toBeGreaterThan(20);
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
    ['COPY t FROM stdin;\nSELECT 1;\nSELECT 2;', 'postgresql', ['COPY t FROM stdin', 'SELECT 1', 'SELECT 2']],
    ['SELECT 1 \\gset\nSELECT 2;', 'postgresql', ['SELECT 1', 'directive: \\gset', 'SELECT 2']],
    [
      'CREATE RULE r AS ON UPDATE TO t DO ALSO (DELETE FROM a; DELETE FROM b); SELECT 1',
      'postgresql',
      ['CREATE RULE r AS ON UPDATE TO t DO ALSO (DELETE FROM a; DELETE FROM b)', 'SELECT 1'],
    ],
    [
      'CREATE TABLE event (begin int, function int); CREATE INDEX i ON event (begin); SELECT 1',
      'mysql',
      ['CREATE TABLE event (begin int, function int)', 'CREATE INDEX i ON event (begin)', 'SELECT 1'],
    ],
    ['CREATE TABLE "event" (begin text); SELECT 1', 'sqlite', ['CREATE TABLE "event" (begin text)', 'SELECT 1']],
    [
      'CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW IF NEW.a THEN SET NEW.b = 1; END IF; SELECT 1',
      'mysql',
      ['CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW IF NEW.a THEN SET NEW.b = 1; END IF', 'SELECT 1'],
    ],
    [
      'CREATE PROCEDURE p(a int) IF a THEN SELECT 1; ELSEIF b THEN SELECT 2; ELSE IF c THEN SELECT 3; END IF; END IF; SELECT 4',
      'mysql',
      [
        'CREATE PROCEDURE p(a int) IF a THEN SELECT 1; ELSEIF b THEN SELECT 2; ELSE IF c THEN SELECT 3; END IF; END IF',
        'SELECT 4',
      ],
    ],
    [
      'CREATE PROCEDURE p() BEGIN a: LOOP LEAVE a; END LOOP a; REPEAT SET b = 1; UNTIL b END REPEAT; BEGIN SELECT 1; END; SELECT IF(a, 1, 2); END; SELECT 2',
      'mysql',
      [
        'CREATE PROCEDURE p() BEGIN a: LOOP LEAVE a; END LOOP a; REPEAT SET b = 1; UNTIL b END REPEAT; BEGIN SELECT 1; END; SELECT IF(a, 1, 2); END',
        'SELECT 2',
      ],
    ],
    [
      'CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM t; END; SELECT 1',
      'mysql',
      ['CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM t; END', 'SELECT 1'],
    ],
    [
      'DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; END//\nDELIMITER ; -- back\nSELECT 2; SELECT 3',
      'mysql',
      [
        'directive: DELIMITER //',
        'CREATE PROCEDURE p() BEGIN SELECT 1; END',
        'directive: DELIMITER ; -- back',
        'SELECT 2',
        'SELECT 3',
      ],
    ],
    ['/*!40101 SET a = 1 */; /*!50003 CREATE TABLE t (a int) */;', 'mysql', ['SET a = 1', 'CREATE TABLE t (a int)']],
    [
      "CREATE TRIGGER x AFTER UPDATE ON t WHEN NEW.a = CASE b WHEN 1 THEN 2 END BEGIN SELECT CASE 1 WHEN 2 THEN 3 END; END; SELECT ';'",
      'sqlite',
      [
        'CREATE TRIGGER x AFTER UPDATE ON t WHEN NEW.a = CASE b WHEN 1 THEN 2 END BEGIN SELECT CASE 1 WHEN 2 THEN 3 END; END',
        "SELECT ';'",
      ],
    ],
    ['.read a.sql\nSELECT 1;\n.quit', 'sqlite', ['directive: .read a.sql', 'SELECT 1', 'directive: .quit']],
    [
      'CREATE PROCEDURE p AS SELECT 1; SELECT 2\nGO\nSELECT 3',
      'tsql',
      ['CREATE PROCEDURE p AS SELECT 1; SELECT 2', 'directive: GO', 'SELECT 3'],
    ],
    ['BEGIN TRAN SELECT 1 COMMIT', 'tsql', ['BEGIN TRAN', 'SELECT 1', 'COMMIT']],
    [
      'IF a = 1 BEGIN SELECT 1; SELECT 2 END ELSE SELECT 3 SELECT 4',
      'tsql',
      ['IF a = 1 BEGIN SELECT 1; SELECT 2 END ELSE SELECT 3', 'SELECT 4'],
    ],
    [':setvar a b\n:r c.sql\nSELECT $(a)', 'tsql', ['directive: :setvar a b', 'directive: :r c.sql', 'SELECT $(a)']],
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
