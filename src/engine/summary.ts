import type { Dialect, FileFacts, Orm, Runner } from '../ir/index.js';
import { dialectNames } from '../queries/dialects.js';
import { statementsIn } from '../queries/operations.js';
import type { Finding, Summary } from './finding.js';
import type { ReadProject } from './project.js';

/** How people write the names of tools. */
const names: { readonly [Name in Orm | Runner | Dialect]?: string } = {
  sqlalchemy: 'SQLAlchemy',
  sqlmodel: 'SQLModel',
  'flask-sqlalchemy': 'Flask-SQLAlchemy',
  alembic: 'Alembic',
  typeorm: 'TypeORM',
  'mikro-orm': 'MikroORM',
  drizzle: 'Drizzle',
  sequelize: 'Sequelize',
  knex: 'Knex',
  kysely: 'Kysely',
  prisma: 'Prisma',
  supabase: 'Supabase',
  flyway: 'Flyway',
  atlas: 'Atlas',
  liquibase: 'Liquibase',
  diesel: 'Diesel',
  plain: 'SQL',
  ...dialectNames,
};

const nameOf = (name: Orm | Runner | Dialect): string => names[name] ?? name;

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** ORMs by the models that declare tables. */
function orms(files: readonly FileFacts[]): string[] {
  const declared = new Set(files.flatMap(({ tables }) => tables.map(({ declaredBy }) => declaredBy)));
  return [...declared].filter((orm) => orm !== 'sql' && orm !== 'alembic').map(nameOf);
}

/** Histories by their runner, with the folder where there is one of it alone. */
function histories(files: readonly FileFacts[]): string[] {
  const runners = new Map<Runner, { count: number; folders: Set<string> }>();
  for (const { runner, history, half } of files.flatMap(({ migrations }) => migrations)) {
    if (half !== undefined) continue;
    const known = runners.get(runner) ?? { count: 0, folders: new Set<string>() };
    runners.set(runner, { count: known.count + 1, folders: known.folders.add(history === '' ? '.' : history) });
  }
  return [...runners].map(([runner, { count, folders }]) => {
    const where = folders.size === 1 ? [...folders][0]! : `${folders.size} folders`;
    return `${nameOf(runner)} (${counted(count, 'migration')} in ${where})`;
  });
}

const languages: { readonly [id in FileFacts['frontend']]: string } = {
  sql: 'SQL',
  python: 'SQL in Python',
  typescript: 'SQL in TypeScript',
  prisma: 'SQL in Prisma',
  config: 'SQL in settings',
};

/** Files that hold SQL outside of a history, by their language. */
function scripts(files: readonly FileFacts[]): string[] {
  const counts = new Map<string, number>();
  for (const { frontend, statements, sites } of files) {
    if (statements.length + sites.length === 0) continue;
    counts.set(languages[frontend], (counts.get(languages[frontend]) ?? 0) + 1);
  }
  return [...counts].map(([language, count]) => `${language} (${counted(count, 'file')})`);
}

/** What discovery found, one phrase each: ORMs, histories, loose SQL, and the dialect with its reason. */
function found(files: readonly FileFacts[], { dialect, tied }: Pick<ReadProject, 'dialect' | 'tied'>): string[] {
  const own = files.filter(({ scope }) => scope === 'project');
  const holding = [...orms(own).sort(), ...histories(own).sort(), ...scripts(own).sort()];
  if (dialect !== undefined) return [...holding, `${nameOf(dialect.dialect)} (${dialect.why})`];
  if (holding.length === 0) return [];
  const signs = tied.length === 0 ? 'no sign of the dialect' : `as many signs of ${tied.map(nameOf).join(' as of ')}`;
  return [...holding, `${signs} (set "dialect")`];
}

function statementCounts(files: readonly FileFacts[]): Summary['statements'] {
  const counts = { ast: 0, shape: 0, target: 0, opaque: 0 };
  for (const facts of files) {
    for (const { provenance } of statementsIn(facts)) if (provenance !== 'api') counts[provenance]++;
  }
  return counts;
}

/** What a run read and found, in figures. */
export function summarise(project: ReadProject, shipped: ReadonlySet<string>, findings: readonly Finding[]): Summary {
  const files = project.files.map(({ facts }) => facts);
  const bySeverity = { error: 0, warn: 0, info: 0 };
  for (const { severity } of findings) bySeverity[severity]++;
  const migrations = files
    .filter(({ scope }) => scope === 'project')
    .flatMap((facts) => facts.migrations.flatMap(({ half }) => (half === undefined ? [facts.path] : [])));
  return {
    files: { read: files.length - project.unreadable, skipped: project.skipped, unreadable: project.unreadable },
    statements: statementCounts(files),
    migrations: { replayed: migrations.length, reported: migrations.filter((path) => !shipped.has(path)).length },
    findings: bySeverity,
    found: found(files, project),
  };
}
