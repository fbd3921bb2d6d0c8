import { describe, expect, test } from 'vitest';
import type { OwnCode } from '../../src/frontends/front-end.js';
import { typescript } from '../../src/frontends/typescript/front-end.js';
import type { FileFacts } from '../../src/ir/index.js';
import { throughJson } from './support.js';

const reader = await typescript.load();

function read(text: string, ownCode: OwnCode, path = 'src/db/user.ts'): FileFacts {
  const facts = reader.read({ path, text }, { dialect: 'postgresql', scope: 'project', ownCode });
  return reader.link([throughJson(facts)])[0]!;
}

const columnsOf = (facts: FileFacts): string[] =>
  facts.tables.flatMap(({ columns }) =>
    columns.map(({ name, type, nullable }) => `${name.value} ${type?.name ?? '?'} ${String(nullable)}`),
  );

const entity = (imports: string, body: string): string =>
  `import { Entity, PrimaryGeneratedColumn } from 'typeorm'; ${imports}
   @Entity() export class User { @PrimaryGeneratedColumn() id: number; ${body} }`;

describe('aliases', () => {
  test.each<[string, string, OwnCode]>([
    ['a package', "import { MultiColumn } from '@acme/db';", { aliases: { '@acme/db#MultiColumn': 'typeorm#Column' } }],
    [
      'a renamed import',
      "import { Multi as MultiColumn } from '@acme/db';",
      { aliases: { '@acme/db#Multi': 'typeorm#Column' } },
    ],
    [
      'a default export',
      "import MultiColumn from '@acme/column';",
      { aliases: { '@acme/column#default': 'typeorm#Column' } },
    ],
    ['an alias of paths', "import { MultiColumn } from '~/db';", { aliases: { '~/db#MultiColumn': 'typeorm#Column' } }],
    [
      'a file',
      "import { MultiColumn } from '../sql-tools';",
      { aliases: { './src/sql-tools.ts#MultiColumn': 'typeorm#Column' } },
    ],
    [
      'an index file',
      "import { MultiColumn } from '..';",
      { aliases: { './src/index#MultiColumn': 'typeorm#Column' } },
    ],
    [
      'a glob',
      "import { MultiColumn } from './tools/columns.js';",
      { aliases: { './src/**/tools/*#MultiColumn': 'typeorm#Column' } },
    ],
    ['subpath imports', "import { MultiColumn } from '#db';", { aliases: { '#db#MultiColumn': 'typeorm#Column' } }],
  ])('%s', (_, imports, ownCode) => {
    const text = entity(imports, "@MultiColumn({ type: 'text', nullable: true }) bio: string;");
    expect(columnsOf(read(text, ownCode))).toEqual(['id integer false', 'bio text true']);
    expect(columnsOf(read(text, {}))).toEqual(['id integer false']);
    expect(
      typescript.mayMatter({ path: 'a.ts', text: imports }, { dialect: 'unknown', scope: 'project', ownCode }),
    ).toBe(true);
  });

  test('a namespace', () => {
    const text = entity("import * as db from '@acme/db';", "@db.MultiColumn({ type: 'text' }) bio: string;");
    const found = read(text, { aliases: { '@acme/db#MultiColumn': 'typeorm#Column' } });
    expect(columnsOf(found)).toEqual(['id integer false', 'bio text false']);
  });

  test('what is ignored is no column, and leaves nothing unknown', () => {
    const text = entity("import { Column } from './tools';", '@Column() bio: string;');
    const known = read(text, { aliases: { './src/db/tools#Column': 'ignore' } }).tables[0]!;
    expect(known.columns.map(({ name }) => name.value)).toEqual(['id']);
    expect(known.uncertain ?? []).toEqual([]);
    expect(read(text, {}).tables[0]!.uncertain).not.toEqual([]);
  });
});

test('a decorator adds the columns that the configuration says', () => {
  const text = entity("import { BigNumber } from '@acme/db';", '\n/** The price. */\n@BigNumber() price: string;');
  const ownCode: OwnCode = {
    decorators: {
      '@acme/db#BigNumber': {
        columns: [
          { type: 'numeric', unique: true },
          { name: 'raw_{prop}', type: 'jsonb', nullable: true },
        ],
      },
    },
  };
  const facts = read(text, ownCode);
  expect(columnsOf(facts)).toEqual(['id integer false', 'price numeric false', 'raw_price jsonb true']);
  expect(facts.tables[0]!.columns[1]!.doc?.value).toBe('The price.');
});

test('a function runs SQL', () => {
  const text = `import { rawQuery } from '../db';
    export const one = (id: string) => rawQuery('users', \`select * from users where id = '\${id}'\`);
    export const all = () => rawQuery('users', 'delete from users');`;
  const facts = read(text, { sqlSinks: { './src/db.ts#rawQuery': { text: 1 } } }, 'src/api/users.ts');
  expect(facts.sites.map(({ api, holes }) => [api, holes.map((hole) => hole.text)])).toEqual([['rawQuery()', ['id']]]);
  expect(facts.statements.flatMap(({ operations }) => operations.map(({ kind }) => kind))).toContain('Delete');
  expect(read(text, {}, 'src/api/users.ts').sites).toEqual([]);
});

test('a function of a migration does what a method of the runner does', () => {
  const text = `import { MigrationInterface, QueryRunner } from 'typeorm';
    import { drop } from '@acme/tools';
    export class Change1700000000000 implements MigrationInterface {
      async up(q: QueryRunner) { await drop(q, 'users', true); }
      async down(q: QueryRunner) {}
    }`;
  const kinds = (ownCode: OwnCode): string[] =>
    read(text, ownCode).migrations[0]!.up.steps.map((step) => ('operation' in step ? step.operation.kind : ''));
  expect(kinds({ migrationWrappers: { '@acme/tools#drop': 'dropTable' } })).toEqual(['DropTable']);
  expect(kinds({})).toEqual(['Opaque']);
  const facts = read(text, { migrationWrappers: { '@acme/tools#drop': 'dropTable' } });
  const [step] = facts.migrations[0]!.up.steps;
  const { span } = 'operation' in step! ? step.operation : step!.statement;
  expect(text.slice(span.start, span.end)).toBe("drop(q, 'users', true)");
});
