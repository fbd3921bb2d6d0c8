import type { MigrationFolder } from '../frontends/front-end.js';
import type { Runner } from '../ir/index.js';
import { dialectOfSqlPath } from './dialect-names.js';
import { folderOf, type Folders, join, type ReadText } from './project-folders.js';

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

/** Folders of SQL files that a runner applies. */
export function* sqlFiles(folders: Folders, read: ReadText): Generator<MigrationFolder> {
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
      const inside = folder === '' ? '' : `${folder}/`;
      const below = [...folders.all].filter((each) => each.startsWith(inside));
      const all = below.map((each) => each.slice(inside.length));
      const order = named.flatMap((name) => all.find((each) => `/${name}`.endsWith(`/${each}`)) ?? []);
      return { path: folder, order: [...new Set(order)] };
    }
    if (folder === '') return undefined;
  }
}

/** Diesel has a folder for each migration; a program may have one for each of its versions, or for each way. */
function historyOf(path: string, runner: Runner): string {
  const versioned = runner === 'plain' && /(?:^|\/)(?:v?\d+(?:\.\d+)+|up)$/i.test(path);
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
