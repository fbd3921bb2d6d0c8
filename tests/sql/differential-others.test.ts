import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../src/ir/index.js';
import { readSql } from './brief.js';

interface Tree {
  type: string;
  keyword?: string;
  name?: { db?: string | null; table: string }[];
  table?: { db?: string | null; table: string }[] | { table: string };
  from?: { table: string }[];
  expr?: { action: string; resource?: string }[];
  create_definitions?: { resource: string }[];
  where?: unknown;
  set?: { column: string }[];
}

const load = createRequire(import.meta.url);
const parserOf = (dialect: 'mysql' | 'sqlite') => {
  const { Parser } = load(`node-sql-parser/build/${dialect}.js`) as {
    Parser: new () => { astify(sql: string, options: object): Tree | Tree[] };
  };
  return new Parser();
};
const parsers = { mysql: parserOf('mysql'), sqlite: parserOf('sqlite') };

/** Verb, table, number of columns or actions, and whether rows are limited, as the other parser sees them. */
function theirs(sql: string, dialect: 'mysql' | 'sqlite'): unknown {
  const parsed = parsers[dialect].astify(sql, { database: dialect });
  const tree = Array.isArray(parsed) ? parsed[0]! : parsed;
  const table = [tree.table ?? tree.name ?? []].flat()[0]?.table ?? tree.from?.[0]?.table;
  switch (tree.type) {
    case 'create':
      if (tree.keyword === 'index') return { table, what: 'CreateIndex' };
      return {
        table,
        what: 'CreateTable',
        columns: tree.create_definitions!.filter(({ resource }) => resource === 'column').length,
      };
    case 'alter':
      return { table, what: 'ALTER', actions: tree.expr!.length };
    case 'update':
      return { table, what: 'Update', where: tree.where != null, columns: tree.set!.map(({ column }) => column) };
    case 'delete':
      return { table: tree.from![0]!.table, what: 'Delete', where: tree.where != null };
    case 'drop':
      return { table, what: 'DropTable', names: tree.name!.length };
    default:
      throw new Error(`no summary of ${tree.type}`);
  }
}

function ours(sql: string, dialect: Dialect): unknown {
  const [statement] = readSql(sql, dialect);
  const [first] = statement!.operations;
  if (first === undefined) throw new Error(`nothing was read of ${sql}`);
  const table = 'table' in first ? first.table?.name.value : undefined;
  if (statement!.verb.startsWith('ALTER')) return { table, what: 'ALTER', actions: statement!.operations.length };
  switch (first.kind) {
    case 'CreateTable':
      return { table, what: first.kind, columns: first.definition.columns.length };
    case 'Update':
      return {
        table,
        what: first.kind,
        where: first.where !== 'absent',
        columns: first.columns.map(({ value }) => value),
      };
    case 'Delete':
      return { table, what: first.kind, where: first.where !== 'absent' };
    case 'DropTable':
      return { table, what: first.kind, names: statement!.operations.length };
    default:
      return { table, what: first.kind };
  }
}

const shared = [
  "CREATE TABLE t (id int NOT NULL PRIMARY KEY, a varchar(20) DEFAULT 'x,y', b decimal(10,2))",
  'CREATE TABLE IF NOT EXISTS `t` (`id` int, `a b` text, PRIMARY KEY (`id`), UNIQUE (`a b`))',
  'CREATE TABLE t (id int, p int, FOREIGN KEY (p) REFERENCES q (id) ON DELETE CASCADE, CHECK (p > 0))',
  'CREATE UNIQUE INDEX i ON t (a, b)',
  'ALTER TABLE t ADD COLUMN a int',
  'ALTER TABLE t DROP COLUMN a',
  'ALTER TABLE `t` RENAME COLUMN a TO b',
  'DROP TABLE IF EXISTS t',
  'UPDATE t SET a = 1, b = (SELECT c FROM d WHERE e = 1)',
  "UPDATE t SET a = 'where' WHERE id IN (1, 2)",
  'DELETE FROM t',
  'DELETE FROM `t` WHERE a = (SELECT max(a) FROM u)',
];

const mysql = [
  "CREATE TABLE t (id int unsigned NOT NULL AUTO_INCREMENT, a enum('x','y;z') COMMENT 'it''s', KEY k (a), PRIMARY KEY (id)) ENGINE=InnoDB",
  'ALTER TABLE t ADD COLUMN a int AFTER b, DROP COLUMN c, MODIFY COLUMN d text NOT NULL',
  'ALTER TABLE t CHANGE a a varchar(20), ADD INDEX i (a), DROP INDEX j',
  'ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES u (b), DROP FOREIGN KEY g',
  'DROP TABLE a, b',
  'CREATE INDEX i ON t (a(10))',
  'UPDATE t SET a = 1 WHERE b = 2 ORDER BY c LIMIT 10',
  'DELETE FROM t WHERE a = "x" LIMIT 5',
];

describe('against another parser', () => {
  it.each([
    ...[...shared, ...mysql].map((sql) => [sql, 'mysql'] as const),
    ...shared.map((sql) => [sql, 'sqlite'] as const),
  ])('%s (%s)', (sql, dialect) => {
    expect(ours(sql, dialect)).toEqual(theirs(sql, dialect));
  });
});
