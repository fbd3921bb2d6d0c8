import type { SqlSite } from '../../../ir/index.js';

/** A place where text reaches a database API, by the callee's canonical name. */
interface Sink {
  api: string;
  library: string;
  kind: SqlSite['kind'];
  /** 0-based position of the argument that carries the text, and the keywords that may. */
  index: number;
  keywords: readonly string[];
  /** What a bare argument (a variable, no visible text) means: any, a parameter, or only a request's value. */
  bare: 'report' | 'param' | 'request';
}

const sink = (
  api: string,
  library: string,
  kind: Sink['kind'],
  bare: Sink['bare'],
  index = 0,
  keywords: string[] = [],
): Sink => ({
  api,
  library,
  kind,
  index,
  keywords,
  bare,
});

/** Functions and constructors, after imports are resolved. */
const functions: { [name: string]: Sink } = {
  'sqlalchemy.text': sink('sqlalchemy text()', 'sqlalchemy', 'fragment', 'report', 0, ['text']),
  'sqlalchemy.TextClause': sink('sqlalchemy TextClause()', 'sqlalchemy', 'fragment', 'report', 0, ['text']),
  'sqlalchemy.literal_column': sink('sqlalchemy literal_column()', 'sqlalchemy', 'fragment', 'report', 0, ['text']),
  'sqlalchemy.extract': sink('sqlalchemy extract()', 'sqlalchemy', 'fragment', 'report', 0, ['field']),
  'sqlalchemy.DDL': sink('sqlalchemy DDL()', 'sqlalchemy', 'sql', 'report', 0, ['statement']),
  'sqlalchemy.CheckConstraint': sink('sqlalchemy CheckConstraint()', 'sqlalchemy', 'trusted-text', 'request', 0, [
    'sqltext',
  ]),
  'sqlalchemy.Computed': sink('sqlalchemy Computed()', 'sqlalchemy', 'trusted-text', 'request', 0, ['sqltext']),
  'alembic.op.execute': sink('op.execute()', 'alembic', 'sql', 'request', 0, ['sqltext']),
  'alembic.op.batch_alter_table().execute': sink('op.execute()', 'alembic', 'sql', 'request', 0, ['sqltext']),
  'alembic.op.create_check_constraint': sink('op.create_check_constraint()', 'alembic', 'trusted-text', 'request', 2, [
    'condition',
  ]),
  'pandas.read_sql': sink('pandas.read_sql()', 'pandas', 'sql', 'request', 0, ['sql']),
  'pandas.read_sql_query': sink('pandas.read_sql_query()', 'pandas', 'sql', 'request', 0, ['sql']),
  'psycopg.sql.SQL': sink('psycopg sql.SQL()', 'psycopg', 'fragment', 'report', 0, ['obj']),
  'psycopg2.sql.SQL': sink('psycopg2 sql.SQL()', 'psycopg2', 'fragment', 'report', 0, ['string']),
  'psycopg2.extras.execute_values': sink('psycopg2 execute_values()', 'psycopg2', 'sql', 'request', 1, ['sql']),
  'psycopg2.extras.execute_batch': sink('psycopg2 execute_batch()', 'psycopg2', 'sql', 'request', 1, ['sql']),
  'psycopg2.extensions.AsIs': sink('psycopg2 AsIs()', 'psycopg2', 'fragment', 'report'),
  'django.db.models.expressions.RawSQL': sink('django RawSQL()', 'django', 'fragment', 'report', 0, ['sql']),
};

const statementKeywords = ['statement', 'sql', 'query', 'operation', 'command', 'object_', 'sqltext'];

/** Methods by name: the receiver's library decides how sure the match is. */
const methods: { [name: string]: Omit<Sink, 'api' | 'library'> } = {
  ...Object.fromEntries(
    (
      'execute executemany exec_driver_sql scalar scalars stream exec execute_insert execute_fetchall mogrify fetch fetchrow ' +
      'fetchval prepare fetch_all fetch_one fetch_val iterate execute_many execute_sql copy_from_query raw'
    )
      .split(' ')
      .map((name) => [name, { kind: 'sql' as const, bare: 'request' as const, index: 0, keywords: statementKeywords }]),
  ),
  executescript: { kind: 'sql', bare: 'report', index: 0, keywords: ['sql_script'] },
  copy_expert: { kind: 'sql', bare: 'request', index: 0, keywords: ['sql'] },
  op: { kind: 'operator', bare: 'report', index: 0, keywords: ['opstring'] },
  bool_op: { kind: 'operator', bare: 'report', index: 0, keywords: ['opstring'] },
  prefix_with: { kind: 'fragment', bare: 'report', index: 0, keywords: [] },
  suffix_with: { kind: 'fragment', bare: 'report', index: 0, keywords: [] },
  with_hint: { kind: 'fragment', bare: 'param', index: 1, keywords: ['text'] },
  with_statement_hint: { kind: 'fragment', bare: 'param', index: 0, keywords: ['text'] },
};

/** Libraries whose objects run SQL. */
const libraries =
  /^(sqlalchemy|sqlmodel|flask_sqlalchemy|alembic|sqlite3|aiosqlite|psycopg2|psycopg|asyncpg|pymysql|MySQLdb|mysql|oracledb|cx_Oracle|pyodbc|databases|aiomysql|aiopg|pg8000|peewee|django)\b/;

export interface SinkMatch extends Sink {
  confidence: SqlSite['confidence'];
}

/**
 * The sink that a call is.
 * @param callee the canonical name of what is called, or its source text where it can't be resolved
 * @param method the last part of the callee where it is a method, `receiver` what stands before it in the source
 */
export function sinkOf(callee: string, method: string | undefined, receiver: string): SinkMatch | undefined {
  const known = Object.hasOwn(functions, callee) ? functions[callee] : undefined;
  if (known !== undefined) return { ...known, confidence: 'high' };
  const found = method !== undefined && Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (found === undefined || method === undefined) return undefined;
  const library = libraries.exec(callee)?.[1];
  const spoken = /(\w+)(?:\([^()]*\))?$/.exec(receiver)?.[1];
  return {
    ...found,
    api: `${spoken === undefined ? '' : `${spoken}.`}${method}()`,
    library: library ?? 'unknown',
    confidence: library === undefined ? 'medium' : 'high',
  };
}
