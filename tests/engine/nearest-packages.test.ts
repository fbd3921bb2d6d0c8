import { expect, test } from 'vitest';
import { NearestPackages } from '../../src/engine/nearest-packages.js';
import { readProject } from '../../src/engine/project.js';
import { memoryTree } from '../../src/engine/tree.js';
import { frontEnds } from '../../src/frontends/registry.js';

const files: { [path: string]: string } = {
  'package.json': '{ "devDependencies": { "prisma": "^5.2.0", "pg": "8" } }',
  'apps/a/package.json': '{ "dependencies": { "prisma": "6.1.0" }, "devDependencies": { "prisma": "7.0.0" } }',
  'apps/b/package.json': '{ "dependencies": { "left-pad": "1" } }',
  'apps/c/package.json': '{ "dependencies": { "prisma": ',
  'apps/d/package.json': '{ "dependencies": { "prisma": 6 } }',
};

test.each<[path: string, range: string | undefined]>([
  ['prisma/schema.prisma', '^5.2.0'],
  ['apps/a/prisma/schema.prisma', '6.1.0'],
  ['apps/b/schema.prisma', '^5.2.0'],
  ['apps/c/schema.prisma', '^5.2.0'],
  ['apps/d/schema.prisma', '^5.2.0'],
])('the range of a package for %s', (path, range) => {
  const nearest = new NearestPackages(Object.keys(files), (each) => files[each]);
  expect(nearest.rangesFor(path, ['prisma', '@prisma/client'])?.['prisma']).toBe(range);
});

test('a package that no one names has none', () => {
  expect(
    new NearestPackages(Object.keys(files), (each) => files[each]).rangesFor('a.prisma', ['knex']),
  ).toBeUndefined();
});

test.each<[range: string, key: string | undefined]>([
  ['^6.19.0', 'primary'],
  ['7.x', 'primary'],
  ['~5.22.0', 'unique'],
  ['5', 'unique'],
  ['latest', undefined],
  ['>=5', undefined],
  ['workspace:*', undefined],
])('Prisma %s says which key a join table has', async (range, key) => {
  const schema =
    'datasource db {\n  provider = "postgresql"\n  url = env("X")\n}\nmodel A {\n  id Int @id\n  b B[]\n}\nmodel B {\n  id Int @id\n  a A[]\n}\n';
  const tree = memoryTree({
    'web/package.json': `{ "dependencies": { "@prisma/client": "${range}" } }`,
    'web/prisma/schema.prisma': schema,
  });
  const settings = { config: {}, dialectFor: () => undefined, fromConfig: (path: string) => path };
  const { files: read } = await readProject(tree, frontEnds, settings);
  const junction = read.flatMap(({ facts }) => facts.tables).find(({ role }) => role === 'junction')!;
  const kinds = junction.constraints.map(({ kind }) => kind);
  const unique = junction.indexes.find(({ unique: is }) => is);
  expect(kinds.includes('primary') ? 'primary' : unique?.name && 'unique').toBe(key);
});
