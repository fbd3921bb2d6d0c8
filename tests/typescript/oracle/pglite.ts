import { PGlite, type Extensions } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import type { Column, Constraint, FileFacts, ForeignKey, Migration, Name, Project } from '../../../src/ir/index.js';
import { folded, foldedInTable } from '../../../src/queries/names.js';
import { operationsOf } from '../../../src/queries/operations.js';
import { apply } from '../../../src/queries/replay/apply.js';
import { Draft } from '../../../src/queries/replay/draft.js';
import type { IndexState, Schema, TableState } from '../../../src/queries/replay/state.js';
import { histories, type PlacedMigration } from '../../../src/queries/revision-graph.js';

/** A table in short lines that can be compared. */
export interface CatalogTable {
  /** In order: `name type`, then `not null`, `default` (any that the server has), `generated`, `-- comment`. */
  columns: string[];
  /** Sorted: `primary name(a, b)`, `foreign name(a) -> t(b) on delete cascade`, `check name`. */
  keys: string[];
  /** Sorted, those behind keys left out: `unique name(a desc, expression) where`. */
  indexes: string[];
  comment?: string;
}

/** Tables by name, those outside of `public` as `schema.table`. */
export type Catalog = Record<string, CatalogTable>;

/** A PostgreSQL inside this process, which libraries reach through a port. */
export class Postgres {
  private constructor(
    private readonly database: PGlite,
    private readonly server: PGLiteSocketServer,
    readonly port: number,
  ) {}

  /**
   * @param extensions that `CREATE EXTENSION` is to find
   * @param connections how many may be open: one that is closed is only gone a moment later
   */
  static async start(extensions: Extensions = {}, connections = 1): Promise<Postgres> {
    const database = await PGlite.create({ extensions });
    const server = new PGLiteSocketServer({ db: database, port: 0, host: '127.0.0.1', maxConnections: connections });
    await server.start();
    return new Postgres(database, server, Number(server.getServerConn().replace(/^.*:/, '')));
  }

  get url(): string {
    return `postgresql://postgres:postgres@127.0.0.1:${String(this.port)}/postgres`;
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await this.database.close();
  }

  /** Makes the database empty again: `public` is there, nothing else. */
  async clear(): Promise<void> {
    for (const { name } of await this.rows<{ name: string }>(schemas)) {
      await this.database.exec(`DROP SCHEMA "${name}" CASCADE`);
    }
    await this.database.exec('CREATE SCHEMA public');
  }

  /** Runs SQL past the port. */
  async run(script: string): Promise<void> {
    await this.database.exec(script);
  }

  async rows<T>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.database.query<T>(sql, values)).rows;
  }

  /**
   * What stands in the database.
   * @param without tables to leave out, such as the one in which a runner keeps its books
   */
  async catalog(without: readonly string[] = []): Promise<Catalog> {
    return catalogBy((sql) => this.rows(sql), without);
  }

  /**
   * A replayed schema in the words of the catalog. Types are put into PostgreSQL's own words by the database, so enum
   * types of the schema must be there.
   */
  described(schema: Schema): Promise<Catalog> {
    return catalogOf(schema, (type) => this.typeInItsOwnWords(type));
  }

  /** A type that the database does not know stays as it is; ddlint's names of types bear no quotes. */
  private async typeInItsOwnWords(type: string): Promise<string> {
    const named = this.rows<{ name: string | null }>(
      `SELECT CASE WHEN to_regtype($1) IS NULL THEN format_type(to_regtype($2), NULL)
         ELSE format_type(to_regtype($1), to_regtypemod($1)) END AS name`,
      [type, type.replace(/[\w$]+/g, '"$&"')],
    );
    const [row] = await named.catch(() => []);
    return row?.name ?? type;
  }
}

/** Asks a PostgreSQL for rows. */
export type Ask = <T>(sql: string, values?: unknown[]) => Promise<T[]>;

/**
 * What stands in a database.
 * @param without tables to leave out, such as the one in which a runner keeps its books
 */
export async function catalogBy(ask: Ask, without: readonly string[] = []): Promise<Catalog> {
  const catalog: Catalog = {};
  for (const { table, comment } of await ask<{ table: string; comment: string | null }>(tables)) {
    if (without.includes(table)) continue;
    catalog[table] = { columns: [], keys: [], indexes: [], ...(comment !== null && { comment }) };
  }
  type Row = { table: string; line: string };
  for (const { table, line } of await ask<Row>(columns)) catalog[table]?.columns.push(line);
  for (const { table, line } of await ask<Row>(keys)) catalog[table]?.keys.push(line);
  for (const { table, line } of await ask<Row>(indexes)) catalog[table]?.indexes.push(line);
  return inOrder(catalog);
}

/** A replayed schema in the words of a catalog, its types as `words` puts them. */
export async function catalogOf(
  schema: Schema,
  words: (type: string) => Promise<string> = (type) => Promise.resolve(type),
): Promise<Catalog> {
  const catalog: Catalog = {};
  for (const table of schema.tables()) {
    if (table.external || table.temporary) continue;
    const columns: string[] = [];
    for (const { column } of table.columns.values())
      columns.push(columnLine(schema, column, await words(column.type.name)));
    catalog[tableName(schema, table)] = {
      columns,
      keys: table.constraints.map(({ name, constraint }) => keyLine(schema, name, constraint)),
      indexes: table.indexes.map((index) => indexLine(schema, index)),
      ...(table.comment && { comment: table.comment.value }),
    };
  }
  return inOrder(catalog);
}

function columnLine({ dialect }: Schema, column: Column, type: string): string {
  const generated = column.generated === 'stored' || column.generated === 'virtual';
  return [
    foldedInTable(column.name, dialect),
    type,
    ...(column.nullable === false ? ['not null'] : []),
    ...(column.nullable === 'unknown' ? ['null?'] : []),
    ...(generated ? ['generated'] : []),
    ...(!generated && (column.generated !== undefined || column.default?.by === 'server') ? ['default'] : []),
    ...(column.comment ? [`-- ${column.comment.value}`] : []),
  ].join(' ');
}

/**
 * The schema that the migrations of a project leave behind.
 * @param reverted how many of them, from the last one on, are taken back by their downgrades after all have run
 * @throws Error where the project does not have exactly one history
 */
export function replayed(project: Project, reverted = 0): Schema {
  const [history, ...others] = histories(project);
  if (history === undefined || others.length > 0)
    throw new Error(`${String(others.length + 1)} histories instead of 1`);
  const draft = new Draft(history.ordered[0]!.facts.dialect);
  const run = ({ migration, facts }: PlacedMigration, half: 'up' | 'down'): void => {
    for (const placed of operationsOf(migration, half)) {
      if (!placed.inRoutine) apply(draft, { facts, migration }, placed);
    }
  };
  for (const each of history.ordered) run(each, 'up');
  for (const each of history.ordered.toReversed().slice(0, reverted)) run(each, 'down');
  return draft.schema;
}

/** The schema that tables come to which stand in models, views and bases left out. */
export function schemaOf(facts: readonly FileFacts[]): Schema {
  const draft = new Draft(facts[0]?.dialect ?? 'postgresql');
  for (const file of facts) {
    for (const table of file.tables) {
      if (table.role !== 'table' && table.role !== 'junction') continue;
      const { name, span } = table;
      apply(
        draft,
        { facts: file },
        {
          operation: { kind: 'CreateTable', table: name, definition: table, span, provenance: 'api' },
          inTransaction: 'no',
          section: 'none',
        },
      );
    }
  }
  return draft.schema;
}

/** The tables of which a replay does not know all, in the words of the catalog. */
export function uncertainTables(schema: Schema): string[] {
  return [...schema.tables()].filter(({ uncertain }) => uncertain.length > 0).map((table) => tableName(schema, table));
}

/** A catalog with the columns of each table by name: for models, whose order of columns says nothing. */
export function byName(catalog: Catalog): Catalog {
  return Object.fromEntries(
    Object.entries(catalog).map(([name, table]) => [name, { ...table, columns: [...table.columns].sort() }]),
  );
}

/** All that was not read of a project's migrations: operations that say nothing, and what is left uncertain by them. */
export function unread(project: Project): string[] {
  const found: string[] = [];
  const say = (migration: Migration, half: 'up' | 'down'): void => {
    for (const { operation } of operationsOf(migration, half)) {
      if (operation.kind === 'Opaque') found.push(`${migration.id} ${half}: ${operation.reason}`);
    }
  };
  for (const { ordered } of histories(project)) {
    for (const { migration } of ordered) {
      say(migration, 'up');
      say(migration, 'down');
    }
  }
  return found;
}

function inOrder(catalog: Catalog): Catalog {
  for (const table of Object.values(catalog)) {
    table.keys.sort();
    table.indexes.sort();
  }
  return Object.fromEntries(Object.entries(catalog).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function tableName(schema: Schema, { name }: TableState): string {
  return qualified(schema, name.schema, name.name);
}

function qualified({ dialect }: Schema, schema: Name | undefined, name: Name): string {
  const of = schema && folded(schema, dialect);
  return of === undefined || of === 'public' ? folded(name, dialect) : `${of}.${folded(name, dialect)}`;
}

function keyLine(schema: Schema, name: string | undefined, constraint: Constraint): string {
  const list = (names: readonly Name[]): string =>
    `(${names.map((each) => foldedInTable(each, schema.dialect)).join(', ')})`;
  const begin = `${constraint.kind} ${name ?? '?'}`;
  if (constraint.kind === 'check' || constraint.kind === 'exclude') return begin;
  const line = begin + list(constraint.columns);
  const deferred = constraint.initiallyDeferred ? ' deferred' : constraint.deferrable ? ' deferrable' : '';
  if (constraint.kind !== 'foreign') return line + deferred;
  return line + ` -> ${target(schema, constraint, list)}` + actions(constraint) + deferred;
}

/** A reference that names no columns is one to the primary key of its target. */
function target(schema: Schema, { target: to, targetColumns }: ForeignKey, list: (names: Name[]) => string): string {
  if (to === undefined) return '?';
  const primary = schema.table(to)?.constraints.find(({ constraint }) => constraint.kind === 'primary')?.constraint;
  const ofKey = primary?.kind === 'primary' ? primary.columns : [];
  return qualified(schema, to.schema, to.name) + list(targetColumns.length > 0 ? targetColumns : ofKey);
}

function actions({ onDelete, onUpdate }: ForeignKey): string {
  const action = (when: string, what?: string): string =>
    what === undefined || what.toLowerCase() === 'no action' ? '' : ` on ${when} ${what.toLowerCase()}`;
  return action('delete', onDelete) + action('update', onUpdate);
}

function indexLine({ dialect }: Schema, { name, index }: IndexState): string {
  const keyTexts = index.keys.map(({ column, quoted = false, direction }) => {
    const key = column === undefined ? 'expression' : foldedInTable({ value: column, quoted }, dialect);
    return direction === 'desc' ? `${key} desc` : key;
  });
  const method = index.method === undefined || index.method === 'btree' ? '' : ` using ${index.method}`;
  const where = index.where === undefined ? '' : ' where';
  return `${index.unique ? 'unique ' : ''}${name ?? '?'}(${keyTexts.join(', ')})${method}${where}`;
}

const schemas = `
  SELECT nspname AS name FROM pg_namespace WHERE nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`;

const ofOurs = `NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`;

/** The name of table `c` in namespace `n`. */
const named = `CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END`;

const tables = `
  SELECT ${named} AS table, obj_description(c.oid, 'pg_class') AS comment
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname ${ofOurs} AND c.relkind IN ('r', 'p')`;

const columns = `
  SELECT ${named} AS table, concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attnotnull THEN 'not null' END,
    CASE WHEN a.attgenerated <> '' THEN 'generated' WHEN a.atthasdef OR a.attidentity <> '' THEN 'default' END,
    '-- ' || col_description(c.oid, a.attnum)) AS line
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE n.nspname ${ofOurs} AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
  ORDER BY c.oid, a.attnum`;

const listed = (of: string, table: string): string => `
  (SELECT '(' || string_agg(a.attname, ', ' ORDER BY k.place) || ')'
   FROM unnest(${of}) WITH ORDINALITY AS k (attnum, place)
   JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = k.attnum)`;

const action = (when: string, letter: string): string => `
  CASE ${letter} WHEN 'c' THEN ' on ${when} cascade' WHEN 'n' THEN ' on ${when} set null'
    WHEN 'd' THEN ' on ${when} set default' WHEN 'r' THEN ' on ${when} restrict' ELSE '' END`;

const keys = `
  SELECT ${named} AS table, CASE k.contype
    WHEN 'c' THEN 'check ' || k.conname
    WHEN 'x' THEN 'exclude ' || k.conname
    ELSE CASE k.contype WHEN 'p' THEN 'primary ' WHEN 'u' THEN 'unique ' ELSE 'foreign ' END || k.conname
      || ${listed('k.conkey', 'c.oid')}
      || CASE WHEN k.contype = 'f' THEN (
           SELECT ' -> ' || ${named} || ${listed('k.confkey', 'c.oid')}
           FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = k.confrelid)
         || ${action('delete', 'k.confdeltype')} || ${action('update', 'k.confupdtype')} ELSE '' END
      || CASE WHEN k.condeferred THEN ' deferred' WHEN k.condeferrable THEN ' deferrable' ELSE '' END
    END AS line
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname ${ofOurs} AND k.contype IN ('p', 'u', 'f', 'c', 'x')`;

const indexes = `
  SELECT ${named} AS table, CASE WHEN x.indisunique THEN 'unique ' ELSE '' END || i.relname || '('
    || (SELECT string_agg(coalesce(a.attname, 'expression')
          || CASE WHEN x.indoption[k.place - 1] & 1 = 1 THEN ' desc' ELSE '' END, ', ' ORDER BY k.place)
        FROM unnest(x.indkey[0:x.indnkeyatts - 1]) WITH ORDINALITY AS k (attnum, place)
        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum AND k.attnum > 0) || ')'
    || CASE WHEN m.amname = 'btree' THEN '' ELSE ' using ' || m.amname END
    || CASE WHEN x.indpred IS NULL THEN '' ELSE ' where' END AS line
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_am m ON m.oid = i.relam
  WHERE n.nspname ${ofOurs} AND NOT EXISTS (
    SELECT FROM pg_constraint WHERE conindid = x.indexrelid AND contype IN ('p', 'u', 'x'))`;
