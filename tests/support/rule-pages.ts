import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPage, type RulePage } from './markdown-page.js';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The pages of all rules, in the order of their paths. */
export function rulePages(): RulePage[] {
  return readdirSync(join(root, 'rules'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /^[^/]+\/[^/]+\.md$/.test(path))
    .sort()
    .map((path) => readPage(`rules/${path}`, readFileSync(join(root, 'rules', path), 'utf8')));
}
