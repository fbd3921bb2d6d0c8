import type { Dialect, FileFacts, Name, Project, QualifiedName, Runner, Table } from '../../ir/index.js';
import { defineQuery } from '../../rule.js';
import { environments, type PlacedEnvironment } from '../environments.js';
import { defaultSchema } from '../names.js';
import { replaysOf, type Schema, type TableState } from '../replay.js';
import type { History } from '../revision-graph.js';
import { isOwnRunner, ormsOf } from './orms.js';

/** A history, and the schema that it ends with. */
export interface Ran {
  history: History;
  final: Schema;
}

/** Histories that run on one database: each changes tables that another one makes. */
export interface Database {
  runner: Runner;
  dialect: Dialect;
  ran: readonly Ran[];
  /** Of Alembic. */
  environments: readonly PlacedEnvironment[];
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

const isInside = (path: string, folder: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`);

/** The databases that the histories of a project are for. */
export const databases = defineQuery((project): readonly Database[] => {
  const all = replaysOf(project).flatMap(({ history, final }): Ran[] => (history ? [{ history, final }] : []));
  const groups = new Map<string, Ran[]>();
  for (const ran of all) {
    const key = `${ran.history.runner} ${ran.final.dialect}`;
    groups.set(key, [...(groups.get(key) ?? []), ran]);
  }
  return [...groups.values()].flatMap((group) =>
    joined(project, group).map((ran) => ({
      runner: ran[0]!.history.runner,
      dialect: ran[0]!.final.dialect,
      ran,
      environments: ran[0]!.history.runner === 'alembic' ? environmentsOf(project, ran) : [],
    })),
  );
});

/**
 * Puts those together of which one changes what another one makes, and those of one package that make the same table
 * where no env.py tells them apart.
 */
function joined(project: Project, group: readonly Ran[]): Ran[][] {
  const makers = new Map<string, Ran[]>();
  for (const ran of group) {
    for (const { key, external } of ran.final.tables()) {
      const others = makers.get(key);
      if (!external) makers.set(key, others ? [...others, ran] : [ran]);
    }
  }
  const home = new Map<Ran, Ran[]>(group.map((ran) => [ran, [ran]]));
  const join = (one: Ran, other: Ran): void => {
    if (home.get(one) === home.get(other)) return;
    const merged = [...home.get(one)!, ...home.get(other)!];
    for (const each of merged) home.set(each, merged);
  };
  for (const ran of group) {
    for (const { key, external } of ran.final.tables()) {
      const [maker, ...others] = makers.get(key) ?? [];
      if (maker === undefined) continue;
      const isAlone = external ? others.length === 0 : ran.history.runner !== 'alembic';
      if (isAlone && (external || packageOf(project, maker) === packageOf(project, ran))) join(maker, ran);
    }
  }
  return [...new Set(home.values())];
}

const packageFolders = defineQuery(
  (project): ReadonlySet<string> =>
    new Set(
      project.files.flatMap(({ path, packages, scope }) => (packages && scope === 'project' ? folderOf(path) : [])),
    ),
);

/** The innermost folder around a history that has a package.json of the data layer; that of the project where none has. */
function packageOf(project: Project, { history }: Ran): string {
  const folders = packageFolders(project);
  let folder = history.folder;
  while (folder !== '' && !folders.has(folder)) folder = folderOf(folder);
  return folder;
}

/** The env.py of each history: that of the innermost folder around it. */
function environmentsOf(project: Project, ran: readonly Ran[]): PlacedEnvironment[] {
  const found = ran.flatMap(({ history }) => {
    const around = environments(project).filter(({ facts }) => isInside(history.folder, folderOf(facts.path)));
    return around.sort((a, b) => b.facts.path.length - a.facts.path.length).slice(0, 1);
  });
  return [...new Set(found)];
}

/** A database that a model may be a table of. `sure`: it can be no other one of its dialect. */
export interface Place {
  database: Database;
  sure: boolean;
}

/** The databases of a model: one, or one for each dialect. Empty where it can't be told which. */
export function placesOf(project: Project, facts: FileFacts, table: Table): Place[] {
  const all = databases(project).filter(({ runner }) => ormsOf(runner).has(table.declaredBy));
  const own = all.filter(({ runner }) => isOwnRunner(runner));
  // Plain SQL is for models whose library runs no migrations here.
  const fitting = own.length > 0 ? own : all.filter(({ dialect }) => dialect === facts.dialect);
  const told = fitting.filter((each) => isTold(each, facts, table) === 'yes');
  if (told.length > 0) return onePerDialect(told).map((database) => ({ database, sure: true }));
  const possible = fitting.filter((each) => isTold(each, facts, table) === 'unknown');
  const near = Math.max(...possible.map((each) => nearness(each, facts.path)));
  const nearest = onePerDialect(possible.filter((each) => nearness(each, facts.path) === near));
  return nearest.map((database) => ({ database, sure: isOnly(database, fitting, table) }));
}

/** Whether a model whose metadata no env.py names can be of no other database. */
function isOnly(
  { runner, dialect, environments }: Database,
  fitting: readonly Database[],
  { metadata }: Table,
): boolean {
  if (runner !== 'alembic') return true;
  if (fitting.filter((each) => each.dialect === dialect).length > 1) return false;
  return metadata !== undefined || environments.every((each) => each.metadata === 'unknown');
}

/** Two of one dialect leave open which of them it is. */
function onePerDialect(found: readonly Database[]): readonly Database[] {
  return new Set(found.map(({ dialect }) => dialect)).size < found.length ? [] : found;
}

/** One for all programs that use the library, so that it says nothing of whose a table is. */
const isShared = (id: string): boolean => id === 'sqlmodel.SQLModel';

/** Whether the env.py of a database names the metadata of a table. */
function isTold({ runner, environments }: Database, { path }: FileFacts, table: Table): 'yes' | 'no' | 'unknown' {
  const id = table.metadata;
  if (runner !== 'alembic' || environments.length === 0 || id === undefined) return 'unknown';
  const answers = environments.map(({ metadata, home }) => {
    if (metadata === 'unknown') return 'unknown';
    return metadata.includes(id) && (!isShared(id) || isInside(path, home)) ? 'yes' : 'no';
  });
  return answers.find((answer) => answer !== 'no') ?? 'no';
}

/** How many folders a file shares with the nearest history. */
function nearness({ ran }: Database, path: string): number {
  const parts = path.split('/');
  return Math.max(
    ...ran.map(({ history }) => {
      const folders = history.folder.split('/');
      const apart = folders.findIndex((folder, index) => folder !== parts[index]);
      return apart < 0 ? folders.length : apart;
    }),
  );
}

/**
 * The tables of a database under a name; each history may know one. Case does not count, nor does a schema that only one
 * side names: the connection gives one to names without.
 */
export function tablesNamed(database: Database, { name, schema }: QualifiedName): readonly TableState[] {
  const all = byName(database).get(name.value.toLowerCase()) ?? [];
  const wanted = schemaKey(schema, database.dialect);
  const exact = all.filter((each) => schemaKey(each.name.schema, database.dialect) === wanted);
  if (exact.length > 0) return exact;
  return wanted === '' ? all : all.filter((each) => schemaKey(each.name.schema, database.dialect) === '');
}

/** Whether the database has a table of this name in any schema. */
export const hasTableNamed = (database: Database, name: string): boolean => byName(database).has(name.toLowerCase());

/** A schema as it is compared; empty for that which names without one mean. */
export function schemaKey(schema: Name | undefined, dialect: Dialect): string {
  const key = schema?.value.toLowerCase() ?? '';
  return key === defaultSchema(dialect) ? '' : key;
}

const names = new WeakMap<Database, Map<string, TableState[]>>();

function byName(database: Database): Map<string, TableState[]> {
  let found = names.get(database);
  if (found === undefined) {
    names.set(database, (found = new Map()));
    for (const { final } of database.ran) {
      for (const table of final.tables()) {
        const key = table.name.name.value.toLowerCase();
        const list = found.get(key);
        if (list) list.push(table);
        else found.set(key, [table]);
      }
    }
  }
  return found;
}
