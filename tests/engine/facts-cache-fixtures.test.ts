import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lintProject } from '../../src/index.js';
import { Scratch } from './support/scratch.js';

const fixtures = join(import.meta.dirname, '../../fixtures');
const names = readdirSync(fixtures, { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** Whether a run with the cache says the same as one without. */
async function agree(scratch: Scratch): Promise<void> {
  const cwd = scratch.file('p');
  const cached = await lintProject({ cwd, cache: scratch.file('cache') });
  expect(cached).toEqual(await lintProject({ cwd }));
}

test.each(names.map(({ name }) => name))(
  '%s gives the same from the cache, also after each file changed',
  async (name) => {
    const scratch = new Scratch();
    cpSync(join(fixtures, name), scratch.file('p'), { recursive: true });
    await agree(scratch);
    await agree(scratch);
    const paths = readdirSync(scratch.file('p'), { recursive: true, encoding: 'utf8' });
    for (const path of paths.filter((each) => /\.(?:sql|py|ts)$/.test(each)).slice(0, 12)) {
      const file = scratch.file(join('p', path));
      const text = readFileSync(file, 'utf8');
      // A blank line on top moves every span of the file, half of it gone takes away what other files refer to.
      for (const changed of [`\n${text}`, text.slice(0, text.length / 2)]) {
        writeFileSync(file, changed);
        await agree(scratch);
      }
      writeFileSync(file, text);
    }
  },
  120_000,
);
