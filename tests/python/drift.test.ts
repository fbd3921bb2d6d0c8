import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { projectOf } from '../queries/support/project.js';
import { comparedIn, driftOf } from '../typescript/oracle/drift/differences.js';
import { missingAlembic } from './oracle/alembic.js';

const missing = missingAlembic();

const models = `import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Stamped:
    created = sa.Column(sa.DateTime(), nullable=False)


class Account(Stamped, Base):
    __tablename__ = "account"

    id = sa.Column(sa.Integer(), primary_key=True)
    kind = sa.Column(sa.String(20), nullable=False)
    email = sa.Column(sa.String(320), nullable=False)
    nick = sa.Column(sa.String(50))
    rank = sa.Column(sa.Integer())
    balance = sa.Column(sa.Numeric(10, 2))
    active = sa.Column(sa.Boolean(), nullable=False)
    __mapper_args__ = {"polymorphic_on": kind}


class Company(Account):
    vat = sa.Column(sa.String(20))


role_of = sa.Table(
    "role_of",
    Base.metadata,
    sa.Column("account_id", sa.ForeignKey("account.id"), primary_key=True),
    sa.Column("role_id", sa.ForeignKey("role.id"), primary_key=True),
)


class Role(Base):
    __tablename__ = "role"

    id = sa.Column(sa.Integer(), primary_key=True)
`;

const upgrade = `op.create_table(
    "account",
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("email", sa.String(320), nullable=False),
    sa.Column("nick", sa.String(50)),
    sa.Column("rank", sa.Integer()),
    sa.Column("balance", sa.Numeric(10, 2)),
    sa.Column("active", sa.Boolean(), nullable=False),
    sa.Column("vat", sa.String(20)),
    sa.Column("created", sa.DateTime(), nullable=False),
)
op.create_table("role", sa.Column("id", sa.Integer(), primary_key=True))
op.create_table(
    "role_of",
    sa.Column("account_id", sa.Integer(), sa.ForeignKey("account.id"), primary_key=True),
    sa.Column("role_id", sa.Integer(), sa.ForeignKey("role.id"), primary_key=True),
)
`;

const kinds: { readonly [kind: string]: string } = {
  add_table: 'unmigrated-table',
  add_column: 'unmigrated-column',
  remove_table: 'unmodelled-table',
  remove_column: 'unmodelled-column',
  modify_nullable: 'nullability-mismatch',
  modify_type: 'type-mismatch',
};

/** What Alembic says of models and the body of a revision. */
function checked(given: { models: string; upgrade: string }): string[] {
  const script = fileURLToPath(new URL('oracle/drift.py', import.meta.url));
  const { stdout, stderr, status } = spawnSync(process.env['DDLINT_PYTHON'] ?? '/usr/bin/python3', [script], {
    input: JSON.stringify(given),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const found = JSON.parse(stdout) as [string, ...string[]][];
  return found.map(([kind, ...names]) => `${kinds[kind] ?? kind} ${names.join('.')}`).sort();
}

const projectFrom = (given: { models: string; upgrade: string }) =>
  projectOf(
    {
      'app/models.py': given.models,
      'migrations/versions/0001.py': `from alembic import op\nimport sqlalchemy as sa\nrevision = "1"\ndown_revision = None\ndef upgrade():\n${given.upgrade.replace(/^(?=.)/gm, '    ')}\n`,
    },
    { dialect: 'sqlite' },
  );

const changes: readonly [string, { models?: [string, string][]; upgrade?: [string, string][] }][] = [
  ['nothing', {}],
  ['a column without a migration', { models: [['    rank =', '    fresh = sa.Column(sa.Text())\n    rank =']] }],
  ['a column of a mixin', { models: [['    created =', '    seen = sa.Column(sa.DateTime())\n    created =']] }],
  ['a column of a child class', { models: [['    vat =', '    city = sa.Column(sa.Text())\n    vat =']] }],
  ['a column that no model maps', { models: [['    rank = sa.Column(sa.Integer())\n', '']] }],
  ['a column that no child maps', { models: [['    vat = sa.Column(sa.String(20))\n', '    pass\n']] }],
  [
    'a table without a migration',
    {
      models: [
        [
          'class Role(Base)',
          'class Visit(Base):\n    __tablename__ = "visit"\n\n    id = sa.Column(sa.Integer(), primary_key=True)\n\n\nclass Role(Base)',
        ],
      ],
    },
  ],
  [
    'a table that no model maps',
    {
      upgrade: [
        ['op.create_table("role"', 'op.create_table("old", sa.Column("id", sa.Integer()))\nop.create_table("role"'],
      ],
    },
  ],
  [
    'NOT NULL in the model alone',
    { models: [['sa.Column(sa.String(50))', 'sa.Column(sa.String(50), nullable=False)']] },
  ],
  [
    'NOT NULL in the database alone',
    { upgrade: [['sa.Column("rank", sa.Integer())', 'sa.Column("rank", sa.Integer(), nullable=False)']] },
  ],
  ['another type', { models: [['rank = sa.Column(sa.Integer())', 'rank = sa.Column(sa.String(9))']] }],
  [
    'all at once',
    {
      models: [
        ['    rank = sa.Column(sa.Integer())\n', '    fresh = sa.Column(sa.Text())\n'],
        ['sa.Column(sa.String(50))', 'sa.Column(sa.String(50), nullable=False)'],
      ],
      upgrade: [
        ['op.create_table("role"', 'op.create_table("old", sa.Column("id", sa.Integer()))\nop.create_table("role"'],
      ],
    },
  ],
];

const replaced = (text: string, pairs: readonly [string, string][] = []): string =>
  pairs.reduce((all, [from, to]) => {
    expect(all).toContain(from);
    return all.replace(from, to);
  }, text);

describe.skipIf(missing !== undefined)(
  `drift as alembic check has it${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  () => {
    test.each(changes)('%s', async (what, change) => {
      const given = { models: replaced(models, change.models), upgrade: replaced(upgrade, change.upgrade) };
      const expected = checked(given);
      expect(expected.length > 0).toBe(what !== 'nothing');
      const project = await projectFrom(given);
      expect(driftOf(project)).toEqual(expected);
      expect(comparedIn(project).compared).toBeGreaterThan(1);
    });
  },
);
