import { describe, expect, test } from 'vitest';
import type { Column, Dialect, Table } from '../../src/ir/index.js';
import { entity, readOne, readProject } from './support.js';

const columnOf = (body: string, dialect: Dialect = 'postgresql'): Column =>
  entity(`@Entity() class Thing {\n  ${body}\n}`, { dialect })[0]!.columns[0]!;

const names = (table: Table | undefined): string[] => (table?.columns ?? []).map((column) => column.name.value);

describe('tables', () => {
  test.each([
    ['@Entity()', 'class UserAccount {}', 'user_account'],
    ['@Entity', 'class UserAccount {}', 'user_account'],
    ["@Entity('accounts')", 'class UserAccount {}', 'accounts'],
    ["@Entity({ name: 'accounts' })", 'class UserAccount {}', 'accounts'],
    ["@Entity('accounts', { orderBy: { id: 'ASC' } })", 'class UserAccount {}', 'accounts'],
    ['@Entity(T.users)', "class UserAccount {}\nconst T = { users: 'app_users' } as const;", 'app_users'],
    ['@Entity(`${prefix}_users`)', "class UserAccount {}\nconst prefix = 'app';", 'app_users'],
  ])('%s %s', (decorator, body, expected) => {
    const [table] = entity(`${decorator} ${body}`);
    expect(table).toMatchObject({ role: 'table', declaredBy: 'typeorm', className: 'UserAccount', uncertain: [] });
    expect(table!.name.name).toMatchObject({ value: expected, quoted: true });
  });

  test('schema and comment', () => {
    const [table] = entity("@Entity({ schema: 'app', comment: 'People.' }) class User {}");
    expect(table!.name.schema?.value).toBe('app');
    expect(table!.comment?.value).toBe('People.');
  });

  test('JSDoc is kept apart from the comment', () => {
    const [table] = entity('/** People who log in. */\n@Entity() class User {}');
    expect(table!.doc?.value).toBe('People who log in.');
    expect(table!.comment).toBeUndefined();
  });

  test('a name that is computed is unknown, not guessed', () => {
    const [table] = entity('@Entity(process.env.TABLE) class User {}');
    expect(table!.name.name.unknown).toBe(true);
    expect(table!.uncertain[0]).toMatchObject({ about: 'name' });
  });

  test('a view is no table', () => {
    const [view] = entity("@ViewEntity({ expression: 'select 1' }) class Totals { @ViewColumn() n: number }");
    expect(view!.role).toBe('view');
  });

  test('a class without @Entity that has columns is a base', () => {
    const [base] = entity('export abstract class Base { @PrimaryColumn() id: number }');
    expect(base!.role).toBe('abstract');
  });

  test('entityPrefix of the data source stands before every name', () => {
    const text = `import { DataSource, Entity, PrimaryColumn } from 'typeorm';
      export const db = new DataSource({ type: 'postgres', entityPrefix: 'app_' });
      @Entity('users') class User { @PrimaryColumn() id: number }`;
    expect(readOne(text).tables[0]!.name.name.value).toBe('app_users');
  });

  test('SnakeNamingStrategy turns property names too', () => {
    const [, facts] = readProject({
      'src/db.ts': `import { DataSource } from 'typeorm'; import { SnakeNamingStrategy } from 'typeorm-naming-strategies';
        export default new DataSource({ type: 'postgres', namingStrategy: new SnakeNamingStrategy() });`,
      'src/user.ts': `import { Entity, Column } from 'typeorm'; @Entity() class User { @Column() firstName: string }`,
    });
    expect(names(facts!.tables[0])).toEqual(['first_name']);
  });

  test('any other naming strategy leaves the names uncertain', () => {
    const text = `import { DataSource, Entity, Column } from 'typeorm'; import { Mine } from './mine';
      export default new DataSource({ type: 'postgres', namingStrategy: new Mine() });
      @Entity() class User { @Column({ unique: true }) firstName: string }`;
    const [table] = readOne(text).tables;
    expect(table!.uncertain[0]!.about).toBe('name');
    expect(table!.constraints[0]!.name).toBeUndefined();
  });
});

describe('columns', () => {
  test.each<[string, Dialect, object]>([
    ['@Column() firstName: string', 'postgresql', { name: 'firstName', type: 'varchar', nullable: false }],
    ['@Column() age: number', 'postgresql', { type: 'integer' }],
    ['@Column() age: number', 'mysql', { type: 'int' }],
    ['@Column() on: boolean', 'postgresql', { type: 'boolean' }],
    ['@Column() at: Date', 'postgresql', { type: 'timestamp' }],
    ['@Column() at: Date', 'mysql', { type: 'datetime' }],
    ['@Column({ type: Date, nullable: true }) at: Date | null', 'postgresql', { type: 'timestamp', nullable: true }],
    ["@PrimaryColumn() @Generated('uuid') id: string", 'postgresql', { type: 'uuid' }],
    ["@Column('text') @Generated('uuid') id: string", 'mysql', { type: 'varchar(36)' }],
    ['@CreateDateColumn({ precision: 3 }) at: Date', 'postgresql', { type: 'timestamp(3)' }],
    ['@UpdateDateColumn({ precision: 3 }) at: Date', 'mysql', { type: 'datetime(3)' }],
    [
      "@Column({ type: 'enum', enum: ['a'], array: true }) kinds: string[]",
      'postgresql',
      { type: 'thing_kinds_enum[]' },
    ],
    ['@Column({ type: String, length: 9 }) s: string | null', 'postgresql', { type: 'varchar(9)' }],
    ["@Column() kind: 'a' | 'b'", 'postgresql', { type: 'varchar' }],
    ['@Column() name?: string', 'postgresql', { type: 'varchar' }],
    ["@Column('int8') n: number", 'postgresql', { type: 'bigint' }],
    [
      "@Column('varchar', { length: 20, nullable: true }) n: string",
      'postgresql',
      { type: 'varchar(20)', nullable: true },
    ],
    [
      "@Column({ type: 'timestamptz', name: 'made_at' }) madeAt: Date",
      'postgresql',
      { name: 'made_at', type: 'timestamp with time zone' },
    ],
    ["@Column({ type: 'numeric', precision: 10, scale: 2 }) price: string", 'postgresql', { type: 'numeric(10,2)' }],
    ["@Column('text', { array: true }) tags: string[]", 'postgresql', { type: 'text[]' }],
    ["@Column('simple-array') tags: string[]", 'postgresql', { type: 'text' }],
    ['@PrimaryColumn() id: string', 'postgresql', { nullable: false }],
    ['@PrimaryGeneratedColumn() id: number', 'postgresql', { type: 'integer', generated: 'serial' }],
    ["@PrimaryGeneratedColumn('uuid') id: string", 'postgresql', { type: 'uuid', generated: undefined }],
    ["@PrimaryGeneratedColumn('identity') id: number", 'postgresql', { generated: 'identity' }],
    [
      "@PrimaryGeneratedColumn('increment', { type: 'bigint' }) id: string",
      'postgresql',
      { type: 'bigint', generated: 'serial' },
    ],
    ['@CreateDateColumn() madeAt: Date', 'postgresql', { type: 'timestamp', default: 'now()' }],
    [
      "@CreateDateColumn({ type: 'timestamptz' }) madeAt: Date",
      'postgresql',
      { type: 'timestamp with time zone', default: 'now()' },
    ],
    ['@DeleteDateColumn() goneAt: Date', 'postgresql', { nullable: true }],
    ['@VersionColumn() v: number', 'postgresql', { type: 'integer' }],
    ["@Column({ default: 'new' }) s: string", 'postgresql', { default: "'new'" }],
    ["@Column({ default: () => 'now()' }) at: Date", 'postgresql', { default: 'now()' }],
    ['@Column({ default: false }) on: boolean', 'postgresql', { default: 'false' }],
    ["@Column({ comment: 'Given name.' }) n: string", 'postgresql', { comment: 'Given name.' }],
    [
      "@Column({ type: 'int', generatedType: 'STORED', asExpression: 'a + b' }) n: number",
      'postgresql',
      { generated: 'stored' },
    ],
  ])('%s (%s)', (body, dialect, expected) => {
    const column = columnOf(body, dialect);
    const flat = {
      name: column.name.value,
      type: column.type.name,
      nullable: column.nullable,
      generated: column.generated,
      default: column.default?.text,
      comment: column.comment?.value,
    };
    expect(flat).toMatchObject(expected);
    expect(column.uncertain).toEqual([]);
  });

  test.each([
    ['@Column() n: string | null', 'type'],
    ['@Column() n', 'type'],
    ['@Column() n: Money', 'type'],
    ['@Column(TYPE) n: string', 'type'],
    ['@Column({ name: NAME }) n: string', 'name'],
    ['@Column({ comment: COMMENT }) n: string', 'comment'],
    ['@Column({ ...OPTIONS }) n: string', 'everything'],
  ])('%s leaves %s uncertain', (body, about) => {
    const column = columnOf(body.replace(/\b[A-Z]{4,}\b/, 'globalThis.$&'));
    expect(column.uncertain.map((each) => each.about)).toContain(about);
  });

  test('an enum gives the type that PostgreSQL keeps', () => {
    const facts = readOne(`import { Entity, Column } from 'typeorm';
      enum Role { Admin = 'admin', Guest = 'guest' }
      @Entity('users') class User { @Column({ type: 'enum', enum: Role }) role: Role }`);
    expect(facts.tables[0]!.columns[0]!.type.name).toBe('users_role_enum');
    expect(facts.enums).toMatchObject([{ name: { name: { value: 'users_role_enum' } }, labels: ['admin', 'guest'] }]);
  });

  test('the type of a string enum is text', () => {
    const facts = readOne(`import { Entity, Column } from 'typeorm';
      enum Role { Admin = 'admin' }
      @Entity('users') class User { @Column() role: Role }`);
    expect(facts.tables[0]!.columns[0]!.type.name).toBe('varchar');
  });

  test('embedded columns take the prefix', () => {
    const tables = entity(`class Address { @Column() zipCode: string; @Column() city: string }
      @Entity() class User { @Column(() => Address) homeAddress: Address }
      @Entity() class Shop { @Column(() => Address, { prefix: false }) address: Address }
      @Entity() class Bank { @Column(() => Address, { prefix: 'at' }) address: Address }`);
    expect(tables.filter((table) => table.role === 'table').map(names)).toEqual([
      ['homeAddressZipcode', 'homeAddressCity'],
      ['zipCode', 'city'],
      ['atZipcode', 'atCity'],
    ]);
  });

  test('JSDoc above a decorator is the doc of the column; tags alone are none', () => {
    const [table] = entity(`@Entity() class User {
      /** Given name. */
      @Column() first: string;
      /** @deprecated */
      @Column() last: string;
    }`);
    expect(table!.columns.map((column) => column.doc?.value)).toEqual(['Given name.', undefined]);
  });

  test('a decorator made by a function of the file is followed', () => {
    const column = columnOf(
      "@Price({ nullable: true }) p: string }\nfunction Price(o: object) { return Column({ type: 'numeric', ...o }); }\nclass X {",
    );
    expect(column).toMatchObject({ type: { name: 'numeric' }, nullable: true, uncertain: [] });
  });

  test('a decorator of another file leaves the table uncertain and gives no column', () => {
    const facts = readOne(`import { Entity, Column } from 'typeorm'; import { Money } from './money';
      @Entity() class User { @Column() name: string; @Money() balance: string }`);
    expect(names(facts.tables[0])).toEqual(['name']);
    expect(facts.tables[0]!.uncertain.map((each) => each.about)).toContain('columns');
  });

  test('decorators of validation packages change nothing', () => {
    const facts = readOne(`import { Entity, Column } from 'typeorm'; import { IsString } from 'class-validator';
      @Entity() class User { @IsString() @Column() name: string; @IsString() note: string }`);
    expect(names(facts.tables[0])).toEqual(['name']);
    expect(facts.tables[0]!.uncertain).toEqual([]);
  });
});

describe('keys, indexes and checks', () => {
  const keysOf = (body: string, dialect: Dialect = 'postgresql'): string[] => {
    const [table] = entity(body, { dialect });
    return [
      ...table!.constraints.map(
        (each) =>
          `${each.kind} ${each.name?.value ?? '-'} ${'columns' in each ? each.columns.map((name) => name.value).join(',') : each.expression}`,
      ),
      ...table!.indexes.map(
        (each) =>
          `${each.unique ? 'unique ' : ''}index ${each.name?.value ?? '-'} ${each.keys.map((key) => key.column ?? key.expression).join(',')}${each.where === undefined ? '' : ` where ${each.where}`}`,
      ),
    ];
  };

  test.each([
    ['@Entity("user_account") class U { @PrimaryColumn() id: number }', ['primary PK_6acfec7285fdf9f463462de3e9f id']],
    [
      '@Entity() class U { @PrimaryGeneratedColumn({ primaryKeyConstraintName: "pk_u" }) id: number }',
      ['primary pk_u id'],
    ],
    [
      '@Entity("user_account") @Index(["b", "a"]) class U { @Column() a: string; @Column() b: string }',
      ['index IDX_88f9e04826ed5d0fee43dab2de b,a'],
    ],
    [
      '@Entity() @Index("by_b", ["b"], { unique: true, where: "b > 0" }) class U { @Column() b: string }',
      ['unique index by_b b where b > 0'],
    ],
    ['@Entity() @Index("by_b", (u) => [u.b]) class U { @Column({ name: "bee" }) b: string }', ['index by_b bee']],
    ['@Entity() class U { @Index() @Column() b: string }', [expect.stringMatching(/^index IDX_[0-9a-f]{26} b$/)]],
    ['@Entity() class U { @Index("by_b") @Column() b: string }', ['index by_b b']],
    [
      '@Entity() class U { @Index({ unique: true }) @Column() b: string }',
      [expect.stringMatching(/^unique index IDX_/)],
    ],
    ['@Entity() @Unique("one_b", ["b"]) class U { @Column() b: string }', ['unique one_b b']],
    ['@Entity() @Unique(["b"]) class U { @Column() b: string }', [expect.stringMatching(/^unique UQ_[0-9a-f]{27} b$/)]],
    ['@Entity() class U { @Column({ unique: true }) b: string }', [expect.stringMatching(/^unique UQ_/)]],
    [
      `@Entity("user_account") @Check('"age" > 0') class U { @Column() age: number }`,
      ['check CHK_e2dece6426a4d98be41dc61a34 "age" > 0'],
    ],
    [`@Entity() @Check('grown', 'age > 17') class U { @Column() age: number }`, ['check grown age > 17']],
  ])('%s', (body, expected) => {
    expect(keysOf(body)).toEqual(expected);
  });

  test('MySQL keeps unique constraints as indexes, and names them so', () => {
    expect(
      keysOf(
        '@Entity("user_account") @Unique(["b", "a"]) class U { @Column() a: string; @Column() b: string }',
        'mysql',
      ),
    ).toEqual(['unique IDX_88f9e04826ed5d0fee43dab2de b,a']);
  });

  test('columns marked one by one make one primary key', () => {
    const [table] = entity('@Entity() class U { @PrimaryColumn() a: number; @PrimaryColumn() b: number }');
    expect(table!.constraints).toMatchObject([{ kind: 'primary', columns: [{ value: 'a' }, { value: 'b' }] }]);
  });

  test.each([
    ["@Index(['b'], { unique: true, where: `s IN (${list(S)})` })", { where: 's IN (${…})' }, false],
    ["@Index(['b'], { where: predicate })", { where: '${…}' }, false],
    ["@Index(['b'], { ...shared })", {}, false],
    ["@Index(['b'], options)", {}, false],
    ["@Index(['b'], { unique: flag })", {}, true],
    ["@Index(['b'], { spatial: flag })", {}, true],
  ])('an index that can be read in part only is uncertain: %s', (decorator, expected, named) => {
    const [table] = entity(`@Entity() ${decorator} class U { @Column() b: string }
      declare const predicate: string, flag: boolean, shared: object, options: object; declare function list(x: unknown): string;`);
    const [index] = table!.indexes;
    expect(index).toMatchObject({ keys: [{ column: 'b' }], ...expected });
    expect(index!.name !== undefined).toBe(named);
    expect(index!.uncertain).toMatchObject([{ about: 'everything' }]);
  });

  test('an index of computed columns leaves the indexes of the table uncertain', () => {
    const [table] = entity(
      `@Entity() @Index('given', keys) class U { @Column() b: string } declare const keys: string[];`,
    );
    expect(table!.indexes).toMatchObject([]);
    expect(table!.uncertain).toMatchObject([{ about: 'indexes' }]);
  });

  test.each([
    ["@Index(nameOf('b'), ['b']) class U { @Column() b: string }", 'indexes'],
    ["@Unique(nameOf('b'), ['b']) class U { @Column() b: string }", 'constraints'],
  ])('a computed name is no generated one: %s', (body, part) => {
    const [table] = entity(`@Entity() ${body} declare function nameOf(column: string): string;`);
    const fact = part === 'indexes' ? table!.indexes[0] : table!.constraints[0];
    expect(fact!.name).toBeUndefined();
    expect(fact!.uncertain).toMatchObject([{ about: 'name' }]);
  });

  test('a column that may be unique leaves the constraints uncertain', () => {
    const [table] = entity('@Entity() class U { @Column({ unique: flag }) b: string } declare const flag: boolean;');
    expect(table!.uncertain).toMatchObject([{ about: 'constraints' }]);
  });

  test('an index on a relation is one on its key column', () => {
    const [, post] = entity(`@Entity() class User { @PrimaryColumn() id: number }
      @Entity() class Post { @Index() @ManyToOne(() => User) author: User }`);
    expect(post!.indexes[0]!.keys).toEqual([{ column: 'authorId', quoted: true }]);
  });
});

describe('relations', () => {
  const user = '@Entity("users") class User { @PrimaryGeneratedColumn("uuid") id: string }\n';

  test('many-to-one makes a nullable key column, a foreign key and no index', () => {
    const [, post] = entity(
      `${user}@Entity() class Post { @PrimaryColumn() id: number; @ManyToOne(() => User, (u) => u.posts, { onDelete: 'CASCADE' }) author: User }`,
    );
    expect(names(post)).toEqual(['id', 'authorId']);
    expect(post!.columns[1]).toMatchObject({ type: { name: 'uuid' }, nullable: true, uncertain: [] });
    expect(post!.constraints[1]).toMatchObject({
      kind: 'foreign',
      columns: [{ value: 'authorId' }],
      target: { name: { value: 'users' } },
      targetColumns: [{ value: 'id' }],
      onDelete: 'CASCADE',
    });
    expect(post!.constraints[1]!.name!.value).toMatch(/^FK_[0-9a-f]{27}$/);
    expect(post!.indexes).toEqual([]);
    expect(post!.relationships).toMatchObject([
      { kind: 'many-to-one', target: 'User', inverse: 'posts', attribute: { value: 'author' } },
    ]);
  });

  test.each([
    ["@JoinColumn({ name: 'author_id' })", '', ['author_id'], 1],
    ['', ', { nullable: false }', ['authorId'], 1],
    ['', ', { createForeignKeyConstraints: false }', ['authorId'], 0],
    ["@JoinColumn({ name: 'author_id', foreignKeyConstraintName: 'fk_author' })", '', ['author_id'], 1],
  ])('%s @ManyToOne(() => User%s)', (join, options, columns, keys) => {
    const [, post] = entity(`${user}@Entity() class Post { ${join} @ManyToOne(() => User${options}) author: User }`);
    expect(names(post)).toEqual(columns);
    expect(post!.constraints.filter((each) => each.kind === 'foreign')).toHaveLength(keys);
    expect(post!.columns[0]!.nullable).toBe(!options.includes('nullable: false'));
    if (join.includes('fk_author')) expect(post!.constraints[0]!.name!.value).toBe('fk_author');
  });

  test('a key column that is declared too is one column', () => {
    const [, post] = entity(
      `${user}@Entity() class Post { @Column('uuid') authorId: string; @ManyToOne(() => User) @JoinColumn({ name: 'authorId' }) author: User }`,
    );
    expect(names(post)).toEqual(['authorId']);
    expect(post!.constraints).toMatchObject([{ kind: 'foreign', columns: [{ value: 'authorId' }] }]);
  });

  test('the side of a one-to-one with the join column owns a unique key; the other side has no column', () => {
    const [left, right] =
      entity(`@Entity() class User { @PrimaryColumn() id: number; @OneToOne(() => Profile) @JoinColumn() profile: Profile }
      @Entity() class Profile { @PrimaryColumn() id: number; @OneToOne(() => User, 'profile') user: User }`);
    expect(names(left)).toEqual(['id', 'profileId']);
    expect(left!.constraints.at(-1)).toMatchObject({ kind: 'unique', columns: [{ value: 'profileId' }] });
    expect(left!.constraints.at(-1)!.name!.value).toMatch(/^REL_[0-9a-f]{26}$/);
    expect(names(right)).toEqual(['id']);
  });

  test('many-to-many makes a junction table on the side of the join table', () => {
    const tables =
      entity(`@Entity() class UserAccount { @PrimaryColumn() id: number; @ManyToMany(() => Tag) @JoinTable() tags: Tag[] }
      @Entity() class Tag { @PrimaryColumn() id: number; @ManyToMany(() => UserAccount, 'tags') accounts: UserAccount[] }`);
    const junction = tables.find((table) => table.role === 'junction')!;
    expect(junction.name.name.value).toBe('user_account_tags_tag');
    expect(names(junction)).toEqual(['userAccountId', 'tagId']);
    expect(junction.constraints.map((each) => each.kind)).toEqual(['primary', 'foreign', 'foreign']);
    expect(junction.constraints[1]).toMatchObject({
      onDelete: 'CASCADE',
      onUpdate: 'CASCADE',
      target: { name: { value: 'user_account' } },
    });
    expect(junction.indexes.map((index) => index.keys[0]!.column)).toEqual(['userAccountId', 'tagId']);
    expect(tables.filter((table) => table.role === 'junction')).toHaveLength(1);
  });

  test('a junction of a table with itself numbers its columns', () => {
    const tables = entity(
      '@Entity() class User { @PrimaryColumn() id: number; @ManyToMany(() => User) @JoinTable() friends: User[] }',
    );
    expect(names(tables.find((table) => table.role === 'junction'))).toEqual(['userId_1', 'userId_2']);
  });

  test('names given to a junction', () => {
    const tables = entity(`@Entity() class User { @PrimaryColumn() id: number;
        @ManyToMany(() => Tag) @JoinTable({ name: 'user_tags', joinColumn: { name: 'user_id' }, inverseJoinColumn: { name: 'tag_id' } }) tags: Tag[] }
      @Entity() class Tag { @PrimaryColumn() id: number }`);
    const junction = tables.find((table) => table.role === 'junction')!;
    expect(junction.name.name.value).toBe('user_tags');
    expect(names(junction)).toEqual(['user_id', 'tag_id']);
  });

  test('a target that is not in the project leaves name and type of the key uncertain', () => {
    const facts = readOne(`import { Entity, ManyToOne } from 'typeorm'; import { User } from '@acme/users';
      @Entity() class Post { @ManyToOne(() => User) author: User }`);
    const [column] = facts.tables[0]!.columns;
    expect(column!.uncertain.map((each) => each.about)).toEqual(['name', 'type']);
    expect(facts.tables[0]!.constraints).toMatchObject([{ kind: 'foreign', uncertain: [{ about: 'target' }] }]);
    expect(facts.tables[0]!.relationships[0]!.target).toBe('User');
  });
});

describe('trees', () => {
  const tree = (arguments_: string, more = ''): Table[] =>
    entity(`@Entity() @Tree(${arguments_}) class Node { @PrimaryGeneratedColumn() id: number; ${more}
      @TreeChildren() children: Node[]; @TreeParent({ onDelete: 'CASCADE' }) parent: Node }`);

  test.each([
    ["'adjacency-list'", ['id', 'parentId']],
    ["'materialized-path'", ['id', 'parentId', 'mpath']],
    ["'nested-set'", ['id', 'parentId', 'nsleft', 'nsright']],
  ])('@Tree(%s)', (kind, columns) => {
    const [table] = tree(kind);
    expect(names(table)).toEqual(columns);
    expect(table!.constraints).toMatchObject([
      { kind: 'primary' },
      { kind: 'foreign', columns: [{ value: 'parentId' }], target: { name: { value: 'node' } }, onDelete: 'CASCADE' },
    ]);
    expect(table!.relationships.map(({ kind: each, target }) => `${each} ${target ?? '?'}`)).toEqual([
      'one-to-many Node',
      'many-to-one Node',
    ]);
  });

  test("@Tree('closure-table') keeps all ancestors in a table of its own", () => {
    const [node, closure] = tree("'closure-table'", '@TreeLevelColumn() level: number;');
    expect(names(node)).toEqual(['id', 'level', 'parentId']);
    expect(closure).toMatchObject({ role: 'junction', name: { name: { value: 'node_closure' } } });
    expect(names(closure)).toEqual(['id_ancestor', 'id_descendant', 'level']);
    expect(closure!.constraints.map((each) => each.kind)).toEqual(['primary', 'foreign', 'foreign']);
    expect(closure!.indexes).toHaveLength(2);
    expect(tree("'closure-table', { closureTableName: 'up' }")[1]!.name.name.value).toBe('up_closure');
  });
});

test('a closure table of a tree whose key is not known is not known', () => {
  const facts = readOne(`import { Entity, Tree } from 'typeorm'; import { Base } from '@acme/base';
    @Entity() @Tree('closure-table') class Node extends Base {}`);
  expect(facts.tables.map((table) => table.role)).toEqual(['table']);
});

test('of two column decorators at one property the last one holds', () => {
  const [table] = entity(
    "@Entity() class U { @Column({ type: 'text', nullable: true }) @CreateDateColumn() at: Date }",
  );
  expect(table!.columns).toMatchObject([{ type: { name: 'timestamp' }, nullable: false, default: { text: 'now()' } }]);
});

describe('rules of the keys of a join table', () => {
  test.each([
    ['() => Tag', '', ['CASCADE', 'CASCADE']],
    ['() => Tag, (t) => t.users', '', ['CASCADE', 'CASCADE']],
    ['() => Tag, (t) => t.users', ", { onDelete: 'RESTRICT' }", ['CASCADE', 'RESTRICT']],
    ["() => Tag, (t) => t.users, { onDelete: 'NO ACTION' }", '', ['NO ACTION', 'CASCADE']],
    ['() => Tag, (t) => t.users, { createForeignKeyConstraints: false }', '', []],
  ])('@ManyToMany(%s) and its inverse%s', (owner, inverse, expected) => {
    const tables =
      entity(`@Entity() class User { @PrimaryColumn() id: number; @ManyToMany(${owner}) @JoinTable() tags: Tag[] }
      @Entity() class Tag { @PrimaryColumn() id: number; @ManyToMany(() => User, (u) => u.tags${inverse}) users: User[] }`);
    const { constraints } = tables.find((table) => table.role === 'junction')!;
    expect(constraints.flatMap((each) => (each.kind === 'foreign' ? [each.onDelete] : []))).toEqual(expected);
  });
});

describe('inheritance', () => {
  test('columns of a base in another file, by import', () => {
    const [, facts] = readProject({
      'src/base.ts': `import { PrimaryGeneratedColumn, CreateDateColumn } from 'typeorm';
        export abstract class Base { @PrimaryGeneratedColumn() id: number; @CreateDateColumn() madeAt: Date }`,
      'src/user.ts': `import { Entity, Column } from 'typeorm'; import { Base } from './base.js';
        @Entity() export class User extends Base { @Column() name: string }`,
    });
    expect(names(facts!.tables[0])).toEqual(['id', 'madeAt', 'name']);
    expect(facts!.tables[0]!.columns[0]!.from).toBe('Base');
    expect(facts!.tables[0]!.uncertain).toEqual([]);
  });

  test('a relation of a base says where it comes from', () => {
    const tables = entity(`class Owned {
      /** Who made it. */
      @ManyToOne(() => User) owner: User }
      @Entity() class User { @PrimaryColumn() id: number }
      @Entity() class Post extends Owned { @PrimaryColumn() id: number }`);
    const [base, , post] = tables;
    expect(base!.relationships).toMatchObject([{ doc: { value: 'Who made it.' } }]);
    expect(base!.relationships[0]!.from).toBeUndefined();
    expect(post!.relationships).toMatchObject([{ attribute: { value: 'owner' }, from: 'Owned' }]);
    expect(post!.relationships[0]!.generated).toBeUndefined();
  });

  test.each([
    ['re-export', { 'src/index.ts': "export * from './base';" }, "import { Base } from './index';"],
    [
      'renamed re-export',
      { 'src/index.ts': "export { Base as Root } from './base';" },
      "import { Root as Base } from '.';",
    ],
    ['path alias', {}, "import { Base } from '@/base';"],
  ])('a base behind a %s', (_, more, line) => {
    const facts = readProject({
      'src/base.ts':
        "import { PrimaryColumn } from 'typeorm'; export abstract class Base { @PrimaryColumn() id: number }",
      'src/user.ts': `import { Entity } from 'typeorm'; ${line} @Entity() export class User extends Base {}`,
      ...more,
    });
    expect(names(facts[1]!.tables[0])).toEqual(['id']);
  });

  test('a base that is not in the project leaves columns, constraints and indexes uncertain', () => {
    const facts = readOne(`import { Entity, Column } from 'typeorm'; import { Base } from '@acme/base';
      @Entity() class User extends Base { @Column() name: string }`);
    expect(facts.tables[0]!.uncertain.map((each) => each.about)).toEqual(['columns', 'constraints', 'indexes']);
  });

  test('where a derived class declares a column again, the options of the base hold and indexes of both', () => {
    const tables =
      entity(`class Base { @PrimaryGeneratedColumn('uuid') id: string; @Index() @Column({ nullable: true }) tenant: string }
      @Entity() class User extends Base { @PrimaryColumn('int') id: any; @Index('again') @Column({ length: 5 }) tenant: string }`);
    const user = tables[1]!;
    expect(user.columns).toMatchObject([
      { name: { value: 'id' }, type: { name: 'uuid' } },
      { name: { value: 'tenant' }, type: { name: 'varchar' }, nullable: true },
    ]);
    expect(user.indexes.map((index) => index.name!.value)).toEqual([expect.stringMatching(/^IDX_/), 'again']);
  });

  test('keys, indexes and join tables of single-table children are those of the root', () => {
    const tables = entity(`@Entity() class Tag { @PrimaryColumn() id: number }
      @Entity() @TableInheritance({ column: 'kind' }) class Person { @PrimaryColumn() id: number; @Column() name: string }
      @ChildEntity() @Index('by_both', ['name', 'num']) class Student extends Person {
        @Index('by_num') @Column({ unique: true }) num: number; @ManyToMany(() => Tag) @JoinTable() tags: Tag[] }`);
    const person = tables.find((table) => table.className === 'Person')!;
    expect(person.indexes.map((index) => index.name!.value)).toEqual([
      expect.stringMatching(/^IDX_/),
      'by_both',
      'by_num',
    ]);
    expect(person.constraints.map((each) => each.kind)).toEqual(['primary', 'unique']);
    expect(tables.find((table) => table.role === 'junction')!.name.name.value).toBe('person_tags_tag');
  });

  test("TypeORM's BaseEntity adds nothing", () => {
    expect(entity('@Entity() class User extends BaseEntity { @PrimaryColumn() id: number }')[0]!.uncertain).toEqual([]);
  });

  test('children of a single-table hierarchy keep their columns in the root table, nullable', () => {
    const tables =
      entity(`@Entity() @TableInheritance({ column: { type: 'varchar', name: 'kind' } }) class Person { @PrimaryColumn() id: number }
      @ChildEntity() class Student extends Person { @Column() faculty: string }`);
    const root = tables.find((table) => table.role === 'table')!;
    expect(names(root)).toEqual(['id', 'kind', 'faculty']);
    expect(root.columns.at(-1)).toMatchObject({ nullable: true, from: 'Student' });
    expect(root.indexes).toMatchObject([{ keys: [{ column: 'kind' }] }]);
    expect(tables.find((table) => table.className === 'Student')!.role).toBe('abstract');
  });

  test('an enum of another file gives its default', () => {
    const [, facts] = readProject({
      'src/level.ts': 'export enum Level { Low = 0, High = 1 }',
      'src/user.ts': `import { Entity, Column } from 'typeorm'; import { Level } from './level';
        @Entity() export class User { @Column({ type: 'int', default: Level.High }) level: Level }`,
    });
    expect(facts!.tables[0]!.columns[0]).toMatchObject({ default: { text: '1' }, uncertain: [] });
  });
});

describe('values of other files', () => {
  const column = (imports: string, options: string, files: { [path: string]: string }): Column => {
    const read = readProject({
      ...files,
      'src/user.ts': `import { Entity, Column } from 'typeorm'; ${imports} @Entity() export class User { @Column(${options}) x: string }`,
    });
    return read.find(({ path }) => path === 'src/user.ts')!.tables[0]!.columns[0]!;
  };

  test.each<[string, string, string, { [path: string]: string }]>([
    [
      'a constant that is another',
      "import { NAME } from './a';",
      '{ name: NAME }',
      {
        'src/a.ts': "import { B } from './b'; export const NAME = B;",
        'src/b.ts': "export const B = 'col';",
      },
    ],
    [
      'a table of constants of others',
      "import { NAMES } from './a';",
      '{ name: NAMES.user.x }',
      {
        'src/a.ts': "import { B } from './b'; export const NAMES = { user: { x: B.x } } as const;",
        'src/b.ts': "export const B = { x: 'col' };",
      },
    ],
    [
      'a default export',
      "import names from './a';",
      '{ name: names.x }',
      { 'src/a.ts': "export default { x: 'col' };" },
    ],
    ['a namespace', "import * as names from './a';", '{ name: names.x }', { 'src/a.ts': "export const x = 'col';" }],
    [
      'text with a constant in it',
      "import { SUFFIX } from './a';",
      '{ name: `c${SUFFIX}` }',
      { 'src/a.ts': "export const SUFFIX = 'ol';" },
    ],
  ])('%s', (_, imports, options, files) => {
    expect(column(imports, options, files)).toMatchObject({ name: { value: 'col' }, uncertain: [] });
  });

  test('a name behind one of many star exports', () => {
    const found = column("import { NAME } from '.';", '{ name: NAME }', {
      'src/index.ts': "export * from './a'; export * from './b'; export * from 'package';",
      'src/a.ts': "export const OTHER = 'no';",
      'src/b.ts': "export const NAME = 'col';",
    });
    expect(found.name.value).toBe('col');
  });

  test('constants that name each other end', () => {
    const found = column("import { A } from './a';", '{ name: A }', {
      'src/a.ts': "import { B } from './b'; export const A = B;",
      'src/b.ts': "import { A } from './a'; export const B = A;",
    });
    expect(found.uncertain).toMatchObject([{ about: 'name' }]);
  });
});

describe('look-alikes give nothing', () => {
  test.each([
    ['a decorator of the project', "import { Entity, Column } from './orm'; @Entity() class A { @Column() x: string }"],
    [
      'a decorator of another library',
      "import { Entity, Column } from 'other-orm'; @Entity() class A { @Column() x: string }",
    ],
    ['a decorator declared in the file', 'const Entity = () => (c: unknown) => c; @Entity() class A { x = 1 }'],
    ['a class of the same name', "import { z } from 'zod'; class Entity { literal = z.literal('x') }"],
  ])('%s', (_, text) => {
    expect(readOne(text).tables).toEqual([]);
  });

  test('a re-export of the library is the library', () => {
    const facts = readProject({
      'src/orm.ts': "export { Entity, PrimaryColumn } from 'typeorm';",
      'src/user.ts':
        "import { Entity, PrimaryColumn } from './orm'; @Entity() export class User { @PrimaryColumn() id: number }",
    });
    expect(facts[1]!.tables).toMatchObject([{ role: 'table', name: { name: { value: 'user' } } }]);
  });

  test.each([
    ["import { Entity as Row, Column } from 'typeorm'; @Row('users') class A { @Column() x: string }"],
    ["import * as orm from 'typeorm'; @orm.Entity('users') class A { @orm.Column() x: string }"],
    ["const { Entity, Column } = require('typeorm'); @Entity('users') class A { @Column() x: string }"],
  ])('%s is the library under another name', (text) => {
    expect(readOne(text).tables).toMatchObject([
      { name: { name: { value: 'users' } }, columns: [{ name: { value: 'x' } }] },
    ]);
  });
});

describe('EntitySchema', () => {
  const text = `import { EntitySchema } from 'typeorm';
    export const UserSchema = new EntitySchema({ name: 'User', tableName: 'users', comment: 'People.',
      columns: { id: { type: 'int', primary: true, generated: true }, email: { type: 'varchar', length: 80, nullable: true, unique: true } } });
    export const PostSchema = new EntitySchema({ name: 'Post',
      columns: { id: { type: 'uuid', primary: true, generated: 'uuid' }, title: { type: 'text', name: 'heading' } },
      relations: { author: { type: 'many-to-one', target: 'User', joinColumn: { name: 'author_id' }, onDelete: 'CASCADE' } },
      indices: [{ name: 'by_title', columns: ['title'], unique: true }], checks: [{ name: 'c', expression: 'a > 0' }] });`;

  test('gives the facts that decorators give', () => {
    const [users, posts] = readOne(text).tables;
    expect(users).toMatchObject({
      role: 'table',
      name: { name: { value: 'users' } },
      comment: { value: 'People.' },
      uncertain: [],
    });
    expect(users!.columns).toMatchObject([
      { name: { value: 'id' }, nullable: false, generated: 'serial', uncertain: [] },
      { name: { value: 'email' }, nullable: true, type: { name: 'varchar(80)' } },
    ]);
    expect(users!.constraints.map((each) => each.kind)).toEqual(['primary', 'unique']);
    expect(posts!.name.name.value).toBe('post');
    expect(names(posts)).toEqual(['id', 'heading', 'author_id']);
    expect(posts!.columns.at(-1)).toMatchObject({ type: { name: 'integer' }, nullable: true });
    expect(posts!.indexes).toMatchObject([
      { name: { value: 'by_title' }, unique: true, keys: [{ column: 'heading' }] },
    ]);
    expect(posts!.constraints.map((each) => `${each.kind} ${each.name?.value.slice(0, 3) ?? ''}`)).toEqual([
      'primary PK_',
      'foreign FK_',
      'check c',
    ]);
    expect(posts!.relationships).toMatchObject([{ kind: 'many-to-one', target: 'User' }]);
  });
});
