import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Rule } from '../../src/rule.js';

/** The repository's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface RuleFile {
  /** `<family>/<name>`. */
  id: string;
  rule: Rule;
}

/** The ids of all rules by their files, sorted. */
export function ruleIds(): string[] {
  return readdirSync(join(root, 'rules'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /^[^/]+\/[^/]+\.ts$/.test(path))
    .map((path) => path.replace(/\.ts$/, ''))
    .sort();
}

/** Loads every rule from its own file, so that a missing or stale index does no harm. */
export async function ruleFiles(): Promise<RuleFile[]> {
  const files: RuleFile[] = [];
  for (const id of ruleIds()) {
    const module = (await import(pathToFileURL(join(root, 'rules', `${id}.ts`)).href)) as { default: Rule };
    files.push({ id, rule: module.default });
  }
  return files;
}

export const pageOf = (id: string): string => `rules/${id}.md`;

export const pageExists = (id: string): boolean => existsSync(join(root, pageOf(id)));
