import { describe, expect, test } from 'vitest';
import type { Column, Dialect, Table } from '../../src/ir/index.js';
import { readAlone, readOne, readProject } from './support.js';

const head =
  "import { DataTypes, Model, Sequelize, literal, fn } from 'sequelize';\nconst sequelize = new Sequelize('');\n";

/** A model with the given attributes and options. */
const model = (attributes: string, options = '{}', dialect: Dialect = 'postgresql'): Table =>
  readOne(`${head}sequelize.define('User', ${attributes}, ${options});`, { dialect }).tables[0]!;

const column = (attribute: string, dialect?: Dialect): Column =>
  model(`{ a: ${attribute} }`, '{ timestamps: false }', dialect).columns.find(({ name }) => name.value === 'a')!;

const columns = ({ columns: all }: Table): string[] => all.map(({ name }) => name.value);

describe('tables', () => {
  test.each([
    ["'Person'", '{}', 'People'],
    ["'Status'", '{}', 'Statuses'],
    ["'Equipment'", '{}', 'Equipment'],
    ["'UserAccount'", '{ underscored: true }', 'user_accounts'],
    ["'UserAccount'", '{ freezeTableName: true }', 'UserAccount'],
    ["'UserAccount'", "{ tableName: 'accounts', underscored: true }", 'accounts'],
  ])('%s %s', (name, options, expected) => {
    const [table] = readOne(`${head}sequelize.define(${name}, {}, ${options});`).tables;
    expect(table).toMatchObject({ role: 'table', declaredBy: 'sequelize', name: { name: { value: expected } } });
  });

  test('a name that follows from the model is generated, one that is computed is unknown', () => {
    expect(model('{}').name.name).toMatchObject({ value: 'Users', generated: true });
    expect(model('{}', '{ tableName: process.env.TABLE }').name.name.unknown).toBe(true);
  });

  test('options of the connection hold for models that say nothing else', () => {
    const files = readProject({
      'src/db.ts': `import { Sequelize } from 'sequelize';
        export const db = new Sequelize('', { define: { underscored: true, paranoid: true, comment: 'x' } });`,
      'src/user.ts': `import { DataTypes } from 'sequelize'; import { db } from './db';
        export const User = db.define('User', { firstName: DataTypes.STRING }, { paranoid: false });`,
    });
    expect(columns(files[1]!.tables[0]!)).toEqual(['id', 'first_name', 'created_at', 'updated_at']);
    expect(files[1]!.tables[0]!.comment?.value).toBe('x');
  });

  test.each([
    ['{}', ['id', 'createdAt', 'updatedAt']],
    ['{ timestamps: false }', ['id']],
    ["{ createdAt: 'made', updatedAt: false, paranoid: true }", ['id', 'made', 'deletedAt']],
    ['{ timestamps: false, version: true }', ['id', 'version']],
  ])('columns that Sequelize adds: %s', (options, expected) => {
    expect(columns(model('{}', options))).toEqual(expected);
  });

  test('only Sequelize sets updatedAt', () => {
    const [, , updatedAt] = model('{}').columns;
    expect(updatedAt).toMatchObject({ name: { value: 'updatedAt' }, onChange: { by: 'client' } });
  });

  test('JSDoc of the class or of the statement', () => {
    const text = `${head}/** People. */\nclass User extends Model {}\nUser.init({\n  /** Seen. */\n  name: DataTypes.STRING }, { sequelize });`;
    const [table] = readOne(text).tables;
    expect(table!.doc?.value).toBe('People.');
    expect(table!.columns.find(({ name }) => name.value === 'name')?.doc?.value).toBe('Seen.');
  });
});

describe('columns', () => {
  test.each<[string, Dialect, string]>([
    ['DataTypes.STRING', 'postgresql', 'varchar(255)'],
    ['DataTypes.STRING(20)', 'postgresql', 'varchar(20)'],
    ['new DataTypes.STRING(20)', 'postgresql', 'varchar(20)'],
    ['DataTypes.STRING.BINARY', 'postgresql', 'bytea'],
    ["DataTypes.TEXT('long')", 'mysql', 'longtext'],
    ["DataTypes.TEXT('long')", 'postgresql', 'text'],
    ['DataTypes.INTEGER.UNSIGNED.ZEROFILL', 'mysql', 'int unsigned zerofill'],
    ['DataTypes.INTEGER(11).UNSIGNED', 'mysql', 'int unsigned'],
    ['DataTypes.BOOLEAN', 'mysql', 'tinyint(1)'],
    ['DataTypes.DATE(6)', 'mysql', 'datetime(6)'],
    ['DataTypes.UUID', 'mysql', 'char(36)'],
    ['DataTypes.DECIMAL({ precision: 8, scale: 2 })', 'postgresql', 'numeric(8,2)'],
    ['DataTypes.DOUBLE', 'postgresql', 'double precision'],
    ['DataTypes.ARRAY(DataTypes.BIGINT)', 'postgresql', 'bigint[]'],
    ["DataTypes.ENUM('x', \"it's\")", 'mysql', "enum('x','it''s')"],
    ["DataTypes.ENUM('x')", 'postgresql', 'enum_Users_a'],
    ["'VARCHAR(7)'", 'postgresql', 'varchar(7)'],
    ['DataTypes.JSONB', 'postgresql', 'jsonb'],
    ['DataTypes.STRING', 'tsql', 'nvarchar(255)'],
  ])('%s in %s', (type, dialect, expected) => {
    expect(column(`{ type: ${type} }`, dialect).type.name).toBe(expected);
  });

  test('a type that is computed is unknown', () => {
    expect(column('{ type: typeFor(x) }')).toMatchObject({ type: { name: 'unknown' }, uncertain: [{ about: 'type' }] });
  });

  test.each([
    ["'x'", { by: 'server', text: "'x'" }],
    ["literal('now()')", { by: 'server', text: 'now()' }],
    ["Sequelize.literal('now()')", { by: 'server', text: 'now()' }],
    ["sequelize.literal('now()')", { by: 'server', text: 'now()' }],
    ["fn('now')", { by: 'server', text: 'now()' }],
    ['DataTypes.UUIDV4', { by: 'client' }],
    ['DataTypes.NOW', { by: 'client' }],
    ['() => 1', { by: 'client' }],
  ])('the default %s', (value, expected) => {
    expect(column(`{ type: DataTypes.STRING, defaultValue: ${value} }`).default).toMatchObject(expected);
  });

  test('a default that cannot be known is left open', () => {
    const { default: fallback, uncertain } = column('{ type: DataTypes.STRING, defaultValue: make() }');
    expect(fallback).toBeUndefined();
    expect(uncertain).toMatchObject([{ about: 'default' }]);
  });

  test('a virtual attribute is no column', () => {
    expect(columns(model('{ a: DataTypes.VIRTUAL }', '{ timestamps: false }'))).toEqual(['id']);
  });
});

describe('what is not known', () => {
  test('attributes of elsewhere leave the columns open, and no key is made up', () => {
    const table = model('{ ...rest, a: DataTypes.STRING }', '{ timestamps: false }');
    expect(columns(table)).toEqual(['a']);
    expect(table.uncertain).toMatchObject([{ about: 'columns' }]);
  });

  test('options of elsewhere leave everything open', () => {
    expect(model('{}', '{ ...rest }').uncertain).toMatchObject([{ about: 'everything' }]);
  });
});

describe('look-alikes', () => {
  test.each([
    "customElements.define('my-thing', class {}); // DataTypes, sequelize",
    "import * as z from 'zod'; z.define('User', { name: z.string() }); // sequelize",
    "const DataTypes = { STRING: 's' }; registry.define('User', { name: DataTypes.STRING });",
    "class User extends Base {} User.init({ name: 'x' }, { sequelize: true }); class Base {}",
  ])('%s', (text) => {
    expect(readOne(text).tables).toEqual([]);
  });
});

describe('version 7', () => {
  test('decorators of its own, and no property names a key', () => {
    const [table] = readOne(`import { DataTypes, Model } from '@sequelize/core';
      import { Attribute, BelongsTo, NotNull, Table, Unique } from '@sequelize/core/decorators-legacy';
      @Table({ tableName: 'users' }) export class User extends Model {
        @Attribute(DataTypes.STRING(20)) @NotNull @Unique declare name: string;
        @Attribute(DataTypes.INTEGER) declare bossId: number;
        @BelongsTo(() => User, 'bossId') declare boss: User;
      }`).tables;
    expect(table!.name.name.value).toBe('users');
    expect(table!.columns[1]).toMatchObject({
      name: { value: 'name' },
      type: { name: 'varchar(20)' },
      nullable: false,
    });
    expect(table!.constraints.map(({ kind }) => kind)).toEqual(['primary', 'unique', 'foreign']);
  });
});

test('every prefix of a model and of an association is read without a throw', () => {
  const text = `${head}class User extends Model { static associate(models) { this.hasMany(models.Post, { as: 'posts', through: 'x' }); } }
    User.init({ a: { type: DataTypes.ENUM('x', ...list), references: { model: User } } }, { sequelize, indexes: [{ fields: ['a'] }] });
    User.belongsToMany(User, { through: { model: User }, as: 'friends', foreignKey: { name: 'b' } });`;
  for (let end = 0; end < text.length; end++) expect(() => readAlone(text.slice(0, end))).not.toThrow();
});

test('usages', () => {
  const usages = (text: string) => readOne(head + text).usages.map(({ kind, api }) => `${kind} ${api}`);
  expect(usages('await sequelize.sync();')).toEqual(['schema-sync sequelize.sync()']);
  expect(usages('await sequelize.sync({ force: true });')).toEqual(['schema-sync sequelize.sync({ force: true })']);
  expect(
    usages('class A extends Model {} A.init({ a: DataTypes.TEXT }, { sequelize }); await A.sync({ alter: true });'),
  ).toEqual(['schema-sync A.sync({ alter: true })']);
  expect(
    usages('class A extends Model {} A.init({ a: DataTypes.TEXT }, { sequelize }); A.destroy({ where: {} });'),
  ).toEqual(['unfiltered-delete Model.destroy()']);
  expect(usages("import rimraf from 'rimraf'; rimraf.sync('x'); fs.sync();")).toEqual([]);
});
