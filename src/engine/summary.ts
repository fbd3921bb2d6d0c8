import type { Dialect, FileFacts, Orm, Runner } from '../ir/index.js';
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
  postgresql: 'PostgreSQL',
  cockroachdb: 'CockroachDB',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  sqlite: 'SQLite',
  tsql: 'SQL Server',
  oracle: 'Oracle',
};

const nameOf = (name: Orm | Runner | Dialect): string => names[name] ?? name;

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** ORMs by the models that declare tables, histories by their runner and folder, and the dialect with its reason. */
function found(project: ReadProject): string[] {
  const orms = new Set<string>();
  const histories = new Map<string, { title: string; folder: string; count: number }>();
  for (const { facts } of project.files) {
    for (const { declaredBy } of facts.scope === 'project' ? facts.tables : []) {
      if (declaredBy !== 'sql' && declaredBy !== 'alembic') orms.add(nameOf(declaredBy));
    }
    for (const { runner, history } of facts.migrations) {
      const key = `${runner} ${history}`;
      const known = histories.get(key);
      if (known) known.count++;
      else histories.set(key, { title: nameOf(runner), folder: history === '' ? '.' : history, count: 1 });
    }
  }
  const dialect = project.dialect;
  return [
    ...[...orms].sort(),
    ...[...histories.values()]
      .map(({ title, folder, count }) => `${title} (${counted(count, 'migration')} in ${folder})`)
      .sort(),
    ...(dialect ? [`${nameOf(dialect.dialect)} (${dialect.why})`] : []),
  ];
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
    .flatMap((facts) => facts.migrations.map(() => facts.path));
  return {
    files: { read: files.length - project.unreadable, skipped: project.skipped, unreadable: project.unreadable },
    statements: statementCounts(files),
    migrations: { replayed: migrations.length, reported: migrations.filter((path) => !shipped.has(path)).length },
    findings: bySeverity,
    found: found(project),
  };
}
