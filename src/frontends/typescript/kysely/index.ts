import type { Library } from '../library.js';
import { kyselyMigrations } from './migration.js';

/** Migrations of Kysely. Its interfaces of tables are names in code, and make nothing in the database. */
export const kysely: Library = { name: 'kysely', read: kyselyMigrations };
