import { expect, test } from 'vitest';
import { lintFiles } from '../../src/index.js';

const models = `from sqlmodel import Field, SQLModel


class User(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)


class Task(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    user_id: str = Field(foreign_key="user.id")
    owner_id: int = Field(foreign_key="user.id")
`;

const adding = (column: string): string => `"""add ${column} to user

Revision ID: 1a2b3c4d5e6f
Revises:
"""
from alembic import op

revision = '1a2b3c4d5e6f'
down_revision = None


def upgrade():
    op.create_foreign_key('fk_task_${column}', 'task', 'user', ['${column}'], ['id'])


def downgrade():
    op.drop_constraint('fk_task_${column}', 'task', type_='foreignkey')
`;

/** What is said of the key in the model, and where it points to. */
async function placesOf(column: string): Promise<unknown[]> {
  const files = { 'models.py': models, 'alembic/versions/1a2b3c4d5e6f_key.py': adding(column) };
  const { findings } = await lintFiles(files, { config: { extends: ['recommended'], dialect: 'postgresql' } });
  return findings
    .filter(({ rule }) => rule === 'schema/foreign-key-type-mismatch')
    .map(({ path, line, related }) => [path, line, related.map((each) => `${each.path}:${each.line}`)]);
}

test('a key of another type than its target is reported at the model and points to the migration that adds it', async () => {
  expect(await placesOf('user_id')).toEqual([['models.py', 10, ['alembic/versions/1a2b3c4d5e6f_key.py:13']]]);
});

test('a key over another column is not pointed to', async () => {
  expect(await placesOf('owner_id')).toEqual([['models.py', 10, []]]);
});
