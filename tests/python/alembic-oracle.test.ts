import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/ir/index.js';
import { readEmbedded } from '../../src/frontends/sql/embedded.js';
import { missingAlembic, rendered, type Case } from './oracle/alembic.js';
import { Atoms } from './oracle/atoms.js';
import { bodies, convention, conventional, limits } from './oracle/cases.js';
import { link, read } from './reading.js';

const head =
  'from alembic import op\nimport sqlalchemy as sa\nfrom sqlalchemy.dialects import mysql, postgresql\nrevision = "b2"\ndown_revision = "a1"\n';

function ours({ code, dialect }: Case): string[] {
  const text = `${head}def upgrade():\n${code.replace(/^/gm, '    ')}\n`;
  const { migrations } = read(text, { path: 'alembic/versions/b2_x.py', dialect });
  return new Atoms(dialect).ofMigration(migrations[0]!);
}

const theirs = (sql: string, dialect: Dialect): string[] =>
  new Atoms(dialect).ofStatements(readEmbedded([{ value: sql, offsets: [[0, 0]] }], { dialect, inTransaction: 'yes' }));

const dialects = ['postgresql', 'mysql', 'sqlite'] as const;

/** A type of one database is for that one. */
const speaks = (code: string, dialect: string) =>
  !/\b(?:mysql|postgresql)\.[A-Z]/.test(code) || code.includes('with_variant') || code.includes(`${dialect}.`);

const missing = missingAlembic();
const reason = missing === undefined ? '' : ` (skipped: ${missing})`;

describe.skipIf(missing !== undefined)(`operations as Alembic renders them${reason}`, () => {
  const cases = bodies.flatMap((code) =>
    dialects.filter((dialect) => speaks(code, dialect)).map((dialect): Case => ({ code, dialect })),
  );
  const { answers } = missing === undefined ? rendered(cases) : { answers: [] };
  const known = cases.flatMap((each, at) => {
    const answer = answers[at];
    return answer !== undefined && 'sql' in answer ? [{ ...each, sql: answer.sql }] : [];
  });

  test('each body is one that Alembic takes for some dialect', () => {
    const taken = new Set(known.map(({ code }) => code));
    expect(bodies.filter((code) => !taken.has(code))).toEqual([]);
  });

  test.each(known.filter(({ code, dialect }) => limits[code] !== dialect))('$dialect: $code', ({ sql, ...each }) => {
    expect(ours(each)).toEqual(theirs(sql, each.dialect));
  });

  describe('in a project with a naming convention', () => {
    const made = conventional.map((code): Case => ({ code, dialect: 'postgresql', convention }));
    const given = missing === undefined ? rendered(made).answers : [];
    test.each(conventional.map((code, at) => ({ code, answer: given[at] })))('$code', ({ code, answer }) => {
      const files = link({
        'app/db.py': `from sqlalchemy import MetaData\nmetadata = MetaData(naming_convention=${JSON.stringify(convention)})\n`,
        'migrations/env.py': 'from alembic import context\nfrom app.db import metadata\ntarget_metadata = metadata\n',
        'migrations/versions/b2.py': `${head}def upgrade():\n${code.replace(/^/gm, '    ')}\n`,
      });
      const [migration] = files['migrations/versions/b2.py']!.migrations;
      const sql = answer !== undefined && 'sql' in answer ? answer.sql : undefined;
      expect(sql).toBeDefined();
      expect(new Atoms('postgresql').ofMigration(migration!)).toEqual(theirs(sql!, 'postgresql'));
    });
  });
});
