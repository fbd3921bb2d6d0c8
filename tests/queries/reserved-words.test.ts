import { PGlite } from '@electric-sql/pglite';
import { describe, expect, test } from 'vitest';
import { breaksAsTable, dialectsReserving, isReserved, isStandardWord } from '../../src/queries/reserved-words.js';

describe('reserved words', () => {
  test('agree with PostgreSQL about every keyword that it has', async () => {
    const database = new PGlite();
    try {
      const { rows } = await database.query<{ word: string; catcode: string }>(
        'SELECT word, catcode::text FROM pg_get_keywords()',
      );
      expect(rows.length).toBeGreaterThan(400);
      const wrong = rows.filter(({ word, catcode }) => isReserved(word, 'postgresql') !== /[RT]/.test(catcode));
      expect(wrong).toEqual([]);
    } finally {
      await database.close();
    }
  });

  test.each(['name', 'email', 'password', 'provider', 'status', 'type'])('%s is free in every dialect', (word) => {
    expect(dialectsReserving(word)).toEqual([]);
  });

  test('are those of the dialect, in any case', () => {
    expect(dialectsReserving('User')).toEqual(['postgresql', 'cockroachdb', 'tsql', 'oracle']);
    expect(dialectsReserving('rank')).toEqual(['mysql']);
    expect(dialectsReserving('order')).toHaveLength(7);
    expect(isReserved('order', 'unknown')).toBe(false);
    expect(isStandardWord('VALUE')).toBe(true);
  });

  test('that begin a clause are no table names', () => {
    expect(breaksAsTable('user', 'postgresql')).toBe(true);
    expect(breaksAsTable('lateral', 'postgresql')).toBe(false);
    expect(breaksAsTable('dual', 'mysql')).toBe(false);
  });
});
