import { describe, expect, it } from 'vitest';
import type { Dialect, Statement } from '../../src/ir/index.js';
import { brief, readSql } from './brief.js';

/** The nested statements with their guards, each checked to stand where its span says. */
function children(text: string, dialect: Dialect = 'postgresql'): string[] {
  const found: string[] = [];
  const walk = (statement: Statement) => {
    for (const child of statement.children) {
      const slice = text.slice(child.span.start, child.span.end);
      expect(slice.toUpperCase().startsWith(child.verb.split(' ')[0]!)).toBe(true);
      for (const operation of child.operations) {
        found.push([child.guard?.kind, brief(operation)].filter(Boolean).join(' '));
        expect(operation.span.start).toBeGreaterThanOrEqual(child.span.start);
        expect(operation.span.end).toBeLessThanOrEqual(child.span.end);
      }
      expect(child.inTransaction).toBe('yes');
      walk(child);
    }
  };
  for (const statement of readSql(text, dialect)) walk(statement);
  return found;
}

describe('bodies', () => {
  it('of DO blocks run at once', () => {
    expect(children('SELECT 1;\nDO $$ BEGIN\n  DROP TABLE é;\n  DELETE FROM b WHERE c = 1; END $$;')).toEqual([
      'DropTable é',
      'Delete b where:present',
    ]);
  });

  it('that swallow errors about existing objects are repeatable', () => {
    expect(
      children("DO $$ BEGIN CREATE TYPE e AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN null; END $$;"),
    ).toEqual(['idempotent CreateEnumType e(a)']);
  });

  it('may stand under a test of the catalogue or under any other condition', () => {
    expect(
      children(
        `DO $x$ BEGIN
           IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'c') THEN
             ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0);
           END IF;
           IF x > 1 THEN DROP TABLE u; ELSE DROP TABLE v; END IF;
           DROP TABLE w;
         END $x$`,
      ),
    ).toEqual([
      'existence AddConstraint t [c check<a > 0>]',
      'unknown DropTable u',
      'unknown DropTable v',
      'DropTable w',
    ]);
  });

  it('hold text that is put together at run time', () => {
    expect(
      children(
        `DO $$ DECLARE r record; BEGIN
           FOR r IN SELECT * FROM q LOOP
             EXECUTE format('ALTER TABLE %I DROP COLUMN c', r.t);
             EXECUTE 'DROP TABLE it''s' || r.x;
             EXECUTE 'DELETE FROM jobs';
           END LOOP;
         END $$`,
      ),
    ).toEqual([
      'unknown DropColumn h_ c',
      expect.stringMatching(/^unknown DropTable it/),
      'unknown Delete jobs where:absent',
    ]);
  });

  it('may do anything where even their first word comes at run time', () => {
    const [block] = readSql("DO $$ BEGIN EXECUTE coalesce(x, y) || ' t'; END $$");
    expect(block!.children).toMatchObject([
      {
        verb: 'EXECUTE',
        provenance: 'opaque',
        problems: [],
        operations: [{ kind: 'Opaque', anything: true, touches: [] }],
      },
    ]);
  });

  it('of routines run when they are called', () => {
    expect(
      children(
        'CREATE FUNCTION f() RETURNS trigger AS $f$ BEGIN UPDATE t SET a = 1; RETURN NEW; END $f$ LANGUAGE plpgsql;',
      ),
    ).toEqual(['unknown Update t where:absent (a)']);
    expect(children('CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC DELETE FROM t; SELECT 1; END')).toEqual([
      'unknown Delete t where:absent',
      'unknown Select',
    ]);
    expect(
      children("CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS $$ plpy.execute('DROP TABLE t') $$"),
    ).toEqual([]);
  });

  it('of MySQL and SQLite triggers and procedures are cut at their own statements', () => {
    const mysql =
      'DELIMITER //\nCREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW BEGIN IF NEW.a IS NULL THEN UPDATE u SET b = 1; END IF; END//\nDELIMITER ;\nDROP TABLE z;';
    expect(children(mysql, 'mysql')).toEqual(['unknown Update u where:absent (b)']);
    expect(readSql(mysql, 'mysql').map((statement) => statement.verb)).toEqual(['CREATE TRIGGER', 'DROP TABLE']);
    const sqlite =
      'CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM u; SELECT CASE WHEN 1 THEN 2 END; END; DROP TABLE z;';
    expect(children(sqlite, 'sqlite')).toEqual(['unknown Delete u where:absent', 'unknown Select']);
    expect(readSql(sqlite, 'sqlite')).toHaveLength(2);
  });

  it('of MySQL stand behind characteristics, schedules and events, in a block or alone', () => {
    const text = `DELIMITER //
CREATE DEFINER=\`a\`@\`b\` PROCEDURE p(IN a int, OUT language varchar(3)) COMMENT 'x' MODIFIES SQL DATA SQL SECURITY INVOKER
lbl: BEGIN
  DECLARE done int DEFAULT 0;
  DECLARE CONTINUE HANDLER FOR NOT FOUND SET done = 1;
  IF NOT EXISTS (SELECT 1 FROM information_schema.COLUMNS WHERE 1) THEN ALTER TABLE t ADD c int; END IF;
  WHILE a DO INSERT INTO language VALUES (1); SET a = a + 1; END WHILE;
  REPEAT DELETE FROM k; UNTIL a END REPEAT;
  CASE a WHEN 1 THEN DROP TABLE z; END CASE;
  SET SESSION foreign_key_checks = 0;
  LEAVE lbl;
END//
CREATE PROCEDURE q() DELETE FROM q//
CREATE FUNCTION f() RETURNS varchar(3) CHARACTER SET utf8 DETERMINISTIC RETURN (SELECT a FROM b)//
CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM e//
CREATE TRIGGER x AFTER INSERT ON t FOR EACH ROW FOLLOWS y UPDATE x SET b = 1//
CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1//
`;
    expect(children(text, 'mysql')).toEqual([
      'existence AddColumn t [c int]',
      'unknown Insert language',
      'unknown Delete k where:absent',
      'unknown DropTable z',
      'unknown SetSetting name:foreign_key_checks value:0 scope:session',
      'unknown Delete q where:absent',
      'unknown Delete e where:absent',
      'unknown Update x where:absent (b)',
    ]);
    expect(children('BEGIN NOT ATOMIC DROP TABLE v; END', 'mariadb')).toEqual(['DropTable v']);
  });
});

describe('procedures of MySQL', () => {
  it('do what is in them where they are called, the first time', () => {
    const text = `DELIMITER //
CREATE PROCEDURE p() BEGIN
  IF EXISTS (SELECT 1 FROM information_schema.COLUMNS WHERE 1) THEN ALTER TABLE t DROP COLUMN a; END IF;
  CALL p();
END//
DELIMITER ;
CALL p();
CALL p();
CALL other(1);
DROP PROCEDURE p;`;
    const calls = readSql(text, 'mysql').filter(({ verb }) => verb === 'CALL');
    expect(calls.map(({ children: inner }) => inner.map(({ operations }) => operations.map(brief)))).toEqual([
      [['DropColumn t a'], ['Call']],
      [],
      [],
    ]);
    const [dropped] = calls[0]!.children;
    expect(dropped!.guard?.kind).toBe('existence');
    expect(text.slice(dropped!.span.start, dropped!.span.end)).toBe('ALTER TABLE t DROP COLUMN a');
  });
});

describe('prepared statements of MySQL', () => {
  const executed = (text: string): string[] =>
    readSql(text, 'mysql').flatMap(({ children: inner }) =>
      inner.flatMap(({ guard, operations, span, verb }) => {
        expect(text.slice(span.start, span.end).toUpperCase().startsWith(verb.split(' ')[0]!)).toBe(true);
        return operations.map((operation) => [guard?.kind, brief(operation)].filter(Boolean).join(' '));
      }),
    );

  it.each<[string, ...string[]]>([
    ["PREPARE s FROM 'DROP TABLE a'; EXECUTE s", 'DropTable a'],
    ["SET @s = 'DROP TABLE a'; PREPARE s FROM @s; EXECUTE s; DEALLOCATE PREPARE s", 'DropTable a'],
    [
      "SET @s = CONCAT(\"ALTER TABLE `\", 't', '` ADD c int COMMENT \\'x\\''); PREPARE s FROM @s; EXECUTE s",
      'AddColumn "t" [c int \'x\']',
    ],
    [
      "SET @s = (SELECT IF(EXISTS (SELECT 1 FROM information_schema.columns), 'SELECT 1', 'ALTER TABLE t ADD c int')); PREPARE s FROM @s; EXECUTE s",
      'existence Select',
      'existence AddColumn t [c int]',
    ],
    [
      "SET @s = IF(@a > 0, 'DROP TABLE a', 'DROP TABLE b'); PREPARE s FROM @s; EXECUTE s",
      'unknown DropTable a',
      'unknown DropTable b',
    ],
    [
      "SET @s = 'DROP TABLE a'; SET @s = 'DROP TABLE b'; PREPARE s FROM @s; EXECUTE s",
      'unknown DropTable a',
      'unknown DropTable b',
    ],
    ["EXECUTE IMMEDIATE 'DELETE FROM t'", 'Delete t where:absent'],
  ])('are read where their text is written out: %s', (text, ...expected) => {
    expect(executed(text)).toEqual(expected);
  });

  it('may do anything where it is not', () => {
    const statements = readSql('SELECT a INTO @s FROM t; PREPARE s FROM @s; EXECUTE s', 'mysql');
    expect(statements.at(-1)).toMatchObject({ provenance: 'opaque', operations: [{ kind: 'Opaque', anything: true }] });
    const [computed] = readSql("EXECUTE IMMEDIATE CONCAT('DROP TABLE ', @name)", 'mysql');
    expect(computed!.children).toMatchObject([
      { operations: [{ kind: 'DropTable', table: { name: { unknown: true } } }] },
    ]);
  });
});
