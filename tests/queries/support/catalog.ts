import { PGlite } from '@electric-sql/pglite';
import { objectsIn, type Objects } from './objects.js';
import type { ShapeOfSchema } from './shape.js';

const tables = `
  SELECT relname AS table FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`;

const columns = `
  SELECT c.relname AS table, a.attname AS name, a.attnotnull AS required
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
  ORDER BY c.relname, a.attnum`;

const indexes = `
  SELECT t.relname AS table, i.relname AS name, x.indisunique AS unique,
    (SELECT string_agg(coalesce(a.attname, 'expression'), ', ' ORDER BY k.place)
     FROM unnest(x.indkey[0:x.indnkeyatts - 1]) WITH ORDINALITY AS k (attnum, place)
     LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum AND k.attnum > 0) AS keys
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
  WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p')
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = x.indexrelid AND contype IN ('p', 'u', 'x'))`;

const constraints = `
  SELECT t.relname AS table, n.conname AS name, n.contype AS kind,
    CASE WHEN n.contype = 'c' THEN '' ELSE
      (SELECT string_agg(a.attname, ', ' ORDER BY k.place)
       FROM unnest(n.conkey) WITH ORDINALITY AS k (attnum, place)
       JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum) END AS keys
  FROM pg_constraint n JOIN pg_class t ON t.oid = n.conrelid
  WHERE t.relnamespace = 'public'::regnamespace AND n.contype IN ('p', 'u', 'f', 'c')`;

const kinds: { [letter: string]: string } = { p: 'primary', u: 'unique', f: 'foreign', c: 'check' };

/** A PostgreSQL of one's own, inside this process. */
export class Server {
  private constructor(private readonly database: PGlite) {}

  static async start(): Promise<Server> {
    return new Server(await PGlite.create());
  }

  /** Makes the schema empty again. */
  async clear(): Promise<void> {
    await this.database.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public;');
  }

  /** Runs SQL; false where the database refuses it, and then none of it counts. */
  async run(script: string): Promise<boolean> {
    try {
      await this.database.exec(script);
      return true;
    } catch {
      return false;
    }
  }

  /** What the catalog says stands in the schema. */
  async shape(): Promise<ShapeOfSchema> {
    const shape: ShapeOfSchema = {};
    const at = (table: string) => (shape[table] ??= { columns: [], indexes: [], constraints: [] });
    type Row = { table: string; name: string; keys: string; required: boolean; unique: boolean; kind: string };
    const rows = async (sql: string): Promise<Row[]> => (await this.database.query<Row>(sql)).rows;
    for (const row of await rows(tables)) at(row.table);
    for (const row of await rows(columns)) at(row.table).columns.push(`${row.name}${row.required ? '!' : ''}`);
    for (const row of await rows(indexes)) {
      at(row.table).indexes.push(`${row.unique ? 'unique ' : ''}${row.name}(${row.keys})`);
    }
    for (const row of await rows(constraints)) {
      at(row.table).constraints.push(`${kinds[row.kind]!} ${row.name}(${row.keys})`);
    }
    for (const table of Object.values(shape)) {
      table.indexes.sort();
      table.constraints.sort();
    }
    return shape;
  }

  /** What the catalog says of everything else. */
  objects(): Promise<Objects> {
    return objectsIn(async (sql) => (await this.database.query<{ line: string }>(sql)).rows);
  }

  stop(): Promise<void> {
    return this.database.close();
  }
}
