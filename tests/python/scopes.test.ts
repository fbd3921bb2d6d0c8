import { describe, expect, it } from 'vitest';

import { unboundNames } from '../../src/frontends/python/scopes/scopes.js';
import { loadParser } from '../../src/frontends/python/syntax/parse.js';

const parse = await loadParser();

/** The names of a text that nothing binds, each with its line; nothing where that can't be told. */
const unbound = (source: string): string[] | undefined =>
  unboundNames(parse(source), source)?.map(
    ({ name, span }) => `${source.slice(0, span.start).split('\n').length} ${name}`,
  );

describe('names that nothing binds, as Python and pyflakes 2.5 see them', () => {
  it.each<[string, string, string[]]>([
    ['imports', 'import a.b, c as d\nfrom e import f as g\na, d, g, b, c, f', ['3 b', '3 c', '3 f']],
    ['an import that may fail', 'try:\n    import a\nexcept ImportError:\n    a = None\na', []],
    ['builtins, and what every module has', 'print(len([]), __file__, __name__, NotImplementedError)', []],
    ['what only a type checker sees', 'if TYPE_CHECKING:\n    from a import b\nx = b', ['1 TYPE_CHECKING', '3 b']],
    ['annotations are not asked', 'def f(a: B) -> C: ...\nx: D = 1', []],
    ['comprehensions', '[a for a in b if a]\na', ['1 b', '2 a']],
    ['the first iterable of a comprehension is outside', 'def f(a):\n    return [a for a in a for b in c(a)]', ['2 c']],
    [':= binds outside of a comprehension', 'def f(x):\n    return [y for z in x if (y := z)], y', []],
    [
      'class bodies are not seen in methods',
      'class A:\n    b = 1\n    c = b\n    def d(self):\n        return b',
      ['5 b'],
    ],
    ['global', 'def f():\n    global a\n    a = 1\nprint(a)', []],
    ['nonlocal', 'def f():\n    a = 0\n    def g():\n        nonlocal a\n        a = 1\n    return g', []],
    ['parameters and lambdas', 'f = lambda a, *b, c=d, **e: (a, b, c, e, g)', ['1 d', '1 g']],
    [
      'loops, with and handlers',
      'for a, (b, *c) in []: a, b, c\nwith d() as (e, f): e, f\ntry: pass\nexcept E as g: g',
      ['2 d', '4 E'],
    ],
    ['with over several lines', 'with (\n    a() as b\n):\n    b\nwith a() \\\n        as c:\n    c', ['5 a']],
    ['patterns', 'def f(p):\n    match p:\n        case {"a": b, **c}: b, c\n        case [d, *e] if d: d, e', []],
    ['type parameters', 'class A[T](list[T]): pass\ndef f[U](x): return U\ntype V[W] = list[W]\nV', []],
    ['f-strings', "a = 1\nf'{a} {b!r:>3}'", ['2 b']],
    [
      'decorators, bases and defaults',
      '@a\nclass B(C, metaclass=D):\n    def e(self, f=g): pass',
      ['1 a', '2 C', '2 D', '3 g'],
    ],
  ])('%s', (_, source, expected) => {
    expect(unbound(source)).toEqual(expected);
  });

  it.each([
    ['a star import', 'from a import *\nb'],
    ['exec', 'exec("a = 1")\na'],
    ['globals()', 'globals()["a"] = 1\na'],
    ['a file that is not Python', 'def f(:\n    a'],
  ])('says nothing where %s may bind any name', (_, source) => {
    expect(unbound(source)).toBeUndefined();
  });
});
