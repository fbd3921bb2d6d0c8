import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readProject } from '../src/engine/project.js';
import { memoryTree } from '../src/engine/tree.js';
import { frontEnds } from '../src/frontends/registry.js';
import type { Dialect } from '../src/ir/index.js';
import { lintProject } from '../src/index.js';
import { differences, type AnnotatedFile } from './support/compare.js';
import { root, rulePages } from './support/rule-pages.js';

const fixtures = join(root, 'fixtures');

/** The text files of a fixture, by path inside it. */
function filesOf(name: string): AnnotatedFile[] {
  return readdirSync(join(fixtures, name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      path: path.slice(join(fixtures, name).length + 1).replaceAll('\\', '/'),
      text: readFileSync(path, 'utf8'),
    }))
    .filter(({ path }) => !path.endsWith('.md'));
}

const projects = readdirSync(fixtures, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('whole projects', () => {
  test.each(projects)('%s: what its comments say is found, and nothing else', async (name) => {
    const { findings, errors } = await lintProject({ cwd: join(fixtures, name), all: true });
    expect(errors).toEqual([]);
    expect(differences(filesOf(name), findings)).toEqual([]);
  });
});

/** The facts of a project's files, as a cache or another thread would get them. */
async function factsOf(files: readonly AnnotatedFile[], dialect?: Dialect) {
  const tree = memoryTree(Object.fromEntries(files.map(({ path, text }) => [path, text])));
  const read = await readProject(tree, frontEnds, {
    config: {},
    dialectFor: () => dialect,
    fromConfig: (path) => path,
  });
  expect(read.errors).toEqual([]);
  return read.files.map(({ facts }) => facts);
}

describe('facts are plain JSON', () => {
  const examples = rulePages().flatMap((page) =>
    page.examples.map((example) => ({ name: `${page.path}:${example.line}`, files: example.files })),
  );
  const all = [...projects.map((name) => ({ name, files: filesOf(name) })), ...examples];

  test.each(all)('$name', async ({ files }) => {
    for (const facts of await factsOf(files, 'postgresql')) {
      expect(JSON.parse(JSON.stringify(facts))).toStrictEqual(facts);
    }
  });
});
