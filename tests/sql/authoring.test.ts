import { describe, expect, it } from 'vitest';
import type { Dialect, Operation } from '../../src/ir/index.js';
import { pen, quoteIdentifier } from '../../src/frontends/sql/authoring.js';
import { inverseOperations } from '../../src/queries/inverse-operations.js';
import type { MigrationFolder } from '../../src/frontends/front-end.js';
import { projectOf } from '../queries/support/project.js';
import { applied } from '../support/applied.js';
import { readSql } from './brief.js';

const penOf = (text: string, dialect: Dialect = 'postgresql') => pen({ path: 'a.sql', text }, dialect);

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

  it('finds the end of each statement, asked in any order', () => {
    const text = 'CREATE TABLE t (a int, b int);\nCREATE TABLE u (c int, d int);\nSELECT 1;\n';
    const [first, second] = readSql(text).flatMap(({ operations }) => operations) as ReturnType<typeof created>[];
    const asked = penOf(text);
    for (const { definition } of [first!, second!, first!, second!]) {
      for (const column of definition.columns) {
        expect(asked.setColumnComment(column, 'x', definition)).toEqual(
          penOf(text).setColumnComment(column, 'x', definition),
        );
      }
    }
    const added = 'ALTER TABLE t ADD a int, ADD b int;\nALTER TABLE u ADD c int;\n';
    const pens = penOf(added);
    const places = readSql(added).flatMap(({ operations }) =>
      operations.flatMap((operation) => {
        if (operation.kind !== 'AddColumn') return [];
        const table = { ...first!.definition, span: operation.span };
        return pens.setColumnComment(operation.column, 'x', table)?.map(({ span }) => span.start) ?? [];
      }),
    );
    expect(places).toEqual([added.indexOf(';') + 1, added.indexOf(';') + 1, added.lastIndexOf(';') + 1]);
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

describe('an index that goes', () => {
  const without = (text: string): string | undefined => {
    const operation = readSql(text)
      .flatMap((statement) => statement.operations)
      .find((each) => each.kind === 'CreateIndex');
    return operation?.kind === 'CreateIndex' ? applied(text, penOf(text).removeIndex(operation.index)) : undefined;
  };
  it.each([
    ['SELECT 1;\nCREATE INDEX i ON t (a); -- why\nSELECT 2;', 'SELECT 1;\nSELECT 2;'],
    ['SELECT 1; CREATE INDEX i ON t (a); SELECT 2;', 'SELECT 1;  SELECT 2;'],
    ['SELECT 1;\ncreate unique index i on t (a)\n', 'SELECT 1;\n'],
    ['CREATE INDEX i ON t (a);--> statement-breakpoint\nSELECT 2;', 'SELECT 2;'],
    ['ALTER TABLE t ADD UNIQUE (a);', undefined],
  ])('%j', (text, expected) => {
    expect(without(text)).toBe(expected);
  });
});

describe('a key column', () => {
  it.each<[Dialect, string]>([
    ['postgresql', 'id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY'],
    ['mysql', 'id bigint unsigned AUTO_INCREMENT PRIMARY KEY'],
    ['sqlite', 'id integer PRIMARY KEY'],
    ['tsql', 'id bigint IDENTITY PRIMARY KEY'],
  ])('of %s', (dialect, key) => {
    const one = 'CREATE TABLE t (a int, b int)';
    expect(applied(one, penOf(one, dialect).addPrimaryKey(created(one, dialect).definition))).toBe(
      `CREATE TABLE t (${key}, a int, b int)`,
    );
    const lines = 'CREATE TABLE t (\r\n\ta int,\r\n\tUNIQUE (a)\r\n)';
    expect(applied(lines, penOf(lines, dialect).addPrimaryKey(created(lines, dialect).definition))).toBe(
      `CREATE TABLE t (\r\n\t${key},\r\n\ta int,\r\n\tUNIQUE (a)\r\n)`,
    );
  });

  it('has no place in the result of a query', () => {
    const text = 'CREATE TABLE t AS SELECT 1 AS a';
    expect(penOf(text).addPrimaryKey(created(text).definition)).toBeUndefined();
  });
});

describe('the way back in the same file', () => {
  const reverted = async (text: string, runner: MigrationFolder['runner']): Promise<string | undefined> => {
    const path = 'm/0001_a.sql';
    const project = await projectOf({ [path]: text }, { folders: [{ path: 'm', runner }] });
    const [migration] = project.files[0]!.migrations;
    const operations = inverseOperations(project, migration!);
    return operations && applied(text, penOf(text).writeDowngrade(migration!, operations));
  };

  it('is a section of dbmate', async () => {
    const up = '-- migrate:up\nCREATE TABLE t (id int);\nALTER TABLE u ADD COLUMN "B" int;\n';
    const down = '\nALTER TABLE u DROP COLUMN "B";\nDROP TABLE t;';
    expect(await reverted(`${up}\n-- migrate:down\n`, 'dbmate')).toBe(`${up}\n-- migrate:down${down}\n`);
    expect(await reverted(up, 'dbmate')).toBe(`${up}\n-- migrate:down${down}\n`);
  });

  it('is a section of goose', async () => {
    const up = '-- +goose Up\nALTER TABLE t RENAME TO u;\n';
    expect(await reverted(up, 'goose')).toBe(`${up}\n-- +goose Down\nALTER TABLE u RENAME TO t;\n`);
  });

  it('is another file, or needs no transaction: then there is none', async () => {
    expect(await reverted('CREATE TABLE t (id int);', 'golang-migrate')).toBeUndefined();
    expect(
      await reverted('-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY i ON t (a);\n', 'goose'),
    ).toBeUndefined();
  });
});

describe('text in a comment', () => {
  it('keeps its backslashes in MySQL', () => {
    const text = 'CREATE TABLE t (a int)';
    const { definition } = created(text, 'mysql');
    expect(applied(text, penOf(text, 'mysql').setColumnComment(definition.columns[0]!, 'a\\b', definition))).toBe(
      "CREATE TABLE t (a int COMMENT 'a\\\\b')",
    );
  });
});

describe('an index beside writers', () => {
  it('is built concurrently where the caller says so', () => {
    const text = 'ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES u (id);';
    const operation = readSql(text)[0]!.operations[0]!;
    if (operation.kind !== 'AddConstraint' || operation.constraint.kind !== 'foreign') throw new Error('no key');
    const table = { ...created('CREATE TABLE t (a int)').definition, name: operation.table, span: operation.span };
    expect(applied(text, penOf(text).addIndex(operation.constraint, table, { concurrently: true }))).toBe(
      `${text}\nCREATE INDEX CONCURRENTLY t_a_idx ON t (a);`,
    );
  });
});
