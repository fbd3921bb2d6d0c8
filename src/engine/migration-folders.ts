import { posix } from 'node:path';
import type { Runner } from '../ir/index.js';
import type { MigrationFolder } from '../frontends/front-end.js';
import { dialectNamed, dialectOfProvider } from './dialect-names.js';
import { folderOf, Folders, join, type ReadText } from './project-folders.js';
import { sqlFiles } from './sql-migration-folders.js';

/** Alembic: `script_location` of each alembic.ini or `[tool.alembic]`, else any `versions` folder beside an env.py. */
function* alembic(folders: Folders, read: ReadText): Generator<MigrationFolder> {
  for (const path of folders.all) {
    const name = posix.basename(path);
    if (name === 'env.py') {
      yield* histories(folders, join(folderOf(path), 'versions'));
    } else if (name === 'alembic.ini') {
      for (const location of versionLocations(read(path) ?? '', folderOf(path))) yield* histories(folders, location);
    } else if (name === 'pyproject.toml') {
      const own = /^\[tool\.alembic\][^]*?(?=^\[|(?![^]))/m.exec(read(path) ?? '')?.[0] ?? '';
      for (const location of versionLocations(withoutToml(own), folderOf(path))) yield* histories(folders, location);
    }
  }
}

/** A folder of revisions; one folder for each database below it is a history of its own. */
function* histories(folders: Folders, versions: string): Generator<MigrationFolder> {
  if (hasBelow(folders, versions, '.py')) yield { path: versions, runner: 'alembic' };
  for (const path of folders.files.keys()) {
    if (folderOf(path) !== versions || !hasBelow(folders, path, '.py')) continue;
    const dialect = dialectNamed(posix.basename(path));
    if (dialect !== undefined) yield { path, runner: 'alembic', dialect };
  }
}

const hasBelow = (folders: Folders, folder: string, extension: string): boolean =>
  folders.files.get(folder)?.some((name) => name.endsWith(extension)) ?? false;

/** A table of TOML as an INI file would say it: lists over several lines, without brackets and quotes. */
const withoutToml = (table: string): string =>
  table
    .replace(/\[\s*("[^\]]*)\]/g, (_, items: string) => items.replace(/,?\s*(?:#[^\n]*)?\n\s*|,/g, ' '))
    .replace(/["']/g, '');

/** The folders that `script_location` and `version_locations` name; `package:folder` is looked up as a path. */
function versionLocations(ini: string, base: string): string[] {
  const value = (key: string): string | undefined =>
    new RegExp(`^[ \\t]*${key}[ \\t]*[=:][ \\t]*([^\\r\\n]*(?:\\r?\\n[ \\t]+[^\\s#;=][^=\\r\\n]*$)*)`, 'm')
      .exec(ini)?.[1]
      ?.trim();
  const resolve = (location: string): string => {
    const plain = location.replaceAll('%(here)s/', './').replace(':', '/');
    return join(base, plain).replace(/\/$/, '');
  };
  const script = value('script_location');
  const versions = value('version_locations')?.split(/[\s,;:]+(?!\/)/) ?? [];
  const listed = versions.filter((each) => each !== '').map(resolve);
  const standard = script === undefined ? [] : [`${resolve(script)}/versions`];
  return [...standard, ...listed];
}

/**
 * Prisma: `migrations/<name>/migration.sql`, provider from migration_lock.toml. Drizzle has the same folders with a
 * snapshot.json in each.
 */
function* prisma(folders: Folders, read: ReadText): Generator<MigrationFolder> {
  for (const [folder, names] of folders.files) {
    if (!names.includes('migration.sql')) continue;
    const path = folderOf(folder);
    const locked = folders.has(path, 'migration_lock.toml');
    if (!locked && !/(?:^|\/)\d{14}[^/]*$/.test(folder)) continue;
    const runner = names.includes('snapshot.json') ? 'drizzle' : 'prisma';
    const [file, stated] =
      runner === 'prisma'
        ? [join(path, 'migration_lock.toml'), /^[ \t]*provider[ \t]*=[ \t]*"([^"]+)"/m]
        : [join(folder, 'snapshot.json'), /"dialect"\s*:\s*"(\w+)"/];
    const dialect = dialectOfProvider(stated.exec((folders.all.has(file) && read(file)) || '')?.[1]);
    yield { path, runner, ...(dialect && { dialect }) };
  }
}

/** Drizzle: `meta/_journal.json` lists the migrations in the order in which they are run. */
function* drizzle(folders: Folders, read: ReadText): Generator<MigrationFolder> {
  for (const path of folders.all) {
    if (!/(?:^|\/)meta\/_journal\.json$/.test(path)) continue;
    const folder = folderOf(folderOf(path));
    const snapshots = folders.files.get(folderOf(path))!.filter((name) => /_snapshot\.json$/.test(name));
    const last = snapshots.sort().at(-1);
    const snapshot = last === undefined ? {} : { snapshot: join(folderOf(path), last) };
    try {
      const journal = JSON.parse(read(path) ?? '') as { dialect?: string; entries?: { tag: string }[] };
      const order = (journal.entries ?? []).map(({ tag }) => tag);
      const dialect = dialectOfProvider(journal.dialect);
      yield { path: folder, runner: 'drizzle', ...(dialect && { dialect }), order, ...snapshot };
    } catch {
      yield { path: folder, runner: 'drizzle', ...snapshot };
    }
  }
}

/** What a migration file in code imports or implements tells its runner. */
const codeRunners: readonly [RegExp, Runner][] = [
  [/\bMigrationInterface\b/, 'typeorm'],
  [/@mikro-orm\/migrations/, 'mikro-orm'],
  [/\bKysely\b/, 'kysely'],
  [/\bqueryInterface\b|\bQueryInterface\b/, 'sequelize'],
  [/\bknex\b|\bKnex\b/, 'knex'],
  [/\bdb-migrate\b|\bdbm\b/, 'db-migrate'],
];

/** Folders named as migrations that hold migration classes or functions. */
function* code(folders: Folders, read: ReadText): Generator<MigrationFolder> {
  for (const [path, names] of folders.files) {
    if (!/(?:^|\/)[\w-]*migrations?(?:[-_]\w+)?(?:\/|$)/i.test(path)) continue;
    const sources = names.filter((name) => /\.[cm]?[jt]s$/.test(name) && !/\.d\.[cm]?ts$|^index\./.test(name));
    for (const name of sources.slice(0, 5)) {
      const text = read(join(path, name)) ?? '';
      const runner = codeRunners.find(([mark]) => mark.test(text))?.[1];
      if (runner === undefined) continue;
      // `migrations/mysql`, and `migrations-mysql`.
      const dialect = dialectNamed(path.replace(/migrations?[-_]/gi, '/'));
      yield { path, runner, ...(dialect && { dialect }) };
      break;
    }
  }
}

/** Knex: the folders that a knexfile names in `directory`, which it takes relative to itself. Seeds have folders too. */
function* knexfile(folders: Folders, read: ReadText): Generator<MigrationFolder> {
  for (const path of folders.all) {
    if (!/^knexfile(?:\.\w+)*\.[cm]?[jt]s$/.test(posix.basename(path))) continue;
    const text = (read(path) ?? '').replaceAll('${__dirname}', '.');
    for (const [, list] of text.matchAll(/\bmigrations\s*:\s*\{[^{}]*?\bdirectory\s*:\s*(\[[^\]]*\]|[^\n}]*)/g)) {
      for (const [, quoted] of list!.matchAll(/['"`]([^'"`${}]+)['"`]/g)) {
        const folder = join(folderOf(path), quoted!.replace(/^\//, './')).replace(/\/$/, '');
        if (hasCode(folders, folder)) yield { path: folder, runner: 'knex' };
      }
    }
  }
}

const hasCode = (folders: Folders, folder: string): boolean =>
  folders.files.get(folder)?.some((name) => /\.[cm]?[jt]s$/.test(name)) ?? false;

const detectors = [prisma, drizzle, alembic, code, knexfile, sqlFiles];

/** The migration folders of a project, by path; of several detectors the first one to speak of a folder is right. */
export function migrationFolders(paths: readonly string[], read: ReadText): MigrationFolder[] {
  const folders = new Folders(paths);
  const found = new Map<string, MigrationFolder>();
  for (const detector of detectors) {
    for (const folder of detector(folders, read)) if (!found.has(folder.path)) found.set(folder.path, folder);
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * The folders that the configuration names, with what discovery knows of them.
 * @param prefix path from the configuration file's folder, which its paths are relative to, to the project
 */
export function configuredFolders(
  found: readonly MigrationFolder[],
  settings: { paths?: readonly string[]; runner?: Runner },
  prefix = '',
): MigrationFolder[] {
  const { paths, runner } = settings;
  const chosen =
    paths?.map((given): MigrationFolder => {
      const path = posix.relative(prefix, given);
      return found.find((folder) => folder.path === path) ?? { path, runner: 'plain', configured: true };
    }) ?? found;
  return chosen.map((folder) => ({ ...folder, ...(runner && { runner }) }));
}

/** The innermost folder that holds a file. */
export function folderHolding(path: string, folders: readonly MigrationFolder[]): MigrationFolder | undefined {
  let best: MigrationFolder | undefined;
  for (const folder of folders) {
    const inside = folder.path === '' || path.startsWith(`${folder.path}/`);
    if (inside && (best === undefined || folder.path.length > best.path.length)) best = folder;
  }
  return best;
}
