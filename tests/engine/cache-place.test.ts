import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cachePlace, defaultCacheFolder } from '../../src/engine/cache/place.js';

test('facts lie in the cache folder of the user', () => {
  expect(defaultCacheFolder({ XDG_CACHE_HOME: '/kept' })).toBe('/kept/ddlint/facts');
  expect(defaultCacheFolder({}).startsWith(homedir())).toBe(true);
  expect(defaultCacheFolder({ XDG_CACHE_HOME: '' })).toBe(defaultCacheFolder({}));
});

test('a pack is named after its project, and is one for its files and one for its index', () => {
  const files = [
    cachePlace('/kept', '/one/shop', false),
    cachePlace('/kept', '/other/shop', false),
    cachePlace('/kept', '/one/shop', true),
    cachePlace('/kept', '/', false),
    cachePlace('/kept', `/${'a b/'.repeat(100)}`, false),
  ].map(({ file }) => file);
  expect(new Set(files).size).toBe(files.length);
  expect(files[0]).toMatch(/^\/kept\/shop-[a-z0-9]+\.json$/);
  for (const file of files) expect(join(file, '..')).toBe('/kept');
});

test('facts are those of the grammars that were installed', () => {
  const [some, none] = ['a parser', ''].map((grammars) => cachePlace('/kept', '/one/shop', false, grammars));
  expect(some!.file).toBe(none!.file);
  expect(some!.owner).not.toBe(none!.owner);
});
