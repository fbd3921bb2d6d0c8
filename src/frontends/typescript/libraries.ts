import { dbMigrate } from './db-migrate/index.js';
import { drizzle } from './drizzle/index.js';
import { unfilteredChanges } from './drivers/unfiltered.js';
import { engines } from './engines/engines.js';
import { sqlSites } from './injection/sites.js';
import { knex } from './knex/index.js';
import { kysely } from './kysely/index.js';
import { objection } from './objection/index.js';
import type { Library } from './library.js';
import { sequelize } from './sequelize/index.js';
import { sessions } from './sessions/index.js';
import { mikroOrm } from './mikro-orm/index.js';
import { typeorm } from './typeorm/index.js';

/** Every library that is read; a new one is a new line here. */
export const libraries: readonly Library[] = [
  typeorm,
  drizzle,
  knex,
  dbMigrate,
  sequelize,
  objection,
  sessions,
  mikroOrm,
  kysely,
  { name: 'engines', read: engines },
  { name: 'builders', read: unfilteredChanges },
  { name: 'sites', read: sqlSites },
];
