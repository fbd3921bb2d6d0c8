import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Project } from '../../../src/ir/index.js';
import { Postgres, replayed, unread, type Catalog } from './pglite.js';

/** The real runner of a library, connected to a database. */
export interface Runner {
  /** Applies the next migration. */
  up(index: number): Promise<unknown>;
  /** Takes the last one back that is applied. */
  down(index: number): Promise<unknown>;
  close(): Promise<unknown>;
}

interface History {
  library: string;
  /** In the order in which they run. */
  names: readonly string[];
  /** The project with its first migrations only. */
  until(count: number): Promise<Project>;
  /** Tables in which the runner keeps its own records. */
  books?: readonly string[];
  connect(postgres: Postgres): Promise<Runner>;
}

/** Runs migrations by the library's own runner, up and down again, and compares the catalog with the replay each time. */
export function thereAndBack({ library, names, until, books = [], connect }: History): void {
  let postgres: Postgres;
  /** What the database has and what the replay says after each migration, and after each is taken back, the last first. */
  const up: [Catalog, Catalog][] = [];
  const down: [Catalog, Catalog][] = [];

  beforeAll(async () => {
    postgres = await Postgres.start();
    const runner = await connect(postgres);
    for (const index of names.keys()) {
      await runner.up(index);
      const said = await postgres.described(replayed(await until(index + 1)));
      up.push([await postgres.catalog(books), said]);
    }
    const project = await until(names.length);
    for (const index of names.keys()) {
      await runner.down(index);
      const said = await postgres.described(replayed(project, index + 1));
      down.push([await postgres.catalog(books), said]);
    }
    await runner.close();
  }, 120_000);
  afterAll(() => postgres.stop());

  describe(`what ${library} leaves behind, and what the replay says`, () => {
    test.each(names.map((name, index) => [name, index] as const))('after %s', (_, index) => {
      const [left, said] = up[index]!;
      expect(said).toEqual(left);
    });
    test.each(names.toReversed().map((name, index) => [name, index] as const))('after %s is taken back', (_, index) => {
      const [left, said] = down[index]!;
      expect(said).toEqual(left);
    });
  });

  test('nothing is left over, and nothing was passed over', async () => {
    expect(Object.keys(down.at(-1)![0])).toEqual([]);
    expect(unread(await until(names.length))).toEqual([]);
  });
}
