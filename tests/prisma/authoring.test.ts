import { describe, expect, test } from 'vitest';
import type { Authoring, FileFacts, Table, TextEdit } from '../../src/ir/index.js';
import { applied } from '../support/applied.js';
import { foreignKeysOf, keysOf } from '../../src/queries/tables.js';
import { mistakesOf } from './oracle/dmmf.js';
import { penOf, readSchema, tableOf } from './support.js';

const schema = `datasource pg {
  provider = "postgresql"
}

/// Writes.
model Author {
\tid    String  @id @default(uuid()) @pg.Uuid
\tposts Post[]
\tname  String? // as printed
}

model Post {
  id       Int      @id @default(autoincrement())
  authorId String   @map("author_id") /// Who.
  author   Author?  @relation(fields: [authorId], references: [id])
  at       DateTime
  seen     DateTime @default(now()) @pg.Timestamp(6)
  code     String   @unique
  no       Int

  @@unique([no])
  @@index([code])
}

model Setting {
  name String @unique
}
`;

type Write = (
  pen: Authoring,
  tables: { author: Table; post: Table; setting: Table },
  facts: FileFacts,
) => TextEdit[] | undefined;

const columnOf = ({ columns }: Table, name: string) => columns.find((column) => column.name.value === name)!;

/** What an intent changes, line by line; Prisma has to take the result. */
function written(write: Write, text = schema): string[] {
  const facts = readSchema(text);
  const tables = { author: tableOf(facts, 'Author'), post: tableOf(facts, 'Post'), setting: tableOf(facts, 'Setting') };
  const made = applied(text, write(penOf({ path: facts.path, text }, facts.dialect), tables, facts));
  if (made === undefined) return ['nothing'];
  expect(mistakesOf(made)).toEqual([]);
  expect(readSchema(made).problems).toEqual([]);
  const before = text.split('\n');
  const after = made.split('\n');
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
}

describe('the pen for Prisma', () => {
  test.each<[what: string, write: Write, lines: string[]]>([
    [
      'describes a column',
      (to, { author }) => to.setColumnComment(columnOf(author, 'name'), 'As printed.\nOr not.', author),
      ['+ \t/// As printed.', '+ \t/// Or not.'],
    ],
    ['describes a table', (to, { post }) => to.setTableComment(post, 'What is read.'), ['+ /// What is read.']],
    [
      'describes a relation',
      (to, { author }) => to.documentRelationship(author.relationships[0]!, 'All.'),
      ['+ \t/// All.'],
    ],
    ['names a table', (to, { author }) => to.nameTable(author), ['+ \t@@map("Author")']],
    [
      'indexes a key by its fields',
      (to, { post }) => to.addIndex(foreignKeysOf(post)[0]!, post),
      ['+   @@index([authorId])'],
    ],
    [
      'indexes where there is no index yet',
      (to, { author, post }) =>
        to.addIndex({ ...foreignKeysOf(post)[0]!, columns: [columnOf(author, 'name').name] }, author),
      ['+ \t@@index([name])'],
    ],
    [
      'removes an index',
      (to, { post }) => to.removeIndex(post.indexes.find(({ unique }) => !unique)!),
      ['-   @@index([code])'],
    ],
    [
      'removes a unique mark',
      (to, { post }) => to.removeIndex(columnOf(post, 'code').indexes[0]!),
      ['-   code     String   @unique', '+   code     String'],
    ],
    [
      'gives a table a key',
      (to, { setting }) => to.addPrimaryKey(setting),
      ['+   id BigInt @id @default(autoincrement())'],
    ],
    [
      'names a column',
      (to, { post }) => to.nameColumn(columnOf(post, 'at'), 'posted_at', post),
      ['-   at       DateTime', '+   at       DateTime @map("posted_at")'],
    ],
    [
      'names a column that has a name',
      (to, { post }) => to.nameColumn(columnOf(post, 'author_id'), 'writer_id', post),
      ['-   authorId String   @map("author_id") /// Who.', '+   authorId String   @map("writer_id") /// Who.'],
    ],
    [
      'names a key',
      (to, { author }) => to.nameConstraint(keysOf(author)[0]!, 'pk_author'),
      [
        '- \tid    String  @id @default(uuid()) @pg.Uuid',
        '+ \tid    String  @id(map: "pk_author") @default(uuid()) @pg.Uuid',
      ],
    ],
    [
      'keeps a time zone',
      (to, { post }) => to.keepTimezone(columnOf(post, 'at'), post),
      ['-   at       DateTime', '+   at       DateTime @pg.Timestamptz(3)'],
    ],
    [
      'keeps a time zone in place of a type without',
      (to, { post }) => to.keepTimezone(columnOf(post, 'seen'), post),
      [
        '-   seen     DateTime @default(now()) @pg.Timestamp(6)',
        '+   seen     DateTime @default(now()) @pg.Timestamptz(6)',
      ],
    ],
    [
      'sets a column at each change',
      (to, { post }) => to.setOnChange(columnOf(post, 'at'), post),
      ['-   at       DateTime', '+   at       DateTime @updatedAt'],
    ],
    [
      'gives a field the type of another',
      (to, { author, post }) => to.setColumnType(columnOf(post, 'author_id'), columnOf(author, 'id'), post),
      ['-   authorId String   @map("author_id") /// Who.', '+   authorId String   @map("author_id") @pg.Uuid /// Who.'],
    ],
    [
      'takes a type away',
      (to, { author, post }) => to.setColumnType(columnOf(author, 'id'), columnOf(post, 'author_id'), author),
      ['- \tid    String  @id @default(uuid()) @pg.Uuid', '+ \tid    String  @id @default(uuid())'],
    ],
    [
      'lets the database fill a column',
      (to, { author }) => to.setServerDefault(columnOf(author, 'id'), author),
      [
        '- \tid    String  @id @default(uuid()) @pg.Uuid',
        '+ \tid    String  @id @default(dbgenerated("gen_random_uuid()")) @pg.Uuid',
      ],
    ],
    [
      'makes a relation required',
      (to, { post }) => to.annotateNullable(post.relationships[0]!, false, post),
      [
        '-   author   Author?  @relation(fields: [authorId], references: [id])',
        '+   author   Author  @relation(fields: [authorId], references: [id])',
      ],
    ],
    [
      'gives a field no type of another scalar',
      (to, { author, post }) => to.setColumnType(columnOf(post, 'no'), columnOf(author, 'id'), post),
      ['nothing'],
    ],
    [
      'names nothing that has a name',
      (to, { post }) =>
        to.nameConstraint({ ...keysOf(post)[0]!, name: { value: 'own', quoted: true, span: post.span } }, 'other'),
      ['nothing'],
    ],
  ])('%s', (_, write, lines) => {
    expect(written(write)).toEqual(lines);
  });

  test('keeps the line breaks of Windows', () => {
    const text = schema.replaceAll('\n', '\r\n');
    expect(written((to, { author }) => to.nameTable(author), text)).toEqual(['+ \t@@map("Author")\r']);
    expect(written((to, { post }) => to.setTableComment(post, 'What is read.'), text)).toEqual([
      '+ /// What is read.\r',
    ]);
  });

  test('writes nothing where it can not write safely', () => {
    const text = 'model A { id Int @id }\n';
    const facts = readSchema(text);
    const own = penOf({ path: facts.path, text }, 'postgresql');
    for (const table of facts.tables) {
      expect(own.nameTable(table)).toBeUndefined();
      expect(own.addPrimaryKey(table)).toBeUndefined();
    }
  });

  test('reads a password from the environment', () => {
    const text = 'datasource db {\n  provider = "postgresql"\n  url      = "postgresql://a:b@c/d"\n}\n';
    const password = readSchema(text).engines?.[0]?.url?.parts?.password;
    const own = penOf({ path: 'schema.prisma', text }, 'postgresql');
    expect(applied(text, own.readFromEnvironment(password!.expression!, 'DATABASE_URL'))).toContain(
      'url      = env("DATABASE_URL")\n',
    );
  });
});
