import { describe, expect, it } from 'vitest';
import type { Dialect, Operation, TextEdit } from '../../src/ir/index.js';
import { pen, quoteIdentifier } from '../../src/frontends/sql/authoring.js';
import { readSql } from './brief.js';

const penOf = (text: string, dialect: Dialect = 'postgresql') => pen({ path: 'a.sql', text }, dialect);

function applied(text: string, edits: TextEdit[] | undefined): string | undefined {
  return edits?.reduceRight(
    (before, { span, text: by }) => before.slice(0, span.start) + by + before.slice(span.end),
    text,
  );
}

function created(text: string, dialect: Dialect = 'postgresql'): Extract<Operation, { kind: 'CreateTable' }> {
  const operation = readSql(text, dialect)
    .flatMap((statement) => statement.operations)
    .find((each) => each.kind === 'CreateTable');
  return operation as Extract<Operation, { kind: 'CreateTable' }>;
}

describe('the pen for SQL', () => {
  it('comments a column behind its table', () => {
    const text = 'CREATE TABLE s."T" (a int, "B" jsonb);\nSELECT 1;\n';
    const { definition } = created(text);
    expect(applied(text, penOf(text).setColumnComment(definition.columns[1]!, "it's", definition))).toBe(
      `CREATE TABLE s."T" (a int, "B" jsonb);\nCOMMENT ON COLUMN s."T"."B" IS 'it''s';\nSELECT 1;\n`,
    );
  });

  it('adds the delimiter that the last statement of a file lacks', () => {
    const text = 'CREATE TABLE t (a jsonb)\n';
    const { definition } = created(text);
    expect(applied(text, penOf(text).setTableComment(definition, 'words'))).toBe(
      "CREATE TABLE t (a jsonb);\nCOMMENT ON TABLE t IS 'words';\n",
    );
  });

  it('keeps the marks between the statements of a drizzle file', () => {
    const text = 'CREATE TABLE t (a jsonb);--> statement-breakpoint\nSELECT 1;';
    const { definition } = created(text);
    expect(applied(text, penOf(text).setTableComment(definition, 'words'))).toBe(
      "CREATE TABLE t (a jsonb);--> statement-breakpoint\nCOMMENT ON TABLE t IS 'words';--> statement-breakpoint\nSELECT 1;",
    );
  });

  it('writes comments inside the definition for MySQL', () => {
    const text = 'CREATE TABLE `t` (`a` int NOT NULL, `b` int) ENGINE=InnoDB;';
    const { definition } = created(text, 'mysql');
    expect(applied(text, penOf(text, 'mysql').setColumnComment(definition.columns[0]!, 'x', definition))).toBe(
      "CREATE TABLE `t` (`a` int NOT NULL COMMENT 'x', `b` int) ENGINE=InnoDB;",
    );
  });

  it('indexes a foreign key', () => {
    const text = 'CREATE TABLE t (id serial, user_id int REFERENCES users);';
    const { definition } = created(text);
    const key = definition.columns[1]!.constraints[0]!;
    if (key.kind !== 'foreign') throw new Error('no foreign key');
    expect(applied(text, penOf(text).addIndex(key, definition))).toBe(
      `${text}\nCREATE INDEX t_user_id_idx ON t (user_id);`,
    );
  });

  it('makes an index concurrent', () => {
    const text = 'create unique index i on t (a);';
    const operation = readSql(text)[0]!.operations[0] as Extract<Operation, { kind: 'CreateIndex' }>;
    expect(applied(text, penOf(text).makeConcurrent(operation))).toBe('create unique index CONCURRENTLY i on t (a);');
  });

  it('quotes a name as the database folds it', () => {
    const text = 'SELECT count(*) FROM User';
    const name = readSql(text)[0]!.reads[0]!.name;
    expect(applied(text, quoteIdentifier(text, name, 'postgresql'))).toBe('SELECT count(*) FROM "user"');
    expect(applied(text, quoteIdentifier(text, name, 'mysql'))).toBe('SELECT count(*) FROM `User`');
    expect(quoteIdentifier(text, name, 'postgresql', '"')).toBeUndefined();
    expect(quoteIdentifier(text.replace('User', 'Us\\u0065r'), name, 'postgresql')).toBeUndefined();
  });
});
