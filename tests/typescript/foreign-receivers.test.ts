import { describe, expect, test } from 'vitest';
import { readProject } from './support.js';

/** The APIs of the usages and SQL sites of the first file. */
function found(files: { [path: string]: string }): string[] {
  const [{ usages, sites }] = readProject(files) as [ReturnType<typeof readProject>[0]];
  return [...usages.map(({ api }) => api), ...sites.map(({ api }) => api)];
}

const saves = 'for (const row of rows) { await prisma.user.create({ data: row }); }';
const client = "import { PrismaClient } from '@prisma/client';\n";

describe('database clients of other files', () => {
  test.each<[string, { [path: string]: string }]>([
    [
      'a constant',
      {
        'src/load.ts': `import { prisma } from './db';\nexport async function load(rows) { ${saves} }`,
        'src/db.ts': `${client}export const prisma = new PrismaClient();`,
      },
    ],
    [
      'a default export, through an index file',
      {
        'src/load.ts': `import { prisma } from './lib';\nexport async function load(rows) { ${saves} }`,
        'src/lib/index.ts': "export { default as prisma } from './db';",
        'src/lib/db.ts': `${client}export default new PrismaClient();`,
      },
    ],
    [
      'what a function returns',
      {
        'src/load.ts': `import { connect } from './db';\nexport async function load(rows) { const prisma = connect(); ${saves} }`,
        'src/db.ts': `${client}export const connect = () => new PrismaClient();`,
      },
    ],
    [
      'a class that extends it, handed in',
      {
        'src/load.ts': `import { PrismaService } from './db';\nexport class Loader {\n  constructor(private prisma: PrismaService) {}\n  async load(rows) { ${saves.replace('prisma', 'this.prisma')} }\n}`,
        'src/db.ts': `${client}export class PrismaService extends PrismaClient {}`,
      },
    ],
    [
      'CommonJS',
      {
        'src/load.js': `const { prisma } = require('./db');\nexports.load = async (rows) => { ${saves} };`,
        'src/db.js':
          "const { PrismaClient } = require('@prisma/client');\nmodule.exports = { prisma: new PrismaClient() };",
      },
    ],
  ])('%s', (_, files) => {
    expect(found(files)).toEqual([expect.stringMatching(/prisma\.user\.create\(\)$/)]);
  });

  test('something else of that name is none', () => {
    const files = {
      'src/load.ts': `import { prisma } from './db';\nexport async function load(rows) { ${saves} }`,
      'src/db.ts': 'export const prisma = { user: { create: async () => undefined } };',
    };
    expect(found(files)).toEqual([]);
  });
});
