import type { Library } from '../library.js';
import { knexMigrations } from './migration.js';

/** Migrations of Knex. Its tables are what its migrations make. */
export const knex: Library = { name: 'knex', read: knexMigrations };
