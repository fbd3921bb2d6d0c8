import { describe, expect, test } from 'vitest';
import { typescript } from '../../src/frontends/typescript/front-end.js';
import type { FileFacts, Operation } from '../../src/ir/index.js';
import { operations, readAlone, readProject } from './support.js';

const reader = await typescript.load();
const path = 'src/migrations/1700000000000-Change.ts';

/** A migration with these imports, members and body of `up`. */
const migration = (imports: string, body: string, members = '', heritage = ''): string =>
  `import { MigrationInterface, QueryRunner } from 'typeorm';
${imports}
export class Change1700000000000 ${heritage} implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    ${body}
  }
  async down(q: QueryRunner): Promise<void> {}
  ${members}
}`;

function read(text: string, others: { [path: string]: string } = {}): FileFacts {
  return readProject({ [path]: text, ...others })[0]!;
}

const words = (operation: Operation): string => {
  const { kind } = operation;
  const about = operation as { table?: { name: { value: string } }; reason?: string };
  return [kind, about.table?.name.value, about.reason].filter((each) => each !== undefined).join(' ');
};

const up = (text: string, others: { [path: string]: string } = {}): string[] =>
  operations(read(text, others)).map(words);

const addColumn = 'await q.query(`ALTER TABLE "${table}" ADD "deleted_at" timestamptz`);';
const helper = `import { QueryRunner } from 'typeorm';
export async function soft(q: QueryRunner, table: string) { ${addColumn} }`;

describe('functions of other files are read where they are called', () => {
  test.each<[string, string, string, { [path: string]: string }]>([
    [
      'by name',
      "import { soft } from './helpers';",
      "await soft(q, 'users');",
      { 'src/migrations/helpers.ts': helper },
    ],
    [
      'renamed',
      "import { soft as add } from './helpers';",
      "await add(q, 'users');",
      { 'src/migrations/helpers.ts': helper },
    ],
    [
      'of a namespace',
      "import * as tools from '../tools';",
      "await tools.soft(q, 'users');",
      { 'src/tools/index.ts': helper },
    ],
    [
      'behind a re-export',
      "import { soft } from '../tools';",
      "await soft(q, 'users');",
      { 'src/tools/index.ts': "export * from './soft.js';", 'src/tools/soft.ts': helper },
    ],
    [
      'the default export',
      "import soft from './helpers';",
      "await soft(q, 'users');",
      { 'src/migrations/helpers.ts': `export default async (q, table) => { /* a queryRunner */ ${addColumn} };` },
    ],
    [
      'of CommonJS',
      "const { soft } = require('./helpers');",
      "await soft(q, 'users');",
      {
        'src/migrations/helpers.js': `module.exports = { soft: async (q, table) => { /* a queryRunner */ ${addColumn} } };`,
      },
    ],
    [
      'of a CommonJS module',
      "const tools = require('./helpers');",
      "await tools.soft(q, 'users');",
      {
        'src/migrations/helpers.js': `exports.soft = async function (queryRunner, table) { const q = queryRunner; ${addColumn} };`,
      },
    ],
    [
      'of an object',
      "import { tools } from './helpers';",
      "await tools.soft(q, 'users');",
      {
        'src/migrations/helpers.ts': `import { QueryRunner } from 'typeorm'; export const tools = { async soft(q: QueryRunner, table: string) { ${addColumn} } };`,
      },
    ],
    [
      'of a class',
      "import { Tools } from './helpers';",
      "await Tools.soft(q, 'users');",
      {
        'src/migrations/helpers.ts': `import { QueryRunner } from 'typeorm'; export class Tools { static async soft(q: QueryRunner, table: string) { ${addColumn} } }`,
      },
    ],
    [
      'that call others',
      "import { soft } from './a';",
      "await soft(q, 'users');",
      {
        'src/migrations/a.ts':
          "import { QueryRunner } from 'typeorm'; import { more } from './b'; export const soft = (q: QueryRunner, t: string) => more(q, t);",
        'src/migrations/b.ts': `import { QueryRunner } from 'typeorm'; export function more(q: QueryRunner, table: string) { return q.query(\`ALTER TABLE "\${table}" ADD x int\`); }`,
      },
    ],
    [
      'with constants of their own',
      "import { soft } from './helpers';",
      'await soft(q);',
      {
        'src/migrations/helpers.ts': `import { QueryRunner } from 'typeorm'; import { TABLES } from './names'; export async function soft(q: QueryRunner, table = TABLES.users) { ${addColumn} }`,
        'src/migrations/names.ts': "export const TABLES = { users: 'users' } as const;",
      },
    ],
    [
      'of another migration',
      "import { soft } from './1600000000000-Before';",
      "await soft(q, 'users');",
      {
        'src/migrations/1600000000000-Before.ts': `${helper}
          export class Before1600000000000 { async up(q: QueryRunner) { await soft(q, 'other'); } async down(q: QueryRunner) {} }`,
      },
    ],
  ])('%s', (_, imports, body, others) => {
    expect(up(migration(imports, body), others)).toEqual(['AddColumn users']);
  });

  test('each is called with its own arguments, over lists of other files too', () => {
    const others = {
      'src/migrations/helpers.ts': `${helper}\nexport const names = ['a', 'b'];`,
    };
    const imports = "import { soft, names } from './helpers';";
    const text = migration(
      imports,
      'for await (const name of names) await soft(q, name); await Promise.all(names.map((each) => soft(q, `${each}_log`)));',
    );
    expect(up(text, others)).toEqual(['AddColumn a', 'AddColumn b', 'AddColumn a_log', 'AddColumn b_log']);
  });

  test('what they do stands where they are called', () => {
    const text = migration("import { soft } from './helpers';", "await soft(q, 'users');");
    const facts = read(text, { 'src/migrations/helpers.ts': `${'// far\n'.repeat(200)}${helper}` });
    const [step] = facts.migrations[0]!.up.steps;
    const { span } = 'statement' in step! ? step.statement : step!.operation;
    const call = { start: text.indexOf('soft(q'), end: text.indexOf("'users')") + "'users')".length };
    const [operation] = operations(facts);
    for (const each of [span, operation!.span]) {
      expect(each.start).toBeGreaterThanOrEqual(call.start);
      expect(each.end).toBeLessThanOrEqual(call.end);
    }
    expect(operation!.repeated).toBe(true);
  });

  test('functions that call themselves, through another file too, are not followed for ever', () => {
    const others = {
      'src/migrations/a.ts':
        "import { QueryRunner } from 'typeorm'; import { b } from './b'; export function a(q: QueryRunner) { return b(q); }",
      'src/migrations/b.ts':
        "import { QueryRunner } from 'typeorm'; import { a } from './a'; export function b(q: QueryRunner) { return a(q); }",
    };
    expect(up(migration("import { a } from './a';", 'await a(q);'), others)).toEqual(['Opaque a() is not followed']);
  });

  test('a function that is nowhere is not known', () => {
    expect(up(migration("import { a } from '@acme/tools';", 'await a(q);'))).toEqual(['Opaque a() is not followed']);
  });

  test('files of helpers are asked for, with what they import', () => {
    const first = readAlone(migration("import { soft } from './helpers';", 'await soft(q);'), path);
    expect(reader.wants!([first])).toContain('src/migrations/helpers.ts');
    const text =
      "import { QueryRunner } from 'typeorm'; import { T } from './names'; export const soft = (q: QueryRunner) => q.query(`drop table ${T}`);";
    const second = readAlone(text, 'src/migrations/helpers.ts');
    expect(reader.wants!([first, second])).toContain('src/migrations/names.ts');
  });
});

describe('methods', () => {
  const base = `import { QueryRunner } from 'typeorm';
export abstract class Base {
  abstract name(): string;
  protected async soft(q: QueryRunner, table: string) { ${addColumn} }
  protected async both(q: QueryRunner) { await this.soft(q, 'a'); await this.own(q); }
  async own(q: QueryRunner) { await q.query('DROP TABLE base'); }
  async up(q: QueryRunner) { await this.soft(q, 'inherited'); }
}`;

  test.each<[string, string, string, string[]]>([
    [
      'a method of the class',
      'await this.own(q);',
      "private async own(q: QueryRunner) { await q.query('DROP TABLE own'); }",
      ['DropTable own'],
    ],
    ['a method of the base class', "await this.soft(q, 'users');", '', ['AddColumn users']],
    [
      'the method of the base class',
      'await super.own(q);',
      "async own(q: QueryRunner) { await q.query('DROP TABLE own'); }",
      ['DropTable base'],
    ],
    [
      'what the base class calls of this one',
      'await this.both(q);',
      "async own(q: QueryRunner) { await q.query('DROP TABLE own'); }",
      ['AddColumn a', 'DropTable own'],
    ],
    ['up of the base class', 'await super.up(q);', '', ['AddColumn inherited']],
  ])('%s', (_, body, members, expected) => {
    const elsewhere = migration("import { Base } from '../base';", body, members, 'extends Base');
    expect(up(elsewhere, { 'src/base.ts': base })).toEqual(expected);
    const here = migration(base.replace(/^import.*\n/, '').replace('export ', ''), body, members, 'extends Base');
    expect(up(here)).toEqual(expected);
  });

  test('a base of a base', () => {
    const middle =
      "import { Base } from './base'; export class Middle extends Base { /* QueryRunner */ name() { return ''; } }";
    const text = migration("import { Middle } from '../middle';", "await this.soft(q, 'users');", '', 'extends Middle');
    expect(up(text, { 'src/base.ts': base, 'src/middle.ts': middle })).toEqual(['AddColumn users']);
  });
});

describe('a branch for each dialect', () => {
  const guards = (body: string): (string[] | undefined)[] =>
    read(migration('', body)).migrations[0]!.up.steps.map((step) => {
      const { guard } = 'statement' in step ? step.statement : step.operation;
      return guard?.kind === 'dialect' ? (guard.dialects ?? ['others']) : undefined;
    });

  test('a switch', () => {
    const body = `switch (q.connection.options.type) {
      case 'postgres': await q.query('DROP TABLE a'); break;
      case 'mysql': case 'mariadb': { await q.query('DROP TABLE b'); break; }
      case 'sqlite': await q.query('DROP TABLE c');
      default: await q.query('DROP TABLE d');
    } await q.query('DROP TABLE e');`;
    expect(guards(body)).toEqual([['postgresql'], ['mysql', 'mariadb'], ['sqlite'], ['others'], undefined]);
  });

  test('conditions', () => {
    const body = `const { type } = q.connection.options;
      if (type === 'postgres') await q.query('DROP TABLE a');
      else if (type === 'mysql') await q.query('DROP TABLE b');
      else throw new Error('unsupported');`;
    expect(guards(body)).toEqual([['postgresql'], ['mysql']]);
  });

  test('a switch over something known', () => {
    const body =
      "const kind = 'b' as string; switch (kind) { case 'a': await q.query('DROP TABLE a'); break; case 'b': await q.query('DROP TABLE b'); default: await q.query('DROP TABLE c'); }";
    expect(up(migration('', body))).toEqual(['DropTable b', 'DropTable c']);
  });
});
