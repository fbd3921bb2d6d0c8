import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readOne, readProject } from './support.js';

const folder = join(import.meta.dirname, 'oracle/look-alikes/models');
const names = readdirSync(folder);
const files = Object.fromEntries(names.map((name) => [`src/${name}`, readFileSync(join(folder, name), 'utf8')]));

describe('code that only looks like that of a database library says nothing', () => {
  test.each(names)('%s', (name) => {
    const together = readProject(files).find(({ path }) => path === `src/${name}`)!;
    const alone = readOne(files[`src/${name}`]!, {}, `src/${name}`);
    for (const facts of [together, alone]) {
      const { tables, enums, migrations, statements, sites, usages, engines = [], problems } = facts;
      expect([tables, enums, migrations, statements, sites, usages, engines, problems].flat()).toEqual([]);
    }
  });
});

test('a tag that joins text reaches a database like any other text', () => {
  const text = `import { Pool } from 'pg';
    const sql = String.raw;
    const pool = new Pool();
    export const one = (id: string) => pool.query(sql\`select * from users where id = '\${id}'\`);
    export const two = (id: string) => pool.query(String.raw\`select * from users where id = '\${id}'\`);`;
  const { sites } = readOne(text);
  expect(sites.map(({ api, holes }) => [api, holes.map((hole) => `${hole.text} ${hole.provenance}`)])).toEqual([
    ['Client.query()', ['id parameter']],
    ['Client.query()', ['id parameter']],
  ]);
});
