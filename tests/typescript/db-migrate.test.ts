import { describe, expect, test } from 'vitest';
import type { FileFacts } from '../../src/ir/index.js';
import { operations, readOne } from './support.js';

const read = (up: string): FileFacts =>
  readOne(
    `exports.up = ${up};\nexports.down = function (db) {};`,
    { migrations: { path: 'migrations', runner: 'db-migrate' } },
    'migrations/20200101-a.js',
  );

const said = (facts: FileFacts): string[] =>
  operations(facts).map(
    (operation) => operation.kind + ('guard' in operation && operation.guard ? ` ${operation.guard.kind}` : ''),
  );

describe('a migration of db-migrate', () => {
  test.each<[string, string, string[]]>([
    [
      'calls one after another',
      '(db, cb) => { db.dropTable("a", cb); db.truncate("b", cb); db.dropDatabase("d", cb); }',
      ['DropTable', 'Truncate', 'DropDatabase'],
    ],
    [
      'calls that async.series makes',
      "function (db, cb) { async.series([db.createTable.bind(db, 'a', { id: 'int' }), db.addIndex.bind(db, 'a', 'i', ['id'])], cb); }",
      ['CreateTable', 'CreateIndex'],
    ],
    [
      'calls behind the look at an error',
      "function (db, cb) { db.dropTable('a', function (err) { if (err) return cb(err); db.dropTable('b', cb); }); }",
      ['DropTable', 'DropTable'],
    ],
    ['under a condition', 'async (db) => { if (process.env.X) await db.dropTable("a"); }', ['DropTable unknown']],
    [
      'SQL that another file holds',
      'function (db) { return read("up.sql").then((sql) => db.runSql(sql)); }',
      ['Opaque'],
    ],
    ['the driver handed on', 'async (db) => { await helper(db); }', ['Opaque']],
    ['a method that is not known', 'async (db) => { await db.createFunction("f"); }', ['Opaque']],
  ])('%s', (_, up, expected) => {
    expect(said(read(up))).toEqual(expected);
  });

  test('knows who runs it and in what order', () => {
    const [migration] = read('async (db) => { await db.dropTable("a"); }').migrations;
    expect(migration).toMatchObject({
      id: '20200101-a',
      history: 'migrations',
      runner: 'db-migrate',
      order: ['20200101-a.js'],
      transaction: 'each',
      down: { state: 'empty' },
    });
  });

  test('a callback that is called where it should be handed over', () => {
    const early = read("function (db, done) { db.runSql('SELECT 1', done()); }");
    expect(early.usages).toMatchObject([{ kind: 'early-callback', api: 'db.runSql()', callback: 'done' }]);
    expect(read("function (db, done) { db.runSql('SELECT 1', done); }").usages).toEqual([]);
    expect(read("function (db, done) { db.runSql('SELECT 1', make()); }").usages).toEqual([]);
  });

  test('a column of each constant that db-migrate has for types', () => {
    const [table] = operations(
      read("(db) => db.createTable('a', { a: type.STRING, b: { type: dbm.dataType.BIG_INTEGER }, c: other(1) })"),
    );
    expect(table?.kind === 'CreateTable' && table.definition.columns.map(({ type }) => type.name)).toEqual([
      'varchar',
      'bigint',
      'unknown',
    ]);
  });
});
