import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadModule, parseSync } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Operation, Statement } from '../../src/ir/index.js';
import { loadVerifier } from '../../src/frontends/sql/verify.js';
import { readSql } from './brief.js';
import { exampleStatements } from './support/examples.js';

/** Statements that PostgreSQL's parser and ours both read; what they say of each must be the same. */
const statements = [
  'CREATE INDEX CONCURRENTLY i ON s.t (a, b)',
  'CREATE INDEX i ON t USING gist (a)',
  'CREATE UNIQUE INDEX IF NOT EXISTS i ON "T" (lower(a))',
  'DROP INDEX CONCURRENTLY i, j',
  'DROP TABLE IF EXISTS a, b CASCADE',
  'DROP TABLE t',
  'DROP MATERIALIZED VIEW v, w CASCADE',
  'DROP TYPE e',
  'DROP SEQUENCE s CASCADE',
  'ALTER TABLE t ADD COLUMN a int, DROP COLUMN b, ALTER c SET NOT NULL',
  'ALTER TABLE s.t ALTER c TYPE text USING c::text, ADD CONSTRAINT x CHECK (a > 0 AND b < 1), ALTER d DROP DEFAULT',
  "ALTER TABLE t ALTER c SET DEFAULT 'a,b', ALTER d DROP NOT NULL, VALIDATE CONSTRAINT x",
  'ALTER TABLE t DROP CONSTRAINT x CASCADE, ADD FOREIGN KEY (a) REFERENCES u (b)',
  'CREATE TABLE t (a int, b text, c numeric(10, 2), PRIMARY KEY (a, b), CHECK (a > 0))',
  "CREATE TABLE s.t (a int PRIMARY KEY, b text DEFAULT 'x,y', FOREIGN KEY (a) REFERENCES u)",
  'UPDATE t SET a = 1',
  'UPDATE s.t SET a = (SELECT b FROM u WHERE c) FROM v WHERE t.a = v.a',
  'UPDATE t SET a = (SELECT b FROM u WHERE c)',
  'DELETE FROM t',
  'DELETE FROM t USING u WHERE true',
  'DELETE FROM t WHERE a IN (SELECT b FROM u)',
];

type Node = Record<string, unknown>;

interface Facts {
  target?: string;
  actions: string[];
  concurrently?: boolean;
  where?: boolean;
  cascade?: boolean;
  names?: number;
  columns?: number;
}

const relation = (node: Node): string => [node.schemaname, node.relname].filter(Boolean).join('.');

const actionKinds: Record<string, string> = {
  AT_AddColumn: 'AddColumn',
  AT_DropColumn: 'DropColumn',
  AT_SetNotNull: 'SetNotNull',
  AT_DropNotNull: 'DropNotNull',
  AT_AlterColumnType: 'AlterColumnType',
  AT_AddConstraint: 'AddConstraint',
  AT_DropConstraint: 'DropConstraint',
  AT_ValidateConstraint: 'ValidateConstraint',
};

function theirs(text: string): Facts {
  const [[kind, node]] = Object.entries(
    (parseSync(text) as unknown as { stmts: { stmt: Record<string, Node> }[] }).stmts[0]!.stmt,
  ) as [[string, Node]];
  switch (kind) {
    case 'IndexStmt':
      return {
        target: relation(node.relation as Node),
        actions: ['CreateIndex'],
        concurrently: node.concurrent === true,
      };
    case 'DropStmt':
      return {
        actions: [],
        names: (node.objects as unknown[]).length,
        cascade: node.behavior === 'DROP_CASCADE',
        concurrently: node.concurrent === true,
      };
    case 'AlterTableStmt':
      return {
        target: relation(node.relation as Node),
        actions: (node.cmds as { AlterTableCmd: Node }[]).map(({ AlterTableCmd: command }) =>
          command.subtype === 'AT_ColumnDefault'
            ? command.def
              ? 'SetDefault'
              : 'DropDefault'
            : (actionKinds[command.subtype as string] ?? String(command.subtype)),
        ),
      };
    case 'CreateStmt':
      return {
        target: relation(node.relation as Node),
        actions: ['CreateTable'],
        columns: (node.tableElts as Node[]).filter((element) => 'ColumnDef' in element).length,
      };
    case 'UpdateStmt':
    case 'DeleteStmt':
      return {
        target: relation(node.relation as Node),
        actions: [kind === 'UpdateStmt' ? 'Update' : 'Delete'],
        where: node.whereClause !== undefined,
      };
    default:
      throw new Error(kind);
  }
}

function ours(text: string): Facts {
  const operations: Operation[] = readSql(text)[0]!.operations;
  const first = operations[0]!;
  const table =
    'table' in first && first.table && !first.kind.startsWith('Drop')
      ? first.table
      : operations.length > 0 && 'table' in first
        ? first.table
        : undefined;
  const target = table && [table.schema?.value, table.name.value].filter(Boolean).join('.');
  if (/^DROP/.test(text)) {
    return {
      actions: [],
      names: operations.length,
      cascade: first.cascade === true,
      concurrently: first.kind === 'DropIndex' && first.concurrently === true,
    };
  }
  return {
    ...(target !== undefined && { target }),
    actions: operations.map(({ kind }) => kind),
    ...(first.kind === 'CreateIndex' && { concurrently: first.index.concurrently === true }),
    ...(first.kind === 'CreateTable' && { columns: first.definition.columns.length }),
    ...((first.kind === 'Update' || first.kind === 'Delete') && { where: first.where !== 'absent' }),
  };
}

describe('against the parser of PostgreSQL', () => {
  beforeAll(loadModule);
  it.each(statements)('%s', (text) => {
    expect(ours(text)).toEqual(theirs(text));
  });
});

/** The statements of every example of the rules and of every fixture that are PostgreSQL, as they are read there. */
async function everyStatement(): Promise<Statement[]> {
  const root = join(import.meta.dirname, '../../fixtures');
  const fixtures = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.sql'));
  const read = fixtures.flatMap((path) => readSql(readFileSync(join(root, path), 'utf8')));
  return [...read, ...(await exampleStatements('postgresql'))];
}

it('on every example and fixture, and what it adds to them is no contradiction', async () => {
  const all = await everyStatement();
  const odd: string[] = [];
  (await loadVerifier(['postgresql'], ({ text }, difference) => odd.push(`${difference}: ${text}`)))(all);
  // PostgreSQL reads a function there; that a table was meant is what naming/unquoted-reserved-word says.
  expect(odd).toEqual(['reads of user: SELECT count(*) FROM user']);
  expect(all.filter(({ provenance }) => provenance === 'ast').length).toBeGreaterThan(250);
});
