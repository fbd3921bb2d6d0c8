import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/ir/index.js';
import { datamodelOf, linesOfDatamodel, linesOfFacts } from './oracle/dmmf.js';
import { readSchemas, shapesOfModels, shapesOfScript } from './support.js';

const folder = new URL('oracle/', import.meta.url);
const textOf = (path: string): string => readFileSync(new URL(path, folder), 'utf8');

/** Databases that keep an enum as a type of its own. */
const hasEnums: ReadonlySet<string> = new Set(['postgresql', 'cockroachdb']);

describe.each(['postgresql', 'mysql', 'sqlite', 'cockroachdb'])('a schema for %s', (dialect) => {
  const files = { 'prisma/schema.prisma': textOf(`${dialect}/schema.prisma`) };
  const facts = readSchemas(files);

  test('is read without a mistake', () => {
    expect(facts.flatMap(({ problems }) => problems)).toEqual([]);
    expect(facts[0]?.dialect).toBe(dialect);
  });

  test('is read as Prisma reads it', () => {
    const views = facts.flatMap(({ tables }) =>
      tables.flatMap(({ role, className }) => (role === 'view' ? [className!] : [])),
    );
    const wanted = linesOfDatamodel(datamodelOf(files)!, views);
    expect(linesOfFacts(facts, files)).toEqual(
      wanted.filter((line) => hasEnums.has(dialect) || !line.startsWith('enum ')),
    );
  });

  test('becomes the tables that Prisma makes of it', () => {
    expect(shapesOfModels(facts)).toEqual(shapesOfScript(textOf(`${dialect}/expected.sql`), dialect as Dialect));
  });
});

test('each oracle has a schema and the script that it becomes', () => {
  const dialects = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of dialects)
    expect(readdirSync(new URL(name, folder)).sort()).toEqual(['expected.sql', 'schema.prisma']);
});
