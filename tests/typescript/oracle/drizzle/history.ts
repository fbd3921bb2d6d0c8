import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { migrationFolders } from '../../../../src/engine/migration-folders.js';
import type { Project } from '../../../../src/ir/index.js';
import { projectOf } from '../../../queries/support/project.js';
import type { DrizzleDialect } from './snapshots.js';

/** A folder of migrations as drizzle-kit writes it. */
export interface History {
  files: Record<string, string>;
  dialect: DrizzleDialect;
}

/** @param migrations the statements of each migration, by its tag, in the order of the journal */
export function historyOf(migrations: Record<string, readonly string[]>, dialect: DrizzleDialect): History {
  const entries = Object.keys(migrations).map((tag, idx) => ({
    idx,
    version: '7',
    when: 1_700_000_000_000 + idx,
    tag,
    breakpoints: true,
  }));
  const files: Record<string, string> = {
    'drizzle/meta/_journal.json': JSON.stringify({ version: '7', dialect, entries }),
  };
  for (const [tag, statements] of Object.entries(migrations))
    files[`drizzle/${tag}.sql`] = statements.join('\n--> statement-breakpoint\n');
  return { files, dialect };
}

/** The history as ddlint reads it, its folder found by discovery. */
export function projectOfHistory({ files, dialect }: History): Promise<Project> {
  const folders = migrationFolders(Object.keys(files), (path) => files[path]);
  return projectOf(files, { folders, dialect });
}

/** Writes the history to a folder for the time that `use` takes. */
export async function onDisk<T>({ files }: History, use: (folder: string) => Promise<T> | T): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'ddlint-drizzle-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    return await use(join(root, 'drizzle'));
  } finally {
    await rm(root, { recursive: true });
  }
}
