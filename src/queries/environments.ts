import type { Environment, FileFacts, Metadata, Project, Table } from '../ir/index.js';
import { defineQuery } from '../rule.js';

/** An env.py of the project. */
export interface PlacedEnvironment {
  facts: FileFacts;
  environment: Environment;
  /** Ids of what autogenerate compares with (see Metadata). */
  metadata: string[] | 'unknown';
  /** Paths of the files with tables that it imports. */
  imports: string[] | 'unknown';
  /** The folder that its modules are imported from: that of its alembic.ini, else the one around its own. */
  home: string;
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** A path with `.` and `..` worked out; undefined for one outside of the project. */
function normal(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length === 0) return undefined;
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** The folder of scripts that a settings file names; undefined where it names none, or an installed package. */
function scriptFolder({ path, settings = [] }: FileFacts): string | undefined {
  const location = settings.find(({ name }) => name === 'script_location')?.expanded;
  if (location === undefined) return undefined;
  const written = location.startsWith('%(here)s') ? `.${location.slice(8)}` : location.replace(':', '/');
  return normal(`${folderOf(path)}/${written}`);
}

const settingsByFolder = defineQuery((project) => {
  const folders = new Map<string, FileFacts>();
  for (const file of project.files) {
    const folder = file.settings && scriptFolder(file);
    if (folder !== undefined && !folders.has(folder)) folders.set(folder, file);
  }
  return folders;
});

/** Every env.py of the project, tests apart. */
export const environments = defineQuery((project): readonly PlacedEnvironment[] =>
  project.files.flatMap((facts) => {
    const { environment, scope, path } = facts;
    if (environment?.metadata === undefined || scope === 'test') return [];
    const { metadata, imports = 'unknown' } = environment;
    const settings = settingsByFolder(project).get(folderOf(path));
    const home = settings ? folderOf(settings.path) : folderOf(folderOf(path));
    return [{ facts, environment, metadata, imports, home }];
  }),
);

/** The env.py that a settings file leads to; undefined where there is none in the project. */
export function environmentOf(project: Project, settings: FileFacts): PlacedEnvironment | undefined {
  const folder = scriptFolder(settings);
  return environments(project).find(({ facts }) => folderOf(facts.path) === folder);
}

const isInside = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`);

/** One for all programs that use the library, so that it says nothing of whose a table is. */
const isShared = (id: string): boolean => id === 'sqlmodel.SQLModel';

/** The tables of a file that Python code declares on metadata which is known. */
export function mappedTables({ tables, scope, migrations, frontend }: FileFacts): (Table & { metadata: string })[] {
  if (frontend !== 'python' || scope === 'test' || migrations.length > 0) return [];
  return tables.filter(
    (table): table is Table & { metadata: string } => table.role === 'table' && table.metadata !== undefined,
  );
}

/** The environments whose migrations are for a table: each that certainly is, and each that may be. */
export function environmentsFor(
  project: Project,
  { path }: FileFacts,
  { metadata: id }: { metadata: string },
): { certain: PlacedEnvironment[]; possible: PlacedEnvironment[] } {
  const all = environments(project);
  const certain = all.filter(
    ({ metadata, home }) => metadata !== 'unknown' && metadata.includes(id) && (!isShared(id) || isInside(path, home)),
  );
  return { certain, possible: all.filter(({ metadata }) => metadata === 'unknown' || metadata.includes(id)) };
}

const made = defineQuery(
  (project) =>
    new Map(
      project.files.flatMap(({ metadata = [] }) => metadata.map((each) => [each.id, each] as [string, Metadata])),
    ),
);

/**
 * How code in the home of an environment imports metadata; undefined where it lies elsewhere.
 * @param id see Metadata
 */
export function importOf(
  project: Project,
  { home }: PlacedEnvironment,
  id: string,
): { module: string; name: string; attribute?: 'metadata' } | undefined {
  const prefix = home === '' || isShared(id) ? '' : `${home.replaceAll('/', '.')}.`;
  if (!id.startsWith(prefix)) return undefined;
  const dotted = id.slice(prefix.length);
  const dot = dotted.lastIndexOf('.');
  if (dot < 0) return undefined;
  const isMetadata = made(project).get(id)?.made === 'metadata';
  return {
    module: dotted.slice(0, dot),
    name: dotted.slice(dot + 1),
    ...(!isMetadata && { attribute: 'metadata' as const }),
  };
}
