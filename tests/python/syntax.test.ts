import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { grammarFile, loadParser } from '../../src/frontends/python/syntax/parse.js';
import type { Expr, Stmt } from '../../src/frontends/python/syntax/nodes.js';

const parse = await loadParser();
const statement = (text: string): Stmt => parse(text).body[0]!;
const expression = (text: string): Expr => {
  const stmt = statement(text);
  if (stmt.kind !== 'ExprStmt') throw new Error(stmt.kind);
  return stmt.value;
};

test('the vendored grammar is the one of tree-sitter-python 0.25.0', () => {
  const hash = createHash('sha256').update(readFileSync(grammarFile())).digest('hex');
  expect(hash).toBe('16108b50df4ee9a30168794252ab55e7c93bfc5765d7fa0aa3e335752c515f47');
});

describe('text literals', () => {
  test.each([
    [`'a'`, 'a'],
    [`"a\\n\\x41\\u00e9"`, 'a\nAé'],
    [`r'a\\n'`, 'a\\n'],
    [`'''a\nb'''`, 'a\nb'],
    [`'a' "b" r'\\c'`, 'ab\\c'],
    [`'a\\\nb'`, 'ab'],
    [`'\\101\\d'`, 'A\\d'],
  ])('%s', (text, value) => {
    expect(expression(text)).toMatchObject({ kind: 'Str', value });
  });

  test('offsets lead back to the file behind an escape and over joined literals', () => {
    const text = `'a\\tb' 'c'`;
    const found = expression(text);
    if (found.kind !== 'Str') throw new Error(found.kind);
    // The value is a, tab, b, c.
    expect(found.pieces.map(({ value, offsets }) => [value, offsets])).toEqual([
      [
        'a\tb',
        [
          [0, 1],
          [2, 4],
        ],
      ],
      ['c', [[0, 8]]],
    ]);
  });

  test('an f-string keeps its literal parts apart from its holes', () => {
    const found = expression(`f'a {x!r} {{b}} {y:>10}'`);
    if (found.kind !== 'FString') throw new Error(found.kind);
    const parts = found.parts.map((part) =>
      'hole' in part ? [part.hole.kind, part.conversion, part.spec] : part.value,
    );
    expect(parts).toEqual(['a ', ['Name', 'r', undefined], ' {b} ', ['Name', undefined, '>10']]);
    expect(found.prefixes).toEqual([0]);
  });

  test('a hole of an f-string stands where it is written', () => {
    const text = `x = f"é {name}"`;
    const stmt = statement(text);
    if (stmt.kind !== 'Assign' || stmt.value.kind !== 'FString') throw new Error(stmt.kind);
    const hole = stmt.value.parts.find((part) => 'hole' in part);
    expect(hole && 'hole' in hole && text.slice(hole.hole.start, hole.hole.end)).toBe('name');
  });
});

describe('statements', () => {
  test.each([
    ['x: int = 1', { kind: 'AnnAssign' }],
    ['x: int', { kind: 'AnnAssign' }],
    ['x = y = 1', { kind: 'Assign', targets: [{ id: 'x' }, { id: 'y' }] }],
    ['x += 1', { kind: 'AugAssign', op: '+' }],
    [
      'from ..a.b import c as d, e',
      { kind: 'ImportFrom', level: 2, module: 'a.b', names: [{ name: 'c', as: 'd' }, { name: 'e' }] },
    ],
    ['from . import q', { kind: 'ImportFrom', level: 1, module: '' }],
    ['from x import *', { kind: 'ImportFrom', names: [{ name: '*' }] }],
    ['import a.b as c, d', { kind: 'Import', names: [{ module: 'a.b', as: 'c' }, { module: 'd' }] }],
    ['with a() as b, c():\n  pass', { kind: 'With', items: [{ target: { id: 'b' } }, {}] }],
    [
      'if a:\n  pass\nelif b:\n  pass\nelse:\n  x',
      { kind: 'If', orelse: [{ kind: 'If', orelse: [{ kind: 'ExprStmt' }] }] },
    ],
    [
      'try:\n  pass\nexcept A as e:\n  pass\nfinally:\n  x',
      { kind: 'Try', handlers: [{ name: 'e' }], final: [{ kind: 'ExprStmt' }] },
    ],
    [
      'class A(B, table=True):\n  x = 1',
      { kind: 'ClassDef', name: 'A', bases: [{ id: 'B' }], keywords: [{ name: 'table' }] },
    ],
    [
      '@d\nasync def f(a, *b, c: int = 1, **k) -> str:\n  return a',
      {
        kind: 'FunctionDef',
        name: 'f',
        decorators: [{ id: 'd' }],
        params: [{ name: 'a' }, { name: 'b', star: '*' }, { name: 'c' }, { name: 'k', star: '**' }],
      },
    ],
    [
      'match a:\n  case 1:\n    pass\n  case _:\n    x',
      { kind: 'Match', cases: [{ body: [{ kind: 'Pass' }] }, { body: [{ kind: 'ExprStmt' }] }] },
    ],
  ])('%s', (text, shape) => {
    expect(statement(text)).toMatchObject(shape);
  });

  test('what follows broken text is still read', () => {
    const { body, error } = parse('class A(:\n    pass\n\nclass B(Base):\n    x = 1\n');
    expect(error).toBeDefined();
    expect(
      body.filter((stmt) => stmt.kind === 'ClassDef').map((stmt) => stmt.kind === 'ClassDef' && stmt.name),
    ).toContain('B');
  });

  test('a function whose body is a comment does not hide what follows', () => {
    const { body } = parse('async def f(\n    a: int = Depends(b)\n):\n    # use a here\n\nclass C(D):\n    x = 1\n');
    expect(body.map((stmt) => stmt.kind)).toEqual(['FunctionDef', 'ClassDef']);
  });

  test('comments say whether they have a line of their own', () => {
    const { comments } = parse('# one\nx = 1  # two\n');
    expect(comments.map(({ text, ownLine }) => [text, ownLine])).toEqual([
      ['one', true],
      ['two', false],
    ]);
  });

  test('lone carriage returns end lines', () => {
    const { body, error } = parse('x = 1\ry = 2\r');
    expect(error).toBeUndefined();
    expect(body).toHaveLength(2);
  });
});
