import { describe, expect, it } from 'vitest';
import { readSql } from './brief.js';

describe('what a statement reads', () => {
  it.each<[string, string, string]>([
    ['SELECT count(*) FROM user', 'user', ''],
    ['SELECT user, current_user FROM a JOIN "user" u ON u.x IS DISTINCT FROM a.user', 'a,"user"', ''],
    ['WITH user AS (SELECT 1), b AS (SELECT * FROM c) SELECT * FROM user JOIN b ON true', 'c', ''],
    ['SELECT extract(epoch FROM a), trim(both from b), substring(c from 1) FROM t', 't', ''],
    ['SELECT * FROM generate_series(1, 2) g, user(), t', 't', ''],
    [
      'SELECT * FROM (a CROSS JOIN b) JOIN LATERAL (SELECT * FROM c) d ON true WHERE e IN (SELECT 1 FROM f)',
      'a,b,c,f',
      '',
    ],
    ['UPDATE user SET a = 1', '', 'user'],
    ['INSERT INTO "order" SELECT * FROM old', 'old', '"order"'],
    ['DELETE FROM s.a USING b WHERE true', 'b', 's.a'],
    ['SELECT a INTO b FROM c', 'c', 'b'],
    ['CREATE VIEW v AS SELECT * FROM t', 't', 'v'],
    ['SELECT * FROM a UNION SELECT * FROM b ORDER BY c', 'a,b', ''],
  ])('%s', (text, reads, writes) => {
    const shown = (names: { name: { value: string; quoted: boolean }; schema?: { value: string } }[]) =>
      names
        .map(({ name, schema }) => (schema ? `${schema.value}.` : '') + (name.quoted ? `"${name.value}"` : name.value))
        .join();
    const [statement] = readSql(text);
    expect([shown(statement!.reads), shown(statement!.writes)]).toEqual([reads, writes]);
    for (const { span, name } of [...statement!.reads, ...statement!.writes]) {
      expect(text.slice(span.start, span.end)).toContain(name.value);
    }
  });
});

describe('ALTER TABLE … DROP of what no dialect here has', () => {
  it.each(['DROP PROJECTION p', 'DROP DETACHED PARTITION p'])('%s drops no column', (action) => {
    const [statement] = readSql(`ALTER TABLE t ${action}`, 'unknown');
    expect(statement!.operations.map(({ kind }) => kind)).not.toContain('DropColumn');
  });

  it.each(['DROP a', 'DROP a CASCADE', 'DROP IF EXISTS a', 'DROP COLUMN a'])('%s drops one', (action) => {
    const [statement] = readSql(`ALTER TABLE t ${action}`, 'unknown');
    expect(statement!.operations).toMatchObject([{ kind: 'DropColumn', column: { value: 'a' } }]);
  });
});
