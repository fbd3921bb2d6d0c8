import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/ir/index.js';
import { stillReferenced } from '../../src/queries/references.js';
import { projectOf } from './support/project.js';

const migration = 'ALTER TABLE account DROP COLUMN phone;';

const model = `from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str]
`;

const querying = (sql: string): string =>
  `from sqlalchemy import text\n\n\ndef run(connection):\n    connection.execute(text("""${sql}"""))\n`;

/** What names account.phone, or with `column` null account, besides the migration. */
async function referencesIn(
  files: Record<string, string>,
  column: string | null = 'phone',
  dialect: Dialect = 'postgresql',
): Promise<string[]> {
  const project = await projectOf({ 'migrations/0002_drop.sql': migration, ...files }, { dialect });
  const facts = project.files.find(({ path }) => path.startsWith('migrations/0002'))!;
  const operation = [...facts.migrations[0]!.up.steps].flatMap((step) =>
    'statement' in step ? step.statement.operations : [step.operation],
  )[0]!;
  if (operation.kind !== 'DropColumn') throw new Error(operation.kind);
  const { table } = operation;
  const named = column === null ? {} : { column: { ...operation.column, value: column } };
  return stillReferenced(project, { table, ...named, dialect }, facts).map(({ path, kind, what, span }) => {
    const [word] = files[path]!.slice(span.start).split(/[\s:"]/);
    return `${kind} ${path} ${what} ${word!}`;
  });
}

describe('what still names a table or a column', () => {
  test('a model', async () => {
    const files = { 'app/models.py': model };
    expect(await referencesIn(files)).toEqual(['model app/models.py class Account phone']);
    expect(await referencesIn(files, 'fax')).toEqual([]);
    expect(await referencesIn(files, null)).toEqual(['model app/models.py class Account account']);
  });

  test('neither tests, nor documentation, nor other migrations', async () => {
    const query = querying('SELECT phone FROM account');
    expect(
      await referencesIn({
        'tests/models.py': model,
        'docs/models.py': model,
        'tests/test_account.py': query,
        'migrations/0001_account.sql': 'CREATE TABLE account (phone text); SELECT phone FROM account;',
      }),
    ).toEqual([]);
  });

  test('files of SQL whose statements have names', async () => {
    const files = {
      'queries/account.sql': '-- name: ListPhones :many\nSELECT phone FROM account;',
      'seeds/account.sql': 'SELECT phone FROM account;',
    };
    expect(await referencesIn(files)).toEqual(['query queries/account.sql a query SELECT']);
  });
});

describe('a query in code', () => {
  test.each<[string, string]>([
    ['one table', 'SELECT phone FROM account'],
    ['capitals', 'select PHONE from ACCOUNT'],
    ['an update', "UPDATE account SET phone = '' WHERE id = 1"],
    ['an insert', 'INSERT INTO account (id, phone) VALUES (1, :number)'],
    ['a qualified name', 'SELECT account.phone FROM account JOIN visit ON visit.account_id = account.id'],
    ['an alias', 'SELECT a.phone FROM account AS a JOIN visit v ON v.account_id = a.id'],
    ['quotes', 'SELECT \\"phone\\" FROM account'],
  ])('names the column: %s', async (_, sql) => {
    expect(await referencesIn({ 'app/run.py': querying(sql) })).toHaveLength(1);
  });

  test.each<[string, string]>([
    ['all columns', 'SELECT * FROM account'],
    ['a string', "SELECT id FROM account WHERE kind = 'phone'"],
    ['a comment', 'SELECT id FROM account -- not phone'],
    ['an argument', 'SELECT id FROM account WHERE name = :phone'],
    ['a function', 'SELECT phone(id) FROM account'],
    ['the name of a result', 'SELECT number AS phone FROM account ORDER BY phone'],
    ['another table', 'SELECT phone FROM visit'],
    ['either of two tables', 'SELECT phone FROM account JOIN visit ON visit.account_id = account.id'],
    ['a column of another table', 'SELECT v.phone FROM account a JOIN visit v ON v.account_id = a.id'],
    ['capitals in quotes', 'SELECT \\"PHONE\\" FROM account'],
  ])('does not, or may not: %s', async (_, sql) => {
    expect(await referencesIn({ 'app/run.py': querying(sql) })).toEqual([]);
  });

  test('a table that has the name of the column', async () => {
    expect(await referencesIn({ 'app/run.py': querying('SELECT id FROM account') }, 'account')).toEqual([]);
    expect(
      await referencesIn({ 'app/run.py': querying('SELECT account.account FROM account') }, 'account'),
    ).toHaveLength(1);
  });

  test('double quotes are strings in MySQL', async () => {
    const files = { 'app/run.py': querying('SELECT id FROM account WHERE kind = \\"phone\\"') };
    expect(await referencesIn(files, 'phone', 'mysql')).toEqual([]);
  });

  test('the table', async () => {
    expect(await referencesIn({ 'app/run.py': querying('DELETE FROM account WHERE id = 1') }, null)).toEqual([
      'query app/run.py a query DELETE',
    ]);
  });
});
