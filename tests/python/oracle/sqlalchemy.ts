import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Dialect } from '../../../src/ir/index.js';
import { readSql } from '../../sql/brief.js';
import type { Expected } from './expected.js';

/** The Python to ask; Debian's packages belong to this one, whatever else is on the path. */
const python = process.env['DDLINT_PYTHON'] ?? '/usr/bin/python3';

/** The version of SQLAlchemy that can be asked; undefined where there is none. */
export function sqlalchemyVersion(): string | undefined {
  const { status, stdout } = spawnSync(python, ['-c', 'import sqlalchemy; print(sqlalchemy.__version__)'], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : undefined;
}

export type Answers = { [name: string]: Expected | { error: string } };

/** What SQLAlchemy makes of packages of models, all in one process. */
export function built(folders: readonly string[]): Answers {
  const script = fileURLToPath(new URL('metadata.py', import.meta.url));
  const { stdout, stderr, status } = spawnSync(python, ['-B', script, '--tolerant', ...folders], {
    encoding: 'utf8',
    maxBuffer: 1 << 29,
  });
  if (status !== 0) throw new Error(stderr);
  return (JSON.parse(stdout) as { projects: Answers }).projects;
}

const known = new Map<string, string>();

/** The canonical name of a type as SQLAlchemy writes it. */
export function typeOf(compiled: string, dialect: Dialect): string {
  const key = `${dialect} ${compiled}`;
  const found = known.get(key) ?? read(compiled, dialect);
  known.set(key, found);
  return found;
}

function read(compiled: string, dialect: Dialect): string {
  const [statement] = readSql(`CREATE TABLE t (a ${compiled})`, dialect);
  const [operation] = statement?.operations ?? [];
  return (operation?.kind === 'CreateTable' && operation.definition.columns[0]?.type.name) || '?';
}
