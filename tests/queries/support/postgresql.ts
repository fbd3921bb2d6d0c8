import { createRequire } from 'node:module';

/** What is used of `pg`, which comes without types. */
interface Client {
  connect(): Promise<void>;
  query(sql: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  end(): Promise<void>;
}

const { Client: Connection } = createRequire(import.meta.url)('pg') as {
  Client: new (options: { connectionString: string }) => Client;
};

/** A PostgreSQL server that someone else has started. */
export class Postgresql {
  private constructor(private readonly client: Client) {}

  /** @param url of a database that may be emptied */
  static async connect(url: string): Promise<Postgresql> {
    const client = new Connection({ connectionString: url });
    await client.connect();
    return new Postgresql(client);
  }

  async rows<T>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.client.query(sql, values)).rows as T[];
  }

  stop(): Promise<void> {
    return this.client.end();
  }
}
