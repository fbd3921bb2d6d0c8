import { posix } from 'node:path';
import type { Runner } from '../ir/index.js';
import type { MigrationFolder } from '../frontends/front-end.js';
import { dialectNamed, dialectOfProvider, dialectOfSqlPath } from './dialect-names.js';

/** Reads a small text file of the project; nothing where it can't be read. */
export type ReadText = (path: string) => string | undefined;

/** The paths of a project by folder. */
class Folders {
  readonly files = new Map<string, string[]>();
  readonly all: Set<string>;

  constructor(paths: readonly string[]) {
    this.all = new Set(paths);
    for (const path of paths) {
      const folder = folderOf(path);
      const names = this.files.get(folder);
      if (names) names.push(posix.basename(path));
      else this.files.set(folder, [posix.basename(path)]);
    }
  }

  has(folder: string, name: string): boolean {
    return this.all.has(join(folder, name));
  }
}

const folderOf = (path: string): string => {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
};
const join = (folder: string, name: string): string => posix.normalize(folder === '' ? name : `${folder}/${name}`);

/** Alembic: `script_location` of each alembic.ini, else any `versions` folder beside an env.py. */
function* alembic(folders: Folders, read: ReadText): Generator<MigrationFolder> {
  for (const path of folders.all) {
    const name = posix.basename(path);
    if (name === 'env.py') {
      yield* histories(folders, join(folderOf(path), 'versions'));
    } else if (name === 'alembic.ini') {
      for (const location of versionLocations(read(path) ?? '', folderOf(path))) yield* histories(folders, location);
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

/** The folders that `script_location` and `version_locations` name; `package:folder` is looked up as a path. */
function versionLocations(ini: string, base: string): string[] {
  const value = (key: string): string | undefined =>
    new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*([^\\r\\n]+)`, 'm').exec(ini)?.[1]?.trim();
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
    try {
      const journal = JSON.parse(read(path) ?? '') as { dialect?: string; entries?: { tag: string }[] };
      const order = (journal.entries ?? []).map(({ tag }) => tag);
      const dialect = dialectOfProvider(journal.dialect);
      yield { path: folder, runner: 'drizzle', ...(dialect && { dialect }), order };
    } catch {
      yield { path: folder, runner: 'drizzle' };
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
    if (!/(?:^|\/)[\w-]*migrations?(?:\/|$)/i.test(path)) continue;
    const sources = names.filter((name) => /\.[cm]?[jt]s$/.test(name) && !/\.d\.[cm]?ts$|^index\./.test(name));
    for (const name of sources.slice(0, 5)) {
      const text = read(join(path, name)) ?? '';
      const runner = codeRunners.find(([mark]) => mark.test(text))?.[1];
      if (runner === undefined) continue;
      const dialect = dialectNamed(path);
      yield { path, runner, ...(dialect && { dialect }) };
      break;
    }
  }
}

/** What names and markers of SQL files in one folder say, in order of how telling they are; `proven`: by the name alone. */
const sqlRunners: readonly { runner: Runner; name?: RegExp; marker?: RegExp; beside?: string; proven?: true }[] = [
  { runner: 'atlas', beside: 'atlas.sum' },
  { runner: 'goose', name: /\.sql$/i, marker: /^--[ \t]*\+goose\b/im },
  { runner: 'dbmate', name: /\.sql$/i, marker: /^--[ \t]*migrate:up\b/im },
  { runner: 'liquibase', name: /\.sql$/i, marker: /^\s*--\s*liquibase\s*formatted/im },
  { runner: 'flyway', name: /^[VUB]\d+(?:[._]\d+)*__.+\.sql$/, proven: true },
  { runner: 'golang-migrate', name: /^\d+_.+\.(?:up|down)\.sql$/, proven: true },
  { runner: 'plain', name: /^\d+[a-z]?(?:[-_.].*)?\.sql$/i },
];

/** A folder whose files take back the migrations beside it. */
const wayBack = /(?:^|\/)(?:rollbacks?|downs?|undo|reverts?)$/i;

/** Elsewhere than below a telling name, one of the first numbered files must change a schema: queries are numbered too. */
const proofs = 10;
const change = /\b(?:create|alter)\s+table\b/i;

/** Words for a folder of changes to a schema. */
const telling = /(?:^|\/)(?:[\w-]*migrat\w*|versions|changelogs?|changesets|schema[-_]?changes|ddl|patches)(?:\/|$)/i;

function* sqlFiles(folders: Folders, read: ReadText): Generator<MigrationFolder> {
  const known = new Set<string>();
  for (const [path, names] of folders.files) {
    const scripts = names.filter((name) => /\.sql$/i.test(name)).sort();
    if (scripts.length === 0 || scripts.includes('migration.sql') || wayBack.test(path)) continue;
    const runner = isDiesel(path, scripts) ? 'diesel' : sqlRunner(path, names, scripts, read);
    if (runner === undefined) continue;
    const changelog = runner === 'liquibase' ? changelogOf(path, folders, read) : undefined;
    const history = changelog?.path ?? historyOf(path, runner);
    if (known.has(history)) continue;
    known.add(history);
    const dialect = dialectOfSqlPath(history);
    const outside = outsideOfTransactions(history, runner, folders, read);
    yield {
      path: history,
      runner: namedRunner(history, runner, folders),
      ...(dialect && { dialect }),
      ...(changelog && { order: changelog.order }),
      ...(outside.length > 0 && { outside }),
    };
  }
}

/** The runner that the names and texts of the SQL files of one folder speak for. */
function sqlRunner(
  path: string,
  names: readonly string[],
  scripts: readonly string[],
  read: ReadText,
): Runner | undefined {
  return sqlRunners.find(({ name, marker, beside, proven }) => {
    if (beside !== undefined) return names.includes(beside);
    const fitting = scripts.filter((script) => name!.test(script));
    if (marker !== undefined) return fitting.some((script) => marker.test(head(read(join(path, script)))));
    if (proven || telling.test(path)) return fitting.length > 0 && fitting.length * 2 >= scripts.length;
    const most = fitting.length > 1 && fitting.length * 2 > scripts.length;
    return most && fitting.slice(0, proofs).some((script) => change.test(head(read(join(path, script)))));
  })?.runner;
}

/** Liquibase: the changelog that includes the files, in the nearest folder upwards, with its order of them. */
function changelogOf(path: string, folders: Folders, read: ReadText): { path: string; order: string[] } | undefined {
  for (let folder = path; ; folder = folderOf(folder)) {
    const masters = (folders.files.get(folder) ?? [])
      .filter((name) => /\.(?:xml|ya?ml|json)$/i.test(name))
      .slice(0, 20);
    const texts = masters
      .map((name) => read(join(folder, name)) ?? '')
      .filter((text) => /databaseChangeLog/.test(text));
    if (texts.length > 0) {
      const named = texts.flatMap((text) => [...text.matchAll(/[\w./-]+\.sql\b/gi)].map(([file]) => file));
      const all = [...folders.all]
        .filter((each) => each.startsWith(`${folder}/`))
        .map((each) => each.slice(folder.length + 1));
      const order = named.flatMap((name) => all.find((each) => `/${name}`.endsWith(`/${each}`)) ?? []);
      return { path: folder, order: [...new Set(order)] };
    }
    if (folder === '') return undefined;
  }
}

/** Diesel has a folder for each migration; a program may have one for each of its versions. */
function historyOf(path: string, runner: Runner): string {
  const versioned = runner === 'plain' && /(?:^|\/)v?\d+(?:\.\d+)+$/i.test(path);
  return runner === 'diesel' || versioned ? folderOf(path) : path;
}

/** Settings beside a migration that take it out of the runner's transaction. */
const optOuts: { readonly [R in Runner]?: { file: RegExp; says: RegExp; scripts: (path: string) => string[] } } = {
  diesel: {
    file: /\/metadata\.toml$/,
    says: /^[ \t]*run_in_transaction[ \t]*=[ \t]*false\b/m,
    scripts: (path) => ['up.sql', 'down.sql'].map((name) => join(folderOf(path), name)),
  },
  flyway: {
    file: /\.sql\.conf$/i,
    says: /^[ \t]*(?:flyway\.)?executeInTransaction[ \t]*=[ \t]*false\b/m,
    scripts: (path) => [path.replace(/\.conf$/, '')],
  },
};

function outsideOfTransactions(history: string, runner: Runner, folders: Folders, read: ReadText): string[] {
  const optOut = optOuts[runner];
  if (optOut === undefined) return [];
  const inside = history === '' ? '' : `${history}/`;
  const settings = [...folders.all].filter((path) => path.startsWith(inside) && optOut.file.test(`/${path}`));
  return settings.filter((path) => optOut.says.test(read(path) ?? '')).flatMap(optOut.scripts);
}

const head = (text: string | undefined): string => (text ?? '').slice(0, 4096);

const isDiesel = (path: string, scripts: readonly string[]): boolean =>
  scripts.includes('up.sql') && /(?:^|\/)\d[\d-]*_[^/]+$/.test(path);

/** Tools whose files look like any numbered SQL are told by their folder or by what lies in the project. */
function namedRunner(path: string, runner: Runner, folders: Folders): Runner {
  if (runner !== 'plain' && runner !== 'golang-migrate') return runner;
  if (/(?:^|\/)supabase\/migrations$/.test(path)) return 'supabase';
  const crate = path.endsWith('migrations') && folders.has(folderOf(path), 'Cargo.toml');
  return crate ? 'sqlx' : runner;
}

const detectors = [prisma, drizzle, alembic, code, sqlFiles];

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
