import vm from 'node:vm';
import { ts } from 'ts-morph';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/frontends/typescript/values/evaluate.js';
import { newScope } from '../../src/frontends/typescript/values/scope.js';
import { isHole, type Value } from '../../src/frontends/typescript/values/values.js';

/** The value of the initialiser of the last constant of a file. */
function valueOf(text: string): Value {
  const source = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true);
  const statement = source.statements.findLast((each) => ts.isVariableStatement(each));
  return evaluate((statement as ts.VariableStatement).declarationList.declarations[0]!.initializer!, newScope());
}

/** Values as plain JavaScript, holes as `⟨why⟩`, what is not known as `?`. */
function plain(value: Value): unknown {
  switch (value.kind) {
    case 'text':
      return value.parts.map((part) => (isHole(part) ? '⟨⟩' : part.value)).join('');
    case 'known':
      return value.value;
    case 'undefined':
      return undefined;
    case 'array':
      return [...value.items.map(plain), ...(value.complete ? [] : ['…'])];
    case 'object':
      return {
        ...Object.fromEntries(value.entries.map((entry) => [entry.key, plain(entry.value)])),
        ...(value.complete ? {} : { '…': true }),
      };
    case 'oneOf':
      return { oneOf: value.values.map(plain) };
    default:
      return '?';
  }
}

test('a known list that is spread among arguments', () => {
  const made = valueOf("import { ENUM } from 'sequelize'; const list = ['a', 'b']; const x = ENUM(...list, 'c')");
  expect(made.kind === 'made' && made.args.map(plain)).toEqual(['a', 'b', 'c']);
});

test('`new` of what something imported has', () => {
  const made = valueOf("import { DataTypes } from 'sequelize'; const x = new DataTypes.STRING(20)");
  expect(made).toMatchObject({ kind: 'chain', of: { name: 'DataTypes', path: [] }, links: [{ name: 'STRING' }] });
});

describe('what is folded', () => {
  test.each<[string, unknown]>([
    ["const x = 'a'", 'a'],
    ['const x = `a`', 'a'],
    ['const x = -5', -5],
    ["const x = 'a' + 'b' + 'c'", 'abc'],
    ["const a = 'b'; const x = `${a}c`", 'bc'],
    ["const x = ('a' as string)!", 'a'],
    ["const x = { a: 'b' } satisfies object", { a: 'b' }],
    ["const x = ['a', 'b'].join(', ')", 'a, b'],
    ["const x = ' A '.trim().toLowerCase()", 'a'],
    ["const x = 'a-b'.replace('-', '_')", 'a_b'],
    ["const a = { t: { n: 'x' } } as const; const x = a.t.n", 'x'],
    ["const a = { t: 1 }; const x = a['t']", 1],
    ['enum E { A, B = 5, C } const x = [E.A, E.B, E.C]', [0, 5, 6]],
    ["enum E { A = 'a' } const x = E.A", 'a'],
    ['const x = [...[1, 2], 3]', [1, 2, 3]],
    ['const a = { p: 1 }; const x = { ...a, q: 2 }', { p: 1, q: 2 }],
    ["const k = 'p'; const x = { [k]: 1 }", { p: 1 }],
    ['const p = 1; const x = { p }', { p: 1 }],
    ['const { a } = { a: 1 }; const x = a', 1],
    ['const [, b] = [1, 2]; const x = b', 2],
    ['function f(n: string) { return `t_${n}`; } const x = f("a")', 't_a'],
    ['const f = (n: string, m = "z") => n + m; const x = f("a")', 'az'],
    ["const x = ['a', 'b'].map((n, i) => `${n}${i}`)", ['a0', 'b1']],
    ['const x = Object.keys({ a: 1, b: 2 })', ['a', 'b']],
    ["const x = Object.freeze({ a: 'b' }).a", 'b'],
    ['const x = Object.entries({ a: 1 })', [['a', 1]]],
    ["class C { static readonly T = 'users' } const x = C.T", 'users'],
    ['const x = true ? 1 : 2', 1],
    ['const x = undefined ?? 3', 3],
    ['const x = String.raw`a`', 'a'],
    ["const x = globalThis.up ? 'a' : 'b'", { oneOf: ['a', 'b'] }],
  ])('%s', (text, expected) => {
    expect(plain(valueOf(text))).toEqual(expected);
  });
});

/** What JavaScript itself makes of the last constant of a file, `x`. */
function run(text: string): unknown {
  const options = { target: ts.ScriptTarget.ES2022, preserveConstEnums: true };
  const { outputText } = ts.transpileModule(text, { compilerOptions: options });
  return vm.runInNewContext(`${outputText}\nx;`);
}

describe('as JavaScript has it', () => {
  test.each<[string]>([
    ['enum E { A, B } const x = Object.values(E)'],
    [`enum E { A = 'a', B = 'b' } const x = Object.values(E)`],
    ['enum E { A, B } const x = Object.keys(E)'],
    [`const enum E { A = 'a' } const x = E['A']`],
    ['enum E { A = 3 } const x = E[3]'],
    ["enum E { A = 'a', B = `${E.A}b` } const x = E.B"],
    [`namespace N { export const T = 'a'; } const x = N.T`],
    [
      `namespace N { const p = 'a'; export const T = p + 'b'; export namespace M { export const U = T + 'c'; } } const x = N.M.U`,
    ],
    [`namespace N { export enum K { A = 'k' } } const x = N.K.A`],
    ["const T = { a: { b: 'c' } } as const; const x = `x_${T.a.b}_${T['a'].b}`"],
    [`const T = { a: 'b' } as const satisfies Record<string, string>; const x = T.a`],
    [`const x = <const>['a', 'b']`],
    [`const f = ({ n = 'a', m }: { n?: string; m: string }) => n + m; const x = f({ m: 'b' })`],
    [`const f = (n: string, ...rest: string[]) => [n, ...rest].join('_'); const x = f('a', 'b', 'c')`],
    [`const f = function (n = 'z') { const p = n + '_'; return p + n; }; const x = f()`],
    ["const k = 'a'; const x = { [`${k}_b`]: 1, [k + 'c']: 2, ['d']: 3 }"],
    ['const { a: { b = 5 } = {}, ...r } = { a: { b: undefined }, c: 1 } as any; const x = b'],
    ['const { a, ...rest } = { a: 1, b: 2, c: 3 }; const x = rest'],
    ['const [a, ...rest] = [1, 2, 3]; const x = rest'],
    ['const x = 0x10 + 1_000 + 1e3'],
    ['const x = 7 % 4 + 2 ** 3'],
    [`const x = 'a' === 'a' ? 1 : 2`],
    [`const x = 3 > 2 && 'yes'`],
    [`const x = ('' || 'b')`],
    ['const x = (0 ?? 1)'],
    [`const x = !('a' === 'b')`],
    [`const o = { a: { b: 1 } }; const x = o?.a?.['b']`],
    ['const x = [1, 2, 3].length'],
    [`const x = ['a', 'b', 'c'].slice(1).reverse()`],
    [`const x = ['a', 'b'].concat(['c'], 'd')`],
    [`const x = ['a', 'b', 'c'].at(-1)`],
    [`const x = ['a', 'b'].includes('b')`],
    [`const x = ['a', 'b'].indexOf('b')`],
    [`const x = [['a'], ['b']].flat()`],
    [`const x = ['a', 'b'].flatMap((n) => [n, n + n])`],
    ['const x = [1, 2, 3].filter((n) => n > 1)'],
    [`const x = ['b', 'a'].map((n) => ({ name: n, type: 'text' }))`],
    [`const x = Object.fromEntries([['a', 1], ['b', 2]])`],
    ['const x = Object.assign({ a: 1 }, { b: 2 })'],
    ['const x = Object.entries({ a: 1 }).map(([k, v]) => k + v)'],
    [`const x = Array.from(['a', 'b'])`],
    [`const x = 'a,b'.split(',')`],
    [`const x = 'abc'.toUpperCase().slice(1) + 'abc'.substring(0, 1) + 'x'.repeat(3) + 'a'.padStart(3, '0')`],
    [`const x = 'a_b_c'.replaceAll('_', '-')`],
    [`const x = String(5) + Number('6') + (7).toString() + Boolean(0)`],
    [`const x = 'abc'.startsWith('a') ? 'yes' : 'no'`],
    [`const x = 'abc'.length + 'abc'.charAt(1) + 'abc'[2]`],
    [`const x = [1, 'a', null, undefined, true].join()`],
    ['const x = `${1}${true}${null}${undefined}`'],
    ['const x = void 0'],
    [`const x = +'5' + -(-3)`],
    [`const x = (() => 'a')()`],
    [`const f = () => ({ a: 'b' }); const x = f().a`],
    [`const t = (n: string) => (s: string) => n + s; const x = t('a')('b')`],
    [`class A { static get table() { return 'users'; } } const x = A.table`],
    [`class A { static readonly T = 'a'; } class B extends A {} const x = B.T`],
    [`const o = { get a() { return 'b'; } }; const x = o.a`],
    [`const o = { f(n: string) { return n + 'x'; } }; const x = o.f('a')`],
    [`const a = 'x', b = a; const x = { a, b }`],
    [`let a = 'b'; const x = a`],
    [`var a = 'b'; const x = a`],
    ['const x = ((1, 2))'],
    ['const x = { ...(true && { a: 1 }), ...(false && { b: 2 }) }'],
    ['const x = { ...(true ? { a: 1 } : {}) }'],
    [`const x = ['a', ...(true ? ['b'] : [])]`],
    [`const x = { 'a-b': 1, 2: 'c' }`],
    [`const list = ['a', 'b'] as const; const x = list.map((n) => n.toUpperCase()).join(', ')`],
    [`const x = ['a', 'b'].map(String).join()`],
    [`const m = { a: 'x', b: 'y' }; const x = Object.keys(m).map((k) => m[k as keyof typeof m])`],
    [`const x = ' a\\n  b '.trim().split('\\n').map((l) => l.trim()).join(' ')`],
    [`const x = ['a', 'b'].reduce((s, n) => s + n, '')`],
    [`const x = ['a', 'b', 'c'].sort()`],
    ['const x = [3, 1, 2].find((n) => n > 1)'],
    [`const x = Object.freeze(['a', 'b'])`],
    [`const x = ['a'].some((n) => n === 'a')`],
    [`let a = 'b'; a = 'c'; const x = a`],
    [`let a; if (1 > 2) { a = 'n'; } a = 'b'; { const y = a; } const x = a + a`],
    [`let a = 'b'; for (const n of [1]) { a = 'c'; } a = 'd'; const x = a`],
  ])('%s', (text) => {
    expect(JSON.stringify(plain(valueOf(text)))).toBe(JSON.stringify(run(text)));
  });
});

describe('what is not known', () => {
  test.each<[string, unknown]>([
    ['const x = process.env.A', '?'],
    ["let a = 'b'; a += 'c'; const x = a", '?'],
    ["let a = 'b'; if (globalThis.up) a = 'c'; const x = a", { oneOf: ['b', 'c'] }],
    ["let a = 'b'; if (globalThis.up) { a = globalThis.up; } const x = a", '?'],
    ["let a = 'b'; const set = () => { a = 'c'; }; set(); const x = a", { oneOf: ['b', 'c'] }],
    ["let a = 'b'; set(); const x = a; function set() { a = 'c'; }", { oneOf: ['b', 'c'] }],
    [
      "let a = 'b'; switch (globalThis.up) { case 1: a = 'c'; break; default: a = 'd'; } const x = a",
      { oneOf: ['b', 'c', 'd'] },
    ],
    ['const x = globalThis.up && 1', { oneOf: ['?', 1] }],
    ["const x = [globalThis.up, 'a'].includes('a')", '?'],
    ["const x = 'a'.repeat(1e9)", '?'],
    ["const x = 'a'.replace(/(a+)+$/, 'b')", '?'],
    ['const Object = { keys: () => 1 }; const x = Object.keys({ a: 1 })', 1],
    ['const x = `a${process.env.A}b`', 'a⟨⟩b'],
    ['const x = { ...globalThis.o, a: 1 }', { a: 1, '…': true }],
    ['const x = [1, ...globalThis.o]', [1, '…']],
    ['const a = b; const b = a; const x = a', '?'],
    ['const x = sql`a`', '?'],
    ['function f(n: string): string { return f(n); } const x = f("a")', '?'],
  ])('%s', (text, expected) => {
    expect(plain(valueOf(text))).toEqual(expected);
  });

  test('constants that name each other twice end in time', () => {
    const lines = Array.from(
      { length: 40 },
      (_, index) => `const a${String(index)} = a${String(index + 1)} + a${String(index + 1)};`,
    );
    expect(['unknown', 'text']).toContain(valueOf(`${lines.join('\n')}\nconst a40 = 'x';\nconst x = a0;`).kind);
  });

  test('a long sum is read without recursion', () => {
    const value = valueOf(`const x = ${Array.from({ length: 1_500 }, () => "'a'").join(' + ')};`);
    expect(plain(value)).toHaveLength(1_500);
  });
});

describe('offsets into the file', () => {
  /** The character of the file that each character of the text comes from. */
  function sources(text: string): string {
    const value = valueOf(text);
    if (value.kind !== 'text') return '';
    return value.parts
      .map((part) => {
        if (isHole(part)) return '⟨⟩';
        let result = '';
        for (let index = 0; index < part.value.length; index++) {
          const [from, at] = part.offsets.findLast(([offset]) => offset <= index)!;
          result += text[at + index - from];
        }
        return result;
      })
      .join('');
  }

  test.each([
    ["const x = 'abc'", 'abc'],
    ["const x = 'a\\'b'", 'a\\b'],
    ['const x = `a\\`b${c}d`', 'a\\b⟨⟩d'],
    ["const x = '\\u0041bc'", '\\bc'],
    ["const x = '\\u{1F600}z'", '\\uz'],
    ["const x = 'a\\\nb'", 'ab'],
    ["const x = 'a' + 'b'", 'ab'],
  ])('%s', (text, expected) => {
    expect(sources(text)).toBe(expected);
  });

  test('text of a constant is placed at the expression that brings it in', () => {
    const text = "const T = 'users'; const x = `DROP TABLE ${T} CASCADE`;";
    const value = valueOf(text);
    const starts = value.kind === 'text' ? value.parts.map((part) => (isHole(part) ? -1 : part.offsets[0]![1])) : [];
    expect(starts).toEqual([text.indexOf('DROP'), text.lastIndexOf('T}'), text.indexOf(' CASCADE')]);
  });
});

describe('fields', () => {
  test.each([
    ["class C { private readonly t = 'users'; f() { const x = this.t; } }", 'users'],
    ["class C { private t = 'users'; f() { const x = this.t; } }", '?'],
    ['class C { constructor(private readonly t: string) {} f() { const x = this.t; } }', '?'],
  ])('%s', (text, expected) => {
    const source = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true);
    let found: ts.Expression | undefined;
    const look = (node: ts.Node): void => {
      if (ts.isVariableDeclaration(node)) found = node.initializer;
      ts.forEachChild(node, look);
    };
    look(source);
    expect(plain(evaluate(found!, newScope()))).toEqual(expected);
  });

  test('what is changed later is not known', () => {
    expect(plain(valueOf("const a: string[] = []; a.push('x'); const x = a"))).toBe('?');
    expect(plain(valueOf('const a = { b: 1 }; a.b = 2; const x = a'))).toBe('?');
  });
});
