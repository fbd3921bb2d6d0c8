import type { Dialect, Project } from '../../../src/ir/index.js';
import { frontEnds } from '../../../src/frontends/registry.js';
import type { MigrationFolder } from '../../../src/frontends/front-end.js';

/** What a test says of a project besides its files. */
export interface ProjectOptions {
  dialect?: Dialect;
  /** Paths whose migrations have shipped. */
  shipped?: string[];
  folders?: MigrationFolder[];
}

const standard: MigrationFolder[] = [
  { path: 'migrations/versions', runner: 'alembic' },
  { path: 'src/migrations', runner: 'typeorm' },
  { path: 'migrations', runner: 'plain' },
];

/** Reads files by the real front ends. Folders named `migrations` hold migrations, `tests/` holds tests. */
export async function projectOf(files: Record<string, string>, options: ProjectOptions = {}): Promise<Project> {
  const dialect = options.dialect ?? 'postgresql';
  const result: Project = { files: [], settings: { dialect, shipped: new Set(options.shipped) } };
  const all = [];
  for (const frontEnd of frontEnds) {
    const paths = Object.keys(files).filter((path) => frontEnd.extensions.some((end) => path.endsWith(end)));
    if (paths.length === 0) continue;
    const reader = await frontEnd.load();
    const facts = paths.map((path) => {
      const migrations = (options.folders ?? standard).find((folder) => path.startsWith(`${folder.path}/`));
      const scope = path.startsWith('tests/') ? ('test' as const) : ('project' as const);
      return reader.read({ path, text: files[path]! }, { dialect, scope, ...(migrations && { migrations }) });
    });
    all.push(...reader.link(facts));
  }
  return { ...result, files: all };
}

/** Reads one script as a file of SQL outside of migrations. */
export function scriptOf(text: string, dialect: Dialect = 'postgresql'): Promise<Project> {
  return projectOf({ 'schema.sql': text }, { dialect });
}
