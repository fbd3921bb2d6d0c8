import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/ir/index.js';
import { expectedLines, judged, type Expected } from './oracle/expected.js';
import { factLines, readPackage } from './oracle/facts.js';
import { built, sqlalchemyVersion, typeOf } from './oracle/sqlalchemy.js';

interface Stored {
  versions: { [name: string]: string };
  projects: { [name: string]: Expected };
}

const here = join(import.meta.dirname, 'oracle');
const stored = readdirSync(join(here, 'expected')).map(
  (file) => JSON.parse(readFileSync(join(here, 'expected', file), 'utf8')) as Stored,
);
const dialects: Dialect[] = ['postgresql', 'mysql', 'sqlite'];

function compare(name: string, expected: Expected, dialect: Dialect): void {
  const facts = factLines(readPackage(join(here, name), dialect), dialect);
  const wanted = expectedLines(expected, dialect, (compiled) => typeOf(compiled, dialect));
  expect(judged(facts, wanted)).toEqual(judged(wanted, wanted));
}

const fixtures = stored.flatMap(({ versions, projects }) =>
  Object.entries(projects).map(([name, expected]) => ({ name, expected, by: String(versions['sqlalchemy']) })),
);

describe.each(fixtures)('$name, as SQLAlchemy $by builds it', ({ name, expected }) => {
  test.each(dialects)('%s', (dialect) => compare(name, expected, dialect));
});

const version = sqlalchemyVersion();

describe.skipIf(version === undefined)(`SQLAlchemy ${version ?? '(skipped: there is none)'}`, () => {
  // SQLAlchemy 1.4 knows the one, its SQLModel the other.
  const names = version?.startsWith('1.') ? ['classic', 'sqlmodels'] : ['classic', 'sqlmodels', 'sqlmodels_new'];
  // What a package leaves behind would reach the next one in the same process.
  const ask = (name: string) => built([join(here, name)])[name]!;
  const answers = Object.fromEntries(names.map((name) => [name, version === undefined ? { error: '' } : ask(name)]));
  test.each(names.flatMap((name) => dialects.map((dialect) => [name, dialect] as const)))('%s, %s', (name, dialect) => {
    const expected = answers[name]!;
    if ('error' in expected) throw new Error(expected.error);
    compare(name, expected, dialect);
  });

  test('what is stored of this version is what it says', () => {
    const own = stored.filter(({ versions }) => versions['sqlalchemy'] === version);
    for (const { projects } of own) {
      for (const [name, expected] of Object.entries(projects)) expect(ask(name)).toEqual(expected);
    }
  });
});
