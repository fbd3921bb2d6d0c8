import { describe, expect, test } from 'vitest';
import { boundsOf } from '../../src/frontends/typescript/settings/versions.js';
import type { Project } from '../../src/ir/index.js';
import { atLeast, isOlder, packageVersion } from '../../src/queries/packages.js';
import { readAlone } from './support.js';

const release = (text: string): { major: number; minor: number; patch: number } => {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number);
  return { major, minor, patch };
};

// What the table of ranges in npm's own documentation says of each.
test.each<[range: string, from: string | undefined, below: string | undefined, exact: boolean]>([
  ['1.2.3', '1.2.3', undefined, true],
  ['=1.2.3', '1.2.3', undefined, true],
  ['v1.2.3', '1.2.3', undefined, true],
  ['^1.2.3', '1.2.3', '2.0.0', false],
  ['^0.3.20', '0.3.20', '0.4.0', false],
  ['^0.0.3', '0.0.3', '0.0.4', false],
  ['^0.0', '0.0.0', '0.1.0', false],
  ['^0', '0.0.0', '1.0.0', false],
  ['^1.x', '1.0.0', '2.0.0', false],
  ['~1.2.3', '1.2.3', '1.3.0', false],
  ['~1', '1.0.0', '2.0.0', false],
  ['1.2', '1.2.0', '1.3.0', false],
  ['1.x', '1.0.0', '2.0.0', false],
  ['1.2.x', '1.2.0', '1.3.0', false],
  ['>=6 <8', '6.0.0', '8.0.0', false],
  ['>= 6.1', '6.1.0', undefined, false],
  ['>1', '2.0.0', undefined, false],
  ['<=1.2', '0.0.0', '1.3.0', false],
  ['1.2.3 - 2.3', '1.2.3', '2.4.0', false],
  ['^6.0.0 || ^7.1.0', '6.0.0', '8.0.0', false],
  ['^6.0.0 || 7.1.0', '6.0.0', '7.1.1', false],
  ['>=6 || 5.0.0', '5.0.0', undefined, false],
  ['^1.0.0-beta.2', '1.0.0', '2.0.0', false],
  ['*', undefined, undefined, false],
  ['', undefined, undefined, false],
  ['latest', undefined, undefined, false],
  ['workspace:*', undefined, undefined, false],
  ['workspace:^1.2.0', '1.2.0', '2.0.0', false],
  ['catalog:', undefined, undefined, false],
  ['npm:@acme/typeorm@^0.3.0', '0.3.0', '0.4.0', false],
  ['github:typeorm/typeorm#1.0.0', undefined, undefined, false],
  ['https://example.com/typeorm-1.0.0.tgz', undefined, undefined, false],
])('the range "%s"', (range, from, below, exact) => {
  expect(boundsOf(range)).toEqual({
    ...(from !== undefined && { version: release(from) }),
    ...(below !== undefined && { below: release(below) }),
    exact,
  });
});

const versions = (files: { [path: string]: string }, path: string, name: string): unknown => {
  const facts = Object.entries(files).map(([each, text]) => readAlone(text, each));
  const project: Project = { files: facts, settings: { dialect: 'postgresql', shipped: new Set() } };
  const found = packageVersion(project, path, name);
  return found && `${found.major}.${found.minor}.${found.patch}${found.exact ? '' : ' or newer'}`;
};

describe('what is asked for and what is installed', () => {
  const manifest =
    '{ "name": "a", "dependencies": { "typeorm": "^0.3.6", "left-pad": "1.0.0" }, "devDependencies": {"knex" : "3.1.0"} }';

  test('a manifest', () => {
    expect(versions({ 'package.json': manifest }, 'src/a.ts', 'typeorm')).toBe('0.3.6 or newer');
    expect(versions({ 'package.json': manifest }, 'src/a.ts', 'knex')).toBe('3.1.0');
    expect(versions({ 'package.json': manifest }, 'src/a.ts', 'left-pad')).toBeUndefined();
    expect(versions({ 'api/package.json': manifest }, 'web/a.ts', 'typeorm')).toBeUndefined();
  });

  test('a requirement is where it stands', () => {
    const { span } = readAlone(manifest, 'package.json').packages![0]!;
    expect(manifest.slice(span.start, span.end)).toBe('"typeorm": "^0.3.6"');
  });

  test.each([
    [
      'package-lock.json',
      '{ "packages": { "": {}, "node_modules/typeorm": {\n "version": "0.3.20",\n "resolved": "x" }, "node_modules/a/node_modules/knex": { "version": "1.0.0" } } }',
    ],
    ['package-lock.json', '{ "lockfileVersion": 1, "dependencies": { "typeorm": {\n      "version": "0.3.20" } } }'],
    [
      'yarn.lock',
      '# yarn lockfile v1\n\nleft-pad@1:\n  version "1.0.0"\n\ntypeorm@^0.3.6, typeorm@~0.3.1:\n  version "0.3.20"\n  resolved "x"\n',
    ],
    [
      'yarn.lock',
      '__metadata:\n  version: 8\n\n"typeorm@npm:^0.3.6":\n  version: 0.3.20\n  resolution: "typeorm@npm:0.3.20"\n',
    ],
    [
      'pnpm-lock.yaml',
      "lockfileVersion: '9.0'\n\npackages:\n\n  typeorm@0.3.20:\n    resolution: {}\n\nsnapshots:\n\n  typeorm@0.3.20(pg@8.11.3):\n    dependencies: {}\n",
    ],
    [
      'pnpm-lock.yaml',
      "lockfileVersion: '6.0'\n\npackages:\n\n  /typeorm@0.3.20(pg@8.11.3)(redis@4.0.0):\n    resolution: {}\n",
    ],
    ['pnpm-lock.yaml', 'lockfileVersion: 5.4\n\npackages:\n\n  /typeorm/0.3.20_pg@8.11.3:\n    resolution: {}\n'],
  ])('%s', (name, text) => {
    expect(versions({ 'package.json': manifest, [name]: text }, 'src/a.ts', 'typeorm')).toBe('0.3.20');
    expect(versions({ 'packages/a/package.json': manifest, [name]: text }, 'packages/a/b.ts', 'typeorm')).toBe(
      '0.3.20',
    );
  });

  test('of several versions in a lock file those count that the range allows', () => {
    const lock = 'typeorm@^0.2.0:\n  version "0.2.45"\n\ntypeorm@^0.3.0:\n  version "0.3.20"\n';
    expect(versions({ 'packages/a/package.json': manifest, 'yarn.lock': lock }, 'packages/a/b.ts', 'typeorm')).toBe(
      '0.3.20',
    );
    expect(versions({ 'packages/a/package.json': '{}', 'yarn.lock': lock }, 'packages/a/b.ts', 'typeorm')).toBe(
      '0.2.45 or newer',
    );
  });

  test('a version above the range is none of it', () => {
    const facts = [readAlone(manifest, 'package.json')];
    const project: Project = { files: facts, settings: { dialect: 'postgresql', shipped: new Set() } };
    const found = packageVersion(project, 'src/a.ts', 'typeorm');
    expect([atLeast(found, 0, 3), atLeast(found, 1), isOlder(found, 0, 4), isOlder(found, 0, 3, 7)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});

test.each(['{', '[]', 'null', '{"dependencies": []}', '{"dependencies": {"typeorm": 3}}', ''])(
  'a manifest that is none: %s',
  (text) => {
    expect(readAlone(text, 'package.json').packages).toBeUndefined();
  },
);
