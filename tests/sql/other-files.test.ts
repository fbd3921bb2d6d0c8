import { describe, expect, it } from 'vitest';
import { read } from '../../src/frontends/sql/files.js';
import { sql } from '../../src/frontends/sql/front-end.js';

describe('SQL files outside of a history', () => {
  it('are loose statements', () => {
    const text = '-- one\nSELECT 1; -- two\n/* three */';
    const loose = read({ path: 'schema.sql', text }, { dialect: 'postgresql', scope: 'project' });
    expect(loose.migrations).toEqual([]);
    expect(loose.statements).toHaveLength(1);
    expect(loose.comments.map(({ text, ownLine }) => [text, ownLine])).toEqual([
      ['one', true],
      ['two', false],
      ['three', true],
    ]);
    expect(JSON.parse(JSON.stringify(loose))).toEqual(loose);
  });

  it('matter unless they are blank', () => {
    const matters = (text: string) => sql.mayMatter({ path: 'a.sql', text }, { dialect: 'unknown', scope: 'project' });
    expect([matters('SELECT 1'), matters(' \n\t')]).toEqual([true, false]);
  });
});
