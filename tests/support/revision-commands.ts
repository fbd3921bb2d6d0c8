import type { CodeBlock } from './standards.js';

/** A revision that a command would write, and the line of the document where the command stands. */
export interface WrittenRevision {
  path: string;
  lines: string[];
  line: number;
}

const command = /\balembic\s+revision\b.*?\s-m\s+"([^"]+)"/;

/** What Alembic writes for each `alembic revision -m "…"` of a shell block: the command's message is the revision's. */
export function revisionsOf(block: CodeBlock): WrittenRevision[] {
  return block.lines.flatMap((text, index) => {
    const message = command.exec(text)?.[1];
    if (message === undefined) return [];
    const line = block.firstLine + index;
    const id = line.toString(16).padStart(12, '0');
    return [{ path: `alembic/versions/${id}_${message.replace(/\W+/g, '_')}.py`, lines: revision(id, message), line }];
  });
}

const revision = (id: string, message: string): string[] => [
  `"""${message}`,
  '',
  `Revision ID: ${id}`,
  'Revises: ',
  'Create Date: 2026-01-14 12:00:00.000000',
  '',
  '"""',
  'from alembic import op',
  'import sqlalchemy as sa',
  '',
  `revision = '${id}'`,
  'down_revision = None',
  'branch_labels = None',
  'depends_on = None',
  '',
  '',
  'def upgrade() -> None:',
  '    pass',
  '',
  '',
  'def downgrade() -> None:',
  '    pass',
];
