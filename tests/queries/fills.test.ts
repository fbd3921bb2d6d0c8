import { describe, expect, it } from 'vitest';
import type { Statement } from '../../src/ir/index.js';
import { columnsRidOfNulls, coverTogether, coverageOf } from '../../src/queries/fills.js';

const statement = (text: string): Statement => ({ text, holes: [] as Statement['holes'] }) as Statement;

describe('which rows an UPDATE fills', () => {
  it.each([
    ["UPDATE t SET c = 'x'", 'all'],
    ["UPDATE t SET c = 'x' WHERE c IS NULL", 'all'],
    ['UPDATE "t" SET "c" = \'x\' WHERE ("c" IS NULL)', 'all'],
    ["UPDATE t SET c = 'x' WHERE c = '' OR t.c IS NULL", 'all'],
    ["UPDATE t SET a = 1, c = 'where or set' RETURNING id", 'all'],
    ['UPDATE t SET c = (SELECT max(d) FROM u)', 'all'],
    ['UPDATE t SET c = CASE WHEN a THEN 1 ELSE 2 END', 'all'],
    ['UPDATE t SET c = NULL', 'none'],
    ['UPDATE t SET c = trim(c) WHERE c IS NOT NULL AND a', 'none'],
    ["UPDATE t SET c = 'x' WHERE a = 1", 'some'],
    ["UPDATE t SET c = 'x' WHERE c IS NULL AND a = 1", 'some'],
    ['UPDATE t SET c = CASE a WHEN 1 THEN 2 END', 'some'],
    ['UPDATE t SET c = u.d FROM u WHERE u.id = t.u_id', 'unknown'],
    ["UPDATE t SET c = 'x' WHERE id IN (SELECT t_id FROM u)", 'unknown'],
    ['UPDATE t JOIN u ON u.id = t.u_id SET t.c = u.d WHERE u.e', 'unknown'],
    ['UPDATE t SET (b, c) = (1, 2) WHERE a', 'unknown'],
  ])('%s: %s', (text, rows) => {
    expect(coverageOf(statement(text), 'c').rows).toBe(rows);
  });

  it('conditions that are each other’s contrary leave none out', () => {
    expect(coverTogether(['a is null', 'a is not null'])).toBe(true);
    expect(coverTogether(["a = 'x'", "a <> 'x'"])).toBe(true);
    expect(coverTogether(['a', 'not a'])).toBe(true);
    expect(coverTogether(['a > 3', 'a <= 3'])).toBe(true);
    expect(coverTogether(["a = 'x'", "a = 'y'"])).toBe(false);
    expect(coverTogether(['a is null', 'b is not null'])).toBe(false);
  });

  it('a DELETE takes the rows away that have NULL', () => {
    expect(columnsRidOfNulls(statement('DELETE FROM t WHERE a IS NULL OR t."b" IS NULL'))).toEqual(['a', 'b']);
    expect(columnsRidOfNulls(statement('DELETE FROM t WHERE a IS NULL AND b = 1'))).toEqual([]);
  });
});
