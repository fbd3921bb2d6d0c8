import initialise, { type Database, type SqlJsStatic } from 'sql.js';
import type { ShapeOfSchema } from './shape.js';

/** SQLite itself, inside this process. */
export class Sqlite {
  private database: Database;

  private constructor(private readonly engine: SqlJsStatic) {
    this.database = new engine.Database();
  }

  static async start(): Promise<Sqlite> {
    return new Sqlite(await initialise());
  }

  clear(): void {
    this.database.close();
    this.database = new this.engine.Database();
  }

  /** Runs SQL; gives what SQLite says where it refuses it, and then none of it counts. */
  run(script: string): string | undefined {
    this.database.run('SAVEPOINT script');
    try {
      this.database.exec(script);
      this.database.run('RELEASE script');
      return undefined;
    } catch (error) {
      this.database.run('ROLLBACK TO script; RELEASE script');
      return (error as Error).message;
    }
  }

  private rows(sql: string): (string | number | null)[][] {
    return (this.database.exec(sql)[0]?.values ?? []) as (string | number | null)[][];
  }

  /**
   * What the catalog says stands in the schema. Constraints have no names in it, checks are not told, and a primary key
   * that is no row id takes NULL there, which ddlint does not count.
   */
  shape(): ShapeOfSchema {
    const shape: ShapeOfSchema = {};
    const text = (value: string | number | null | undefined) => String(value ?? 'expression').toLowerCase();
    const tables = this.rows(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY lower(name)`,
    );
    for (const [table] of tables) {
      const about = (pragma: string, of = table) => this.rows(`PRAGMA ${pragma}(${JSON.stringify(of)})`);
      const keys = (index: string) =>
        about('index_xinfo', index)
          .filter((row) => row[5] === 1)
          .map((row) => text(row[2]))
          .join(', ');
      const columns = about('table_xinfo');
      const primary = columns.filter((row) => Number(row[5]) > 0).sort((a, b) => Number(a[5]) - Number(b[5]));
      const indexes = about('index_list');
      const foreign = new Map<number, string[]>();
      for (const row of about('foreign_key_list')) {
        const id = Number(row[0]);
        foreign.set(id, [...(foreign.get(id) ?? []), text(row[3])]);
      }
      shape[text(table)] = {
        columns: columns.map((row) => `${text(row[1])}${row[3] === 1 || Number(row[5]) > 0 ? '!' : ''}`),
        indexes: indexes
          .filter((row) => row[3] === 'c')
          .map((row) => `${row[2] === 1 ? 'unique ' : ''}${text(row[1])}(${keys(String(row[1]))})`)
          .sort(),
        constraints: [
          ...(primary.length > 0 ? [`primary (${primary.map((row) => text(row[1])).join(', ')})`] : []),
          ...indexes.filter((row) => row[3] === 'u').map((row) => `unique (${keys(String(row[1]))})`),
          ...[...foreign.values()].map((columns) => `foreign (${columns.join(', ')})`),
        ].sort(),
      };
    }
    return shape;
  }
}
