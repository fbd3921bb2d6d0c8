import { expect, test } from 'vitest';
import { folder, run } from './run.js';

const models = `import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(320))
    nick: Mapped[str | None] = mapped_column(sa.String(50))
    born: Mapped[str] = mapped_column(sa.String(10))


class Session(Base):
    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)


class Visit(Base):
    __tablename__ = "visit"

    id: Mapped[int] = mapped_column(primary_key=True)
`;

const revision = `import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.String(50), nullable=False),
        sa.Column("born", sa.String(10)),
        sa.Column("phone", sa.String(20)),
    )
    if op.get_bind().execute(sa.text("SELECT 1")).scalar():
        op.create_table("visit", sa.Column("id", sa.Integer(), primary_key=True))
    op.create_table("old", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    op.drop_table("account")
`;

const files = {
  'alembic.ini': '[alembic]\nscript_location = migrations\n',
  'requirements.txt': 'sqlalchemy==2.0.30\nalembic==1.13.0\npsycopg==3.1.0\n',
  'app/models.py': models,
  'migrations/env.py': '',
  'migrations/versions/0001_account.py': revision,
};

const clean = {
  ...files,
  'app/models.py': models
    .replace('320', '50')
    .replace('    nick: Mapped[str | None] = mapped_column(sa.String(50))\n', '')
    .replace('born: Mapped[str]', 'born: Mapped[str | None]')
    .replace(/\n\nclass Session[\s\S]*/, ''),
  'migrations/versions/0001_account.py': revision
    .replace(/ {8}sa.Column\("phone".*\n/, '')
    .replace(/ {4}op.create_table\("old".*\n/, ''),
};

test('shows what each side has, and what was not compared', async () => {
  const { code, out, err } = await run(['drift'], { cwd: folder(files) });
  expect(err).toBe('');
  expect(out).toBe(`migrations/versions (alembic, postgresql): 1 model compared, 6 differences

         Table          Models            Migrations        Where
  error  account.born   NOT NULL          NULL              app/models.py:15
  error  account.email  varchar(320)      varchar(50)       app/models.py:13
  error  account.nick   varchar(50) NULL  –                 app/models.py:14
  warn   account.phone  –                 varchar(20) NULL  app/models.py:10
  warn   old            –                 table             migrations/versions/0001_account.py:18
  error  session        Session           –                 app/models.py:19
  Not compared: visit (it stands under a condition).
`);
  expect(code).toBe(1);
});

test('gives the same as JSON', async () => {
  const { code, out } = await run(['drift', '--format', 'json'], { cwd: folder(files) });
  expect(code).toBe(1);
  const [only, ...others] = JSON.parse(out) as { differences: unknown[] }[];
  expect(others).toEqual([]);
  expect(only).toMatchObject({
    runner: 'alembic',
    dialect: 'postgresql',
    histories: ['migrations/versions'],
    compared: 1,
    skipped: [{ name: 'visit', reason: 'it stands under a condition' }],
    open: [],
  });
  expect(only!.differences[1]).toEqual({
    kind: 'type-mismatch',
    severity: 'error',
    table: 'account',
    column: 'email',
    models: 'varchar(320)',
    migrations: 'varchar(50)',
    message: expect.stringContaining('account.email is varchar(320) in Account') as unknown,
    path: 'app/models.py',
    line: 13,
  });
});

test('warnings alone are no failure', async () => {
  const path = 'migrations/versions/0001_account.py';
  const cwd = folder({
    ...clean,
    [path]: clean[path].replace('sa.Column("born"', 'sa.Column("old", sa.Text()),\n        sa.Column("born"'),
  });
  const { code, out } = await run(['drift'], { cwd });
  expect(out).toContain('warn  account.old  –       text NULL');
  expect(code).toBe(0);
});

test('models that fit have no differences', async () => {
  const { code, out } = await run(['drift'], { cwd: folder(clean) });
  expect(out).toBe('migrations/versions (alembic, postgresql): 1 model compared, 0 differences\n');
  expect(code).toBe(0);
});

test('what the configuration or a comment lets be is left out', async () => {
  const cwd = folder({
    ...files,
    'app/models.py': models.replace(
      '    born:',
      '    # ddlint-disable-next-line drift/nullability-mismatch -- the trigger fills it\n    born:',
    ),
    'ddlint.config.json': JSON.stringify({
      rules: {
        'drift/type-mismatch': 'off',
        'drift/unmodelled-column': ['warn', { ignore: ['account.phone'] }],
      },
    }),
  });
  const { out } = await run(['drift'], { cwd });
  expect(out).toContain('3 differences');
  expect(out).not.toMatch(/born|email|phone/);
});

test('a project without models or migrations has nothing to compare', async () => {
  const { code, out } = await run(['drift'], { cwd: folder({ 'app/models.py': models }) });
  expect(out).toBe('No models that migrations of the project are for.\n');
  expect(code).toBe(0);
});

test('usage', async () => {
  expect(await run(['drift', 'app'])).toMatchObject({ code: 2 });
  expect(await run(['drift', '--format', 'xml'])).toMatchObject({ code: 2 });
});
