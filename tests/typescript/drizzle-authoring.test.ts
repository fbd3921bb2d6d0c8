import { describe, expect, test } from 'vitest';
import type { Authoring, FileFacts, TextEdit } from '../../src/ir/index.js';
import { foreignKeysOf } from '../../src/queries/tables.js';
import { edited, readOne } from './support.js';

const head = "import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';\n";
type Write = (pen: Authoring, facts: FileFacts) => TextEdit[] | undefined;

const addIndex: Write = (pen, { tables }) => {
  const table = tables.at(-1)!;
  return pen.addIndex(foreignKeysOf(table)[0]!, table);
};
const keepTimezone: Write = (pen, { tables: [table] }) => pen.keepTimezone(table!.columns[0]!, table!);
const onChange: Write = (pen, { tables: [table] }) => pen.setOnChange(table!.columns[0]!, table!);
const nameColumn: Write = (pen, { tables: [table] }) => pen.nameColumn(table!.columns[0]!, 'new_name', table!);
const addKey: Write = (pen, { tables: [table] }) => pen.addPrimaryKey(table!);

describe('what is written, and reads back without what was wrong', () => {
  test.each([
    [
      'an index, as a third argument',
      "export const a = pgTable('a', { bId: uuid().references(() => a.bId) });",
      addIndex,
      "import { pgTable, text, timestamp, uuid, index } from 'drizzle-orm/pg-core';\nexport const a = pgTable('a', { bId: uuid().references(() => a.bId) }, (t) => [index().on(t.bId)]);",
    ],
    [
      'an index, in a list',
      "import { index as ix, unique } from 'drizzle-orm/pg-core';\nexport const a = pgTable('a', { 'b-id': uuid().references(() => a['b-id']), c: text() }, (self) => [\n  unique().on(self.c),\n]);",
      addIndex,
      "import { pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';\nimport { index as ix, unique } from 'drizzle-orm/pg-core';\nexport const a = pgTable('a', { 'b-id': uuid().references(() => a['b-id']), c: text() }, (self) => [\n  unique().on(self.c),\n  ix().on(self['b-id']),\n]);",
    ],
    [
      'an index, in an object',
      "import { unique } from 'drizzle-orm/pg-core';\nexport const a = pgTable('a', { b: uuid().references(() => a.b) }, (t) => ({ u: unique().on(t.b) }));",
      (pen: Authoring, { tables: [table] }: FileFacts) => pen.addIndex(foreignKeysOf(table!)[0]!, table!),
      "import { pgTable, text, timestamp, uuid, index } from 'drizzle-orm/pg-core';\nimport { unique } from 'drizzle-orm/pg-core';\nexport const a = pgTable('a', { b: uuid().references(() => a.b) }, (t) => ({ u: unique().on(t.b), b_index: index().on(t.b) }));",
    ],
    [
      'a time zone, without options',
      "export const a = pgTable('a', { at: timestamp() });",
      keepTimezone,
      `${head}export const a = pgTable('a', { at: timestamp({ withTimezone: true }) });`,
    ],
    [
      'a time zone, behind a name',
      "export const a = pgTable('a', { at: timestamp('at').notNull() });",
      keepTimezone,
      `${head}export const a = pgTable('a', { at: timestamp('at', { withTimezone: true }).notNull() });`,
    ],
    [
      'a time zone, among options',
      "export const a = pgTable('a', { at: timestamp('at', { mode: 'string' }) });",
      keepTimezone,
      `${head}export const a = pgTable('a', { at: timestamp('at', { mode: 'string', withTimezone: true }) });`,
    ],
    [
      'a change of the row',
      "export const a = pgTable('a', { updatedAt: timestamp().notNull(), b: text() });",
      onChange,
      `${head}export const a = pgTable('a', { updatedAt: timestamp().notNull().$onUpdate(() => new Date()), b: text() });`,
    ],
    [
      'a change of the row, as text',
      "export const a = pgTable('a', { updatedAt: timestamp({ mode: 'string' }) });",
      onChange,
      `${head}export const a = pgTable('a', { updatedAt: timestamp({ mode: 'string' }).$onUpdate(() => new Date().toISOString()) });`,
    ],
    [
      'a name of a column that had none',
      "export const a = pgTable('a', { b: text({ enum: ['x'] }) });",
      nameColumn,
      `${head}export const a = pgTable('a', { b: text('new_name', { enum: ['x'] }) });`,
    ],
    [
      'another name of a column',
      "export const a = pgTable('a', { b: text('old') });",
      nameColumn,
      `${head}export const a = pgTable('a', { b: text('new_name') });`,
    ],
    [
      'a primary key',
      "export const a = pgTable('a', {\n  b: text(),\n});",
      addKey,
      "import { pgTable, text, timestamp, uuid, bigint } from 'drizzle-orm/pg-core';\nexport const a = pgTable('a', {\n  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),\n  b: text(),\n});",
    ],
    [
      'a description of a column',
      "export const a = pgTable('a', {\n  b: text(),\n});",
      (pen: Authoring, { tables: [table] }: FileFacts) =>
        pen.setColumnComment(table!.columns[0]!, 'What b is.', table!),
      `${head}export const a = pgTable('a', {\n  /** What b is. */\n  b: text(),\n});`,
    ],
    [
      'a description of a table',
      "export const a = pgTable('a', { b: text() });",
      (pen: Authoring, { tables: [table] }: FileFacts) => pen.setTableComment(table!, 'What a row is.'),
      `${head}/** What a row is. */\nexport const a = pgTable('a', { b: text() });`,
    ],
    [
      'an index taken out',
      "import { index, unique } from 'drizzle-orm/pg-core';\nexport const a = pgTable('a', { b: text() }, (t) => [\n  index().on(t.b),\n  unique().on(t.b),\n]);",
      (pen: Authoring, { tables: [table] }: FileFacts) => pen.removeIndex(table!.indexes[0]!),
      `${head}import { index, unique } from 'drizzle-orm/pg-core';\nexport const a = pgTable('a', { b: text() }, (t) => [\n  unique().on(t.b),\n]);`,
    ],
  ] as [string, string, Write, string][])('%s', (_, source, write, expected) => {
    const result = edited(head + source, write);
    expect(result).toBe(expected);
    const before = readOne(head + source);
    const after = readOne(expected);
    expect(after.problems).toEqual([]);
    expect(after.tables.map(({ uncertain }) => uncertain)).toEqual(before.tables.map(() => []));
  });

  test('an index that is written is read', () => {
    const source = `${head}export const a = pgTable('a', { bId: uuid('b_id').references(() => a.bId) });`;
    const [table] = readOne(edited(source, addIndex)!).tables;
    expect(table!.indexes.map(({ name, keys }) => [name?.value, keys.map(({ column }) => column)])).toEqual([
      ['a_b_id_index', ['b_id']],
    ]);
  });

  test.each([
    [
      'a column of another place',
      "const s = { at: timestamp() };\nexport const a = pgTable('a', { ...s });",
      keepTimezone,
    ],
    ['a builder that is made elsewhere', "const at = timestamp();\nexport const a = pgTable('a', { at });", onChange],
    ['a key where there is an id', "export const a = pgTable('a', { id: text() });", addKey],
    [
      'an index where the columns are taken apart',
      "import { unique } from 'drizzle-orm/pg-core';\nexport const a = pgTable('a', { b: uuid().references(() => a.b) }, ({ b }) => [unique().on(b)]);",
      addIndex,
    ],
  ] as [string, string, Write][])('nothing: %s', (_, source, write) => {
    expect(edited(head + source, write)).toBeUndefined();
  });
});
