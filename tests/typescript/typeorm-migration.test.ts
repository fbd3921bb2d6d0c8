import { describe, expect, test } from 'vitest';
import type { Operation } from '../../src/ir/index.js';
import { migration, operations, readOne, readProject } from './support.js';

const kinds = (body: string): string[] => operations(migration(body)).map(spoken);

/** `AddColumn users.age` and the like. */
function spoken(operation: Operation): string {
  const table = 'table' in operation && operation.table ? operation.table.name.value : '';
  const column = 'column' in operation && operation.column ? operation.column : undefined;
  const name = column && ('name' in column ? column.name.value : column.value);
  return [operation.kind, table && (name ? `${table}.${name}` : table)].filter(Boolean).join(' ');
}

describe('the schema API of QueryRunner', () => {
  test.each<[string, string[]]>([
    [
      "queryRunner.createTable(new Table({ name: 'users', columns: [{ name: 'id', type: 'int', isPrimary: true }] }), true)",
      ['CreateTable users'],
    ],
    ["queryRunner.dropTable('users')", ['DropTable users']],
    ["queryRunner.dropTable('app.users', true)", ['DropTable users']],
    ["queryRunner.renameTable('users', 'people')", ['RenameTable users']],
    ["queryRunner.addColumn('users', new TableColumn({ name: 'age', type: 'int' }))", ['AddColumn users.age']],
    [
      "queryRunner.addColumns('users', [new TableColumn({ name: 'a', type: 'int' }), new TableColumn({ name: 'b', type: 'int' })])",
      ['AddColumn users.a', 'AddColumn users.b'],
    ],
    ["queryRunner.dropColumn('users', 'age')", ['DropColumn users.age']],
    ["queryRunner.dropColumns('users', ['a', 'b'])", ['DropColumn users.a', 'DropColumn users.b']],
    ["queryRunner.renameColumn('users', 'a', 'b')", ['RenameColumn users.a']],
    [
      "queryRunner.changeColumn('users', 'a', new TableColumn({ name: 'a', type: 'text', isNullable: true }))",
      ['ModifyColumn users.a', 'Opaque'],
    ],
    ["queryRunner.createIndex('users', new TableIndex({ name: 'i', columnNames: ['a'] }))", ['CreateIndex users']],
    [
      "queryRunner.createIndices('users', [new TableIndex({ columnNames: ['a'] }), new TableIndex({ columnNames: ['b'] })])",
      ['CreateIndex users', 'CreateIndex users'],
    ],
    ["queryRunner.dropIndex('users', 'i')", ['DropIndex users']],
    [
      "queryRunner.createForeignKey('posts', new TableForeignKey({ columnNames: ['u'], referencedTableName: 'users', referencedColumnNames: ['id'] }))",
      ['AddConstraint posts'],
    ],
    ["queryRunner.createUniqueConstraint('users', new TableUnique({ columnNames: ['a'] }))", ['AddConstraint users']],
    ["queryRunner.createCheckConstraint('users', new TableCheck({ expression: 'a > 0' }))", ['AddConstraint users']],
    ["queryRunner.createPrimaryKey('users', ['id'])", ['AddConstraint users']],
    ["queryRunner.dropForeignKey('posts', 'fk')", ['DropConstraint posts']],
    ["queryRunner.dropPrimaryKey('posts')", ['DropConstraint posts']],
    ["queryRunner.changeTableComment('users', 'People.')", ['CommentOn users']],
    ["queryRunner.clearTable('users')", ['Truncate users']],
    ["queryRunner.createSchema('app', true)", ['CreateSchema']],
    ["queryRunner.dropDatabase('app', true)", ['DropDatabase']],
  ])('%s', (call, expected) => {
    expect(kinds(`await ${call};`)).toEqual(expected);
  });

  test('a created table with its parts', () => {
    const [operation] = operations(
      migration(`await queryRunner.createTable(new Table({
        name: 'posts', comment: 'What people write.',
        columns: [
          { name: 'id', type: 'int', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          { name: 'title', type: 'varchar', length: '80', isNullable: true, default: "'none'" },
        ],
        indices: [{ name: 'by_title', columnNames: ['title'], isUnique: true }],
        foreignKeys: [{ columnNames: ['user_id'], referencedTableName: 'users', referencedColumnNames: ['id'], onDelete: 'CASCADE' }],
      }));`),
    );
    expect(operation).toMatchObject({
      kind: 'CreateTable',
      provenance: 'api',
      definition: {
        declaredBy: 'typeorm',
        comment: { value: 'What people write.' },
        columns: [
          { name: { value: 'id' }, nullable: false, generated: 'serial' },
          { name: { value: 'title' }, nullable: true, type: { name: 'varchar(80)' }, default: { text: "'none'" } },
        ],
        indexes: [{ name: { value: 'by_title' }, unique: true, keys: [{ column: 'title', quoted: true }] }],
        constraints: [
          { kind: 'primary', columns: [{ value: 'id' }], name: { generated: true } },
          { kind: 'foreign', target: { name: { value: 'users' } }, onDelete: 'CASCADE' },
        ],
        uncertain: [],
      },
    });
  });

  test('an argument that is computed leaves the name unknown', () => {
    expect(operations(migration('await queryRunner.dropTable(process.env.T);'))).toMatchObject([
      { kind: 'DropTable', table: { name: { unknown: true } } },
    ]);
  });

  test('a method that is not known may change anything', () => {
    expect(operations(migration('await queryRunner.frobnicate();'))).toMatchObject([
      { kind: 'Opaque', anything: true },
    ]);
  });
});

describe('SQL text', () => {
  test.each<[string, string[]]>([
    ["await queryRunner.query('ALTER TABLE users ADD age int');", ['AddColumn users.age']],
    ["await queryRunner.query('DROP TABLE a; DROP TABLE b');", ['DropTable a', 'DropTable b']],
    [
      'const T = { users: \'app_users\' } as const; await queryRunner.query(`ALTER TABLE "${T.users}" ADD "x" int`);',
      ['AddColumn app_users.x'],
    ],
    ["for (const t of ['a', 'b']) { await queryRunner.query(`DROP TABLE ${t}`); }", ['DropTable a', 'DropTable b']],
    ["await Promise.all(['a', 'b'].map((t) => queryRunner.query(`DROP TABLE ${t}`)));", ['DropTable a', 'DropTable b']],
    ["const run = (sql: string) => queryRunner.query(sql); await run('DROP TABLE a');", ['DropTable a']],
    ["await queryRunner.manager.query('DROP TABLE a');", ['DropTable a']],
    ["return queryRunner.query('DROP TABLE a');", ['DropTable a']],
    ['await queryRunner.query(process.env.SQL);', ['Opaque']],
  ])('%s', (body, expected) => {
    expect(kinds(body)).toEqual(expected);
  });

  test('spans point into the host file through escapes', () => {
    const text =
      "import { MigrationInterface } from 'typeorm';\nexport class A1700000000000 implements MigrationInterface { async up(q) { await q.query('COMMENT ON TABLE a IS \\'it\\'; DROP TABLE users'); } async down() {} }";
    const facts = readOne(text);
    const drop = operations(facts)[1]!;
    expect(text.slice(drop.span.start, drop.span.end)).toContain('DROP TABLE users');
  });

  test('operations of a loop and of a helper say so', () => {
    expect(
      operations(migration("for (const t of ['a']) { await queryRunner.query(`DROP TABLE ${t}`); }"))[0]!.repeated,
    ).toBe(true);
    expect(operations(migration("await queryRunner.query('DROP TABLE a');"))[0]!.repeated).toBeUndefined();
  });

  test('methods and functions that get the runner are followed', () => {
    const facts = readOne(`import { MigrationInterface, QueryRunner } from 'typeorm';
      async function drop(runner: QueryRunner, table: string) { await runner.dropTable(table); }
      export class A1700000000000 implements MigrationInterface {
        async up(queryRunner: QueryRunner) { await this.first(queryRunner); await drop(queryRunner, 'b'); }
        private async first(r: QueryRunner) { await r.query('DROP TABLE a'); }
        async down() {}
      }`);
    expect(operations(facts).map(spoken)).toEqual(['DropTable a', 'DropTable b']);
  });

  test('a function of another file that gets the runner may do anything', () => {
    const facts = readOne(`import { MigrationInterface, QueryRunner } from 'typeorm'; import { drop } from './drop';
      export class A1700000000000 implements MigrationInterface { async up(q: QueryRunner) { await drop(q); } async down() {} }`);
    expect(operations(facts)).toMatchObject([{ kind: 'Opaque', anything: true, reason: 'drop() is not followed' }]);
  });

  test('a recursive helper ends', () => {
    const facts = readOne(`import { MigrationInterface } from 'typeorm';
      const again = (q) => { again(q); };
      export class A1700000000000 implements MigrationInterface { async up(q) { again(q); } async down() {} }`);
    expect(operations(facts)).toMatchObject([{ kind: 'Opaque' }]);
  });
});

describe('what is too long', () => {
  test('loops in loops are cut once, and what they may do is not known', () => {
    const loops = 'for (const a of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) '.repeat(30);
    const found = operations(migration(`${loops} await queryRunner.query('DROP TABLE a');`));
    const cuts = found.filter(({ kind }) => kind === 'Opaque');
    expect(cuts).toMatchObject([{ reason: 'what follows is too long or too deep to be read', anything: true }]);
  });

  test('blocks that are too deep are not read', () => {
    const text = migration(`${'{'.repeat(60)} await queryRunner.query('DROP TABLE a'); ${'}'.repeat(60)}`);
    expect(operations(text)).toMatchObject([{ kind: 'Opaque', anything: true }]);
  });
});

describe('guards', () => {
  test('a catch runs only after an error', () => {
    const text =
      "try { await queryRunner.query('DROP TABLE a'); } catch { await queryRunner.query('DROP TABLE b'); throw 1; }";
    const guards = migration(text).migrations[0]!.up.steps.map((step) =>
      'statement' in step ? step.statement.guard : step.operation.guard,
    );
    expect(guards.map((guard) => guard?.kind)).toEqual([undefined, 'unknown']);
  });

  test.each<[string, string | undefined]>([
    ["if (!(await queryRunner.hasTable('a'))) { await queryRunner.query('CREATE TABLE a (id int)'); }", 'existence'],
    [
      "const there = await queryRunner.hasColumn('a', 'b'); if (there) await queryRunner.dropColumn('a', 'b');",
      'existence',
    ],
    ["if (await queryRunner.hasTable('a')) return; await queryRunner.query('CREATE TABLE a (id int)');", 'existence'],
    ["if (queryRunner.connection.options.type === 'postgres') { await queryRunner.query('DROP TABLE a'); }", 'dialect'],
    ["if (process.env.A) { await queryRunner.query('DROP TABLE a'); }", 'unknown'],
    ["try { await queryRunner.query('DROP TABLE a'); } catch {}", 'idempotent'],
    ["try { await queryRunner.query('DROP TABLE a'); } catch (e) { throw e; }", undefined],
    ["await queryRunner.query('DROP TABLE a');", undefined],
  ])('%s', (body, expected) => {
    const [step] = migration(body).migrations[0]!.up.steps;
    const guard = 'statement' in step! ? step.statement.guard : step!.operation.guard;
    expect(guard?.kind).toBe(expected);
  });
});

describe('the migration itself', () => {
  const text = (members: string): string =>
    `import { MigrationInterface } from 'typeorm'; export class Init1634567890123 implements MigrationInterface { async up(q) { await q.query('DROP TABLE a'); } ${members} }`;

  test('id, order and history', () => {
    const [facts] = readProject({ 'db/migrations/1-init.ts': text('async down() {}') });
    expect(facts!.migrations).toMatchObject([
      {
        id: 'Init1634567890123',
        order: [1634567890123],
        history: 'db/migrations',
        runner: 'typeorm',
        transaction: 'all',
      },
    ]);
    expect(facts!.migrations[0]!.parents).toBeUndefined();
  });

  test('the name property wins over the class name', () => {
    expect(readOne(text("name = 'Other1634567890999'; async down() {}")).migrations[0]).toMatchObject({
      id: 'Other1634567890999',
      order: [1634567890999],
    });
  });

  test('a class with up in a folder of migrations needs no interface', () => {
    const plain =
      "module.exports = class Init1634567890123 { async up(q) { await q.query('DROP TABLE a'); } async down(q) {} };";
    expect(readOne(plain).migrations).toEqual([]);
    const settings = { migrations: { path: 'migrations', runner: 'typeorm' as const } };
    expect(readOne(plain, settings).migrations).toMatchObject([{ id: 'Init1634567890123', history: 'migrations' }]);
  });

  test.each([
    ['', 'missing'],
    ['async down(q) {}', 'empty'],
    ['async down(q) { /* nothing to do */ }', 'empty'],
    ["async down(q) { throw new Error('no way back'); }", 'raises'],
    ["async down(q) { await q.query('CREATE TABLE a (id int)'); }", 'present'],
  ])('down: %s is %s', (members, state) => {
    expect(readOne(text(members)).migrations[0]!.down.state).toBe(state);
  });

  test('transaction = false', () => {
    const down = "async down(q) { await q.query('DROP INDEX CONCURRENTLY i'); }";
    const [opted] = readOne(text(`transaction = false as const; ${down}`)).migrations;
    expect(opted).toMatchObject({
      transaction: 'none',
      up: { steps: [{ statement: { inTransaction: 'no' } }] },
      // The runner opens one for each way back.
      down: { steps: [{ statement: { inTransaction: 'yes' } }] },
    });
    const [usual] = readOne(text('async down() {}')).migrations;
    expect(usual).toMatchObject({ transaction: 'all', up: { steps: [{ statement: { inTransaction: 'yes' } }] } });
  });

  test.each([
    ['each', 'yes'],
    ['none', 'no'],
  ])('migrationsTransactionMode %s of the data source', (mode, inTransaction) => {
    const [, facts] = readProject({
      'src/db.ts': `import { DataSource } from 'typeorm'; export default new DataSource({ type: 'postgres', migrationsTransactionMode: '${mode}' });`,
      'src/migrations/a.ts': text('async down() {}'),
    });
    expect(facts!.migrations[0]).toMatchObject({
      transaction: mode,
      up: { steps: [{ statement: { inTransaction } }] },
    });
  });

  test('a transaction inside of one is a savepoint', () => {
    const steps = migration(
      "await queryRunner.startTransaction(); await queryRunner.commitTransaction(); await queryRunner.query('DROP TABLE a');",
    ).migrations[0]!.up.steps;
    expect(steps).toMatchObject([
      { operation: { action: 'begin' } },
      { operation: { action: 'commit' } },
      { statement: { inTransaction: 'yes' } },
    ]);
  });

  test('what follows a commit runs outside of the transaction', () => {
    const steps = migration(
      "await queryRunner.commitTransaction(); await queryRunner.query('CREATE INDEX CONCURRENTLY i ON a (b)'); await queryRunner.startTransaction();",
    ).migrations[0]!.up.steps;
    expect(steps).toMatchObject([
      { operation: { action: 'commit' } },
      { statement: { inTransaction: 'no' } },
      { operation: { action: 'begin' } },
    ]);
  });
});

describe('constants of another file', () => {
  const files = {
    'src/names.ts':
      "export const T = { users: 'app_users' } as const; export enum Col { Age = 'age' } export class N { static readonly Posts = 'posts'; }",
    'src/migrations/a.ts': `import { MigrationInterface } from 'typeorm'; import { T, Col, N } from '../names';
      export class A1700000000000 implements MigrationInterface {
        async up(q) { await q.query(\`ALTER TABLE \${T.users} ADD \${Col.Age} int\`); await q.dropTable(N.Posts); await q.query(\`DROP TABLE \${T.none}\`); }
        async down() {}
      }`,
  };

  test('are known once files are linked', () => {
    const [, facts] = readProject(files);
    expect(operations(facts!).map(spoken).slice(0, 2)).toEqual(['AddColumn app_users.age', 'DropTable posts']);
    expect(facts!.sites.every((site) => !site.skeleton.join('').includes('app_users'))).toBe(true);
  });

  test('stay unknown without the file', () => {
    const [facts] = readProject({ 'src/migrations/a.ts': files['src/migrations/a.ts'] });
    const drop = operations(facts!).find((operation) => operation.kind === 'DropTable');
    expect(drop).toMatchObject({ table: { name: { unknown: true } } });
  });

  test('operations stand where the constant is named', () => {
    const [, facts] = readProject(files);
    const text = files['src/migrations/a.ts'];
    const [add] = operations(facts!);
    expect(text.slice(add!.span.start, add!.span.end)).toContain('ADD ${Col.Age} int');
  });
});

describe('an index of the schema API that can be read in part only', () => {
  test.each([
    ["{ columnNames: ['a'], where: `s = ${s}` }", { where: 's = ${…}', keys: [{ column: 'a' }] }],
    ["{ columnNames: ['a'], isUnique: s }", { unique: false }],
    ["{ columnNames: ['a'], ...s }", { keys: [{ column: 'a' }] }],
  ])('%s', (options, expected) => {
    const [operation] = operations(
      migration(`const s = process.env.S; await queryRunner.createIndex('t', new TableIndex(${options}));`),
    );
    expect(operation).toMatchObject({ kind: 'CreateIndex', index: expected });
    expect(operation).toMatchObject({ index: { uncertain: [{ about: 'everything' }] } });
  });
});

describe('migrations without types', () => {
  const migrations = { path: 'migration', runner: 'typeorm' } as const;
  const alter = 'ALTER TABLE "note" ADD "score" integer';

  test.each<[string, string, string]>([
    [
      'migration/1700000000000-score.js',
      `module.exports = class Score1700000000000 { async up(queryRunner) { await queryRunner.query('${alter}'); } async down(q) {} }`,
      'Score1700000000000',
    ],
    [
      'migration/1700000000000-score.cjs',
      `class Score1700000000000 { up(db) { return db.query('${alter}'); } down(db) {} }\nmodule.exports = { Score1700000000000 };`,
      'Score1700000000000',
    ],
    [
      'migration/1700000000000-score.js',
      `export class Score1700000000000 { name = 'Renamed1700000000000'; async up(queryRunner) { await queryRunner.query('${alter}'); } async down() {} }`,
      'Renamed1700000000000',
    ],
    [
      'migration/1700000000000-score.mjs',
      `export default class { name = 'Score1700000000000'; up = async (queryRunner) => { await queryRunner.query('${alter}'); }; down = async () => {}; }`,
      'Score1700000000000',
    ],
    [
      'migration/1700000000000-score.js',
      `exports.Score1700000000000 = class { constructor() { this.name = 'Score1700000000000'; } async up(runner) { await runner.query('${alter}'); } async down(runner) {} }`,
      'Score1700000000000',
    ],
    [
      'migration/1700000000000-score.ts',
      `export class Score1700000000000 { async up({ query }: any) {} async down(runner: any) { await runner.query('${alter}'); } }`,
      'Score1700000000000',
    ],
  ])('%s: %s', (path, text, id) => {
    const facts = readOne(text, { migrations }, path);
    expect(facts.migrations).toMatchObject([{ id, order: [1_700_000_000_000] }]);
    const half = text.includes('{ query }') ? 'down' : 'up';
    expect(operations(facts, half)).toMatchObject([{ kind: 'AddColumn', table: { name: { value: 'note' } } }]);
  });

  test('a helper that is handed the runner, and methods that bind it, are followed', () => {
    const facts = readOne(
      `async function add(runner, table) { await runner.query(\`ALTER TABLE \${table} ADD "n" integer\`); }
      module.exports = class Score1700000000000 { async up(queryRunner) { await add(queryRunner, 'note'); } async down(queryRunner) {} }`,
      { migrations },
      'migration/1700000000000-score.js',
    );
    expect(operations(facts)).toMatchObject([{ kind: 'AddColumn', table: { name: { value: 'note' } } }]);
  });

  test('a migration that does nothing is one', () => {
    const text = 'module.exports = class Nothing1700000000000 { async up() {} async down() {} }';
    const { migrations: found } = readOne(text, { migrations }, 'migration/1700000000000-nothing.js');
    expect(found).toMatchObject([{ id: 'Nothing1700000000000', up: { state: 'empty' }, down: { state: 'empty' } }]);
  });

  test('classes beside the migrations that have no up are none', () => {
    expect(readOne('export class Helper { down(q) {} }', { migrations }, 'migration/help.js').migrations).toEqual([]);
  });
});
