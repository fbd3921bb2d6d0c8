import { describe, expect, test } from 'vitest';
import type { FileFacts } from '../../src/ir/index.js';
import { edited, operations, readOne } from './support.js';

const model = `const { DataTypes } = require('sequelize');

module.exports = (sequelize) => {
  const Post = sequelize.define('Post', {
    title: DataTypes.STRING(80),
    body: { type: DataTypes.TEXT },
  });
  return Post;
};
`;
const table = (facts: FileFacts) => facts.tables[0]!;
const column = (facts: FileFacts, name: string) => table(facts).columns.find((each) => each.name.value === name)!;

describe('models by define() and init()', () => {
  test('a comment at a column', () => {
    const text = edited(model, (pen, facts) => pen.setColumnComment(column(facts, 'body'), "It's long.", table(facts)));
    expect(text).toBe(model.replace('{ type: DataTypes.TEXT }', "{ type: DataTypes.TEXT, comment: 'It\\'s long.' }"));
    expect(column(readOne(text!), 'body').comment?.value).toBe("It's long.");
  });

  test('a comment at a column that is a data type alone', () => {
    const text = edited(model, (pen, facts) => pen.setColumnComment(column(facts, 'title'), 'Seen.', table(facts)));
    expect(text).toBe(model.replace('DataTypes.STRING(80)', "{ type: DataTypes.STRING(80), comment: 'Seen.' }"));
    expect(column(readOne(text!), 'title')).toMatchObject({
      type: { name: 'varchar(80)' },
      comment: { value: 'Seen.' },
    });
  });

  test('none at a column that Sequelize adds', () => {
    expect(edited(model, (pen, facts) => pen.setColumnComment(column(facts, 'id'), 'x', table(facts)))).toBeUndefined();
  });

  test('a comment at a table without options, and at one with', () => {
    const once = edited(model, (pen, facts) => pen.setTableComment(table(facts), 'What people write.'))!;
    expect(once).toBe(model.replace('  });', "  }, { comment: 'What people write.' });"));
    const twice = edited(once, (pen, facts) => pen.nameTable(table(facts)));
    expect(twice).toBe(model.replace('  });', "  }, { comment: 'What people write.', tableName: 'Posts' });"));
  });

  test('another name for a column', () => {
    const text = edited(model, (pen, facts) => pen.nameColumn(column(facts, 'body'), 'content', table(facts)));
    expect(column(readOne(text!), 'content').attribute).toBe('body');
  });

  const keyed = `import { DataTypes, Model } from 'sequelize';
export class Post extends Model {}
Post.init(
  { authorId: { type: DataTypes.INTEGER, references: { model: 'Users', key: 'id' } } },
  {
    sequelize,
    indexes: [
      { fields: ['createdAt'] },
    ],
  },
);
`;
  const key = (facts: FileFacts) => table(facts).constraints.find(({ kind }) => kind === 'foreign') as never;

  test('an index on a foreign key, beside others', () => {
    const text = edited(keyed, (pen, facts) => pen.addIndex(key(facts), table(facts)));
    expect(text).toBe(keyed.replace("'createdAt'] },", "'createdAt'] },\n      { fields: ['authorId'] },"));
    expect(readOne(text!).tables[0]!.indexes.map(({ name }) => name?.value)).toEqual([
      'posts_created_at',
      'posts_author_id',
    ]);
  });

  test('the first index of a model', () => {
    const without = keyed.replace(/\n {4}indexes: \[[^\]]*\] \},\n {4}\],/, '');
    expect(without).not.toContain('indexes');
    const text = edited(without, (pen, facts) => pen.addIndex(key(facts), table(facts)));
    expect(text).toContain("sequelize,\n    indexes: [{ fields: ['authorId'] }],\n  },");
  });

  test('an index is taken out', () => {
    const text = edited(keyed, (pen, facts) => pen.removeIndex(table(facts).indexes[0]!));
    expect(text).not.toContain('createdAt');
    expect(readOne(text!).tables[0]!.indexes).toEqual([]);
  });
});

describe('models by decorators', () => {
  const decorated = `import { BelongsTo, Column, ForeignKey, Model, Table } from 'sequelize-typescript';
import { User } from './user';

@Table({ tableName: 'posts' })
export class Post extends Model {
  @Column
  title: string;

  @ForeignKey(() => User)
  @Column
  authorId: number;

  @BelongsTo(() => User)
  author: User;
}
`;

  test('a comment at a column', () => {
    const text = edited(decorated, (pen, facts) => pen.setColumnComment(column(facts, 'title'), 'Seen.', table(facts)));
    expect(text).toBe(
      decorated
        .replace('Model, Table }', 'Model, Table, Comment }')
        .replace('  @Column\n  title', "  @Comment('Seen.')\n  @Column\n  title"),
    );
    expect(column(readOne(text!), 'title').comment?.value).toBe('Seen.');
  });

  test('a comment at a table', () => {
    const text = edited(decorated, (pen, facts) => pen.setTableComment(table(facts), 'Posts.'));
    expect(text).toBe(decorated.replace("'posts' }", "'posts', comment: 'Posts.' }"));
  });

  test('an index on a column', () => {
    const text = edited(decorated, (pen, facts) => {
      const { anchor } = column(facts, 'authorId');
      const span = { start: 0, end: 0 };
      const columns = [{ value: 'authorId', quoted: true, span }];
      return pen.addIndex(
        { kind: 'foreign', columns, targetColumns: [], span, uncertain: [], anchor: anchor! },
        table(facts),
      );
    });
    expect(text).toContain('  @Index\n  @ForeignKey(() => User)\n  @Column\n  authorId');
    expect(text).toContain('Model, Table, Index }');
    expect(table(readOne(text!)).indexes[0]!.keys).toEqual([{ column: 'authorId', quoted: true }]);
  });
});

const settings = { migrations: { path: 'src', runner: 'sequelize' as const } };

describe('migrations', () => {
  test.each([
    ["addIndex('t', ['a'])", "addIndex('t', ['a'], { concurrently: true })"],
    ["addIndex('t', ['a'], { unique: true })", "addIndex('t', ['a'], { unique: true, concurrently: true })"],
    ["addIndex('t', { fields: ['a'] })", "addIndex('t', { fields: ['a'], concurrently: true })"],
    ["addIndex('t', ['a'], { concurrently: false })", "addIndex('t', ['a'], { concurrently: true })"],
  ])('%s', (before, after) => {
    const text = `exports.up = (queryInterface) => queryInterface.${before};`;
    const result = edited(
      text,
      (pen, facts) => {
        const [operation] = operations(facts);
        return operation?.kind === 'CreateIndex' ? pen.makeConcurrent(operation) : undefined;
      },
      settings,
    );
    expect(result).toBe(text.replace(before, after));
    expect(operations(readOne(result!, settings))).toMatchObject([
      { kind: 'CreateIndex', index: { concurrently: true } },
    ]);
  });

  const drop = (facts: FileFacts) => {
    const [operation] = operations(facts);
    return operation?.kind === 'CreateTable'
      ? [{ kind: 'DropTable' as const, table: operation.table, span: operation.span, provenance: 'api' as const }]
      : [];
  };

  test.each([
    [
      `module.exports = {\n  async up(queryInterface, Sequelize) {\n    await queryInterface.createTable('t', {});\n  },\n};\n`,
      `  },\n\n  async down(queryInterface) {\n    await queryInterface.sequelize.query('DROP TABLE "t"');\n  },\n};\n`,
    ],
    [
      `module.exports = {\n  up: (api) => api.createTable('t', {}),\n};\n`,
      `,\n\n  down: async (api) => {\n    await api.sequelize.query('DROP TABLE "t"');\n  },\n};\n`,
    ],
    [
      `export async function up(api) {\n  await api.createTable('t', {});\n}\n`,
      `}\n\nexport async function down(api) {\n  await api.sequelize.query('DROP TABLE "t"');\n}\n`,
    ],
    [
      `exports.up = (api) => api.createTable('t', {});\n`,
      `;\n\nexports.down = async (api) => {\n  await api.sequelize.query('DROP TABLE "t"');\n};\n`,
    ],
  ])('the way back of %s', (text, end) => {
    const result = edited(text, (pen, facts) => pen.writeDowngrade(facts.migrations[0]!, drop(facts)), settings);
    expect(result?.endsWith(end)).toBe(true);
    expect(operations(readOne(result!, settings), 'down')).toMatchObject([{ kind: 'DropTable' }]);
  });
});
