import { describe, expect, test } from 'vitest';
import { holes, readOne } from './support.js';

/** The libraries as they are imported, and handles of each as parameters, variables and members. */
const setups: { [library: string]: string } = {
  pg: `import { Pool, Client } from 'pg'; const pool = new Pool(); const client = new Client();
    import Cursor from 'pg-cursor'; import { from } from 'pg-copy-streams';`,
  'pg-promise': `import pgPromise from 'pg-promise'; const pgp = pgPromise(); const db = pgp('');`,
  postgres: `import postgres from 'postgres'; const sql = postgres('');`,
  slonik: `import { createPool, sql } from 'slonik'; import { raw } from 'slonik-sql-tag-raw'; const pool = await createPool('');`,
  mysql2: `import mysql from 'mysql2/promise'; const conn = await mysql.createConnection({}); const pool = mysql.createPool({});`,
  mysql: `const mysql = require('mysql'); const conn = mysql.createConnection({});`,
  mariadb: `import * as mariadb from 'mariadb'; const pool = mariadb.createPool({});`,
  'better-sqlite3': `import Database from 'better-sqlite3'; const db = new Database('a.db');`,
  'node:sqlite': `import { DatabaseSync } from 'node:sqlite'; const db = new DatabaseSync('a.db');`,
  'node-sqlite3': `const sqlite3 = require('sqlite3').verbose(); const db = new sqlite3.Database('a.db');`,
  libsql: `import { createClient } from '@libsql/client'; const client = createClient({ url: '' });`,
  mssql: `import sql from 'mssql'; const pool = await sql.connect({}); const request = new sql.Request();`,
  tedious: `import { Request } from 'tedious';`,
  oracledb: `import oracledb from 'oracledb'; const connection = await oracledb.getConnection({});`,
  knex: `import knex, { Knex } from 'knex'; const db = knex({ client: 'pg' });`,
  objection: `import { Model, raw, ref, fn } from 'objection'; class User extends Model { static tableName = 'users'; }`,
  sequelize: `import { Sequelize, literal, fn, cast, col, where } from 'sequelize'; const sequelize = new Sequelize('');`,
  kysely: `import { sql, Kysely, CompiledQuery } from 'kysely'; const db = new Kysely<any>({} as any);`,
  drizzle: `import { sql, eq } from 'drizzle-orm'; import { drizzle } from 'drizzle-orm/node-postgres'; const db = drizzle('');`,
  prisma: `import { PrismaClient, Prisma } from '@prisma/client'; const prisma = new PrismaClient();`,
  'mikro-orm': `import { MikroORM, raw, sql, EntityManager } from '@mikro-orm/postgresql'; const orm = await MikroORM.init(); const em = orm.em.fork();`,
  'sql-template-tag': `import sql, { raw } from 'sql-template-tag';`,
  '@nearform/sql': `import SQL from '@nearform/sql';`,
  '@databases/sql': `import sql from '@databases/sql';`,
};

const harmless = / (?:constant|constant-name|numeric|placeholders|quoted-identifier|quoted-literal) /;

const found = (library: string, body: string): { library: string; holes: string[] }[] =>
  readOne(`${setups[library]!}\nexport async function run(x: string, n: number, rows: string[], o: any) {\n ${body}\n}`)
    .sites.map((site) => ({ library: site.library, holes: holes([site]).filter((hole) => !harmless.test(hole)) }))
    .filter((site) => site.holes.length > 0);

/** Each call with text that is sent as it is, and the same wish written safely. */
const calls: { [library: string]: [unsafe: string, safe: string][] } = {
  pg: [
    ["await pool.query(`select * from a where b = '${x}'`)", "await pool.query('select * from a where b = $1', [x])"],
    ['(await pool.connect()).query(`select ${x} from a`)', 'await client.query({ text: "select $1", values: [x] })'],
    ['client.query(new Cursor(`select * from a where b = ${x}`))', "new Cursor('select * from a where b = $1', [x])"],
    ['client.query(from(`copy ${x} from stdin`))', "from('copy a from stdin')"],
  ],
  'pg-promise': [
    ["await db.any(`select * from a where b = '${x}'`)", "await db.any('select * from a where b = $1', [x])"],
    ['await db.tx((t) => t.none(`delete from a where b = ${x}`))', "await db.tx((t) => t.none('delete from a', [x]))"],
  ],
  postgres: [
    ["await sql.unsafe(`select * from a where b = '${x}'`)", 'await sql`select * from a where b = ${x}`'],
    ['await sql.begin(async (tx) => tx.unsafe(`drop ${x}`))', 'await sql`select * from ${sql(x)}`'],
    ['await sql.unsafe("select " + x)', "await sql.unsafe('select $1', [x])"],
  ],
  slonik: [
    ['sql.fragment`select ${raw(`a = ${x}`)}`', 'await pool.query(sql.unsafe`select * from a where b = ${x}`)'],
    ["raw('a = ' + x)", 'await pool.query(sql.type(o)`select * from ${sql.identifier([x])} where b = ${x}`)'],
  ],
  mysql2: [
    ['await conn.query(`select * from a where b = ${x}`)', "await conn.query('select * from ?? where b = ?', [x, x])"],
    ['await pool.execute({ sql: `select ${x}` })', "await pool.execute('select ?', [x])"],
    ['(await pool.getConnection()).prepare(`select ${x}`)', 'await conn.query(`select ${mysql.escape(x)}`)'],
    ['mysql.raw(x)', "mysql.raw('now()')"],
  ],
  mysql: [['conn.query(`select * from a where b = ${x}`, () => {})', "conn.query('select ?', [x], () => {})"]],
  mariadb: [['await pool.batch(`insert into a values (${x})`)', "await pool.batch('insert into a values (?)', [x])"]],
  'better-sqlite3': [
    ["db.prepare(`select * from a where b = '${x}'`).all()", "db.prepare('select * from a where b = ?').all(x)"],
    ['db.exec(`delete from a where b = ${x}`)', "db.exec('delete from a')"],
    ['db.pragma(`user_version = ${x}`)', 'db.pragma(`user_version = ${n}`)'],
  ],
  'node:sqlite': [["db.prepare(`select * from a where b = '${x}'`)", "db.prepare('select ?').get(x)"]],
  'node-sqlite3': [['db.all(`select * from a where b = ${x}`, () => {})', "db.all('select ?', [x], () => {})"]],
  libsql: [
    ['await client.execute(`select * from a where b = ${x}`)', "await client.execute({ sql: 'select ?', args: [x] })"],
    [
      'await client.execute({ sql: `select ${x}`, args: [] })',
      'await client.execute({ sql: `select ${n}`, args: [] })',
    ],
  ],
  mssql: [
    ['await pool.request().query(`select * from a where b = ${x}`)', 'await pool.request().query`select ${x}`'],
    ["await request.input('b', o).batch(`select ${x}`)", "await request.input('b', x).query('select @b')"],
    ['await sql.query(`select * from a where b = ${x}`)', 'await sql.query`select * from a where b = ${x}`'],
    ['new sql.PreparedStatement(pool).prepare(`select ${x}`)', "new sql.PreparedStatement(pool).prepare('select @b')"],
    ['await request.execute(x)', "await request.execute('procedure')"],
  ],
  tedious: [['new Request(`select ${x}`, () => {})', "new Request('select @b', () => {}).addParameter('b', o, x)"]],
  oracledb: [
    ['await connection.execute(`select ${x} from dual`)', "await connection.execute('select :b from dual', [x])"],
  ],
  knex: [
    ["await db.raw(`select * from a where b = '${x}'`)", "await db.raw('select * from ?? where b = ?', [x, x])"],
    ['await db.schema.raw(`drop table ${x}`)', "await db.schema.raw('drop table a')"],
    ["await db('a').whereRaw(`b = '${x}'`)", "await db('a').whereRaw('b = ?', [x])"],
    ["await db.from('a').orderByRaw(x)", "await db.from('a').orderBy(x, x)"],
    ["await db('a').where((b) => b.orWhereRaw(`c = ${x}`))", "await db('a').where((b) => b.orWhere('c', x))"],
    ["await db('a').where(function () { this.whereRaw(`c = ${x}`); })", "await db('a').where('a', 'like', `%${x}%`)"],
    ["await db.transaction((trx) => trx('a').havingRaw(`c > ${x}`))", "await db('a').having('c', '>', x).limit(n)"],
    ["await db('a').joinRaw(`join ${x}`).groupByRaw('b')", "await db('a').join(x, 'a.b', 'c.b')"],
    ["await db('a').orderBy('b', 'asc', x)", "await db('a').orderBy('b', 'asc', 'last').hintComment('a')"],
    [
      "db.schema.createTable('a', (t) => { t.specificType('b', x); })",
      "db.schema.createTable('a', (t) => { t.string(x).comment(x); })",
    ],
    [
      "db.schema.alterTable('a', (t) => { t.integer('b').references('c').onDelete(x); })",
      "db.schema.alterTable('a', (t) => t.index([x], x))",
    ],
  ],
  objection: [
    ["await User.query().whereRaw(`a = '${x}'`)", "await User.query().whereRaw('a = ?', [x])"],
    ['await User.query().where(raw(`a = ${x}`))', "await User.query().where(raw('lower(a) = ?', x))"],
    ['await User.query().patch({ a: fn(x, 1) })', 'await User.query().where(ref(x), x)'],
    ["await User.relatedQuery('posts').orderByRaw(x)", "await User.relatedQuery('posts').orderBy(x)"],
    ['await User.knex().raw(`select ${x}`)', "await User.knex().raw('select ?', [x])"],
    ["ref('a').castTo(x)", "ref('a').castTo('text')"],
  ],
  sequelize: [
    [
      "await sequelize.query(`select * from a where b = '${x}'`)",
      "await sequelize.query('select :x', { replacements: { x } })",
    ],
    [
      'await sequelize.query({ query: `select ${x}`, values: [] })',
      "await sequelize.query({ query: 'select ?', values: [x] })",
    ],
    ['literal(`a > ${x}`)', "literal('a > 1')"],
    ['Sequelize.literal("a > " + x)', 'o.findAll({ order: [[x, x]], where: { a: x } })'],
    ["fn(x, col('a'))", "fn('lower', col(x))"],
    ["cast(col('a'), x)", "cast(col('a'), 'text')"],
  ],
  kysely: [
    ['sql.raw(`a = ${x}`)', 'sql`a = ${x}`'],
    ['CompiledQuery.raw(`select ${x}`)', "CompiledQuery.raw('select $1', [x])"],
    ["db.schema.createIndex('i').on('t').using(x)", "db.schema.createIndex(x).on(x).using('gin')"],
    ["db.selectFrom('a').where(sql.raw(x), '=', 1)", "db.selectFrom('a').where(sql.ref(x), '=', x).orderBy(x, x)"],
  ],
  drizzle: [
    ['sql.raw(`a = ${x}`)', 'sql`a = ${x}`'],
    ['await db.execute(`select * from a where b = ${x}`)', 'await db.execute(sql`select * from a where b = ${x}`)'],
    ['await db.transaction(async (tx) => tx.execute(`select ${x}`))', 'await db.select().from(o).where(eq(o.a, x))'],
    ['db.select().from(o).for(x)', "db.select().from(o).orderBy(x).for('update')"],
    [
      'sql.join(rows.map((row) => sql.raw(row)), sql.raw(x))',
      'sql.join(rows.map((row) => sql`${row}`), sql.identifier(x))',
    ],
  ],
  prisma: [
    [
      "await prisma.$queryRawUnsafe(`select * from a where b = '${x}'`)",
      "await prisma.$queryRawUnsafe('select $1', x)",
    ],
    [
      'await prisma.$transaction(async (tx) => tx.$executeRawUnsafe(`drop ${x}`))',
      'await prisma.$executeRaw`delete from a where b = ${x}`',
    ],
    [
      'await (prisma as any).$queryRaw(`select * from a where b = ${x}`)',
      'await prisma.$queryRaw(Prisma.sql`select ${x}`)',
    ],
    ['Prisma.raw(x)', "Prisma.raw('now()')"],
    ['Prisma.join(rows, x)', "Prisma.join(rows, ' and ')"],
  ],
  'mikro-orm': [
    ["await em.execute(`select * from a where b = '${x}'`)", "await em.execute('select * from a where b = ?', [x])"],
    ['await em.getConnection().execute(`select ${x}`)', "await em.getConnection().execute('select ?', [x])"],
    ['await em.getKnex().raw(`select ${x}`)', "await em.getKnex().raw('select ?', [x])"],
    ['em.createQueryBuilder(o).where(`a = ${x}`)', 'em.createQueryBuilder(o).where({ a: x })'],
    ['em.qb(o).select("*").andWhere("a = " + x)', 'em.qb(o).select(x).orderBy({ [x]: x })'],
    ['raw(`lower(${x})`)', 'raw((alias) => `lower(${alias}.name)`)'],
    ['sql.raw(x)', 'sql`lower(${x})`'],
    ['await em.transactional((inner) => inner.execute(`select ${x}`))', 'await em.find(o, { a: x })'],
  ],
  'sql-template-tag': [['raw(x)', 'sql`select ${x}`']],
  '@nearform/sql': [['SQL.unsafe(x)', 'SQL`select ${x}`']],
  '@databases/sql': [['sql.__dangerous__rawValue(x)', 'sql`select ${x} from ${sql.ident(x)}`']],
};

describe.each(Object.entries(calls))('%s', (library, pairs) => {
  test.each(pairs)('%s is found, %s is not', (unsafe, safe) => {
    const sites = found(library, unsafe);
    expect(sites.map((site) => site.library)).toContain(
      library === 'objection' && unsafe.includes('knex()')
        ? 'knex'
        : library === 'mikro-orm' && unsafe.includes('getKnex')
          ? 'knex'
          : library,
    );
    expect(found(library, safe)).toEqual([]);
  });
});

describe('look-alikes', () => {
  test.each([
    ["import { z } from 'zod'; export const f = (x: string) => z.literal(x);"],
    ["import { literal } from './schema'; export const f = (x: string) => literal(`a ${x}`);"],
    ["import { raw } from 'body-parser'; export const f = (x: string) => raw(`${x}`);"],
    ["import { sql } from './sql'; export const f = (x: string) => sql.raw(`select ${x}`);"],
    [
      "import { gql } from '@apollo/client'; export const f = (client, x) => client.query({ query: gql`{ a(b: ${x}) }` });",
    ],
    ['export const f = (client, x) => client.query({ query: `query { a(b: ${x}) }` });'],
    ["import { client } from './git'; export const f = (x) => client.raw(['config', x]);"],
    ["import { cache } from './cache'; export const f = (db, x) => db.get(`session:${x}`);"],
    ['class Knex { raw(x: string) {} } export const f = (k: Knex, x: string) => k.raw(`select ${x}`);'],
    ["import { sql } from 'slonik'; export const f = (x: string) => sql.unsafe`select ${x}`;"],
  ])('%s', (text) => {
    expect(readOne(text).sites).toEqual([]);
  });

  test.each([
    ['pool.query(String.raw`select * from a where b = ${x}`)'],
    ['pool.query(sql`select * from a where b = ${x}`)'],
    ["pool.query(sql`select * from a where b = '${x}'`)"],
  ])('a tag that only joins text is no parameter: %s', (call) => {
    const text = `import { Pool } from 'pg'; const sql = String.raw;
      export const f = (pool: Pool, x: string) => ${call};`;
    expect(holes(readOne(text).sites)).toEqual([expect.stringMatching(/^x parameter (?:quoted-)?value$/)]);
  });
});

test.each([
  ["db('a').orderByRaw(`b ${x}`)", 'direction'],
  ["db('a').orderByRaw(`${x} desc`)", 'identifier'],
  ["db('a').orderByRaw(x)", 'fragment'],
  ["db('a').whereRaw(`${x} = 1`)", 'identifier'],
  ["db('a').whereRaw(`b = ${x}`)", 'value'],
])('what a hole of a clause stands for: %s', (call, position) => {
  const { sites } = readOne(`${setups['knex']!} export const f = (x: string) => ${call};`);
  expect(sites.flatMap((site) => site.holes.map((hole) => hole.position))).toEqual([position]);
});

test('what a hook of a pool hands over is a client', () => {
  const text = `${setups['pg']!} export const f = (x: string) => pool.on('connect', (c) => c.query(\`select \${x}\`));`;
  expect(readOne(text).sites).toMatchObject([{ library: 'pg', confidence: 'high' }]);
});

test('a pragma takes no parameters', () => {
  const text = `${setups['better-sqlite3']!} export const f = (x: string) => db.pragma(\`user_version = \${x}\`);`;
  expect(readOne(text).sites).toMatchObject([{ ddl: true }]);
});

test.each([
  ["const t = qb.connection.namingStrategy.joinTableName('a', 'b', '', ''); qb.where(`${t}.a = 1`)"],
  ["const sub = qb.subQuery().from(o, 's'); qb.where(`a in ${sub.getQuery()}`)"],
  ['qb.where(`${o.findColumn().databaseName} = 1`)'],
])('names and text that TypeORM makes are known: %s', (body) => {
  const text = `import { SelectQueryBuilder } from 'typeorm';
    export function f(qb: SelectQueryBuilder<object>, o: any) { ${body}; }`;
  expect(readOne(text).sites.flatMap((site) => site.holes.map(({ provenance }) => provenance))).toEqual([
    'constant-name',
  ]);
});
