import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Migration, Project } from '../../src/ir/index.js';
import { isEnum } from '../../src/queries/replay/state.js';
import { schemaAfter, schemaAfterDowngrade, type Schema } from '../../src/queries/replay.js';
import { residuesOf } from '../../src/queries/residues.js';
import { histories } from '../../src/queries/revision-graph.js';
import { Postgresql } from '../queries/support/postgresql.js';
import { projectOf } from '../queries/support/project.js';
import { byName, catalogBy, catalogOf, uncertainTables, unread } from '../typescript/oracle/pglite.js';

const python = process.env['DDLINT_PYTHON'] ?? '/usr/bin/python3';
/** A PostgreSQL server that may be emptied: `scripts/python-check.sh` starts one. */
const url = process.env['DDLINT_POSTGRES'];
const reason = url === undefined ? ' (skipped: DDLINT_POSTGRES names no server)' : '';
const folder = new URL('oracle/history/versions/', import.meta.url);

/** Alembic itself, which runs single revisions on the server. */
class Alembic {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: Interface;

  constructor(server: string) {
    const script = fileURLToPath(new URL('oracle/run_history.py', import.meta.url));
    this.#process = spawn(python, [script], { env: { ...process.env, HISTORY_URL: server } });
    this.#lines = createInterface(this.#process.stdout);
  }

  /** What it says in the end: `done`, or an error. */
  async run(way: 'up' | 'down', revision: string): Promise<string> {
    const answer = new Promise<string>((resolve) => {
      this.#lines.once('line', resolve);
      this.#lines.once('close', () => resolve('ended'));
    });
    this.#process.stdin.write(`${way} ${revision}\n`);
    return answer;
  }

  stop(): void {
    this.#process.stdin.end();
  }
}

/** A catalog, and the labels of enum types. */
type Standing = { tables: unknown; enums: Record<string, string[]> };

const enumLabels = `
  SELECT t.typname AS name, array_agg(e.enumlabel::text ORDER BY e.enumsortorder) AS labels
  FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY t.oid, t.typname ORDER BY t.typname`;

describe.skipIf(url === undefined)(`a history that Alembic runs on PostgreSQL${reason}`, () => {
  let server: Postgresql;
  let alembic: Alembic;
  let project: Project;

  const ask = <T>(sql: string, values: unknown[] = []): Promise<T[]> => server.rows<T>(sql, values);

  /** A type in PostgreSQL's own words, its length or precision as it is. */
  const words = async (type: string): Promise<string> => {
    const [, head = type, length = '', rest = ''] = /^([^(]*)(\([\d, ]+\))(.*)$/.exec(type) ?? [];
    const [row] = await ask<{ name: string | null }>('SELECT format_type(to_regtype($1), NULL) AS name', [head + rest]);
    return row?.name ? row.name + length : type;
  };

  const catalog = async (): Promise<Standing> => {
    const rows = await ask<{ name: string; labels: string[] }>(enumLabels);
    return {
      tables: byName(await catalogBy(ask, ['alembic_version'])),
      enums: Object.fromEntries(rows.map(({ name, labels }) => [name, labels])),
    };
  };

  const replayed = async (schema: Schema): Promise<Standing> => {
    const types = [...schema.types()].filter(isEnum).sort((a, b) => (a.key < b.key ? -1 : 1));
    return {
      tables: byName(await catalogOf(schema, words)),
      enums: Object.fromEntries(types.map(({ name, values }) => [name.name.value, values.map(({ value }) => value)])),
    };
  };

  beforeAll(async () => {
    server = await Postgresql.connect(url!);
    await server.rows('DROP SCHEMA IF EXISTS audit CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    alembic = new Alembic(url!);
    const names = readdirSync(folder).filter((name) => name.endsWith('.py'));
    project = await projectOf(
      Object.fromEntries(
        names.map((name) => [`migrations/versions/${name}`, readFileSync(new URL(name, folder), 'utf8')]),
      ),
    );
  });

  afterAll(async () => {
    alembic.stop();
    await server.stop();
  });

  test('equals the replay after each revision, up, down and up again', { timeout: 120_000 }, async () => {
    const [history] = histories(project);
    expect(unread(project)).toEqual([]);
    const last = history!.ordered.at(-1)!.migration;
    for (const { migration } of history!.ordered) {
      const after = schemaAfter(project, migration)!;
      expect([after.doubt, uncertainTables(after)], migration.id).toEqual([undefined, []]);
      expect(await alembic.run('up', migration.id), `${migration.id} up`).toBe('done');
      expect(await replayed(after), `${migration.id} up`).toEqual(await catalog());
      expect(await alembic.run('down', migration.id), `${migration.id} down`).toBe('done');
      expect(await replayed(endOf(migration)), `${migration.id} down`).toEqual(await catalog());
      // What is left behind lets no revision run twice.
      const left = residuesOf(project, migration).map((residue) => residue.words);
      expect(left, migration.id).toEqual(migration === last ? residues : []);
      if (migration !== last) expect(await alembic.run('up', migration.id), `${migration.id} again`).toBe('done');
      else expect(await alembic.run('up', migration.id)).toContain('order_kind');
    }
    expect(history!.ordered.length).toBe(15);
  });

  const endOf = (migration: Migration): Schema =>
    schemaAfterDowngrade(project, migration) ?? schemaAfter(project, migration)!;
});

const residues = ['enum type order_kind', 'the nullability of column team.extra', 'index ix_team_made'];
