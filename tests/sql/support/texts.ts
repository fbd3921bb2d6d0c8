import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, rulePages } from '../../support/rule-pages.js';

/** The SQL files of the fixtures and of the examples of the rules' pages. */
export function sqlTexts(): string[] {
  const fixtures = readdirSync(join(root, 'fixtures'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.sql'))
    .map((path) => readFileSync(join(root, 'fixtures', path), 'utf8'));
  const examples = rulePages()
    .flatMap((page) => page.examples)
    .flatMap((example) => example.files)
    .filter(({ path }) => path.endsWith('.sql'))
    .map(({ text }) => text);
  return [...fixtures, ...examples];
}
