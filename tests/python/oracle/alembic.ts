import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Dialect } from '../../../src/ir/index.js';

/** The Python to ask; Debian's packages belong to this one, whatever else is on the path. */
const python = process.env['DDLINT_PYTHON'] ?? '/usr/bin/python3';

/** Why Alembic can't be asked; undefined where it can. */
export function missingAlembic(): string | undefined {
  const { status, error } = spawnSync(python, ['-c', 'import alembic, sqlalchemy']);
  if (error) return `there is no ${python}`;
  return status === 0 ? undefined : `${python} has no alembic`;
}

/** One body of a revision for one dialect. */
export interface Case {
  dialect: Dialect;
  code: string;
  convention?: { [kind: string]: string };
}

/** The SQL that Alembic sends, or why it refuses. */
export type Answer = { sql: string } | { error: string };

/** Bodies that run one after the other on SQLite. */
export interface Run {
  history: string[];
}

export interface Rendered {
  versions: { alembic: string; sqlalchemy: string };
  answers: Answer[];
}

/** What Alembic makes of bodies of revisions, all in one process. */
export function rendered(cases: readonly (Case | Run)[]): Rendered {
  const script = fileURLToPath(new URL('operations.py', import.meta.url));
  const { stdout, stderr, status } = spawnSync(python, [script], {
    input: JSON.stringify(cases),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Rendered;
}
