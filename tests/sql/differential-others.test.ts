import { createRequire } from 'node:module';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { exampleStatements } from './support/examples.js';
import { type Facts, ours } from './support/facts.js';
import { mysqlStatements } from './support/mysql-ddl.js';
import { theirs as byNodeSql } from './support/node-sql-facts.js';
import { sqliteStatements } from './support/sqlite-ddl.js';
import { theirs as bySqlite } from './support/sqlite-facts.js';
import { sqliteRows } from './support/sqlite-rows.js';

/** Another parser, of statements that it can be trusted with. */
interface Judge {
  dialect: 'mysql' | 'sqlite';
  facts(sql: string): Facts | undefined;
}

const judges = {
  'SQLite’s own grammar': { dialect: 'sqlite', facts: bySqlite },
  'node-sql-parser, on SQLite': {
    dialect: 'sqlite',
    // It takes what is none, and cuts names at a doubled quote; see below.
    facts: (sql) => (bySqlite(sql) && !/"a""b"|'it''s'/.test(sql) ? byNodeSql(sql, 'sqlite') : undefined),
  },
  'node-sql-parser, on MySQL': { dialect: 'mysql', facts: (sql) => byNodeSql(sql, 'mysql') },
} as const satisfies Record<string, Judge>;
type JudgeName = keyof typeof judges;

const generated = { mysql: mysqlStatements, sqlite: sqliteStatements };

/** How many of 100 statements are compared: node-sql-parser refuses much of what is valid. */
const shares: [JudgeName, number, number][] = [
  ['SQLite’s own grammar', 95, 75],
  ['node-sql-parser, on SQLite', 15, 50],
  ['node-sql-parser, on MySQL', 75, 60],
];

/** Whether a judge has an opinion; ddlint must be of the same one. */
function compared({ dialect, facts }: Judge, sql: string): boolean {
  const theirs = facts(sql);
  if (theirs !== undefined) expect(ours(sql, dialect), sql).toEqual(theirs);
  return theirs !== undefined;
}

describe('statements are read as another parser reads them', () => {
  const written = { mysql: [] as string[], sqlite: [] as string[] };
  beforeAll(async () => {
    for (const dialect of ['mysql', 'sqlite'] as const) {
      written[dialect] = (await exampleStatements(dialect)).map(({ text }) => text);
    }
    written.sqlite.push(...sqliteRows.map(([text]) => text));
  });

  it.each(shares)('generated ones: %s', (name, share) => {
    const judge = judges[name];
    const numRuns = name === 'SQLite’s own grammar' ? 2000 : 800;
    let count = 0;
    fc.assert(
      fc.property(generated[judge.dialect], ({ text }) => {
        if (compared(judge, text)) count++;
      }),
      { numRuns },
    );
    expect((100 * count) / numRuns).toBeGreaterThan(share);
  });

  it.each(shares)('those of the pages and tables: %s', (name, _, share) => {
    const judge = judges[name];
    const texts = written[judge.dialect];
    const count = texts.filter((sql) => compared(judge, sql)).length;
    expect(count).toBeGreaterThan(5);
    expect((100 * count) / texts.length).toBeGreaterThan(share);
  });
});

/** Ways to be wrong about a statement; each gives nothing where it can't be wrong so. */
const mistakes: { [mistake: string]: (facts: Facts) => Facts | undefined } = {
  'another kind': ([first, ...rest]) => first && [{ ...first, kind: 'Opaque' }, ...rest],
  'another table': ([first, ...rest]) => (first?.on ? [{ ...first, on: `${first.on}_` }, ...rest] : undefined),
  'an action less': (facts) => (facts.length > 0 ? facts.slice(1) : undefined),
  'a flag more': ([first, ...rest]) => first && [{ ...first, flags: [...(first.flags ?? []), 'cascade'] }, ...rest],
  'a flag less': ([first, ...rest]) => (first?.flags?.length ? [{ ...first, flags: [] }, ...rest] : undefined),
  'WHERE or none': ([first, ...rest]) =>
    first?.where === undefined ? undefined : [{ ...first, where: !first.where }, ...rest],
  'a column less': ([first, ...rest]) =>
    first?.columns?.length ? [{ ...first, columns: first.columns.slice(1) }, ...rest] : undefined,
  'NOT NULL or none': ([first, ...rest]) =>
    first?.columns?.length
      ? [{ ...first, columns: first.columns.map((each) => ({ ...each, required: !each.required })) }, ...rest]
      : undefined,
  'a constraint less': ([first, ...rest]) =>
    first?.constraints?.length ? [{ ...first, constraints: first.constraints.slice(1) }, ...rest] : undefined,
  'another key': ([first, ...rest]) =>
    first?.indexes?.length
      ? [{ ...first, indexes: first.indexes.map((each) => ({ ...each, keys: [...each.keys, 'z'] })) }, ...rest]
      : undefined,
  'another name': ([first, ...rest]) =>
    first?.names?.length ? [{ ...first, names: first.names.map((each) => `${each}_`) }, ...rest] : undefined,
};

describe('a mistake would be noticed', () => {
  const pairs: { right: Facts; theirs: Facts; text: string }[] = [];
  beforeAll(() => {
    for (const { dialect, facts } of Object.values(judges) as Judge[]) {
      for (const { text } of fc.sample(generated[dialect], { numRuns: 600, seed: 7 })) {
        const theirs = facts(text);
        if (theirs) pairs.push({ right: ours(text, dialect), theirs, text });
      }
    }
  });

  it.each(Object.entries(mistakes))('%s', (_, mistaken) => {
    let count = 0;
    for (const { right, theirs, text } of pairs) {
      const wrong = mistaken(right);
      if (wrong === undefined) continue;
      expect(wrong, text).not.toEqual(theirs);
      count++;
    }
    expect(count).toBeGreaterThan(20);
  });
});

const load = createRequire(import.meta.url);
const astOf = (sql: string, dialect: 'postgresql' | 'mysql' | 'sqlite'): unknown => {
  const { Parser } = load(`node-sql-parser/build/${dialect}.js`) as {
    Parser: new () => { astify(sql: string, options: object): unknown };
  };
  return [new Parser().astify(sql, { database: dialect })].flat()[0];
};

/** Where these break, the parser has changed, and what is said of it in the code wants another look. */
describe('what node-sql-parser gets wrong', () => {
  it.each([
    // A behaviour is taken for another name of the table.
    ['DROP TABLE a CASCADE', 'postgresql', { name: [{ table: 'a', as: 'CASCADE' }] }],
    // A doubled quote ends the name, and the rest is gone.
    ['DROP TABLE main."a""b"', 'sqlite', { name: [{ db: 'main', table: 'a' }] }],
    // This is no SQLite.
    ['ALTER TABLE t DROP INDEX i', 'sqlite', { expr: [{ action: 'drop', resource: 'index', index: 'i' }] }],
    // A quoted column is taken for a string, and one with a length for a call.
    ['CREATE INDEX i ON t ("a b")', 'sqlite', { index_columns: [{ type: 'double_quote_string', value: 'a b' }] }],
    ['CREATE INDEX i ON t (a(10))', 'mysql', { index_columns: [{ type: 'function' }] }],
  ] as const)('%s (%s)', (sql, dialect, wrong) => {
    expect(astOf(sql, dialect)).toMatchObject(wrong);
  });
});
