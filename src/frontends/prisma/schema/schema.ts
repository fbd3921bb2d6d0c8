import type { Dialect } from '../../../ir/index.js';
import type { Block } from '../syntax/tree.js';

/** A block and the file that it stands in. */
export interface Declared {
  block: Block;
  path: string;
}

/** All that the files of one schema say together. */
export interface Schema {
  dialect: Dialect;
  /** `relationMode = "prisma"`: relations are the client's business, and the database gets no foreign keys. */
  foreignKeys: boolean;
  /** Of the table behind an implicit relation of many to many: Prisma 6 makes a primary key in PostgreSQL. */
  joinKey: 'primary' | 'unique' | 'unknown';
  /** Models and views by name. */
  models: ReadonlyMap<string, Declared>;
  enums: ReadonlyMap<string, Declared>;
}
