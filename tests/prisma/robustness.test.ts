import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mistakesOf } from './oracle/dmmf.js';
import { readSchema } from './support.js';

const text = readFileSync(new URL('oracle/postgresql/schema.prisma', import.meta.url), 'utf8');
const lines = text.split('\n');

/** The models of a text, each with its columns. */
const tables = (schema: string): Map<string, string[]> =>
  new Map(
    readSchema(schema).tables.flatMap(({ className, columns }) =>
      className === undefined ? [] : [[className, columns.map(({ name }) => name.value)]],
    ),
  );

const whole = tables(text);

/** The line on which the block before or around a line begins, and that on which it ends. */
function blockAround(at: number): [number, number] {
  const from = lines.findLastIndex((line, index) => index <= at && /^\w+ \w+ \{/.test(line));
  return [from, lines.findIndex((line, index) => index > from && line === '}')];
}

describe('a schema that is being written', () => {
  test('its beginnings are read', () => {
    for (let end = 0; end <= text.length; end += 11) {
      const facts = readSchema(text.slice(0, end));
      const spans = facts.tables.map(({ span }) => span);
      expect(spans.every((span) => span.start <= span.end && span.end <= end)).toBe(true);
    }
  });

  test.each(['%$§', 'name', 'name Type @', '@@', '@@index([', '"open', 'a b c', '{', 'x String @default("'])(
    'a line that says %s leaves the other models and fields alone',
    (garbage) => {
      for (let at = 0; at < lines.length; at += 5) {
        const [from, to] = blockAround(at);
        // The line that opens or closes a block is the block's own matter.
        if (from < 0 || at <= from || at >= to) continue;
        const found = tables([...lines.slice(0, at), garbage, ...lines.slice(at + 1)].join('\n'));
        const [, own] = /^\w+ (\w+)/.exec(lines[from]!)!;
        for (const [model, columns] of whole) {
          if (model !== own) expect([model, found.get(model)?.length]).toEqual([model, columns.length]);
          else expect(columns.filter((column) => !found.get(model)?.includes(column)).length).toBeLessThanOrEqual(1);
        }
      }
    },
  );

  test('a block that is not closed ends where the next one begins', () => {
    for (const [at, line] of lines.entries()) {
      if (line !== '}') continue;
      const found = tables([...lines.slice(0, at), ...lines.slice(at + 1)].join('\n'));
      expect([...found.keys()]).toEqual([...whole.keys()]);
    }
  });

  test('what Prisma takes is read without a mistake, and what it can not parse is one', () => {
    const parts = fc.constantFrom(
      'model A {',
      '}',
      '  id Int @id',
      '  x String?',
      '  x',
      '@@',
      '  @@map("a")',
      '/// doc',
      '',
      '  y Int @default(',
      'enum E {',
      '  A',
      '// c',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (chosen) => {
        const schema = `datasource db {\n  provider = "postgresql"\n}\n${chosen.join('\n')}\n`;
        const { problems } = readSchema(schema);
        const mistakes = mistakesOf(schema);
        if (mistakes.length === 0) expect(problems).toEqual([]);
        if (mistakes.some((each) => /This line is (?:not a valid field|invalid)/.test(each)))
          expect(problems).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('schemas that no one wrote by hand', () => {
  test('nesting without end is no crash', () => {
    for (const deep of ['('.repeat(50_000), '['.repeat(50_000), 'a('.repeat(50_000), '{'.repeat(50_000)]) {
      const facts = readSchema(`model A {\n  id Int @id\n  x Int @default(${deep}\n  y Int\n}\n`);
      expect(facts.tables[0]?.columns.map(({ name }) => name.value)).toEqual(['id', 'x', 'y']);
    }
  });

  test('thousands of models, fields and open comments are read to their end', () => {
    const many = Array.from(
      { length: 3000 },
      (_, at) => `model M${String(at)} {\n  id Int @id\n  next M${String(at + 1)}?\n}\n`,
    );
    expect(readSchema(many.join('\n')).tables).toHaveLength(3000);
    const wide = Array.from({ length: 20_000 }, (_, at) => `  f${String(at)} Int`).join('\n');
    expect(readSchema(`model A {\n  id Int @id\n${wide}\n}\n`).tables[0]?.columns).toHaveLength(20_001);
    expect(readSchema('/* '.repeat(100_000)).problems).toEqual([]);
    expect(readSchema('x\n'.repeat(100_000)).problems).toHaveLength(1);
  });

  test('any text is read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (any) => {
        expect(() => readSchema(`model A {\n${any}`)).not.toThrow();
        expect(() => readSchema(any)).not.toThrow();
      }),
    );
  });
});
