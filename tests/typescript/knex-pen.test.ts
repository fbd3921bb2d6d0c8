import { describe, expect, test } from 'vitest';
import type { Authoring, FileFacts, Operation, TextEdit } from '../../src/ir/index.js';
import { edited, operations } from './support.js';

const folder = { migrations: { path: 'migrations', runner: 'knex' as const } };

const after = (text: string, write: (pen: Authoring, facts: FileFacts) => TextEdit[] | undefined): string | undefined =>
  edited(text, write, folder);

const created = (facts: FileFacts) => {
  const [first] = operations(facts);
  if (first?.kind !== 'CreateTable') throw new Error('no table is created');
  return first.definition;
};

const users = `exports.up = (knex) =>
  knex.schema.createTable('users', (t) => {
    t.increments('id');
    t.string('email').notNullable();
    t.integer('role_id').references('id').inTable('roles');
    t.timestamps();
  });
exports.down = () => {};
`;

describe('the pen writes calls of the table builder', () => {
  test('a comment at the end of a column', () => {
    expect(
      after(users, (pen, facts) => pen.setColumnComment(created(facts).columns[1]!, "The user's", created(facts))),
    ).toBe(users.replace('.notNullable();', ".notNullable().comment('The user\\'s');"));
  });

  test('over a comment that is there', () => {
    const text = users.replace('.notNullable()', ".comment('old')");
    expect(after(text, (pen, facts) => pen.setColumnComment(created(facts).columns[1]!, 'new', created(facts)))).toBe(
      text.replace("'old'", "'new'"),
    );
  });

  test('none at columns that one call makes', () => {
    expect(
      after(users, (pen, facts) => pen.setColumnComment(created(facts).columns[3]!, 'x', created(facts))),
    ).toBeUndefined();
  });

  test('a comment and a key at the head of the table', () => {
    expect(after(users, (pen, facts) => pen.setTableComment(created(facts), 'Users'))).toBe(
      users.replace('    t.increments', "    t.comment('Users');\n    t.increments"),
    );
    expect(after(users, (pen, facts) => pen.addPrimaryKey(created(facts)))).toBe(
      users.replace('    t.increments', "    t.bigIncrements('id');\n    t.increments"),
    );
  });

  test('an index above a foreign key, without semicolons where there are none', () => {
    const text = users.replaceAll(';', '');
    const index = (pen: Authoring, facts: FileFacts) => {
      const key = created(facts).constraints.find((each) => each.kind === 'foreign');
      return key && pen.addIndex(key, created(facts));
    };
    expect(after(users, index)).toBe(users.replace('    t.integer', "    t.index('role_id');\n    t.integer"));
    expect(after(text, index)).toBe(text.replace('    t.integer', "    t.index('role_id')\n    t.integer"));
  });

  test('nothing into a loop, and nothing for a builder that is not called by name', () => {
    const index = (pen: Authoring, facts: FileFacts) => {
      const key = created(facts).constraints.find((each) => each.kind === 'foreign');
      return key && pen.addIndex(key, created(facts));
    };
    const loop = users.replace("t.integer('role_id')", "for (const c of ['role_id']) t.integer(c)");
    expect(after(loop, index)).toBeUndefined();
  });

  test('the way back as raw SQL', () => {
    const at = { start: 0, end: 0 };
    const name = { value: 'a', quoted: true, span: at };
    const dropped: Operation = { kind: 'DropTable', table: { name, span: at }, span: at, provenance: 'api' };
    const text = `exports.up = async (knex) => {
  await knex.schema.dropTable('a');
};
exports.down = (knex) => {};
`;
    expect(after(text, (pen, facts) => pen.writeDowngrade(facts.migrations[0]!, [dropped]))).toBe(
      text.replace('(knex) => {};\n', '(knex) => {\n  return knex.schema\n    .raw(\'DROP TABLE "a"\');\n};\n'),
    );
  });
});
