import { knex, objection } from './knex.js';
import type { Driver } from './driver.js';
import { mikroOrm } from './mikro-orm.js';
import { mssql, tedious } from './mssql.js';
import { mariadb, mysql, mysql2 } from './mysql.js';
import { oracledb } from './oracle.js';
import { pg, pgPromise, pgStreams, postgres, slonik, slonikRaw } from './postgresql.js';
import { sequelize } from './sequelize.js';
import { betterSqlite3, bunSqlite, libsql, nodeSqlite, sqlite3 } from './sqlite.js';
import { drizzle, kysely, prisma, sqlTags } from './tags.js';
import { typeorm } from './typeorm.js';

/** Every library whose SQL text is followed; a new one is a new line here. */
export const drivers: readonly Driver[] = [
  typeorm,
  pg,
  ...pgStreams,
  pgPromise,
  postgres,
  slonik,
  slonikRaw,
  mysql2,
  mysql,
  mariadb,
  betterSqlite3,
  nodeSqlite,
  bunSqlite,
  sqlite3,
  libsql,
  mssql,
  tedious,
  oracledb,
  knex,
  objection,
  sequelize,
  kysely,
  drizzle,
  prisma,
  mikroOrm,
  ...sqlTags,
];
