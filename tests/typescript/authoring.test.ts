import { describe, expect, test } from 'vitest';
import type { Operation } from '../../src/ir/index.js';
import { edited, operations, readOne } from './support.js';

const model = (members: string, names = 'Column, Entity, ManyToOne'): string =>
  `import { ${names} } from 'typeorm';\n\n@Entity()\nexport class Post {\n${members}\n}\n`;

describe('comments', () => {
  test.each([
    ['  @Column()\n  a: string;', "  @Column({ comment: 'It\\'s.' })\n  a: string;"],
    ["  @Column('text')\n  a: string;", "  @Column('text', { comment: 'It\\'s.' })\n  a: string;"],
    ['  @Column({ nullable: true })\n  a: string;', "  @Column({ nullable: true, comment: 'It\\'s.' })\n  a: string;"],
    ['  @Column({})\n  a: string;', "  @Column({ comment: 'It\\'s.' })\n  a: string;"],
    ["  @Column({ comment: '' })\n  a: string;", "  @Column({ comment: 'It\\'s.' })\n  a: string;"],
    [
      "  @Index()\n  @IsString({ each: true })\n  @Column('text')\n  a: string;",
      "  @Index()\n  @IsString({ each: true })\n  @Column('text', { comment: 'It\\'s.' })\n  a: string;",
    ],
    [
      '  @Column({\n    nullable: true,\n  })\n  a: string;',
      "  @Column({\n    nullable: true,\n    comment: 'It\\'s.',\n  })\n  a: string;",
    ],
  ])('of a column: %j', (before, after) => {
    const names = 'Column, Entity, Index';
    const text = (members: string): string => `import { IsString } from 'class-validator';\n${model(members, names)}`;
    const result = edited(text(before), (pen, facts) =>
      pen.setColumnComment(facts.tables[0]!.columns[0]!, "It's.", facts.tables[0]!),
    );
    expect(result).toBe(text(after));
    expect(readOne(result!).tables[0]!.columns[0]!.comment!.value).toBe("It's.");
  });

  test.each([
    ['@Entity()', "@Entity({ comment: 'Posts.' })"],
    ["@Entity('posts')", "@Entity('posts', { comment: 'Posts.' })"],
    ["@Entity({ name: 'posts' })", "@Entity({ name: 'posts', comment: 'Posts.' })"],
  ])('of a table: %s', (before, after) => {
    const text = model('  @Column() a: string;');
    const result = edited(text.replace('@Entity()', before), (pen, facts) =>
      pen.setTableComment(facts.tables[0]!, 'Posts.'),
    );
    expect(result).toBe(text.replace('@Entity()', after));
  });

  test.each([
    ['a decorator without a call', '  @Column a: string;'],
    ['one that a function makes', "  @Text() a: string;\n}\nfunction Text() { return Column('text');"],
    ['one that another one overrides', '  @Column() @CreateDateColumn a: Date;'],
  ])('nothing for %s', (_, members) => {
    const result = edited(model(members, 'Column, CreateDateColumn, Entity'), (pen, facts) =>
      pen.setColumnComment(facts.tables[0]!.columns[0]!, 'x', facts.tables[0]!),
    );
    expect(result).toBeUndefined();
  });

  test('of a relation: JSDoc above its decorators', () => {
    const before = '  @ManyToOne(() => User)\n  author: User;';
    const result = edited(model(before), (pen, facts) =>
      pen.documentRelationship(facts.tables[0]!.relationships[0]!, 'Who wrote it.'),
    );
    expect(result).toBe(model(`  /** Who wrote it. */\n${before}`));
    expect(readOne(result!).tables[0]!.relationships[0]!.doc!.value).toBe('Who wrote it.');
  });
});

describe('indexes', () => {
  const relation = '  @ManyToOne(() => User)\n  author: User;';
  const add = (text: string): string | undefined =>
    edited(text, (pen, facts) => {
      const [table] = facts.tables;
      const key = table!.constraints.find((each) => each.kind === 'foreign');
      return key?.kind === 'foreign' ? pen.addIndex(key, table!) : undefined;
    });

  test('above the relation, with the import', () => {
    expect(add(model(relation))).toBe(model(`  @Index()\n${relation}`, 'Column, Entity, ManyToOne, Index'));
  });

  test('the import is there already', () => {
    expect(add(model(relation, 'Entity, Index, ManyToOne'))).toBe(
      model(`  @Index()\n${relation}`, 'Entity, Index, ManyToOne'),
    );
  });

  test('nothing where the import has no list to add to', () => {
    expect(
      add(model(relation).replace('{ Column, Entity, ManyToOne }', '* as o').replaceAll('@', '@o.')),
    ).toBeUndefined();
  });

  test('removed with its line', () => {
    const names = 'Column, Entity, Index';
    const result = edited(model("  @Index('i')\n  @Column()\n  a: string;", names), (pen, facts) =>
      pen.removeIndex(facts.tables[0]!.indexes[0]!),
    );
    expect(result).toBe(model('  @Column()\n  a: string;', names));
  });
});

describe('migrations', () => {
  const text = (call: string): string =>
    `import { MigrationInterface, QueryRunner, TableIndex } from 'typeorm';
export class A1700000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner) { await queryRunner.${call}; }
  async down() {}
}`;

  test.each([
    ["query('CREATE INDEX i ON a (b)')", "query('CREATE INDEX CONCURRENTLY i ON a (b)')"],
    ['query(`CREATE UNIQUE INDEX i ON a (b)`)', 'query(`CREATE UNIQUE INDEX CONCURRENTLY i ON a (b)`)'],
    [
      "createIndex('a', new TableIndex({ columnNames: ['b'] }))",
      "createIndex('a', new TableIndex({ columnNames: ['b'], isConcurrent: true }))",
    ],
  ])('%s', (before, after) => {
    const result = edited(text(before), (pen, facts) => {
      const [operation] = operations(facts) as Extract<Operation, { kind: 'CreateIndex' }>[];
      return pen.makeConcurrent(operation!);
    });
    expect(result).toBe(text(after));
  });

  test.each([
    ["query('CREATE TABLE user (id int)')", `query('CREATE TABLE "user" (id int)')`],
    ['query("CREATE TABLE user (id int)")', undefined],
  ])('quoted name: %s', (before, after) => {
    const result = edited(text(before), (pen, facts) => {
      const [operation] = operations(facts);
      return operation?.kind === 'CreateTable' ? pen.quoteIdentifier(operation.table.name, 'postgresql') : undefined;
    });
    expect(result).toBe(after && text(after));
  });
});

describe('bind parameters', () => {
  const text = (call: string): string =>
    `import { DataSource } from 'typeorm';\nexport const f = (ds: DataSource, x: string, y: string) => ds.${call};`;
  test.each([
    ["query(`select 1 from a where b = '${x}'`)", 'query(`select 1 from a where b = $1`, [x])'],
    [
      'query(`select 1 from a where b = ${x} and c = ${y}`)',
      'query(`select 1 from a where b = $1 and c = $2`, [x, y])',
    ],
    ["query(`select 1 from a where b like '%${x}%'`)", 'query(`select 1 from a where b like $1`, [`%${x}%`])'],
    ['query(`select 1 from ${x} where b = ${y}`)', undefined],
    ['query(`select 1 from a where b = ${x}`, [y])', undefined],
    ["query('select 1 from a where b = ' + x)", undefined],
    ['query(`alter table a alter b set default ${x}`)', undefined],
  ])('%s', (before, after) => {
    const result = edited(text(before), (pen, facts) => pen.bindParameters(facts.sites[0]!));
    expect(result).toBe(after && text(after));
    if (result !== undefined) expect(readOne(result).sites).toEqual([]);
  });

  test('MySQL has unnumbered placeholders', () => {
    const before = text("query(`select 1 from a where b = '${x}'`)");
    const result = edited(before, (pen, facts) => pen.bindParameters(facts.sites[0]!), { dialect: 'mysql' });
    expect(result).toBe(text('query(`select 1 from a where b = ?`, [x])'));
  });
});
