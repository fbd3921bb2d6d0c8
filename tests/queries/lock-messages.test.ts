import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.js';

const mode =
  /\b(?:ACCESS SHARE|ROW SHARE|(?:SHARE )?(?:ROW|UPDATE) EXCLUSIVE|ACCESS EXCLUSIVE|SHARE|EXCLUSIVE)\b|LOCK=(?:SHARED|EXCLUSIVE)/;

/** Where a message names a lock by itself, and why. */
const spelled: { readonly [rule: string]: string } = {
  'locking/non-concurrent-reindex': 'the lock on each index, which the table leaves out',
};

describe('a message takes each lock that it names from the lock table', () => {
  test.each(Object.entries(rules))('%s', (id, rule) => {
    const own = Object.values(rule.messages).filter((message) => mode.test(message));
    if (spelled[id] === undefined) expect(own).toEqual([]);
    else expect(own).not.toEqual([]);
  });

  const sources = [...files('../../rules'), ...files('../../src/queries')].filter(
    (path) => path.endsWith('.ts') && !/src\/queries\/locks[./]/.test(path),
  );
  test.each(sources.map((path) => [path.replace(/^.*\/(?=rules\/|src\/)/, '')] as const))(
    '%s puts none together',
    (path) => {
      const code = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8').replace(
        /\/\*[^]*?\*\/|^\s*\/\/.*$/gm,
        '',
      );
      const templates = [...code.matchAll(/`[^`]*`/g)].map(([text]) => text);
      expect(templates.filter((text) => mode.test(text))).toEqual([]);
    },
  );
});

function files(folder: string): string[] {
  const url = new URL(`${folder}/`, import.meta.url);
  return readdirSync(url, { recursive: true, encoding: 'utf8' }).map((name) => new URL(name, url).pathname);
}
