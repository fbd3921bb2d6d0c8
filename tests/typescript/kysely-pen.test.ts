import { expect, test } from 'vitest';
import { pen } from '../../src/frontends/typescript/authoring/pen.js';
import { inverseOperations } from '../../src/queries/inverse-operations.js';
import { projectOf } from '../queries/support/project.js';
import { applied } from '../support/applied.js';

async function reverted(source: string): Promise<string | undefined> {
  const path = 'db/001.ts';
  const project = await projectOf({ [path]: source }, { folders: [{ path: 'db', runner: 'kysely' }] });
  const [migration] = project.files[0]!.migrations;
  const operations = inverseOperations(project, migration!);
  return (
    operations && applied(source, pen({ path, text: source }, 'postgresql').writeDowngrade(migration!, operations))
  );
}

const up = (...lines: string[]): string =>
  `import { type Kysely, sql } from 'kysely';\n\nexport async function up(db: Kysely<unknown>): Promise<void> {\n${lines.map((line) => `  await ${line};\n`).join('')}}\n`;
const down = (...lines: string[]): string =>
  `\nexport async function down(db: Kysely<unknown>): Promise<void> {\n${lines.map((line) => `  await ${line};\n`).join('')}}\n`;

const all = up(
  "db.schema.createTable('shop.item').addColumn('id', 'integer').execute()",
  "db.schema.alterTable('person').addColumn('a', 'text').renameColumn('b', 'c').execute()",
  "db.schema.alterTable('person').addUniqueConstraint('u', ['c']).execute()",
  "db.schema.createIndex('i').on('person').column('c').execute()",
  'sql`ALTER INDEX k RENAME TO l`.execute(db)',
);
const back = [
  'sql`ALTER INDEX l RENAME TO k`.execute(db)',
  "db.schema.dropIndex('i').execute()",
  "db.schema.alterTable('person').dropConstraint('u').execute()",
  "db.schema.alterTable('person').renameColumn('c', 'b').execute()",
  "db.schema.alterTable('person').dropColumn('a').execute()",
  "db.schema.dropTable('shop.item').execute()",
];

test('a missing down is written behind up', async () => {
  expect(await reverted(all)).toBe(all + down(...back));
});

test('an empty down is filled', async () => {
  expect(await reverted(all + down())).toBe(all + down(...back));
});

test.each([
  ['a down that does something', all + down("db.schema.dropTable('other').execute()")],
  [
    'an up that is no function declaration',
    all.replace('async function up', 'const up = async').replace('Promise<void> {', 'Promise<void> => {'),
  ],
  ['SQL without the tag', all.replace('type Kysely, sql', 'type Kysely')],
])('%s is left alone', async (_, source) => {
  expect((await reverted(source)) ?? source).toBe(source);
});
