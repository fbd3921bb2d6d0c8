import type { Library } from '../library.js';
import { awaits, declare } from './declare.js';
import { identities } from './identities.js';
import { models } from './models.js';

/** Drizzle: its tables for PostgreSQL, MySQL and SQLite, and what code does with them. */
export const drizzle: Library = { name: 'drizzle', identities, declare, awaits, models };
