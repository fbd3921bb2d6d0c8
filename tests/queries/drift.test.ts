import { expect, test } from 'vitest';
import { comparisons, type Comparison } from '../../src/queries/drift/differences.js';
import { projectOf, type ProjectOptions } from './support/project.js';

const base = `import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
class Base(DeclarativeBase):
    pass
`;
const model = (table: string, body = '') =>
  `class ${table.toUpperCase()}(Base):\n    __tablename__ = "${table}"\n    id: Mapped[int] = mapped_column(primary_key=True)\n${body}`;
const revision = (body: string, id = '1', parent = 'None') =>
  `import sqlalchemy as sa\nfrom alembic import op\nrevision = "${id}"\ndown_revision = ${parent}\ndef upgrade():\n    ${body.replaceAll('\n', '\n    ')}\ndef downgrade():\n    pass\n`;
const create = (table: string, rest = '') =>
  `op.create_table("${table}", sa.Column("id", sa.Integer(), primary_key=True)${rest})`;
const env = (metadata: string) =>
  `from alembic import context\nfrom ${metadata} import Base\ntarget_metadata = Base.metadata\ncontext.configure(connection=c, target_metadata=target_metadata)\n`;

const versions = (...folders: string[]): ProjectOptions => ({
  folders: folders.map((path) => ({ path, runner: 'alembic' })),
});

async function drift(files: Record<string, string>, options: ProjectOptions = {}): Promise<readonly Comparison[]> {
  return comparisons(await projectOf(files, options));
}

const brief = (all: readonly Comparison[]): string[] =>
  all.flatMap(({ differences }) =>
    differences.map((each) => {
      const table = 'table' in each ? each.table.name : each.made.name;
      const column = 'column' in each ? each.column.name : 'state' in each ? each.state.column.name : undefined;
      return `${each.kind} ${table.name.value}${column ? `.${column.value}` : ''} @ ${each.facts.path}`;
    }),
  );

test('two services with models of their own each have their own history', async () => {
  const all = await drift(
    {
      'a/models.py': base + model('user') + model('order'),
      'a/migrations/versions/1.py': revision(create('user')),
      'b/models.py': base + model('user', '    nick: Mapped[str]\n'),
      'b/migrations/versions/1.py': revision(create('user', ', sa.Column("nick", sa.Text(), nullable=False)')),
    },
    versions('a/migrations/versions', 'b/migrations/versions'),
  );
  expect(all.map(({ compared }) => compared)).toEqual([1, 1]);
  // Nothing says that "order" is no table of b.
  expect(brief(all)).toEqual([]);
  expect(all[0]!.skipped).toEqual([{ name: 'order', reason: 'it may be of another database' }]);
});

test('env.py says whose a model is, wherever it stands', async () => {
  const all = await drift(
    {
      'models/a.py': base + model('user') + model('order'),
      'models/b.py': base + model('user', '    nick: Mapped[str]\n'),
      'a/migrations/env.py': env('models.a'),
      'a/migrations/versions/1.py': revision(create('user')),
      'b/migrations/env.py': env('models.b'),
      'b/migrations/versions/1.py': revision(create('user', ', sa.Column("nick", sa.Text(), nullable=False)')),
    },
    versions('a/migrations/versions', 'b/migrations/versions'),
  );
  expect(brief(all)).toEqual(['unmigrated-table order @ models/a.py']);
});

test('histories of two dialects are both for the same models, and types are compared in that of the models', async () => {
  const history = (folder: string, columns: string): Record<string, string> => ({
    [`${folder}/versions/1.py`]: revision(create('user', columns)),
  });
  const options = (dialect: 'postgresql' | 'sqlite', folder: string): ProjectOptions => ({
    dialect,
    ...versions(`${folder}/versions`),
  });
  const models = base + model('user', '    nick: Mapped[str]\n    age: Mapped[int]\n');
  const postgres = await projectOf(
    { 'models.py': models, ...history('pg', ', sa.Column("nick", sa.Text(), nullable=False)') },
    options('postgresql', 'pg'),
  );
  const sqlite = await projectOf(
    history('lite', ', sa.Column("nick", sa.Integer(), nullable=False), sa.Column("age", sa.Integer())'),
    options('sqlite', 'lite'),
  );
  const all = comparisons({ ...postgres, files: [...postgres.files, ...sqlite.files] });
  expect(all.map(({ database, compared }) => [database.dialect, compared])).toEqual([
    ['sqlite', 1],
    ['postgresql', 1],
  ]);
  expect(brief(all)).toEqual(['nullability-mismatch user.age @ models.py', 'unmigrated-column user.age @ models.py']);
});

test('a table that a history changes and none makes says nothing of those that are not there', async () => {
  const all = await drift({
    'app/models.py': base + model('user') + model('order'),
    'migrations/versions/1.py': revision('op.add_column("user", sa.Column("nick", sa.Text()))'),
  });
  expect(brief(all)).toEqual([]);
  expect(all[0]).toMatchObject({ compared: 0, open: ['the migrations change user, which none of them makes'] });
});

test('SQL that can not be read leaves everything open', async () => {
  const all = await drift({
    'app/models.py': base + model('user', '    nick: Mapped[str]\n'),
    'migrations/versions/1.py': revision(`${create('user')}\nop.execute(open("more.sql").read())`),
  });
  expect(brief(all)).toEqual([]);
  expect(all[0]!.skipped.map(({ name }) => name)).toEqual(['user']);
});

test('a revision that is missing in the middle leaves everything open', async () => {
  const all = await drift({
    'app/models.py': base + model('user', '    nick: Mapped[str]\n'),
    'migrations/versions/1.py': revision(create('user')),
    'migrations/versions/3.py': revision(create('order'), '3', '"2"'),
  });
  expect(brief(all)).toEqual([]);
  const reason = 'migrations/versions lacks the revision 2, which others follow';
  expect(all[0]!.skipped).toEqual([{ name: 'user', reason }]);
});

test('a history without its beginning is known from there on', async () => {
  const all = await drift({
    'app/models.py': base + model('user', '    nick: Mapped[str]\n') + model('order'),
    'migrations/versions/2.py': revision(`${create('user')}\n${create('visit')}`, '2', '"1"'),
  });
  expect(brief(all)).toEqual([
    'unmigrated-column user.nick @ app/models.py',
    'unmigrated-table order @ app/models.py',
    'unmodelled-table visit @ migrations/versions/2.py',
  ]);
  const doubt = 'migrations/versions lacks the revision 1, which others follow';
  expect(all[0]!.differences[1]).toMatchObject({ kind: 'unmigrated-table', doubt });
});

test('two histories of one package that make the same table are of one database', async () => {
  const typeorm = (name: string, sql: string): string =>
    `import { MigrationInterface, QueryRunner } from 'typeorm';
export class ${name} implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> { ${sql
    .split(';')
    .map((each) => `await q.query('${each}');`)
    .join(' ')} }
  async down(q: QueryRunner): Promise<void> {}
}
`;
  const all = await drift(
    {
      'src/user.entity.ts': `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
@Entity('user')
export class User { @PrimaryGeneratedColumn() id!: number; @Column({ type: 'text' }) nick!: string; }
`,
      'src/basic/1700000000000-A.ts': typeorm('A1700000000000', 'CREATE TABLE "user" ("id" integer PRIMARY KEY)'),
      'src/more/1700000000001-B.ts': typeorm(
        'B1700000000001',
        'CREATE TABLE "temp" ("id" integer PRIMARY KEY, "nick" text NOT NULL);INSERT INTO "temp" SELECT "id" FROM "user";DROP TABLE "user";ALTER TABLE "temp" RENAME TO "user"',
      ),
    },
    {
      folders: [
        { path: 'src/basic', runner: 'typeorm' },
        { path: 'src/more', runner: 'typeorm' },
      ],
    },
  );
  expect(brief(all)).toEqual([]);
  expect(all.map(({ skipped }) => skipped)).toEqual([[{ name: 'user', reason: 'several tables have its name' }]]);
});

test('two models of one table are not compared', async () => {
  const all = await drift({
    'app/models.py': base + model('user', '    nick: Mapped[str]\n'),
    'app/old.py': base + model('user'),
    'migrations/versions/1.py': revision(create('user')),
  });
  expect(brief(all)).toEqual([]);
  expect(all[0]!.skipped).toEqual([{ name: 'user', reason: 'several models declare it' }]);
});

test('one name in two schemas is two tables', async () => {
  const inSchema = (schema: string, body: string): string =>
    model('user', `    __table_args__ = {"schema": "${schema}"}\n${body}`).replace('USER', `User${schema}`);
  const all = await drift({
    'app/models.py': base + inSchema('a', '') + inSchema('b', '    nick: Mapped[str]\n'),
    'migrations/versions/1.py': revision(`${create('user', ', schema="a"')}\n${create('user', ', schema="b"')}`),
  });
  expect(brief(all)).toEqual(['unmigrated-column user.nick @ app/models.py']);
});

test('a name without a schema is that of the one table there is', async () => {
  const all = await drift({
    'app/models.py': base + model('user'),
    'migrations/versions/1.py': revision(create('user', ', sa.Column("nick", sa.Text()), schema="app"')),
  });
  expect(brief(all)).toEqual(['unmodelled-column user.nick @ app/models.py']);
});

test('models of a library with no history here are not compared with that of another one', async () => {
  const all = await drift({
    'schema.prisma': `datasource db {\n  provider = "postgresql"\n  url = env("URL")\n}\nmodel User {\n  id Int @id\n}\n`,
    'app/models.py': base + model('user'),
    'migrations/versions/1.py': revision(create('user')),
  });
  expect(brief(all)).toEqual([]);
});

test('models of another database, and those that migrations leave alone', async () => {
  const all = await drift({
    'app/models.py':
      base +
      model('user') +
      model('metric', '    __bind_key__ = "metrics"\n') +
      model('visit', '    __bind_key__ = None\n'),
    'migrations/versions/1.py': revision(`${create('user')}\n${create('metric', ', sa.Column("nick", sa.Text())')}`),
  });
  expect(brief(all)).toEqual([]);
  const typeorm = await drift({
    'src/user.entity.ts': `import { Entity, PrimaryGeneratedColumn } from 'typeorm';
@Entity('user') export class User { @PrimaryGeneratedColumn() id!: number; }
@Entity({ name: 'log', synchronize: false }) export class Log { @PrimaryGeneratedColumn() id!: number; }
@Entity({ name: 'fact', database: 'facts' }) export class Fact { @PrimaryGeneratedColumn() id!: number; }
`,
    'src/migrations/1700000000000-A.ts': `import { MigrationInterface, QueryRunner } from 'typeorm';
export class A1700000000000 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> { await q.query('CREATE TABLE "user" ("id" SERIAL PRIMARY KEY)'); }
  async down(q: QueryRunner): Promise<void> { await q.query('DROP TABLE "user"'); }
}
`,
  });
  expect(typeorm[0]).toMatchObject({ compared: 1, differences: [] });
});

test('a class of Objection says which table there is, and nothing of its columns', async () => {
  const all = await drift(
    {
      'models/user.js': `const { Model } = require('objection');
class User extends Model { static get tableName() { return 'users'; } }
class Visit extends Model { static get tableName() { return 'visits'; } }
module.exports = { User, Visit };
`,
      'migrations/20240102030405_users.js': `exports.up = (knex) => knex.schema.createTable('users', (table) => { table.increments(); table.string('nick'); }).createTable('loose', (table) => { table.increments(); });
exports.down = (knex) => knex.schema.dropTable('users');
`,
    },
    { folders: [{ path: 'migrations', runner: 'knex' }] },
  );
  expect(brief(all)).toEqual(['unmigrated-table visits @ models/user.js']);
});
