import type { Dialect, SqlSite } from '../ir/index.js';

const byLibrary: { readonly [library: string]: string | undefined } = {
  alembic: 'op.execute(text("… :name").bindparams(name=value))',
  'mikro-orm': "execute('… ?', [value])",
  drizzle: 'sql`… ${value}`',
  kysely: 'sql`… ${value}`',
  prisma: '$queryRaw`… ${value}`',
  knex: "raw('… ?', [value])",
  sequelize: "query('… :name', { replacements: { name: value } })",
  pg: "query('… $1', [value])",
  asyncpg: 'execute("… $1", value)',
  psycopg: 'execute("… %s", (value,))',
  psycopg2: 'execute("… %s", (value,))',
  sqlite3: 'execute("… ?", (value,))',
  'better-sqlite3': "prepare('… ?').run(value)",
  mysql2: "execute('… ?', [value])",
  mysql: "query('… ?', [value])",
  mariadb: "query('… ?', [value])",
  'node-sqlite3': "all('… ?', [value])",
  'pg-promise': "any('… $1', [value])",
  postgres: 'sql`… ${value}`',
  slonik: 'sql.fragment`… ${value}`',
  mssql: 'query`… ${value}`',
  tedious: "addParameter('name', type, value), and @name in the text",
  oracledb: "execute('… :1', [value])",
  objection: "raw('… ?', [value])",
  libsql: "execute({ sql: '… ?', args: [value] })",
  'node:sqlite': "prepare('… ?').get(value)",
  'bun:sqlite': "prepare('… ?').get(value)",
  'sql-template-tag': 'sql`… ${value}`',
  '@nearform/sql': 'SQL`… ${value}`',
  '@databases/sql': 'sql`… ${value}`',
};

/** The first placeholder in what the driver of a dialect gets from TypeORM. */
const typeormPlaceholders: { readonly [D in Dialect]?: string } = {
  postgresql: '$1',
  cockroachdb: '$1',
  mysql: '?',
  mariadb: '?',
  sqlite: '?',
  tsql: '@0',
  oracle: ':1',
};

/** Calls whose way of taking values is not that of the library's main one. */
function specialForm({ library, kind, api }: SqlSite): string | undefined {
  if (library === 'sequelize' && kind === 'fragment')
    return 'write the value with Op, col() and fn() instead of literal()';
  if (library === 'mikro-orm' && kind === 'fragment') return "raw('… ?', [value])";
  if (library === 'knex' && /Raw\(/.test(api)) return `${/(\w+)\(/.exec(api)![1]!}('… ?', [value])`;
  return undefined;
}

/** How the library of a call takes a value apart from the text. */
export function parameterForm(site: SqlSite): string {
  if (site.library === 'typeorm') {
    if (site.kind === 'fragment') return "('… = :name', { name: value })";
    return `query('… ${typeormPlaceholders[site.dialect] ?? '<placeholder>'}', [value])`;
  }
  if (/^(sqlalchemy|sqlmodel|flask-sqlalchemy)$/.test(site.library)) return 'text("… :name").bindparams(name=value)';
  return specialForm(site) ?? byLibrary[site.library] ?? 'a placeholder in the text, and the value beside it';
}

const allowList = 'look it up in a constant map of the names that are allowed';

const quoting: { readonly [library: string]: string | undefined } = {
  sqlalchemy: `write it with column() or table(), or ${allowList}.`,
  sqlmodel: `write it with column() or table(), or ${allowList}.`,
  'flask-sqlalchemy': `write it with column() or table(), or ${allowList}.`,
  alembic: `quote it with op.get_bind().dialect.identifier_preparer.quote(name), or ${allowList}.`,
  knex: `bind it with ??, or ${allowList}.`,
  kysely: `write it with sql.ref(name), or ${allowList}.`,
  drizzle: `write it with sql.identifier(name), or ${allowList}.`,
  pg: `quote it with escapeIdentifier(name), or ${allowList}.`,
  postgres: `write it with sql(name), or ${allowList}.`,
  mysql2: `quote it with escapeId(name), or ${allowList}.`,
  mysql: `quote it with escapeId(name), or ${allowList}.`,
  mariadb: `quote it with escapeId(name), or ${allowList}.`,
  'pg-promise': `bind it with $1:name, or ${allowList}.`,
  sequelize: `write it with col(name), or ${allowList}.`,
  objection: `write it with ref(name), or ${allowList}.`,
  'mikro-orm': `bind it with ??, or ${allowList}.`,
  psycopg: `write it with sql.Identifier(name), or ${allowList}.`,
  psycopg2: `write it with sql.Identifier(name), or ${allowList}.`,
};

/** What to do about a name that the program chooses, in the words of the library. */
export function identifierForm(site: SqlSite): string {
  return quoting[site.library] ?? `${allowList}.`;
}
