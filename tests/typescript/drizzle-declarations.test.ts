import { describe, expect, test } from 'vitest';
import type { Table } from '../../src/ir/index.js';
import { readOne, readProject } from './support.js';

const pg = "import { integer, pgTable, text, timestamp, uuid, pgEnum } from 'drizzle-orm/pg-core';\n";
const tables = (files: { [path: string]: string }): Table[] => readProject(files).flatMap((facts) => facts.tables);
const table = (body: string): Table => readOne(pg + body).tables.at(-1)!;
const names = (facts: readonly { name: { value: string } }[]): string[] => facts.map(({ name }) => name.value);

describe('casing', () => {
  const schema = `${pg}export const t = pgTable('t', { eMail: text(), userID: text('userID') });`;
  test.each([
    [
      'of a client',
      "import { drizzle } from 'drizzle-orm/node-postgres';\nexport const db = drizzle(url, { casing: 'snake_case' });",
      ['e_mail', 'userID'],
    ],
    [
      'of a client, in its only argument',
      "import { drizzle } from 'drizzle-orm/bun-sql';\ndrizzle({ client, casing: 'snake_case' });",
      ['e_mail', 'userID'],
    ],
    [
      'a constant of another file',
      "import { drizzle } from 'drizzle-orm/pg-proxy';\nimport { casing } from './names';\ndrizzle(f, { casing });",
      ['e_mail', 'userID'],
    ],
    ['none', "import { drizzle } from 'drizzle-orm/pg-proxy';\ndrizzle(f);", ['eMail', 'userID']],
  ])('%s', (_, client, expected) => {
    const all = tables({
      'src/schema.ts': schema,
      'src/db.ts': client,
      'src/names.ts': "export const casing = 'snake_case' as const;",
    });
    expect(names(all[0]!.columns)).toEqual(expected);
  });

  test('drizzle-kit decides, as it makes the tables; the settings that name the file before those that lie nearer', () => {
    const kit = (schemaPath: string, casing: string): string =>
      `import { defineConfig } from 'drizzle-kit';\nexport default defineConfig({ schema: '${schemaPath}', casing: '${casing}' });`;
    const [read] = tables({
      'packages/db/src/schema.ts': schema.replace('eMail: text()', 'a_b: text()'),
      'packages/db/drizzle.config.ts': kit('./src/*.ts', 'camelCase'),
      'packages/db/src/drizzle.config.ts': kit('./other.ts', 'snake_case'),
      'packages/db/src/db.ts': "import { drizzle } from 'drizzle-orm/pg-proxy';\ndrizzle(f, { casing: 'snake_case' });",
    });
    expect(names(read!.columns)).toEqual(['aB', 'userID']);
  });

  test('a casing that is not known leaves the names open that hang on it', () => {
    const all = tables({
      'a.ts': schema,
      'b.ts': "import { drizzle } from 'drizzle-orm/pg-proxy';\ndrizzle(f, { casing: process.env.C });",
    });
    expect(all[0]!.columns.map(({ name }) => name.unknown)).toEqual([true, undefined]);
  });
});

describe('what is not known', () => {
  test.each([
    ['the name of a table', 'export const t = pgTable(process.env.T!, { a: text() });', ['the table name is computed']],
    [
      'some columns',
      "import { more } from 'elsewhere';\nexport const t = pgTable('t', { a: text(), ...more });",
      ['some of the columns are computed'],
    ],
    [
      'all columns',
      "import { columns } from 'elsewhere';\nexport const t = pgTable('t', columns);",
      ['the columns are computed'],
    ],
    [
      'the third argument',
      "import { keys } from 'elsewhere';\nexport const t = pgTable('t', { a: text() }, keys);",
      ['some of the indexes and keys are computed', 'some of the indexes and keys are computed'],
    ],
  ])('%s', (_, body, reasons) => {
    expect(table(body).uncertain.map(({ reason }) => reason)).toEqual(reasons);
  });

  test.each([
    [
      'what makes a column',
      "import { own } from 'elsewhere';\nexport const t = pgTable('t', { a: own('x') });",
      'unknown',
      ['the column name is computed', 'what a is made by is not known'],
    ],
    [
      'an option that its type hangs on',
      "import { varchar } from 'drizzle-orm/pg-core';\nexport const t = pgTable('t', { a: varchar({ length: Number(process.env.N) }) });",
      'unknown',
      ['the column type is computed'],
    ],
    [
      'a default',
      "export const t = pgTable('t', { a: text().default(process.env.X!) });",
      'text',
      ['the default is computed'],
    ],
    [
      'the type of a custom type',
      "import { customType } from 'drizzle-orm/pg-core';\nconst c = customType({ dataType: (o) => `c(${o?.n ?? 2})` });\nexport const t = pgTable('t', { a: c() });",
      'unknown',
      ['the column type is computed'],
    ],
  ])('%s', (_, body, type, reasons) => {
    const [column] = table(body).columns;
    expect([column!.type.name, column!.uncertain.map(({ reason }) => reason)]).toEqual([type, reasons]);
  });

  test('a key to a table that is not there', () => {
    const [column] = table(
      "import { users } from 'elsewhere';\nexport const t = pgTable('t', { a: uuid().references(() => users.id) });",
    ).columns;
    expect(column!.constraints.map(({ kind, name, uncertain }) => [kind, name, uncertain[0]?.about])).toEqual([
      ['foreign', undefined, 'target'],
    ]);
  });
});

describe('defaults that code fills in', () => {
  test.each([
    ['text().$defaultFn(() => crypto.randomUUID())', 'default'],
    ['text().$default(() => nanoid())', 'default'],
    ['timestamp().$onUpdate(() => new Date())', 'onChange'],
  ] as const)('%s', (column, of) => {
    const fact = table(`import { nanoid } from 'nanoid';\nexport const t = pgTable('t', { a: ${column} });`)
      .columns[0]!;
    expect(fact[of]?.by).toBe('client');
  });

  test('a server default beside one of the client', () => {
    const [column] = table("export const t = pgTable('t', { a: text().default('x').$defaultFn(() => 'y') });").columns;
    expect(column!.default).toMatchObject({ by: 'server', text: "'x'" });
  });
});

describe('relations', () => {
  const relations = (body: string): string[] =>
    tables({
      'a.ts': `import { relations } from 'drizzle-orm';\n${pg}
        export const users = pgTable('users', { id: uuid().primaryKey(), bossId: uuid() });
        export const posts = pgTable('posts', { id: uuid().primaryKey(), authorId: uuid(), editorId: uuid() });
        ${body}`,
    }).flatMap(({ className, relationships }) =>
      relationships.map(({ attribute, kind, target, inverse, keyedBy, doc }) =>
        `${className!}.${attribute.value} ${kind} ${target ?? '?'} ${inverse ?? '-'} ${keyedBy?.join() ?? '-'} ${doc?.value ?? ''}`.trim(),
      ),
    );

  test('both sides, found by the tables', () => {
    expect(
      relations(`export const r = relations(users, ({ many }) => ({\n/** All. */\nposts: many(posts) }));
        export const s = relations(posts, ({ one }) => ({ author: one(users, { fields: [posts.authorId], references: [users.id] }) }));`),
    ).toEqual(['users.posts one-to-many posts author - All.', 'posts.author many-to-one users posts authorId']);
  });

  test('by their name where there are several', () => {
    expect(
      relations(`export const r = relations(users, (r) => ({ written: r.many(posts, { relationName: 'a' }), edited: r.many(posts, { relationName: 'e' }) }));
        export const s = relations(posts, (r) => ({ author: r.one(users, { fields: [posts.authorId], references: [users.id], relationName: 'a' }) }));`),
    ).toEqual([
      'users.written one-to-many posts author -',
      'users.edited one-to-many posts - -',
      'posts.author many-to-one users written authorId',
    ]);
  });

  test('of the second form, for all tables at once', () => {
    expect(
      relations(`import { defineRelations } from 'drizzle-orm';
        export const all = defineRelations({ users, posts }, (r) => ({
          users: { boss: r.one.users({ from: r.users.bossId, to: r.users.id }), posts: r.many.posts() },
        }));`),
    ).toEqual(['users.boss many-to-one users - bossId', 'users.posts one-to-many posts - -']);
  });

  test('one that is written in another file is nobody’s to describe here', () => {
    const [users] = tables({
      'users.ts': `${pg}export const users = pgTable('users', { id: uuid().primaryKey() });`,
      'relations.ts':
        "import { relations } from 'drizzle-orm';\nimport { users } from './users';\nexport const r = relations(users, ({ one }) => ({ self: one(users) }));",
    });
    expect(users!.relationships.map(({ attribute, generated }) => [attribute.value, generated])).toEqual([
      ['self', true],
    ]);
  });
});

describe('columns that are spread in', () => {
  const all = tables({
    'stamps.ts': `${pg}/** Moments. */\nexport const stamps = {\n  /** Made. */\n  createdAt: timestamp(),\n  updatedAt: timestamp() };\nexport const unused = { a: text() };`,
    'a.ts': `${pg}import { stamps } from './stamps';\nexport const t = pgTable('t', { id: integer(), ...stamps });`,
  });

  test('say where they come from', () => {
    const [t] = all.filter(({ role }) => role === 'table');
    expect(t!.columns.map(({ name, from, doc }) => [name.value, from, doc?.value])).toEqual([
      ['id', undefined, undefined],
      ['createdAt', 'stamps', 'Made.'],
      ['updatedAt', 'stamps', undefined],
    ]);
  });

  test('are declared by something that is no table; an object that no table spreads in is nothing', () => {
    const mixins = all.filter(({ role }) => role === 'abstract');
    expect(mixins.map(({ className, columns }) => [className, names(columns)])).toEqual([
      ['stamps', ['createdAt', 'updatedAt']],
    ]);
  });
});

test('names that only look like Drizzle’s', () => {
  const text = `import { pgTable, text } from './own';\nexport const t = pgTable('t', { a: text() });`;
  expect(
    readProject({
      'a.ts': `// drizzle-orm\n${text}`,
      'own.ts': 'export const pgTable = (n) => n; export const text = () => 1;',
    })[0]!.tables,
  ).toEqual([]);
});

test('what validators make of tables waits for no other file', () => {
  const text = `import { z } from 'zod';\n${pg}
    import { createInsertSchema } from 'drizzle-zod';
    export const t = pgTable('t', { a: text() });
    const base = createInsertSchema(t, { a: z.string().min(1) });
    export const input = base.pick({ a: true });
    export const other = z.object({ a: z.string() }).optional();
    export const names = { a: 'b' };`;
  const symbols = readOne(text).symbols as { values: object };
  expect(Object.keys(symbols.values)).toEqual(['names']);
});

test.each([
  ['pg', 'mysql', 'postgresql'],
  ['mysql', 'mariadb', 'mariadb'],
  ['sqlite', 'unknown', 'sqlite'],
] as const)('a file with builders for %s in a project of %s', (core, dialect, expected) => {
  const text = `import { ${core}Table, text } from 'drizzle-orm/${core}-core';\nexport const t = ${core}Table('t', { a: text() });`;
  const facts = readOne(text, { dialect });
  expect([facts.dialect, facts.tables.length]).toEqual([expected, 1]);
});
