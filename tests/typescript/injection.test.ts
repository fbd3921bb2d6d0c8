import { describe, expect, test } from 'vitest';
import type { SqlSite } from '../../src/ir/index.js';
import { holes, readOne, readProject } from './support.js';

const imports = `import { DataSource, EntityManager, Repository, QueryRunner, SelectQueryBuilder, Raw, Brackets } from 'typeorm';
import { Pool, Client, escapeIdentifier } from 'pg'; import format from 'pg-format'; import mysql from 'mysql2/promise';
import { Body, Query, Param } from '@nestjs/common'; import { Request } from 'express';
`;

/** The sites of a function body; `ds`, `qb`, `pool` are typed parameters, `x` is a string from outside. */
const sites = (body: string, more = ''): SqlSite[] =>
  readOne(`${imports}${more}
export async function run(x: string, n: number, ids: string[], ds: DataSource, qb: SelectQueryBuilder<object>, pool: Pool) {
  ${body}
}`).sites;

describe('forms that are found', () => {
  test.each<[string, string[]]>([
    ["await pool.query(`select * from invoice where no = '${x}'`)", ['x parameter quoted-value']],
    ['await pool.query(`select * from invoice where no = ${x}`)', ['x parameter value']],
    ["await pool.query('select * from invoice where no = ' + x)", ['x parameter value']],
    ["let q = 'select * from invoice'; if (n) q += ' where no = ' + x; await pool.query(q)", ['x parameter value']],
    ['const q = { text: `select * from a where b = ${x}` }; await pool.query(q)', ['x parameter value']],
    ['await ds.query(`select * from ${x}`)', ['x parameter identifier']],
    ['await ds.manager.query(`delete from a where b = ${x}`)', ['x parameter value']],
    ["qb.where(`i.no = '${x}'`)", ['x parameter quoted-value']],
    ["qb.where('a = 1').andWhere(`i.no = ${x}`)", ['x parameter value']],
    ['qb.orderBy(x)', ['x parameter fragment']],
    ["qb.leftJoin('tag', 't', `t.k = ${x}`)", ['x parameter value']],
    ['Raw((a) => `${a} > ${x}`)', ['x parameter value']],
    ['qb.update().set({ total: () => `total + ${x}` })', ['x parameter value']],
    [
      "const conds: string[] = []; conds.push(`no = '${x}'`); await ds.query('select 1 from a where ' + conds.join(' and '))",
      ['x parameter quoted-value'],
    ],
    [
      "await ds.query(`select 1 from a where b in (${ids.map((i) => `'${i}'`).join(',')})`)",
      ["ids.map((i) => `'${i}'`).join(',') parameter value"],
    ],
    ['await pool.query(String.raw`select * from a where b = ${x}`)', ['x parameter value']],
    ["await pool.query('select * from a where b = '.concat(x))", ['x parameter value']],
    ["await pool.query('select * from a where b = @@'.replace('@@', x))", ['x parameter value']],
    [
      'const build = (v: string) => `select * from a where b = ${v}`; await pool.query(build(x))',
      ['x parameter value'],
    ],
    [
      "for (const row of await ds.query('select id from b')) await ds.query(`delete from a where b = '${row.id}'`)",
      ['row.id database quoted-value'],
    ],
    ['await pool.query(`select * from a where b = ${process.env.B}`)', ['process.env.B configuration value']],
    ['await pool.query(`select * from a order by b ${x}`)', ['x parameter direction']],
    [
      'const conn = await mysql.createConnection({}); await conn.execute(`select * from a where b = ${x}`)',
      ['x parameter value'],
    ],
    ['await pool.query(`select * from a where b = ${unknownFunction(x)}`)', ['unknownFunction(x) opaque value']],
  ])('%s', (body, expected) => {
    const found = holes(sites(body)).filter((hole) => !/ (?:constant|constant-name|numeric) /.test(hole));
    expect(found).toEqual(expected);
  });

  test.each([
    [
      'a decorated parameter',
      'class C { constructor(private ds: DataSource) {} async list(@Query() q: { s: string }) { await this.ds.query(`select * from a order by ${q.s}`); } }',
    ],
    [
      'a typed request',
      'export const list = (ds: DataSource) => async (r: Request) => ds.query(`select * from a order by ${r.query.s}`);',
    ],
    [
      'an untyped request',
      'export const list = (ds: DataSource) => async (req, res) => ds.query(`select * from a order by ${req.query.s}`);',
    ],
    ['the whole text', 'export const list = (ds: DataSource) => async (req, res) => ds.query(req.body.sql);'],
  ])('request values: %s', (_, text) => {
    expect(holes(readOne(imports + text).sites)).toEqual([expect.stringContaining(' request ')]);
  });

  test('without types, by name, when the text is a statement', () => {
    const text = 'module.exports = async (db, x) => { await db.query(`select * from a where b = ${x}`); }';
    expect(readOne(text, {}, 'a.js').sites).toMatchObject([
      { confidence: 'medium', library: 'unknown', api: 'db.query()' },
    ]);
  });

  test('a class that gets its repository injected', () => {
    const text = `${imports} import { InjectRepository } from '@nestjs/typeorm';
      class S { constructor(@InjectRepository(User) private readonly users: Repository<User>) {}
        async find(name: string) { return this.users.createQueryBuilder('u').where(\`u.name = '\${name}'\`).getMany(); } }`;
    expect(readOne(text).sites).toMatchObject([
      {
        api: 'QueryBuilder.where()',
        kind: 'fragment',
        confidence: 'high',
        holes: [{ provenance: 'parameter', position: 'quoted-value' }],
      },
    ]);
  });

  test('the trail of assignments, first first', () => {
    const text =
      'import { Pool } from "pg"; export async function f(pool: Pool, x: string) { const c = `b = ${x}`; const q = "select 1 from a where " + c; await pool.query(q); }';
    const [hole] = readOne(text).sites[0]!.holes;
    expect(hole!.trail.map((span) => text.slice(span.start, span.end).slice(0, 5))).toEqual(['c = `', 'q = "']);
  });

  test('an earlier value that is overwritten does not count', () => {
    expect(holes(sites("let q = `select ${x}`; q = 'select 1'; await ds.query(q)"))).toEqual([]);
  });
});

describe('forms that stay silent', () => {
  const harmless = / (?:constant|constant-name|numeric|placeholders|quoted-identifier|quoted-literal) /;
  test.each([
    ['await ds.query(`select 1`)', ''],
    ["await ds.query('select ' + '1')", ''],
    ['await ds.query(`select * from ${TABLE}`)', "const TABLE = 'a';"],
    ['await ds.query(`select * from ${T.a}`)', "const T = { a: 'b' } as const;"],
    ['await ds.query(`select * from a where s = ${S.Open}`)', "enum S { Open = 'open' }"],
    ['await ds.query(`select * from ${C.T}`)', "class C { static readonly T = 'a'; }"],
    ['await ds.query(`select * from ${TABLE}`)', "import { TABLE } from './names';"],
    ['await ds.query(`select * from ${ds.getRepository(U).metadata.tableName}`)', ''],
    ['await ds.query(`select * from a limit ${Number(x)}`)', ''],
    ['await ds.query(`select * from a limit ${n}`)', ''],
    ['await ds.query(`select * from a limit ${ids.length}`)', ''],
    ["await ds.query(`select * from a order by b ${n > 1 ? 'asc' : 'desc'}`)", ''],
    ["for (const t of ['a', 'b']) await ds.query(`select * from ${t}`)", ''],
    ['await ds.query(`select * from a order by ${ORDER[x]}`)', "const ORDER = { a: 'a', b: 'b desc' };"],
    [
      'if (!COLS.includes(x)) throw new Error(); await ds.query(`select * from a order by ${x}`)',
      "const COLS = ['a', 'b'];",
    ],
    ['if (COLS.has(x)) { await ds.query(`select * from a order by ${x}`); }', "const COLS = new Set(['a', 'b']);"],
    ["switch (x) { case 'a': await ds.query(`select ${x} from b`); }", ''],
    ['if (!/^[a-z_]+$/.test(x)) throw new Error(); await ds.query(`select ${x} from b`)', ''],
    ["if (typeof x !== 'number') throw new Error(); await ds.query(`select * from a where b = ${x}`)", ''],
    ["if (typeof x !== 'number' || x < 0) return; await ds.query(`select * from a where b = ${x}`)", ''],
    ["if (typeof x === 'number') await ds.query(`select * from a where b = ${x}`)", ''],
    ["await ds.query(`select * from a where b = ${typeof x === 'bigint' ? x : 0}`)", ''],
    ['if (!Number.isInteger(x)) throw new Error(); await ds.query(`select * from a where b = ${x}`)', ''],
    ["if (x !== 'asc') throw new Error(); await ds.query(`select * from a order by b ${x}`)", ''],
    ["await ds.query(`select * from a where b in (${ids.map((_, i) => `$${i + 1}`).join(',')})`, ids)", ''],
    ["await pool.query(`select * from a where b in (${Array(n).fill('?').join(',')})`)", ''],
    ['await pool.query(`select * from ${escapeIdentifier(x)}`)', ''],
    ["await pool.query(format('select * from %I where b = %L', x, x))", ''],
    ["await pool.query('select * from a where b = $1', [x])", ''],
    ["qb.where('i.no = :x', { x })", ''],
    ['qb.where({ no: x })', ''],
    ["qb.orderBy('i.no', x as 'ASC')", ''],
    ["qb.where(new Brackets((inner) => inner.where('a = :x', { x })))", ''],
    ['await ds.sql`select * from a where b = ${x}`', ''],
    ["console.log(`select * from a where b = '${x}'`)", ''],
    ['await ds.query(x)', ''],
    ['qb = qb.andWhere(`a.b = 1`)', ''],
  ])('%s', (body, more) => {
    expect(holes(sites(body, more)).filter((hole) => !harmless.test(hole))).toEqual([]);
  });

  test.each([
    "if (typeof x !== 'string') throw new Error(); await ds.query(`select * from a where b = ${x}`)",
    "if (typeof x === 'number') return; await ds.query(`select * from a where b = ${x}`)",
    "if (typeof n !== 'number') return; await ds.query(`select * from a where b = ${x}`)",
    "if (typeof x !== 'number') console.warn(x); await ds.query(`select * from a where b = ${x}`)",
    "if (typeof x !== 'number' && n) return; await ds.query(`select * from a where b = ${x}`)",
    "if (x !== 'asc') await ds.query(`select * from a where b = ${x}`)",
  ])('a check that proves nothing: %s', (body) => {
    expect(holes(sites(body))).toEqual(['x parameter value']);
  });

  test.each([
    [
      'tRPC',
      'import { router } from "@trpc/server"; export const r = procedure.query(({ ctx }) => ctx.db.user.findMany());',
    ],
    ['Apollo', 'export const r = (client, query) => client.query({ query });'],
    ['a use case', 'export const r = (useCase, x) => useCase.execute(`select one of ${x}`);'],
    ['a cache with a plain text', 'export const r = (db, x) => db.query(`user:${x}`);'],
    [
      'a tag of postgres',
      'import postgres from "postgres"; const sql = postgres(); export const r = (db, x) => db.execute(sql`select ${x}`);',
    ],
  ])('look-alike: %s', (_, text) => {
    expect(readOne(text).sites).toEqual([]);
  });
});

describe('what a site says', () => {
  test('skeleton, parameters, context and DDL', () => {
    const [site] = sites('await ds.query(`select * from ${x} where a = $1`, [n])');
    expect(site).toMatchObject({
      skeleton: ['select * from ', 0, ' where a = $1'],
      parameters: true,
      ddl: false,
      context: 'application',
      library: 'typeorm',
      api: 'DataSource.query()',
    });
    expect(sites('await ds.query(`alter table a alter b set default ${x}`)')[0]).toMatchObject({
      ddl: true,
      parameters: false,
    });
  });

  test('in a migration and in a test', () => {
    const text =
      "import { MigrationInterface, QueryRunner } from 'typeorm'; export class A1700000000000 implements MigrationInterface { async up(q: QueryRunner) { await q.query(`drop table ${foo()}`); } async down() {} }";
    expect(readOne(text).sites).toMatchObject([{ context: 'migration', library: 'typeorm' }]);
    expect(readOne('export const f = (db, x) => db.query(`select ${x}`);', { scope: 'test' }).sites).toMatchObject([
      { context: 'test' },
    ]);
  });

  test('statements of code outside of migrations are read', () => {
    const facts = readOne(
      "import { DataSource } from 'typeorm'; export const f = (ds: DataSource) => ds.query('delete from sessions');",
    );
    expect(facts.statements).toMatchObject([{ verb: 'DELETE', where: 'absent', inTransaction: 'unknown' }]);
  });
});

describe('usages', () => {
  test.each([
    ['new DataSource({ type: "postgres", synchronize: true })', ['schema-sync']],
    ['new DataSource({ type: "postgres", synchronize: false })', []],
    ['export const f = (r: Repository<A>) => r.delete({})', ['unfiltered-delete']],
    ['export const f = (r: Repository<A>) => r.delete({ id: 1 })', []],
    ['export const f = (m: EntityManager) => m.update(A, {}, { b: 1 })', ['unfiltered-update']],
    ['export const f = (r: Repository<A>) => r.createQueryBuilder().delete().execute()', ['unfiltered-delete']],
    [
      "export const f = (r: Repository<A>) => r.createQueryBuilder().delete().from(A).where('1 = 1').execute()",
      ['unfiltered-delete'],
    ],
    [
      "export const f = (r: Repository<A>) => r.createQueryBuilder().update(A).set({ b: 1 }).where('TRUE').andWhere('1=1').execute()",
      ['unfiltered-update'],
    ],
    ["export const f = (r: Repository<A>) => r.createQueryBuilder().delete().where('a = 1').execute()", []],
    [
      "export const f = (r: Repository<A>) => r.createQueryBuilder().delete().where('1=1').andWhere('a = 1').execute()",
      [],
    ],
    ['export const f = (r: Repository<A>, c: string) => r.createQueryBuilder().delete().where(c).execute()', []],
    ['export const f = (r: Repository<A>) => { const all = {}; return r.delete(all); }', ['unfiltered-delete']],
    ['export const f = (r: Repository<A>) => { const where: any = {}; fill(where); return r.delete(where); }', []],
    ['export const f = (r: Repository<A>) => { const where: any = {}; where.a = 1; return r.delete(where); }', []],
    ['export const f = (r: Repository<A>, x: any) => { const where = { ...x }; return r.delete(where); }', []],
    ['export const f = (r: Repository<A>) => r.createQueryBuilder().delete().where("id = 1").execute()', []],
    [
      'export const f = (d: DataSource) => d.createQueryBuilder().update(A).set({ b: 1 }).execute()',
      ['unfiltered-update'],
    ],
    ['export const f = (qb: SelectQueryBuilder<A>) => qb.delete().execute()', []],
    ['export const f = (s: Set<string>) => s.delete({})', []],
  ])('%s', (text, expected) => {
    expect(
      readOne(imports + text)
        .usages.map(({ kind }) => kind)
        .filter((kind) => kind !== 'current-style'),
    ).toEqual(expected);
  });
});

test('a condition that is always true is told from none', () => {
  const text = `${imports} export const f = (r: Repository<A>) => {
    r.createQueryBuilder().delete().from(A).where('1 = 1').execute(); r.createQueryBuilder().delete().from(A).execute(); };`;
  expect(
    readOne(text).usages.flatMap((usage) =>
      'target' in usage || 'where' in usage || /^unfiltered/.test(usage.kind)
        ? ['where' in usage ? usage.where : undefined]
        : [],
    ),
  ).toEqual(['tautology', undefined]);
});

describe('statements that a sink is certain to run', () => {
  const texts = (text: string): string[] => readOne(imports + text).statements.map((statement) => statement.text);

  test.each([
    ["export const f = (ds: DataSource) => ds.query('DELETE FRM x')", ['DELETE FRM x']],
    ["export const f = (ds: DataSource) => ds.query('SELEC * FROM t')", ['SELEC * FROM t']],
    ["export const f = (pool: Pool) => pool.query({ text: 'INSER INTO t VALUES (1)' })", ['INSER INTO t VALUES (1)']],
    ["export const f = (ds: DataSource) => ds.query('DELETE FROM x WHERE a = 1')", ['DELETE FROM x WHERE a = 1']],
    ["export const f = (ds: DataSource) => ds.query('')", []],
    ['export const f = (ds: DataSource, x: string) => ds.query(`${x} FROM t`)', []],
    ["export const f = (db) => db.query('DELETE FRM x')", []],
    ["export const f = (qb: SelectQueryBuilder<A>) => qb.where('a = 1')", []],
  ])('%s', (text, expected) => {
    expect(texts(text)).toEqual(expected);
  });
});

describe('types of other files', () => {
  const types = `export type Order = 'ASC' | 'DESC';
    export enum Status { Open = 'open' }
    export type Count = number;
    export interface Page { sort: Order; by: string; limit: number; nested: { sort: Order } }
    export type Filter = { readonly status?: Status; text: string };
    export type Free = string;`;
  const found = (parameter: string, hole: string, more: { [path: string]: string } = {}): string[] => {
    const text = `import { SelectQueryBuilder } from 'typeorm';
      import { Order, Status, Count, Page, Filter, Free } from './types';
      export function f(qb: SelectQueryBuilder<object>, ${parameter}) { qb.where(\`a ${'${'}${hole}}\`); }`;
    const files = readProject({ 'src/types.ts': types, ...more, 'src/query.ts': text });
    return files
      .find(({ path }) => path === 'src/query.ts')!
      .sites.flatMap((site) => site.holes.map((hole) => hole.provenance));
  };

  test.each([
    ['order: Order', 'order', 'constant'],
    ['order?: Order', 'order', 'constant'],
    ['status: Status', 'status', 'constant'],
    ['orders: Order[]', "orders.join(', ')", 'constant'],
    ['count: Count', 'count', 'numeric'],
    ['page: Page', 'page.sort', 'constant'],
    ['{ sort }: Page', 'sort', 'constant'],
    ['page: Readonly<Page>', 'page.limit', 'numeric'],
    ['page: Page', 'page.by', 'parameter'],
    ['filter: Filter', 'filter.status', 'constant'],
    ['filter: Filter', 'filter.text', 'parameter'],
    ['free: Free', 'free', 'parameter'],
    ["order: Order | 'RANDOM()'", 'order', 'constant'],
    ['order: Order | string', 'order', 'parameter'],
  ])('%s: %s', (parameter, hole, provenance) => {
    expect(found(parameter, hole)).toEqual([provenance]);
  });

  test('through re-exports and types that name others', () => {
    expect(
      found('page: Page', 'page.sort', {
        'src/types.ts': "export * from './all';",
        'src/all.ts': "import { Order as Direction } from './order'; export interface Page { sort: Direction }",
        'src/order.ts': "export type Order = 'ASC' | 'DESC';",
      }),
    ).toEqual(['constant']);
  });

  test('types that name each other end', () => {
    expect(
      found('page: Page', 'page', {
        'src/types.ts': "import { Other } from './other'; export type Page = Other;",
        'src/other.ts': "import { Page } from './types'; export type Other = Page;",
      }),
    ).toEqual(['parameter']);
  });
});

test('the name of a bound parameter is no value', () => {
  expect(holes(sites('qb.where(`a = :${x} or b = :...${x}`, { [x]: n })'))).toEqual([
    'x placeholders value',
    'x placeholders value',
  ]);
  expect(holes(sites('await pool.query(`select * from a where b = $${x}`, [n])'))).toEqual(['x placeholders value']);
  expect(holes(sites('await pool.query(`select b::${x} from a`)'))).toEqual(['x parameter identifier']);
});

describe('methods of the same class', () => {
  const found = (members: string, hole: string): string[] =>
    holes(
      readOne(`${imports}export class Saver { constructor(private ds: DataSource, private table: string) {} ${members}
        async get() { const name = ${hole}; return this.ds.query(\`select * from \${name}\`); } }`).sites,
    );

  test.each([
    [
      'checked(name: string) { name = name.trim(); if (!/^[a-z_]+$/.test(name)) { throw new Error(); } return name; }',
      'this.checked(this.table)',
      ['name quoted-identifier identifier'],
    ],
    ['checked(name: string) { return name.trim(); }', 'this.checked(this.table)', ['name parameter identifier']],
    ['fixed() { return "users"; }', 'this.fixed()', ['name constant identifier']],
    ['again(name: string): string { return this.again(name); }', 'this.again(this.table)', ['name opaque identifier']],
  ])('%s', (members, hole, expected) => {
    expect(found(members, hole)).toEqual(expected);
  });
});

test('records of a constant list are constant', () => {
  const list = "const roles = [{ name: 'a', rights: ['x'] }, { name: 'b', rights: [] }];";
  expect(
    holes(sites(`${list} for (let role of roles) { await ds.query(\`insert into role values ('\${role.name}')\`); }`)),
  ).toEqual(['role.name constant quoted-value']);
  expect(
    holes(sites(`${list} roles.push(n as any); for (const role of roles) await ds.query(\`select '\${role.name}'\`)`)),
  ).toEqual(['role.name opaque quoted-value']);
});

describe('statements of code that serves several databases', () => {
  const dialects = (body: string): string[] =>
    readOne(`${imports}export async function f(ds: DataSource) { ${body} }`).statements.map(({ dialect }) => dialect);

  test.each([
    ["if (ds.options.type === 'sqlite') await ds.query('PRAGMA foreign_keys=OFF');", ['sqlite']],
    [
      "const lite = ds.options.type === 'sqlite' || ds.options.type === 'better-sqlite3'; if (lite) { await ds.query('PRAGMA a'); }",
      ['sqlite'],
    ],
    ["if (ds.options.type === 'sqlite') {} else await ds.query('select 1');", ['unknown']],
    ["if (ds.options.type !== 'postgres') await ds.query('select 1');", ['unknown']],
    ["switch (ds.options.type) { case 'mysql': await ds.query('select 1'); }", ['mysql']],
    ["await (ds.options.type === 'mysql' ? ds.query('select 1') : null);", ['mysql']],
    ["if (ds.isInitialized) await ds.query('select 1');", ['postgresql']],
  ])('%s', (body, expected) => {
    expect(dialects(body)).toEqual(expected);
  });
});
