import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import type { ShapeOfSchema } from './shape.js';

const columns = `
  SELECT c.table_name AS \`table\`, column_name AS name, is_nullable = 'NO' AS required
  FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
  WHERE table_schema = database() AND table_type = 'BASE TABLE' ORDER BY c.table_name, ordinal_position`;

const indexes = `
  SELECT table_name AS \`table\`, index_name AS name, max(non_unique) = 0 AS 'unique',
    group_concat(column_name ORDER BY seq_in_index SEPARATOR ', ') AS keys_of
  FROM information_schema.statistics WHERE table_schema = database() GROUP BY table_name, index_name`;

const foreignKeys = `
  SELECT table_name AS \`table\`, constraint_name AS name,
    group_concat(column_name ORDER BY ordinal_position SEPARATOR ', ') AS keys_of
  FROM information_schema.key_column_usage
  WHERE table_schema = database() AND referenced_table_name IS NOT NULL GROUP BY table_name, constraint_name`;

interface Row extends RowDataPacket {
  table: string;
  name: string;
  keys_of: string;
  required: number;
  unique: number;
}

/** A MariaDB server that someone else has started. */
export class Mariadb {
  private constructor(private readonly connection: Connection) {}

  /** @param socketPath where it listens; its root must need no password */
  static async connect(socketPath: string): Promise<Mariadb> {
    return new Mariadb(await createConnection({ socketPath, user: 'root', multipleStatements: true }));
  }

  /** Makes the schema empty again. */
  async clear(): Promise<void> {
    await this.connection.query('DROP DATABASE IF EXISTS replay; CREATE DATABASE replay; USE replay;');
  }

  /** Runs SQL; gives what the server says where it refuses it. Definitions before that one stay. */
  async run(script: string): Promise<string | undefined> {
    try {
      await this.connection.query(script);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** What the catalog says stands in the schema. A unique constraint is an index there. */
  async shape(): Promise<ShapeOfSchema> {
    const shape: ShapeOfSchema = {};
    const at = (table: string) => (shape[table] ??= { columns: [], indexes: [], constraints: [] });
    const rows = async (sql: string) => (await this.connection.query<Row[]>(sql))[0];
    for (const row of await rows(columns))
      at(row.table).columns.push(`${row.name.toLowerCase()}${row.required ? '!' : ''}`);
    for (const row of await rows(indexes)) {
      const keys = `(${row.keys_of.toLowerCase()})`;
      if (row.name === 'PRIMARY') at(row.table).constraints.push(`primary ${keys}`);
      else at(row.table).indexes.push(`${row.unique ? 'unique ' : ''}${row.name.toLowerCase()}${keys}`);
    }
    for (const row of await rows(foreignKeys))
      at(row.table).constraints.push(`foreign ${row.name.toLowerCase()}(${row.keys_of.toLowerCase()})`);
    for (const table of Object.values(shape)) {
      table.indexes.sort();
      table.constraints.sort();
    }
    return shape;
  }

  stop(): Promise<void> {
    return this.connection.end();
  }
}
