import type { Engine, FileFacts, Span } from '../ir/index.js';

/** Words that say that something is for development or tests only, in a name of a class, function or file. */
const development =
  /(?:^|[^a-z])(?:dev|devel|develop|development|debug|debugging|local|localhost|tests?|testing|ci|tutorial|demo)(?:$|[^a-z])/i;

/** The words of a name: `DevelopmentConfig` is `Development Config`. */
const words = (name: string): string => name.replace(/([a-z])(?=[A-Z])/g, '$1 ').replace(/_/g, ' ');

/** Whether what surrounds an engine says that it is no production one: the file, the class or the function by name. */
export function isForDevelopment({ place }: Engine, { path }: FileFacts): boolean {
  const file = path.split('/').at(-1) ?? '';
  return [file.replace(/\.\w+$/, ''), place.class, place.function].some(
    (name) => name !== undefined && development.test(words(name)),
  );
}

/** Whether a comment beside an option says that it is for development. */
export const saysDevelopment = (comment: string | undefined): boolean =>
  comment !== undefined && development.test(comment);

/** Files that explain rather than run: documentation, examples, tutorials. */
export const isDocumentation = (path: string): boolean =>
  /(?:^|\/)(?:docs?|docs_src|documentation|examples?|tutorials?|samples?)\//i.test(path);

/** The engines of a file that its application makes: none of tests, and none that migrations run with. */
export const applicationEngines = ({ engines = [], scope }: FileFacts): readonly Engine[] =>
  scope === 'test' ? [] : engines.filter(({ context }) => context === 'application');

const ofNode =
  /^(?:typeorm|pg|pg-promise|postgres|slonik|mysql2?|mariadb|mssql|tedious|oracledb|libsql|sequelize|knex|objection|kysely|drizzle|mikro-orm|db-migrate)$/;

/** Whether an engine's database is one of SQLite in memory. */
export const isInMemory = ({ url }: Engine): boolean =>
  /^(?:better-)?sqlite/.test(url?.parts?.driver ?? '') && /^$|:memory:/.test(url?.parts?.database ?? 'unknown');

/** Whether all engines of a file are SQLite databases in memory, which have no history. */
export const isOnlyInMemory = ({ engines = [] }: FileFacts): boolean => {
  const own = engines.filter(({ url, kind }) => kind === 'engine' && url !== undefined);
  return own.length > 0 && own.every(isInMemory);
};

/** How an engine's database is named in the language of its file: in a message, never with its password. */
export function readsFromEnvironment({ library }: Pick<Engine, 'library'>, variable: string): string {
  if (library === 'alembic') return `config.set_main_option("sqlalchemy.url", os.environ["${variable}"])`;
  if (library === 'prisma') return `env("${variable}")`;
  return ofNode.test(library) ? `process.env.${variable}` : `os.environ["${variable}"]`;
}

/** The part of a call up to its arguments: `create_engine(`. */
export function headOf({ span, anchor }: Engine): Span {
  const open = anchor?.lists['options']?.open ?? span.end;
  return { start: span.start, end: open > span.start && open < span.end ? open : span.end };
}
