import { describe, expect, test } from 'vitest';
import { effectOf } from '../../src/queries/locks.js';
import { mysql, type MysqlEntry } from '../../src/queries/locks/mysql.js';
import { operationsIn } from '../../src/queries/operations.js';
import { read } from './measured/cases.js';
import { projectOf } from './support/project.js';

interface Case {
  case: string;
  alter: string;
  /** The cheapest that the server accepts; null where the statement is no valid one. */
  algorithm: string | null;
  lockNone: boolean;
}

const casesOf = (name: string) => (JSON.parse(read(name)) as { cases: Case[] }).cases;
const cases = [...casesOf('mariadb-10.11.19.json'), ...casesOf('mariadb-10.11.19-more.json')];
const schema = read('mariadb.sql');

/** Of what ddlint says nothing, and why. */
const unknown: { readonly [name: string]: string } = {
  'add column q int default (1+1)': 'how long the value of a sum holds is not known',
  'add column q int default (rand())': 'of volatile functions only those that give identifiers are known to copy',
  'add column q double default (rand())': 'of volatile functions only those that give identifiers are known to copy',
  "add column q varchar(40) default (concat('a', rand()))": 'as before',
  'add column q bigint default (unix_timestamp())': 'how long the value holds is not known',
  'add column q date default (curdate())': 'how long the value holds is not known',
  'add column q int default (connection_id())': 'how long the value holds is not known',
  'add column q int default (a)': 'that the default is another column is not looked at',
};

/** Where the actions of one ALTER TABLE together cost more than each by itself, or less. */
const together: { readonly [name: string]: string } = {
  'add column q int unique': 'a column and an index at once: the rows are written anew',
  'add index q (b), add column q int': 'a column and an index at once: the rows are written anew',
  'drop index a_i, add index a_i2 (a)': 'the same index under another name',
};

const dearness = ['instant', 'nocopy', 'inplace', 'copy'];

describe('what MariaDB 10.11.19 accepts', async () => {
  const files = Object.fromEntries(
    cases.map(({ alter }, place) => [`${place}.sql`, `${schema}ALTER TABLE t ${alter};\n`]),
  );
  const project = await projectOf(files, { dialect: 'mariadb' });

  test.each(cases.filter(({ algorithm }) => algorithm !== null).map((each) => [each.case, each] as const))(
    '%s',
    (name, each) => {
      const facts = project.files[cases.indexOf(each)]!;
      const placed = [...operationsIn(facts)].filter(({ operation }) => operation.span.start >= schema.length);
      const effects = placed.map((operation) => effectOf(project, operation));
      if (unknown[name] !== undefined) {
        expect(effects).toContain(undefined);
        return;
      }
      expect(effects.length).toBeGreaterThan(0);
      const algorithm = effects
        .map((effect) => dearness.indexOf(effect?.algorithm ?? ''))
        .reduce((a, b) => Math.max(a, b));
      const said = {
        algorithm: dearness[algorithm]?.toUpperCase(),
        lockNone: effects.every((effect) => effect?.mode === undefined),
      };
      const expected = { algorithm: each.algorithm, lockNone: each.lockNone };
      if (together[name] === undefined) expect(said).toEqual(expected);
      else expect(said).not.toEqual(expected);
      expect(effects).not.toContain(undefined);
    },
  );
});

describe('the table', () => {
  test('names a case that was measured, or a page, for each of its entries', () => {
    const names = new Set(cases.map((each) => each.case));
    const sources = Object.values(mysql).flatMap((entries) =>
      (entries as readonly MysqlEntry[]).flatMap(({ source }) => source),
    );
    expect(sources.filter((source) => !source.startsWith('https://') && !names.has(source))).toEqual([]);
  });
});
