import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

type Files = Record<string, string>;

/** An ordinary module without anything of the data layer, about 3 kB. */
function plainModule(number: number): string {
  const functions = Array.from(
    { length: 12 },
    (_, each) => `
/** Adds what is left of the ${each}th share to the others. */
export function share${each}(values: readonly number[], factor = ${each}): number {
  const total = values.reduce((sum, value) => sum + value * factor, 0);
  return total > ${number} ? total - ${number} : total;
}`,
  );
  return `import { join } from 'node:path';\n${functions.join('\n')}\n\nexport const place = join('a', '${number}');\n`;
}

/** A TypeORM entity with eight columns. */
function entity(number: number): string {
  const columns = Array.from(
    { length: 8 },
    (_, each) => `\n  @Column({ type: 'text', nullable: true })\n  field${each}!: string;\n`,
  );
  return `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity({ name: 'record_${number}' })
export class Record${number} {
  @PrimaryGeneratedColumn('uuid')
  id!: string;
${columns.join('')}}
`;
}

function model(number: number): string {
  const columns = Array.from({ length: 8 }, (_, each) => `    field${each} = Column(String(40), nullable=True)`);
  return `from sqlalchemy import Column, Integer, String
from app.base import Base


class Item${number}(Base):
    __tablename__ = "item_${number}"

    id = Column(Integer, primary_key=True)
${columns.join('\n')}
`;
}

function revision(number: number): string {
  const parent = number === 0 ? 'None' : `"r${number - 1}"`;
  return `"""step ${number}"""
import sqlalchemy as sa
from alembic import op

revision = "r${number}"
down_revision = ${parent}


def upgrade():
    op.create_table("item_${number}", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("field0", sa.String(40)))
    op.create_index("ix_item_${number}_field0", "item_${number}", ["field0"])


def downgrade():
    op.drop_table("item_${number}")
`;
}

function script(number: number): string {
  return `CREATE TABLE IF NOT EXISTS seed_${number} (id bigint PRIMARY KEY, name text NOT NULL);
CREATE INDEX IF NOT EXISTS seed_${number}_name ON seed_${number} (name);
COMMENT ON TABLE seed_${number} IS 'Rows that every installation starts with.';
`;
}

/** A project of so many files, 5 % of them of the data layer: entities, models, Alembic revisions, SQL. */
function mixed(count: number): Files {
  const files: Files = { 'app/base.py': 'from sqlalchemy.orm import declarative_base\n\nBase = declarative_base()\n' };
  const quarter = Math.round(count / 80);
  for (let number = 0; number < quarter; number += 1) {
    files[`src/entities/record-${number}.ts`] = entity(number);
    files[`app/models/item_${number}.py`] = model(number);
    files[`migrations/versions/r${number}_step.py`] = revision(number);
    files[`sql/seed_${number}.sql`] = script(number);
  }
  for (let number = Object.keys(files).length; number < count; number += 1) {
    files[`src/part-${number % 40}/module-${number}.ts`] = plainModule(number);
  }
  return files;
}

/** Writes files into a new git work tree in the temporary folder and gives its path. */
function workTree(name: string, files: Files): string {
  const root = mkdtempSync(join(tmpdir(), `ddlint-bench-${name}-`));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const git = (...args: string[]): void => {
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...args], {
      cwd: root,
      stdio: 'ignore',
    });
  };
  git('init', '-q');
  git('add', '.');
  git('commit', '-q', '-m', 'bench');
  return root;
}

export const projects = {
  plainFile: () => workTree('plain', { 'src/plain.ts': plainModule(1) }),
  modelFile: () => workTree('model', { 'src/record.ts': entity(1) }),
  mixed: (count: number) => workTree('mixed', mixed(count)),
};
