import { describe, expect, test } from 'vitest';
import type { Dialect, FileFacts } from '../../src/ir/index.js';
import { operations, readOne, readProject } from './support.js';

const folder = { path: 'migrations', runner: 'sequelize' as const };

const read = (text: string, dialect: Dialect = 'postgresql'): FileFacts =>
  readOne(text, { dialect, migrations: folder }, 'migrations/20200101000000-change.js');

/** A migration whose `up` has the given body. */
const up = (body: string, dialect?: Dialect): FileFacts =>
  read(`module.exports = { async up(queryInterface, Sequelize) { ${body} }, async down() {} };`, dialect);

const kinds = (facts: FileFacts): string[] => operations(facts).map(({ kind }) => kind);

describe('what is a migration', () => {
  test.each([
    ["module.exports = { up: (a) => a.dropTable('t'), down: () => {} };"],
    ["module.exports = { up: function (a, b) { return a.dropTable('t'); } };"],
    ["exports.up = async (a) => { await a.dropTable('t'); };"],
    ["export async function up(a) { await a.dropTable('t'); }"],
    ["export default { up: async (a) => a.dropTable('t') };"],
    ["const up = async (a) => a.dropTable('t'); module.exports = { up };"],
    ["export const up = async ({ context }) => { await context.dropTable('t'); };"],
    ["export const up = async ({ context: a }) => { await a.dropTable('t'); };"],
    ["export const up = async (params) => { await params.context.dropTable('t'); };"],
    ["export const up = async ({ context: { queryInterface } }) => { await queryInterface.dropTable('t'); };"],
  ])('%s', (text) => {
    const facts = read(text);
    expect(facts.migrations).toMatchObject([
      { id: '20200101000000-change', runner: 'sequelize', transaction: 'none', order: ['20200101000000-change.js'] },
    ]);
    expect(operations(facts)).toMatchObject([{ kind: 'DropTable', table: { name: { value: 't' } }, ifExists: true }]);
  });

  test('anywhere, where the parameter is typed', () => {
    const text = `import type { QueryInterface } from 'sequelize';
      export const up = (api: QueryInterface) => api.dropTable('t');`;
    expect(readOne(text).migrations).toHaveLength(1);
    expect(readOne(text.replace("'sequelize'", "'./mine'")).migrations).toEqual([]);
  });

  test('a way back that is missing, empty or refuses', () => {
    const state = (down: string) => read(`exports.up = (a) => a.dropTable('t'); ${down}`).migrations[0]!.down.state;
    expect(state('')).toBe('missing');
    expect(state('exports.down = async () => {};')).toBe('empty');
    expect(state("exports.down = () => { throw new Error('no'); };")).toBe('raises');
  });
});

describe('transactions', () => {
  const within = (body: string) =>
    up(body).migrations[0]!.up.steps.map((step) => ('statement' in step ? step.statement : step).inTransaction);

  test('none unless a call is given one', () => {
    expect(within("await queryInterface.addIndex('t', ['a'], { concurrently: true });")).toEqual(['no']);
    expect(within("await queryInterface.sequelize.query('DROP TABLE t');")).toEqual(['no']);
  });

  test('only the calls that are given one run in it', () => {
    const body = `await queryInterface.sequelize.transaction(async (t) => {
      await queryInterface.dropTable('a', { transaction: t });
      await queryInterface.dropTable('b');
      await queryInterface.sequelize.query('DROP TABLE c', { transaction: t });
    });`;
    expect(within(body)).toEqual(['yes', 'no', 'yes']);
  });

  test('an unmanaged one, and options that are not known', () => {
    const body = `const transaction = await queryInterface.sequelize.transaction();
      await queryInterface.dropTable('a', { transaction });
      await queryInterface.dropTable('b', options);`;
    expect(within(body)).toEqual(['yes', 'unknown']);
  });
});

describe('changeColumn', () => {
  const change = (attribute: string, dialect?: Dialect) =>
    kinds(up(`await queryInterface.changeColumn('t', 'c', ${attribute});`, dialect));

  test.each([
    ['{ type: Sequelize.TEXT }', ['DropNotNull', 'DropDefault', 'AlterColumnType']],
    ['Sequelize.TEXT', ['DropNotNull', 'DropDefault', 'AlterColumnType']],
    ["{ type: Sequelize.TEXT, allowNull: false, defaultValue: 'x' }", ['SetNotNull', 'SetDefault', 'AlterColumnType']],
    ['{ type: Sequelize.UUID, defaultValue: Sequelize.UUIDV4 }', ['DropNotNull', 'DropDefault', 'AlterColumnType']],
    ["{ type: Sequelize.ENUM('a') }", ['DropNotNull', 'DropDefault', 'CreateEnumType', 'AlterColumnType']],
    ["{ type: Sequelize.UUID, references: { model: 'u', key: 'id' } }", ['AddConstraint']],
    ["{ type: Sequelize.TEXT, comment: 'x' }", ['DropNotNull', 'DropDefault', 'AlterColumnType', 'CommentOn']],
    ['attribute', ['Opaque']],
    ['{ type: Sequelize.TEXT, ...rest }', ['Opaque']],
  ])('%s', (attribute, expected) => {
    expect(change(attribute)).toEqual(expected);
  });

  test('MySQL gets the whole column, SQLite what is given', () => {
    expect(change('{ type: Sequelize.TEXT }', 'mysql')).toEqual(['ModifyColumn']);
    expect(change('{ type: Sequelize.TEXT }', 'sqlite')).toEqual(['AlterColumnType']);
  });
});

describe('rows', () => {
  test.each([
    ["bulkInsert('t', [{ a: 1 }])", { kind: 'Insert' }],
    ["bulkUpdate('t', { a: 1 }, { b: 2 })", { kind: 'Update', where: 'present' }],
    ["bulkUpdate('t', { a: 1 }, {})", { kind: 'Update', where: 'absent' }],
    ["bulkDelete('t', null, {})", { kind: 'Delete', where: 'absent' }],
    ["bulkDelete('t', { id: [1, 2] })", { kind: 'Delete', where: 'present' }],
    ["bulkDelete('t', condition)", { kind: 'Delete', where: 'unknown' }],
    ["bulkDelete('t', null, { truncate: true })", { kind: 'Truncate' }],
    ["bulkDelete('t', null, { truncate: true, cascade: true })", { kind: 'Truncate', cascade: true }],
    ["dropDatabase('d')", { kind: 'DropDatabase', database: { value: 'd' }, ifExists: true }],
  ])('%s', (call, expected) => {
    expect(operations(up(`await queryInterface.${call};`))).toMatchObject([expected]);
  });
});

describe('conditions', () => {
  const guard = (body: string) => operations(up(body))[0]?.guard;

  test('whether an object is there', () => {
    expect(guard("if (!(await queryInterface.tableExists('t'))) await queryInterface.dropTable('t');")?.kind).toBe(
      'existence',
    );
    const described = `const table = await queryInterface.describeTable('t');
      if (!table.a) await queryInterface.addColumn('t', 'a', Sequelize.TEXT);`;
    expect(guard(described)?.kind).toBe('existence');
    const then =
      "queryInterface.describeTable('t').then((t) => { if (t.a) return queryInterface.removeColumn('t', 'a'); })";
    expect(guard(`return ${then};`)?.kind).toBe('existence');
  });

  test.each([
    ["queryInterface.sequelize.getDialect() === 'mysql'", ['mysql', 'mariadb']],
    ["queryInterface.sequelize.options.dialect === 'postgres'", ['postgresql']],
    ["config.get('url').startsWith('mssql')", ['tsql']],
    ['isSQLite(queryInterface.sequelize)', ['sqlite']],
    ['!utils.isMssql(queryInterface)', ['postgresql', 'cockroachdb', 'mysql', 'mariadb', 'sqlite', 'oracle']],
  ])('which database: %s', (condition, dialects) => {
    expect(guard(`if (${condition}) await queryInterface.dropTable('t');`)).toMatchObject({
      kind: 'dialect',
      dialects,
    });
  });

  test('which database says more than a swallowed error', () => {
    const body = "try { await queryInterface.dropTable('t'); } catch (error) { log(error); }";
    expect(guard(body)?.kind).toBe('idempotent');
    expect(guard(`if (dialect === 'mssql') { ${body} }`)).toMatchObject({ kind: 'dialect', dialects: ['tsql'] });
  });

  test('an error that is swallowed', () => {
    expect(guard("await queryInterface.dropTable('t').catch(() => {});")?.kind).toBe('idempotent');
    expect(guard("await queryInterface.dropTable('t').catch((e) => { throw e; });")).toBeUndefined();
  });
});

test('a call that nobody waits for', () => {
  const facts = up(`queryInterface.dropTable('a');
    await queryInterface.dropTable('b');
    const c = queryInterface.dropTable('c');
    return Promise.all([c, queryInterface.dropTable('d')]);`);
  expect(facts.usages).toMatchObject([
    { kind: 'missing-await', api: 'queryInterface.dropTable()', context: 'migration' },
  ]);
  expect(operations(facts)).toHaveLength(4);
});

test('SQL that a further parameter sends, and nothing else of it', () => {
  const text = `export async function up(api, config, log, db) {
    await db.query('DROP TABLE t');
    log.query('nothing of the kind');
    config.get('x');
  }`;
  expect(kinds(read(text))).toEqual(['DropTable']);
});

test('what cannot be followed may have done anything', () => {
  expect(operations(up("await helper(queryInterface, 't');"))).toMatchObject([{ kind: 'Opaque', anything: true }]);
  expect(operations(up('await queryInterface.dropTable(name);'))).toMatchObject([
    { kind: 'DropTable', table: { name: { unknown: true } } },
  ]);
});

test('helpers and constants of other files', () => {
  const [facts] = readProject(
    {
      'migrations/1-users.js': `const { table, stamps } = require('../src/parts');
        exports.up = (api, Sequelize) => api.createTable(table, { id: Sequelize.BIGINT, ...stamps(Sequelize) });`,
      'src/parts.js': `exports.table = 'users';
        exports.stamps = (DataTypes) => ({ made: { type: DataTypes.DATE, allowNull: false } });`,
    },
    { migrations: folder },
  );
  const [created] = operations(facts!);
  expect(created).toMatchObject({ kind: 'CreateTable', table: { name: { value: 'users' } } });
  expect(
    created?.kind === 'CreateTable' && created.definition.columns.map(({ name, type }) => [name.value, type.name]),
  ).toEqual([
    ['id', 'bigint'],
    ['made', 'timestamp with time zone'],
  ]);
});
