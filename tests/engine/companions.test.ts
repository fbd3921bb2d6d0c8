import { expect, test } from 'vitest';
import { readProject, type ReadProject } from '../../src/engine/project.js';
import { remembering } from '../../src/engine/remembering.js';
import { memoryTree } from '../../src/engine/tree.js';
import type { FileFacts } from '../../src/ir/index.js';
import { frontEnds } from './support/fakes.js';

const python = frontEnds.find(({ id }) => id === 'python')!;

/** The fake language of `.py` files, in which `BAD1` waits for `1.py`. */
const waiting = {
  ...python,
  async load() {
    const reader = await python.load();
    const wants = (files: readonly FileFacts[]): string[] =>
      files.flatMap(({ usages }) => usages.map(({ api }) => `${api.slice(3)}.py`));
    return { ...reader, wants };
  },
};

function read(files: { [path: string]: string }, frontEnd = waiting): Promise<ReadProject> {
  const settings = { config: {}, dialectFor: () => undefined, fromConfig: (path: string) => path };
  return readProject(memoryTree(files), [frontEnd], settings);
}

const paths = ({ files }: ReadProject): string[] => files.map(({ facts }) => facts.path);

test('a file without a word of the data layer is read where a fact waits for it, and so on', async () => {
  const project = await read({ 'a.py': 'data BAD1', '1.py': 'BAD2', '2.py': 'BAD3', '4.py': 'BAD5' });
  expect(paths(project)).toEqual(['1.py', '2.py', 'a.py']);
  expect(project.skipped).toBe(1);
  expect(project.errors).toEqual([]);
});

test('files that wait for each other, or for one that is read anyway, are read once', async () => {
  const project = await read({ 'a.py': 'data BAD1', '1.py': 'BAD2', '2.py': 'BAD1 BAD9', '9.py': 'data BAD2' });
  expect(paths(project)).toEqual(['1.py', '2.py', '9.py', 'a.py']);
});

test('a trail through many files ends', async () => {
  const trail = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`${index}.py`, `BAD${index + 1}`]));
  expect((await read({ 'a.py': 'data BAD0', ...trail })).files.length).toBeLessThan(20);
});

test('an editor reads the same files', async () => {
  const project = await read({ 'a.py': 'data BAD1', '1.py': 'quiet' }, remembering(waiting) as typeof waiting);
  expect(paths(project)).toEqual(['1.py', 'a.py']);
});
