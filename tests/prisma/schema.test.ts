import { describe, expect, test } from 'vitest';
import type { Column, ForeignKey, Relationship } from '../../src/ir/index.js';
import { foreignKeysOf, indexesOf, keysOf } from '../../src/queries/tables.js';
import { models, readSchema, readSchemas, tableOf } from './support.js';

const column = (lines: string, name: string, provider?: string): Column =>
  tableOf(models(`model A {\n${lines}\n}\nenum Role {\n  A @map("a")\n  B\n}\n`, provider), 'A').columns.find(
    (each) => each.name.value === name,
  )!;

describe('columns', () => {
  test.each<[provider: string, field: string, type: string]>([
    ['postgresql', 'x String', 'text'],
    ['postgresql', 'x DateTime @db.Timestamptz', 'timestamp with time zone'],
    ['postgresql', 'x Role?', 'Role'],
    ['mysql', 'x Role?', "enum('a','B')"],
    ['mysql', 'x Boolean', 'tinyint(1)'],
    ['mysql', 'x Int @db.UnsignedSmallInt', 'smallint unsigned'],
    ['sqlite', 'x Role?', 'text'],
    ['sqlserver', 'x String', 'nvarchar(1000)'],
    ['sqlserver', 'x DateTime', 'datetime2'],
    ['sqlserver', 'x String @db.NVarChar(Max)', 'nvarchar(max)'],
    ['cockroachdb', 'x String @db.String(30)', 'string(30)'],
    ['postgresql', 'x Unsupported("\\"public\\".geography(Point, 4326)")', 'public.geography(Point,4326)'],
  ])('%s makes of %s: %s', (provider, field, type) => {
    expect(column(`id Int @id\n${field}`, 'x', provider).type.name).toBe(type);
  });

  test.each<[field: string, by: string | undefined, text: string | undefined]>([
    ['x String @default(uuid())', 'client', 'uuid()'],
    ['x String @default(uuid(7))', 'client', 'uuid(7)'],
    ['x String @default(nanoid(10))', 'client', 'nanoid(10)'],
    ['x DateTime @default(now())', 'server', 'CURRENT_TIMESTAMP'],
    ['x DateTime @default(now()) @updatedAt', 'server', 'CURRENT_TIMESTAMP'],
    ['x DateTime @updatedAt', 'client', 'now()'],
    ['x String @default(dbgenerated("a(\'b\')"))', 'server', "a('b')"],
    ['x String @default("it\'s")', 'server', "'it''s'"],
    ['x Role @default(A)', 'server', "'a'"],
    ['x Decimal @default("2.00")', 'server', '2.00'],
    ['x String', undefined, undefined],
  ])('the default of %s', (field, by, text) => {
    const { default: given } = column(`id Int @id\n${field}`, 'x');
    expect([given?.by, given?.text]).toEqual([by, text]);
  });

  test('what the client sets at each change', () => {
    expect(column('id Int @id\nx DateTime @updatedAt', 'x').onChange?.by).toBe('client');
  });

  test('a default that is not told, and a function of no one we know, are not known', () => {
    for (const given of ['dbgenerated()', 'mystery()']) {
      const { default: known, uncertain } = column(`id Int @id\nx String @default(${given})`, 'x');
      expect([known, uncertain.map(({ about }) => about)]).toEqual([undefined, ['default']]);
    }
  });

  test('names of fields and of columns', () => {
    const { attribute, name } = column('id Int @id\nfullName String @map(name: "full_name")', 'full_name');
    expect([attribute, name.quoted]).toEqual(['fullName', true]);
  });

  test('SQL Server makes a constraint of @unique', () => {
    const { constraints, indexes } = column('id Int @id\nx String @unique', 'x', 'sqlserver');
    expect([constraints.map(({ kind, name }) => [kind, name?.value]), indexes]).toEqual([[['unique', 'A_x_key']], []]);
  });
});

const pair = (own: string, provider?: string, settings = ''): ForeignKey[] =>
  foreignKeysOf(
    tableOf(
      readSchema(`datasource db {\n  provider = "${provider ?? 'postgresql'}"\n${settings}\n}
model A {\n  id Int @id\n  all B[]\n}
model B {\n  id Int @id\n${own}\n}`),
      'B',
    ),
  );

describe('foreign keys', () => {
  const actions = (keys: ForeignKey[]): unknown[] => keys.map(({ onDelete, onUpdate }) => [onDelete, onUpdate]);

  test.each<[what: string, keys: ForeignKey[], expected: [string, string]]>([
    ['a required one', pair('x Int\n a A @relation(fields: [x], references: [id])'), ['restrict', 'cascade']],
    ['an optional one', pair('x Int?\n a A? @relation(fields: [x], references: [id])'), ['set null', 'cascade']],
    [
      'an optional one over a required field',
      pair('x Int\n a A? @relation(fields: [x], references: [id])'),
      ['restrict', 'cascade'],
    ],
    [
      'SQL Server, which has no RESTRICT',
      pair('x Int\n a A @relation(fields: [x], references: [id])', 'sqlserver'),
      ['no action', 'cascade'],
    ],
    [
      'what is written',
      pair('x Int\n a A @relation(fields: [x], references: [id], onDelete: Cascade, onUpdate: NoAction)'),
      ['cascade', 'no action'],
    ],
  ])('the actions of %s', (_, keys, expected) => {
    expect(actions(keys)).toEqual([expected]);
  });

  test.each(['relationMode = "prisma"', 'referentialIntegrity = "prisma"'])('there are none with %s', (setting) => {
    expect(pair('x Int\n a A @relation(fields: [x], references: [id])', 'mysql', setting)).toEqual([]);
  });

  test('there are some with relationMode = "foreignKeys"', () => {
    expect(
      pair('x Int\n a A @relation(fields: [x], references: [id])', 'mysql', 'relationMode = "foreignKeys"'),
    ).toHaveLength(1);
  });
});

describe('relations', () => {
  const facts = models(`model User {
  id Int @id
  posts Post[] @relation("author")
  liked Post[] @relation("likes")
  profile Profile?
}
model Post {
  id Int @id
  authorId Int
  author User @relation("author", fields: [authorId], references: [id])
  likes User[] @relation("likes")
}
model Profile {
  userId Int @id
  user User @relation(fields: [userId], references: [id])
}`);
  const relation = (model: string, name: string): Relationship =>
    tableOf(facts, model).relationships.find(({ attribute }) => attribute.value === name)!;

  test.each<[model: string, field: string, kind: string, inverse: string, keys: string[] | undefined]>([
    ['User', 'posts', 'one-to-many', 'author', undefined],
    ['User', 'liked', 'many-to-many', 'likes', undefined],
    ['User', 'profile', 'one-to-one', 'user', undefined],
    ['Post', 'author', 'many-to-one', 'posts', ['authorId']],
    ['Profile', 'user', 'one-to-one', 'profile', ['userId']],
  ])('%s.%s is %s and comes back by %s', (model, field, kind, inverse, keys) => {
    const { kind: found, inverse: back, keyedBy } = relation(model, field);
    expect([found, back, keyedBy]).toEqual([kind, inverse, keys]);
  });

  test('the table between two lists is said once, and named on both sides', () => {
    const junctions = facts.tables.filter(({ role }) => role === 'junction');
    expect(junctions.map(({ name }) => name.name.value)).toEqual(['_likes']);
    expect([relation('User', 'liked'), relation('Post', 'likes')].map(({ through }) => through?.name.value)).toEqual([
      '_likes',
      '_likes',
    ]);
  });

  test.each<[what: string, head: string, kind: string | undefined]>([
    [
      'a generator that came with Prisma 6.6',
      'generator client {\n  provider = "prisma-client"\n}\ndatasource db {\n  provider = "postgresql"\n  url = env("X")\n}',
      'primary',
    ],
    ['a datasource without a URL, as of Prisma 7', 'datasource db {\n  provider = "postgresql"\n}', 'primary'],
    [
      'a schema that does not tell the version',
      'datasource db {\n  provider = "postgresql"\n  url = env("X")\n}',
      undefined,
    ],
    ['another database', 'datasource db {\n  provider = "sqlite"\n}', undefined],
  ])('the key of a join table for %s', (_, head, kind) => {
    const [junction] = readSchema(
      `${head}\nmodel A {\n id Int @id\n b B[]\n}\nmodel B {\n id Int @id\n a A[]\n}`,
    ).tables.filter(({ role }) => role === 'junction');
    expect(keysOf(junction!).find((key) => key.kind === 'primary')?.kind).toBe(kind);
    expect(indexesOf(junction!).map(({ keys }) => keys.map(({ column: name }) => name))).toEqual(
      kind ? [['B']] : [['A', 'B'], ['B']],
    );
  });
});

describe('schemas of several files', () => {
  const head = 'datasource db {\n  provider = "mysql"\n}\n';
  const user = 'model User {\n  id Int @id @map("user_id")\n  role Role\n  posts Post[]\n}\n';
  const post =
    'model Post {\n  id Int @id\n  userId Int\n  user User @relation(fields: [userId], references: [id])\n}\n';
  const role = 'enum Role {\n  A\n}\n';

  test.each<[what: string, paths: [head: string, user: string, post: string, role: string]]>([
    [
      'side by side',
      [
        'prisma/schema/main.prisma',
        'prisma/schema/user.prisma',
        'prisma/schema/post.prisma',
        'prisma/schema/role.prisma',
      ],
    ],
    [
      'in folders below',
      [
        'prisma/schema.prisma',
        'prisma/models/user.prisma',
        'prisma/models/blog/post.prisma',
        'prisma/enums/role.prisma',
      ],
    ],
    [
      'with the datasource in a folder of its own',
      [
        'prisma/config/db.prisma',
        'prisma/models/user.prisma',
        'prisma/models/post.prisma',
        'prisma/models/role.prisma',
      ],
    ],
  ])('%s', (_, [headPath, userPath, postPath, rolePath]) => {
    const all = readSchemas({ [headPath]: head, [userPath]: user, [postPath]: post, [rolePath]: role });
    expect(all.map(({ dialect }) => dialect)).toEqual(['mysql', 'mysql', 'mysql', 'mysql']);
    const tables = all.flatMap(({ tables: own }) => own);
    const [key] = foreignKeysOf(tables.find(({ className }) => className === 'Post')!);
    expect(key?.targetColumns.map(({ value }) => value)).toEqual(['user_id']);
    expect(tables.find(({ className }) => className === 'User')?.columns[1]?.type.name).toBe("enum('A')");
    expect(tables.flatMap(({ uncertain }) => uncertain)).toEqual([]);
  });

  test('each datasource makes a schema of its own', () => {
    const all = readSchemas({
      'apps/a/schema.prisma': `datasource db {\n  provider = "postgresql"\n}\n${role}model A {\n  id Int @id\n  role Role\n}`,
      'apps/b/schema.prisma': 'datasource db {\n  provider = "sqlite"\n}\nmodel A {\n  id Int @id\n  role Role\n}',
      'db/mysql.prisma': 'datasource db {\n  provider = "mysql"\n}\nmodel B {\n  id Int @id\n}',
      'db/sqlite.prisma': 'datasource db {\n  provider = "sqlite"\n}\nmodel B {\n  id Int @id\n}',
    });
    expect(all.map(({ dialect }) => dialect)).toEqual(['postgresql', 'sqlite', 'mysql', 'sqlite']);
    expect(all.map(({ tables }) => tables.map(({ uncertain }) => uncertain.length))).toEqual([[0], [1], [0], [0]]);
  });

  test('a provider stands back behind a relative that the project is said to run', () => {
    expect(readSchema(head, 'mariadb').dialect).toBe('mariadb');
    expect(readSchema('datasource db {\n  provider = "postgresql"\n}', 'cockroachdb').dialect).toBe('cockroachdb');
    expect(readSchema(head, 'postgresql').dialect).toBe('mysql');
    expect(readSchema('datasource db {\n  provider = env("X")\n}', 'sqlite').dialect).toBe('sqlite');
  });
});

describe('what is no table', () => {
  test('documents of MongoDB', () => {
    const facts = readSchema(
      'datasource db {\n  provider = "mongodb"\n}\ntype Photo {\n  url String\n}\nmodel A {\n  id String @id @map("_id") @db.ObjectId\n  photo Photo\n}',
    );
    expect([facts.tables, facts.enums, facts.problems]).toEqual([[], [], []]);
  });

  test.each<[what: string, path: string, text: string]>([
    ['by its first line', 'prisma/schema.prisma', '// use prisma-next\nmodel A {\n  id Int @id\n}\n'],
    [
      'by a block of types',
      'prisma/schema.prisma',
      'types {\n  Uuid = String @db.Uuid\n}\nmodel A {\n  id Uuid @id\n}\n',
    ],
    ['by its name', 'prisma/contract.prisma', 'model A {\n  id Int @id\n}\n'],
  ])('a contract of Prisma Next, known %s, is not read, and that is said', (_, path, text) => {
    const [facts] = readSchemas({ [path]: text });
    expect(facts?.tables).toEqual([]);
    expect(facts?.problems.map(({ code }) => code)).toEqual(['unreadable']);
  });

  test('a file about contracts beside a datasource is part of its schema', () => {
    const files = readSchemas({
      'schema/main.prisma': 'datasource db {\n  provider = "mysql"\n}\n',
      'schema/contract.prisma': 'model Contract {\n  id Int @id\n}\n',
    });
    expect(files.flatMap(({ tables }) => tables.map(({ className }) => className))).toEqual(['Contract']);
    expect(files.flatMap(({ problems }) => problems)).toEqual([]);
  });

  test('a view is one, and has no keys', () => {
    const view = tableOf(
      models(
        'view V {\n  id Int @unique\n  a A @relation(fields: [id], references: [id])\n}\nmodel A {\n  id Int @id\n  v V?\n}',
      ),
      'V',
    );
    expect([view.role, keysOf(view), indexesOf(view)]).toEqual(['view', [], []]);
  });

  test('what is ignored by the client is a table all the same', () => {
    const table = tableOf(models('model A {\n  id Int @id\n  x Int @ignore\n\n  @@ignore\n}'), 'A');
    expect(table.columns.map(({ name }) => name.value)).toEqual(['id', 'x']);
  });
});

describe('datasources', () => {
  const url = (value: string) =>
    readSchema(`datasource db {\n  provider = "postgresql"\n  url = ${value}\n}`).engines?.[0]?.url;

  test('a password that is written out, behind an escape too', () => {
    const text = 'datasource db {\n  provider = "postgresql"\n  url = "postgresql:\\u002f/app:s3cret@host/shop"\n}';
    const password = readSchema(text).engines?.[0]?.url?.parts?.password;
    expect(password?.value).toBe('s3cret');
    expect(text.slice(password?.span.start, password?.span.end)).toBe('s3cret');
  });

  test('an environment variable', () => {
    expect(url('env("DATABASE_URL")')).toMatchObject({ from: 'environment', name: 'DATABASE_URL' });
  });
});
