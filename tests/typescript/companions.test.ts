import { describe, expect, test } from 'vitest';
import { typescript } from '../../src/frontends/typescript/front-end.js';
import { readAlone } from './support.js';

const reader = await typescript.load();

/** Which of `files` are asked for once `given` are read, `src/file.ts` being the first of them. */
function wanted(text: string, files: string[], given: { [path: string]: string } = {}): string[] {
  const facts = [readAlone(text), ...Object.entries(given).map(([path, each]) => readAlone(each, path))];
  return reader.wants!(facts).filter((path) => files.includes(path));
}

const imports =
  "import { Entity, Column, Index, ManyToOne, DataSource, Repository, MigrationInterface, QueryRunner } from 'typeorm';\n";

describe('files that a fact waits for', () => {
  test.each<[string, string]>([
    [
      'a default',
      "import { Level } from './level'; @Entity() class A { @Column({ type: 'int', default: Level.High }) x: number }",
    ],
    [
      'the labels of an enum',
      "import { Level } from './level'; @Entity() class A { @Column({ type: 'enum', enum: Level }) x: Level }",
    ],
    ['a name of a table', "import { TABLE } from './level'; @Entity(TABLE) class A { @Column() x: string }"],
    ['the type of a column', "import { Level } from './level'; @Entity() class A { @Column() x: Level }"],
    ['a column of an index', "import { X } from './level'; @Entity() @Index([X]) class A { @Column() x: string }"],
    [
      'a part of a predicate',
      "import { X } from './level'; @Entity() @Index(['x'], { where: `x = '${X}'` }) class A { @Column() x: string }",
    ],
    ['a base class', "import { Base } from './level'; @Entity() class A extends Base {}"],
    ['a decorator', "import { Money } from './level'; @Entity() class A { @Money() x: string }"],
    [
      'a target behind an index file',
      "import { User } from './level'; @Entity() class A { @ManyToOne(() => User) x: User }",
    ],
    ['SQL text', "import { T } from './level'; export const f = (ds: DataSource) => ds.query(`select * from ${T}`);"],
    [
      'a type of what is put into SQL text',
      "import { Order } from './level'; export const f = (ds: DataSource, o: Order) => ds.query(`select * from a order by b ${o}`);",
    ],
    [
      'SQL text of a migration',
      "import { T } from './level'; export class M1700000000000 implements MigrationInterface { async up(q: QueryRunner) { await q.query(`drop table ${T}`); } async down() {} }",
    ],
    ['decorators behind a re-export', "import { Entity as E } from './level'; @E() class A { @Column() x: string }"],
  ])('%s', (_, text) => {
    expect(wanted(imports + text, ['src/level.ts'])).toEqual(['src/level.ts']);
  });

  test.each([
    ['./level', ['src/level.ts', 'src/level/index.ts', 'src/level.js']],
    ['./level.js', ['src/level.ts', 'src/level.js']],
    ['../other/level', ['other/level.ts']],
    ['@/names/level', ['src/names/level.ts']],
    ['src/names/level', ['src/names/level.ts']],
    ['.', ['src/index.ts']],
  ])('from %s', (specifier, paths) => {
    const text = `${imports}import { T } from '${specifier}'; @Entity(T) class A { @Column() x: string }`;
    expect(wanted(text, paths).sort()).toEqual([...paths].sort());
  });

  test('an alias is looked for in the folders above, the nearest first', () => {
    const text = `${imports}import { T } from '@/names'; @Entity(T) class A { @Column() x: string }`;
    const facts = readAlone(text, 'packages/api/src/db/user.ts');
    const paths = ['packages/api/src/names.ts', 'packages/api/names.ts', 'src/names.ts'];
    expect(reader.wants!([facts]).filter((path) => paths.includes(path))).toEqual(paths);
  });
});

describe('trails that go on', () => {
  const user = `${imports}import { T } from './names'; @Entity(T) class A { @Column() x: string }`;

  test.each([
    ["export * from './more';"],
    ["export { T } from './more';"],
    ["import { U } from './more'; export const T = U;"],
    ["import { more } from './more'; export const T = more.t;"],
  ])('%s', (text) => {
    expect(wanted(user, ['src/names.ts', 'src/more.ts'], { 'src/names.ts': text })).toEqual(['src/more.ts']);
  });

  test('a base of a base', () => {
    const text = `${imports}import { Base } from './base'; @Entity() class A extends Base {}`;
    const given = { 'src/base.ts': "import { Root } from './root'; export class Base extends Root {}" };
    expect(wanted(text, ['src/base.ts', 'src/root.ts'], given)).toEqual(['src/root.ts']);
  });

  test('what is known already is not asked for', () => {
    expect(wanted(user, ['src/names.ts', 'src/more.ts'], { 'src/names.ts': "export const T = 'a';" })).toEqual([]);
    expect(wanted(user, ['src/names.ts'], { 'src/names.ts': 'export {};' })).toEqual([]);
  });
});

describe('imports that no fact waits for', () => {
  test.each<[string]>([
    ["import { x } from './level'; @Entity() class A { @Column('text') x: string }; x();"],
    ["import { Settings } from './level'; @Entity() class A { @Column({ type: 'jsonb' }) x: Settings }"],
    [
      "import { Injectable } from '@nestjs/common'; import { X } from './level'; @Injectable() class A { constructor(readonly x: X) {} }",
    ],
    [
      "import { ApiProperty } from '@nestjs/swagger'; import { X } from './level'; class Dto { @ApiProperty({ enum: X }) x: X }",
    ],
    ["import { X } from 'level'; @Entity(X) class A { @Column('text') x: string }"],
    [
      "import { log } from './level'; export const f = (ds: DataSource) => { log('select'); return ds.query('select 1'); };",
    ],
  ])('%s', (text) => {
    expect(reader.wants!([readAlone(imports + text)]).filter((path) => !typescript.names!.test(path))).toEqual([]);
  });
});
