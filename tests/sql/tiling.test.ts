import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../src/ir/index.js';
import { tokens } from '../../src/frontends/sql/tokens.js';
import { sqlTexts } from './support/texts.js';
import { misplaced } from './support/tiling.js';

const dialects: Dialect[] = ['postgresql', 'mysql', 'sqlite', 'tsql', 'unknown'];

/** Scripts of several dialects, so that what one of them alone knows meets the others too. */
const scripts = [
  ...sqlTexts(),
  "\ufeffSELECT 1;\r\n-- \u{1f600}\r\nINSERT INTO t VALUES ('\u{1f600}');\r\nGO\r\nSELECT 2",
  'COPY t FROM stdin;\n1;2\n\\.\nCREATE FUNCTION f() RETURNS int AS $$ BEGIN RETURN 1; END $$ LANGUAGE plpgsql;',
  "DELIMITER //\nCREATE PROCEDURE p() BEGIN IF a THEN SELECT 'b;'; END IF; END//\nDELIMITER ;\n/*!40101 SET a = 1 */;",
  'CREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT CASE a WHEN 1 THEN 2 END; END;--> statement-breakpoint\nSELECT ?1',
  "IF OBJECT_ID('t') IS NULL BEGIN CREATE TABLE #t ([a]]b] int) END ELSE DROP TABLE t\nGO 5\nEXEC sp_rename 'a', 'b'",
];

const joined = (text: string, dialect: Dialect): string => {
  let at = 0;
  let all = '';
  for (const { start, end } of tokens(text, dialect)) {
    if (start === at && end > start) all += text.slice(start, end);
    at = end;
  }
  return all;
};

/** A script from which something is taken, into which something is put, or which stops. */
const mutated = fc
  .tuple(
    fc.constantFrom(...scripts),
    fc.nat(),
    fc.constantFrom('insert', 'delete', 'truncate'),
    fc.constantFrom(
      ...`' " \` [ ] ( ) ; $$ /* */ -- # \\ BEGIN END CASE GO \u{1f600} \ud800 \0 : @ { } \${`.split(' '),
      '\n',
      '\nGO\n',
      '\nDELIMITER $$\n',
    ),
    fc.integer({ min: 1, max: 40 }),
  )
  .map(([script, place, change, added, length]) => {
    const at = place % (script.length + 1);
    const rest = change === 'truncate' ? '' : script.slice(change === 'delete' ? at + length : at);
    return script.slice(0, at) + (change === 'insert' ? added : '') + rest;
  });

describe.each(dialects)('every character of a text in %s', (dialect) => {
  it('stands in one token, and in one statement, comment, delimiter or line of a client', () => {
    for (const script of scripts) {
      expect(joined(script, dialect)).toBe(script);
      expect(misplaced(script, dialect)).toEqual([]);
    }
  });

  it('does so too where the text is cut off or has something too much', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        expect(joined(text, dialect)).toBe(text);
        expect(misplaced(text, dialect)).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  });
});
