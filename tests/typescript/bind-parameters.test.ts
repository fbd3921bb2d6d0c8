import { describe, expect, test } from 'vitest';
import { edited, readOne } from './support.js';

const bound = (imports: string, call: string): string | undefined => {
  const text = (body: string): string =>
    `${imports}\nexport const f = async (x: string, n: number, db: any) => ${body};\n`;
  const result = edited(text(call), (pen, facts) => pen.bindParameters(facts.sites[0]!));
  if (result === undefined) return undefined;
  const worst = readOne(result).sites.flatMap((site) => site.holes.filter((hole) => hole.provenance === 'parameter'));
  expect(worst).toEqual([]);
  return result.slice(text('').length - 2, -2);
};

const imports: { [library: string]: string } = {
  pg: "import { Pool } from 'pg'; const pool = new Pool();",
  promise: "import pgp from 'pg-promise'; const pg = pgp()('');",
  postgres: "import postgres from 'postgres'; const sql = postgres('');",
  mysql: "import { createPool } from 'mysql2/promise'; const pool = createPool('');",
  lite: "import Database from 'better-sqlite3'; const lite = new Database('a');",
  sqlite3: "import { Database } from 'sqlite3'; const lite = new Database('a');",
  mssql: "import sql from 'mssql'; const request = new sql.Request();",
  knex: "import knex from 'knex'; const k = knex({});",
  sequelize: "import { Sequelize, literal } from 'sequelize'; const s = new Sequelize('');",
  kysely: "import { sql } from 'kysely';",
  drizzle: "import { sql } from 'drizzle-orm';",
  prisma: "import { PrismaClient } from '@prisma/client'; const prisma = new PrismaClient();",
  mikro: "import { EntityManager, raw } from '@mikro-orm/mysql'; const em: EntityManager = null!;",
};

describe('values that are bound, in the words of each library', () => {
  test.each([
    ['pg', "pool.query(`select 1 from a where b = '${x}'`)", 'pool.query(`select 1 from a where b = $1`, [x])'],
    ['promise', "pg.any(`select 1 from a where b = '${x}'`)", 'pg.any(`select 1 from a where b = $1`, [x])'],
    [
      'postgres',
      "sql.unsafe(`select 1 from a where b = '${x}' limit ${n}`)",
      'sql`select 1 from a where b = ${x} limit ${n}`',
    ],
    [
      'postgres',
      "sql.unsafe<Row[]>(`select 1 from a where b like '%${x}%'`)",
      'sql<Row[]>`select 1 from a where b like ${`%${x}%`}`',
    ],
    [
      'mysql',
      'pool.execute(`select 1 from a where b = ${x} and c = ${x}`)',
      'pool.execute(`select 1 from a where b = ? and c = ?`, [x, x])',
    ],
    [
      'lite',
      "lite.prepare(`select 1 from a where b = '${x}'`).all()",
      'lite.prepare(`select 1 from a where b = ?`).all(x)',
    ],
    [
      'sqlite3',
      'lite.all(`select 1 from a where b = ${x}`, () => {})',
      'lite.all(`select 1 from a where b = ?`, [x], () => {})',
    ],
    ['mssql', "request.query(`select 1 from a where b = '${x}'`)", 'request.query`select 1 from a where b = ${x}`'],
    [
      'mssql',
      'request.query<Row>(`select 1 from a where b = ${x}`)',
      'request.query<Row>`select 1 from a where b = ${x}`',
    ],
    ['knex', 'k.raw(`select 1 from a where b = ${x}`)', 'k.raw(`select 1 from a where b = ?`, [x])'],
    ['knex', "k('a').whereRaw(`lower(b) = '${x}'`)", "k('a').whereRaw(`lower(b) = ?`, [x])"],
    [
      'sequelize',
      's.query(`select 1 from a where b = ${x}`)',
      's.query(`select 1 from a where b = $1`, { bind: [x] })',
    ],
    [
      'sequelize',
      "s.query(`select 1 from a where b = '${x}'`, { type: 'SELECT' })",
      "s.query(`select 1 from a where b = $1`, { bind: [x], type: 'SELECT' })",
    ],
    ['kysely', "sql.raw(`a = '${x}'`)", 'sql`a = ${x}`'],
    ['drizzle', 'sql.raw(`a = ${x}`)', 'sql`a = ${x}`'],
    [
      'prisma',
      "prisma.$queryRawUnsafe<Row[]>(`select 1 from a where b = '${x}'`)",
      'prisma.$queryRaw<Row[]>`select 1 from a where b = ${x}`',
    ],
    [
      'prisma',
      'prisma.$executeRawUnsafe(`delete from a where b = ${x}`)',
      'prisma.$executeRaw`delete from a where b = ${x}`',
    ],
    ['mikro', 'em.execute(`select 1 from a where b = ${x}`)', 'em.execute(`select 1 from a where b = ?`, [x])'],
    ['mikro', 'raw(`a = ${x}`)', 'raw(`a = ?`, [x])'],
  ])('%s: %s', (library, before, after) => {
    expect(bound(imports[library]!, before)).toBe(after);
  });
});

describe('what cannot be bound is left alone', () => {
  test.each([
    ['kysely', 'sql.raw(`${x} = 1`)'],
    ['kysely', 'sql.raw("a = " + x)'],
    ['drizzle', 'sql.raw(`a = ${x} order by ${x}`)'],
    ['prisma', 'prisma.$queryRawUnsafe(`select 1 from ${x} where b = 1`)'],
    ['prisma', 'prisma.$queryRawUnsafe(`select 1 from a where b = ${x} and c = $1`, n)'],
    ['lite', 'lite.prepare(`select 1 from a where b = ${x}`)'],
    ['lite', 'lite.prepare(`select 1 from a where b = ${x} and c = ?`).all(n)'],
    ['lite', 'lite.exec(`delete from a where b = ${x}`)'],
    ['knex', "k.raw(`select 1 from a where b ? 'c' and d = ${x}`)"],
    ['sequelize', 'literal(`a > ${x}`)'],
    ['sequelize', 's.query(`select 1 from a where b = ${x} and c = :c`, { replacements: { c: n } })'],
    ['sequelize', 's.query(`select 1 from a where b = ${x}`, db)'],
  ])('%s: %s', (library, call) => {
    expect(bound(imports[library]!, call)).toBeUndefined();
  });
});
