import { describe, expect, test } from 'vitest';
import { pen } from '../../src/frontends/typescript/authoring/pen.js';
import type { Dialect } from '../../src/ir/index.js';
import { inverseOperations } from '../../src/queries/inverse-operations.js';
import { projectOf } from '../queries/support/project.js';
import { edited } from './support.js';
import { applied } from '../support/applied.js';

const text = (up: string, down: string): string =>
  `import { MigrationInterface, QueryRunner, Table, TableColumn } from 'typeorm';\n\nexport class A1700000000000 implements MigrationInterface {\n${up}${down}}\n`;
const method = (head: string, ...lines: string[]): string =>
  `  public async ${head}(runner: QueryRunner): Promise<void> {\n${lines.map((line) => `    ${line}\n`).join('')}  }\n`;

async function reverted(source: string, dialect: Dialect = 'postgresql'): Promise<string | undefined> {
  const path = 'src/migrations/a.ts';
  const project = await projectOf({ [path]: source }, { dialect });
  const [facts] = project.files;
  const [migration] = facts!.migrations;
  const operations = inverseOperations(project, migration!);
  return operations && applied(source, pen({ path, text: source }, dialect).writeDowngrade(migration!, operations));
}

describe('down()', () => {
  const create = "await runner.query('CREATE TABLE t (id int)');";
  const drop = "await runner.query('DROP TABLE t');";

  test.each([
    ['empty', method('down')],
    ['without a parameter', '  async down(): Promise<void> {}\n'],
    ['raising', method('down', "throw new Error('no');")],
  ])('%s', async (_, down) => {
    const up = method('up', create);
    expect(await reverted(text(up, `\n${down}`))).toBe(text(up, `\n${method('down', drop)}`));
  });

  test('missing', async () => {
    const up = method('up', create);
    expect(await reverted(text(up, ''))).toBe(text(up, `\n${method('down', drop)}`));
  });

  test('of calls, in reverse', async () => {
    const up = method(
      'up',
      "await runner.addColumn('Post', new TableColumn({ name: 'title', type: 'text' }));",
      "await runner.renameColumn('Post', 'a', 'b');",
    );
    expect(await reverted(text(up, ''))).toBe(
      text(
        up,
        `\n${method('down', `await runner.query('ALTER TABLE "Post" RENAME COLUMN "b" TO "a"');`, `await runner.query('ALTER TABLE "Post" DROP COLUMN "title"');`)}`,
      ),
    );
  });

  test('in the quotes of MySQL', async () => {
    const up = method('up', 'await runner.query("CREATE TABLE `t' + 's` (id int)");');
    expect(await reverted(text(up, ''), 'mysql')).toBe(
      text(up, `\n${method('down', "await runner.query('DROP TABLE `ts`');")}`),
    );
  });

  test.each([
    method('up', "await runner.query('DELETE FROM t');"),
    method('up', 'await runner.query(sql);'),
    method('up', create).replace('async ', ''),
    method('up', create).replace('public async up(', 'up = async (').replace('> {', '> => {'),
  ])('none for %j', async (up) => {
    expect(await reverted(text(up, ''))).toBeUndefined();
  });
});

describe('a key column', () => {
  const table = (columns: string): string =>
    text(method('up', `await runner.createTable(new Table({ name: 't', columns: [${columns}] }));`), '');
  const keyed = (source: string, dialect: Dialect = 'postgresql'): string | undefined =>
    edited(
      source,
      (authoring, { migrations }) => {
        const [step] = migrations[0]!.up.steps;
        const operation = step && ('operation' in step ? step.operation : step.statement.operations[0]);
        return operation?.kind === 'CreateTable' ? authoring.addPrimaryKey(operation.definition) : undefined;
      },
      { dialect },
    );
  const key = (strategy: string): string =>
    `{ name: 'id', type: 'bigint', isPrimary: true, isGenerated: true, generationStrategy: '${strategy}' }, `;

  test('is the first of the list', () => {
    const column = "{ name: 'a', type: 'int' }";
    expect(keyed(table(column))).toBe(table(key('identity') + column));
    expect(keyed(table(column), 'mysql')).toBe(table(key('increment') + column));
  });

  test('is not added to a list that is built elsewhere', () => {
    expect(keyed(table('...columns'))).toBeUndefined();
    expect(keyed(table(''))).toBeUndefined();
  });

  test('in the text of a query', () => {
    const query = (columns: string): string =>
      text(method('up', `await runner.query('CREATE TABLE t (${columns}a int)');`), '');
    expect(keyed(query(''))).toBe(query('id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, '));
  });
});
