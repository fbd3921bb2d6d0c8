import { expect, test } from 'vitest';
import { read } from './reading.js';

const branches = (count: number) =>
  `if a == 0:\n  s = ""\n${Array.from({ length: count }, (_, at) => `elif a == ${String(at + 1)}:\n  s = "x"\n`).join('')}`;

test.each([
  ['a function', `def f(session, a):\n${branches(4000).replace(/^(?=.)/gm, '  ')}  session.execute(s)\n`],
  ['a module', branches(4000)],
  [
    'a revision',
    `from alembic import op\nrevision = "a"\ndown_revision = None\ndef upgrade():\n${branches(4000).replace(/^(?=.)/gm, '  ')}`,
  ],
  [
    'functions that call each other',
    `from alembic import op\nrevision = "a"\ndown_revision = None\n${Array.from(
      { length: 10 },
      (_, at) =>
        `def ${at === 0 ? 'upgrade' : `f${String(at)}`}(a):\n${branches(196).replace(/^(?=.)/gm, '  ')}  else:\n    f${String(at + 1)}(a)\n`,
    ).join('')}`,
  ],
])('a long chain of elif in %s does not throw', (name, text) => {
  const { problems } = read(text);
  expect(problems.map(({ code }) => code)).toEqual(name.startsWith('functions') ? [] : ['too-deep']);
});

test('a chain of branches as long as people write it is read to its end', () => {
  const { sites } = read(
    `def f(session, a):\n${branches(150).replace(/^(?=.)/gm, '  ')}  else:\n    session.execute(f"select {a} from t")\n`,
  );
  expect(sites).toHaveLength(1);
});

test('blanks between placeholders do not multiply the ways to read them', () => {
  const { sites } = read(`def f(c, x):\n  c.execute("select " + ",".join(["${'%s  '.repeat(2000)}!", x]))\n`);
  expect(sites[0]!.holes.map(({ text }) => text)).toEqual(['x']);
});
