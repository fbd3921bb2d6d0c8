import { describe, expect, test } from 'vitest';
import { typescript } from '../../src/frontends/typescript/front-end.js';
import { readAlone, readOne, throughJson } from './support.js';

const good = "import { Entity, Column } from 'typeorm';\n@Entity() export class User { @Column() name: string }\n";

describe('what cannot be read', () => {
  test('a syntax error is one problem, and the rest is read', () => {
    const facts = readOne(`${good}\nconst a = = 1; const b = ) ( ;\n@Entity() class Post { @Column() title: string }`);
    expect(facts.problems).toMatchObject([{ code: 'syntax' }]);
    expect(facts.tables.map((table) => table.className)).toEqual(['User', 'Post']);
  });

  test.each([
    ['parentheses', `const a = ${'('.repeat(50_000)}1${')'.repeat(50_000)};`],
    ['open brackets', `const a = ${'['.repeat(50_000)}`],
    ['open braces', '{'.repeat(50_000)],
    ['arrow functions', `const a = ${'() => '.repeat(20_000)}1;`],
    ['conditionals', `const a = ${'b ? '.repeat(20_000)}1${' : 2'.repeat(20_000)};`],
    ['else if', `${'if (a) {} else '.repeat(20_000)}{}`],
    ['unary operators', `const a = ${'!'.repeat(50_000)}b;`],
    ['a type', `type A = ${'Promise<'.repeat(900)}string${'>'.repeat(900)};`],
  ])('50,000 nested %s do not crash', (_, text) => {
    const facts = readOne(text);
    expect(facts.problems.map((problem) => problem.code)).toEqual(
      facts.problems.map(() => expect.stringMatching(/^(?:too-deep|syntax)$/)),
    );
  });

  test('long chains are no nesting', () => {
    const sum = `import { DataSource } from 'typeorm'; export const f = (ds: DataSource, x: string) => ds.query('select ' + ${"x + 'a' + ".repeat(3_000)}'b');`;
    expect(readOne(sum).problems).toEqual([]);
    const chain = `import { DataSource } from 'typeorm'; export const f = (ds: DataSource) => ds.createQueryBuilder()${'.andWhere("a = 1")'.repeat(3_000)};`;
    expect(readOne(chain).sites).toEqual([]);
  });

  test.each<[string, string, string]>([
    [
      'constants',
      'a400',
      Array.from({ length: 400 }, (_, index) => `const a${index + 1} = a${index} + a${index};`).join('\n'),
    ],
    [
      'functions',
      'f0(a0)',
      Array.from(
        { length: 400 },
        (_, index) => `function f${index}(y) { return f${index + 1}(y) + f${index + 1}(y); }`,
      ).join('\n'),
    ],
  ])('%s that double each other are opaque, wherever they are used', (_, last, declared) => {
    const uses = Array.from({ length: 40 }, () => `ds.query('select * from t where b = ' + ${last});`).join('\n');
    const text = `import { DataSource } from 'typeorm';
      export function run(ds: DataSource, a0: string, x: string) { ds.query('select ' + x); ${declared} ${uses} }`;
    const provenances = readOne(text).sites.map((site) => site.holes.map((hole) => hole.provenance));
    expect(provenances[0]).toEqual(['parameter']);
    expect(provenances.length).toBe(41);
    for (const provenance of provenances.slice(1)) expect(new Set(provenance)).toEqual(new Set(['opaque']));
  });

  test('names worked out by functions that double each other are unknown, and the rest of the file is read', () => {
    const functions = Array.from(
      { length: 200 },
      (_, index) => `const f${index} = (x) => f${index + 1}(x) + f${index + 1}(x);`,
    );
    const entities = Array.from(
      { length: 200 },
      (_, index) => `@Entity(f0('a')) class E${index} { @Column() b: string }`,
    );
    const facts = readOne(
      `${good}${functions.join('\n')}${entities.join('\n')} @Entity('late') class Late { @Column() c: string }`,
    );
    expect(
      facts.tables.map((table) => table.name.name.value).filter((name) => name === 'late' || name === 'user'),
    ).toEqual(['user', 'late']);
    expect(facts.tables.map((table) => table.columns.length)).toEqual(facts.tables.map(() => 1));
  });

  test.each([
    ['empty', ''],
    ['NUL bytes', '\0\0\0'],
    ['an unclosed string', "const a = 'b"],
    ['an unclosed template', 'const a = `b${'],
    ['an unclosed comment', '/* a'],
    ['lone carriage returns', good.replaceAll('\n', '\r')],
    ['a lone surrogate', "const a = '\ud800';"],
    ['prose', 'This is no code at all, is it?'],
    ['a decorator of nothing', '@Entity('],
  ])('%s', (_, text) => {
    expect(() => readOne(text)).not.toThrow();
  });

  test.each([
    ['text', "'a'", 'x.replaceAll("a", "aaaaaaaaaa")', 'x'],
    ['lists', "['a', 'b']", '[...x, ...x]', 'x.join()'],
  ])('%s that each line makes larger end as something unknown', (_, first, next, end) => {
    const lines = Array.from({ length: 30 }, (_, at) => `const x${at + 1} = ${next.replace(/\bx\b/g, `x${at}`)};`);
    const text = `import { DataSource } from 'typeorm';\nconst x0 = ${first};\n${lines.join('\n')}\nexport const f = (ds: DataSource) => ds.query(${end.replace(/\bx\b/, 'x30')});`;
    expect(readOne(text).statements).toEqual([]);
  });

  test('every prefix of a file is read without a throw', () => {
    const text = `${good}export class A1700000000000 implements MigrationInterface { async up(q) { for (const t of ['a']) { await q.query(\`drop table \${t}\`); } } }`;
    for (let end = 0; end <= text.length; end += 7) expect(() => readOne(text.slice(0, end))).not.toThrow();
  });
});

describe('what is left aside', () => {
  const context = { dialect: 'postgresql', scope: 'project' } as const;
  const matters = (path: string, text: string): boolean => typescript.mayMatter({ path, text }, context);

  test.each([
    ['src/user.ts', good, true],
    ['src/a.js', "const { Pool } = require('pg');", true],
    ['src/a.ts', 'db.query(`select 1`)', true],
    ['src/a.ts', 'useCase.execute({ id })', false],
    ['src/a.ts', "import { z } from 'zod'; z.literal('x')", false],
    ['src/user.d.ts', good, false],
  ])('%s: %s', (path, text, expected) => {
    expect(matters(path, text)).toBe(expected);
  });

  test('everything in a migration folder matters', () => {
    const file = { path: 'migrations/1.js', text: 'exports.up = () => {};' };
    expect(typescript.mayMatter(file, { ...context, migrations: { path: 'migrations', runner: 'typeorm' } })).toBe(
      true,
    );
  });
});

describe('plain JSON', () => {
  test('facts are unchanged by it, before and after linking', () => {
    const facts = readAlone(good);
    expect(throughJson(facts)).toEqual(facts);
    expect(facts.tables).toHaveLength(1);
  });
});

describe('comments', () => {
  test.each<[string, string[]]>([
    ['// ddlint-disable-next-line a/b\nx;', ['ddlint-disable-next-line a/b']],
    ['x; // why', ['why']],
    ['/* ddlint-disable */', ['ddlint-disable']],
    ['/**\n * Doc.\n */\nclass A {}', ['Doc.']],
    ["const a = 'http://x'; const b = `//${c /* in */} //`; const r = /\\/\\//; // end", ['in', 'end']],
    ['const a = <A>b; // c', ['c']],
  ])('%j', (text, expected) => {
    expect(readOne(text).comments.map((comment) => comment.text)).toEqual(expected);
  });

  test('own line', () => {
    expect(readOne('// a\nx; // b').comments.map((comment) => comment.ownLine)).toEqual([true, false]);
  });
});
