import { describe, expect, test } from 'vitest';
import type { FileFacts, Table } from '../../src/ir/index.js';
import { edited, operations, readOne, readProject } from './support.js';

const imported =
  'Entity, PrimaryKey, Property, Enum, ManyToOne, OneToOne, OneToMany, ManyToMany, Embeddable, Embedded, Index, Unique, Check, Collection, Cascade, Ref, Opt';

const entities = (body: string, module = '@mikro-orm/core'): Table[] =>
  readOne(`import { ${imported} } from '${module}';\n${body}`).tables;

const names = (table: Table | undefined): string[] => (table?.columns ?? []).map((column) => column.name.value);

/** Each foreign key as `column delete update`. */
const rules = (table: Table | undefined): string[] =>
  (table?.constraints ?? []).flatMap((key) =>
    key.kind === 'foreign' ? [`${key.columns[0]!.value} ${key.onDelete ?? '-'} ${key.onUpdate ?? '-'}`] : [],
  );

const id = '@PrimaryKey() id!: number;';

describe('where decorators come from', () => {
  test.each(['@mikro-orm/core', '@mikro-orm/postgresql', '@mikro-orm/decorators/legacy', '@mikro-orm/decorators/es'])(
    '%s',
    (module) => {
      const [table] = entities(`@Entity() class UserAccount { ${id} @Property() firstName!: string }`, module);
      expect(table).toMatchObject({ declaredBy: 'mikro-orm', role: 'table', className: 'UserAccount' });
      expect(names(table)).toEqual(['id', 'first_name']);
    },
  );

  test('those of another package or of the project are not MikroORM', () => {
    expect(entities(`@Entity() class User { ${id} }`, './decorators.js')).toEqual([]);
  });
});

describe('names', () => {
  test.each([
    ['HTTPServer', 'httpserver'],
    ['OAuth2Token', 'oauth2token'],
    ['UserABTest', 'user_abtest'],
    ['a1B2', 'a1b2'],
    ['S3Bucket', 's3bucket'],
    ['IPv4Address', 'ipv4address'],
  ])('%s is %s', (given, expected) => {
    expect(entities(`@Entity() class ${given} { ${id} }`)[0]!.name.name.value).toBe(expected);
  });

  test('those of EntityCaseNamingStrategy are those of the code', () => {
    const [, user] = readProject({
      'mikro-orm.config.ts': `import { defineConfig, EntityCaseNamingStrategy } from '@mikro-orm/postgresql';
        export default defineConfig({ namingStrategy: EntityCaseNamingStrategy });`,
      'src/user.ts': `import { ${imported} } from '@mikro-orm/core';
        @Entity() export class UserAccount { ${id} @ManyToOne(() => UserAccount) bestFriend!: UserAccount }`,
    });
    expect(user!.tables[0]!.name.name.value).toBe('UserAccount');
    expect(names(user!.tables[0])).toEqual(['id', 'bestFriend']);
  });

  test('those of a strategy of the project are not known', () => {
    const [, user] = readProject({
      'mikro-orm.config.ts': `import { defineConfig } from '@mikro-orm/postgresql';
        import { Ours } from './strategy.js';
        export default defineConfig({ namingStrategy: Ours });`,
      'src/user.ts': `import { ${imported} } from '@mikro-orm/core'; @Entity() export class UserAccount { ${id} }`,
    });
    expect(user!.tables[0]!.name.name.unknown).toBe(true);
  });

  test('one that is too long is hashed as MikroORM does', () => {
    const long = 'anExtraordinarilyLongPropertyNameThatNobodyWouldEverWriteDown';
    const [table] = entities(`@Entity() class Account { ${id} @Property({ index: true }) ${long}!: string }`);
    expect(table!.indexes[0]!.name!.value).toMatch(
      /^account_an_extraordinarily_long_property_name_tha.*_[0-9a-f]{5}_index$/,
    );
    expect(table!.indexes[0]!.name!.value).toHaveLength(62);
  });
});

describe('versions', () => {
  const model = `import { defineEntity, p } from '@mikro-orm/core';
    export const User = defineEntity({ name: 'User', properties: { id: p.integer().primary() } });
    export const Post = defineEntity({ name: 'Post', properties: {
      id: p.integer().primary(),
      author: () => p.manyToOne(User),
      editor: () => p.manyToOne(User).nullable(),
    } });`;
  const post = (files: FileFacts[]): Table | undefined =>
    files.flatMap(({ tables }) => tables).find(({ className }) => className === 'Post');

  test('6 takes ON UPDATE CASCADE for granted', () => {
    expect(rules(post(readProject({ 'src/post.ts': model })))).toEqual([
      'author_id - cascade',
      'editor_id set null cascade',
    ]);
  });

  test.each([
    ['by package.json', { 'package.json': '{ "dependencies": { "@mikro-orm/core": "^7.1.0" } }' }],
    [
      'by what the code uses',
      { 'src/db.ts': "import { MikroORM } from '@mikro-orm/sqlite'; export const orm = new MikroORM({});" },
    ],
  ])('7 does not: %s', (_, others) => {
    expect(rules(post(readProject({ ...others, 'src/post.ts': model } as { [path: string]: string })))).toEqual([
      'author_id - -',
      'editor_id set null -',
    ]);
  });
});

describe('what is not known stays unknown', () => {
  test('an optional property says nothing of NULL where the provider is not known', () => {
    const [table] = entities(`@Entity() class User { ${id} @Property() nick?: string }`);
    expect(table!.columns[1]!.nullable).toBe('unknown');
  });

  test('a custom type says at run time what the column is', () => {
    const [table] = entities(`class Money {}\n@Entity() class User { ${id} @Property({ type: Money }) paid!: string }`);
    expect(table!.columns[1]).toMatchObject({ type: { name: 'unknown' }, uncertain: [{ about: 'type' }] });
  });

  test('a constructor that may fail keeps initial values from being seen', () => {
    const [table] = entities(
      `@Entity() class User { ${id} @Property() rank: number = 0; constructor(of: { a: string }) { this.id = of.a.length } }`,
    );
    expect(table!.columns[1]!.default?.by).toBe('client');
    expect(table!.columns[1]!.uncertain).toMatchObject([{ about: 'default' }]);
  });

  test('a base class of another package leaves columns open', () => {
    const [table] = readOne(`import { ${imported} } from '@mikro-orm/core';
      import { Base } from '@acme/base';
      @Entity() class User extends Base { @Property() name!: string }`).tables;
    expect(table!.uncertain.map(({ about }) => about)).toContain('columns');
  });

  test('a decorator that is not followed leaves columns open', () => {
    const [table] = readOne(`import { ${imported} } from '@mikro-orm/core';
      import { Money } from './money.js';
      @Entity() class User { ${id} @Money() paid!: string }`).tables;
    expect(names(table)).toEqual(['id']);
    expect(table!.uncertain.map(({ about }) => about)).toContain('columns');
  });
});

describe('migrations', () => {
  const migration = (members: string, base = 'Migration'): FileFacts =>
    readOne(
      `import { Migration } from '@mikro-orm/migrations';
      export class Migration20240101080000 extends ${base} { ${members} }`,
      {},
      'src/migrations/Migration20240101080000_shop.ts',
    );

  test('the name is that of the class, the order that of the file', () => {
    const [only] = migration("up() { this.addSql('select 1') }").migrations;
    expect(only).toMatchObject({
      id: 'Migration20240101080000',
      order: ['Migration20240101080000_shop'],
      runner: 'mikro-orm',
      transaction: 'all',
      down: { state: 'missing' },
    });
  });

  test('isTransactional() takes it out of the transaction', () => {
    const [only] = migration(
      "up() { this.addSql('create index concurrently i on t (a)') } isTransactional() { return false }",
    ).migrations;
    expect(only!.transaction).toBe('none');
    expect(only!.up.steps).toMatchObject([{ statement: { inTransaction: 'no' } }]);
  });

  test('what is computed is opaque, and a class of the project in between is followed', () => {
    const facts = readOne(
      `import { Migration } from '@mikro-orm/migrations';
      abstract class Ours extends Migration {}
      export class Migration1 extends Ours { up() { this.addSql(process.env.SQL) } }`,
    );
    expect(facts.migrations).toHaveLength(1);
    expect(operations(facts)).toMatchObject([{ kind: 'Opaque' }]);
  });

  test.each([
    ['allOrNothing: false', 'each', 'yes'],
    ['transactional: false', 'none', 'no'],
    ['allOrNothing: process.env.ALL', 'unknown', 'yes'],
  ])('the configuration says %s', (option, transaction, inTransaction) => {
    const [, only] = readProject({
      'mikro-orm.config.ts': `import { defineConfig } from '@mikro-orm/postgresql';
        export default defineConfig({ migrations: { ${option} } });`,
      'src/migrations/Migration1.ts': `import { Migration } from '@mikro-orm/migrations';
        export class Migration1 extends Migration { up() { this.addSql('select 1') } }`,
    });
    expect(only!.migrations[0]).toMatchObject({ transaction, up: { steps: [{ statement: { inTransaction } }] } });
  });
});

describe('the pen', () => {
  const table = (facts: FileFacts): Table => facts.tables.at(-1)!;
  const model = (body: string): string => `import { ${imported} } from '@mikro-orm/core';\n${body}`;

  test.each([
    ['@Property()', "@Property({ comment: 'Said.' })"],
    ['@Property({ length: 3 })', "@Property({ length: 3, comment: 'Said.' })"],
    ['@Enum(() => Kind)', "@Enum({ items: () => Kind, comment: 'Said.' })"],
    ["@Index() @Property({ comment: '' })", "@Index() @Property({ comment: 'Said.' })"],
  ])('comments %s', (before, after) => {
    const text = (decorator: string): string => model(`@Entity() class User { ${decorator} name!: string }`);
    expect(
      edited(text(before), (pen, facts) => pen.setColumnComment(table(facts).columns[0]!, 'Said.', table(facts))),
    ).toBe(text(after));
  });

  test('writes links of a builder', () => {
    const text = (links: string): string =>
      `import { defineEntity, p } from '@mikro-orm/core';
      const User = defineEntity({ name: 'User', properties: { id: p.integer().primary() } });
      const Post = defineEntity({ name: 'Post', properties: { id: p.integer().primary(), by: () => p.manyToOne(User)${links} } });`;
    const index = edited(text(''), (pen, facts) => {
      const key = table(facts).constraints.find((each) => each.kind === 'foreign')!;
      return pen.addIndex(key as Parameters<typeof pen.addIndex>[0], table(facts));
    });
    expect(index).toBe(text('.index()'));
  });

  test('leaves what is spread in alone', () => {
    const text = `import { defineEntity, p } from '@mikro-orm/core';
      import { shared } from './shared.js';
      export const Post = defineEntity({ name: 'Post', properties: { id: p.integer().primary(), ...shared } });`;
    const [facts] = readProject({
      'src/post.ts': text,
      'src/shared.ts': "import { p } from '@mikro-orm/core'; export const shared = { note: p.string() };",
    });
    expect(names(table(facts!))).toEqual(['id', 'note']);
    expect(table(facts!).columns[1]!.anchor?.points).toEqual({});
  });

  test('writes the way back as addSql', () => {
    const before = `import { Migration } from '@mikro-orm/migrations';
export class Migration1 extends Migration {
  async up(): Promise<void> {
    this.addSql('create table "shop" ("id" int)');
  }
}
`;
    const after = edited(before, (pen, facts) =>
      pen.writeDowngrade(facts.migrations[0]!, [
        { kind: 'DropTable', table: { ...named('shop') }, span: { start: 0, end: 0 }, provenance: 'api' },
      ]),
    );
    expect(after).toContain(`  async down(): Promise<void> {
    this.addSql('DROP TABLE shop');
  }`);
  });
});

const named = (value: string) => {
  const span = { start: 0, end: 0 };
  return { name: { value, quoted: false, span }, span };
};
