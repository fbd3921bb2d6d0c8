import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadParser } from '../../src/frontends/python/syntax/parse.js';

const parse = await loadParser();

/** A Python that can judge; undefined on machines without one. */
const python = ['/usr/bin/python3', 'python3'].find(
  (command) => spawnSync(command, ['-c', 'import ast, json'], { stdio: 'ignore' }).status === 0,
);

const judge = `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
def accepts(text):
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True
json.dump([accepts(text) for text in json.load(sys.stdin)], sys.stdout)
`;

/** The Python files and the Python examples of a folder's pages. */
function textsBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    if (name.endsWith('.py')) return [readFileSync(join(folder, name), 'utf8')];
    if (!name.endsWith('.md')) return [];
    const page = readFileSync(join(folder, name), 'utf8');
    return [...page.matchAll(/^```python[^\n]*\n([^]*?)^```$/gm)].map(([, text = '']) => text);
  });
}

test.skipIf(python === undefined)('what CPython accepts is read without a complaint', () => {
  const texts = ['fixtures', 'rules', 'tests/python'].flatMap(textsBelow);
  const { stdout } = spawnSync(python!, ['-c', judge], { input: JSON.stringify(texts), encoding: 'utf8' });
  const accepted = JSON.parse(stdout) as boolean[];
  const valid = texts.filter((_, at) => accepted[at]);
  expect(valid.length).toBeGreaterThan(100);
  expect(valid.filter((text) => parse(text).error !== undefined)).toEqual([]);
});
