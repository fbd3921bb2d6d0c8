import fc from 'fast-check';
import { loadModule } from 'libpg-query';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../src/ir/index.js';
import { loadVerifier } from '../../src/frontends/sql/verify.js';
import { readSql } from './brief.js';
import { statements } from './support/ddl.js';
import { linesOf, ours, tablesOf } from './support/our-summary.js';
import { theirs, theirTables } from './support/postgresql-summary.js';

beforeAll(loadModule);

/** More by hand: RUNS=20000 FC_SEED=1. */
const numRuns = Number(process.env['RUNS'] ?? 2000);
const parameters = { numRuns, ...(process.env['FC_SEED'] && { seed: Number(process.env['FC_SEED']) }) };
const withQueries = /^(?:WITH|INSERT|UPDATE|DELETE|MERGE)|^CREATE\b.*\sAS\s+(?:SELECT|WITH)\b/is;

test('what generated statements do is what the parser of PostgreSQL says', async () => {
  const odd: string[] = [];
  const verify = await loadVerifier(['postgresql'], (_, difference) => odd.push(difference));
  let compared = 0;
  fc.assert(
    fc.property(statements, ({ text, plain }) => {
      // The parser's build takes no comment between words that it looks at together, such as NULLS and LAST.
      expect(ours(text), text).toEqual(theirs(plain));
      const read = readSql(text);
      verify(read);
      expect(odd.splice(0), text).toEqual([]);
      expect(
        read.map(({ provenance, problems }) => [provenance, problems]),
        text,
      ).toEqual([['ast', []]]);
      if (withQueries.test(plain)) expect(read.map(tablesOf), text).toEqual([theirTables(plain)]);
      compared++;
    }),
    parameters,
  );
  expect(compared).toBeGreaterThanOrEqual(numRuns);
}, 600_000);

/** Mistakes that a reader could make, each of which changes an operation that it can be made in. */
const mistakes: { readonly [what: string]: (operation: Operation) => boolean } = {
  'another table': (operation) => {
    if (!('table' in operation) || !operation.table || operation.kind === 'CommentOn') return false;
    operation.table.name.value += 'x';
    return true;
  },
  'another action': (operation) => {
    if (operation.kind !== 'SetNotNull' && operation.kind !== 'DropDefault') return false;
    (operation as Operation).kind = 'DropNotNull';
    return true;
  },
  'a column less': (operation) => operation.kind === 'CreateTable' && operation.definition.columns.pop() !== undefined,
  'a key less': (operation) => operation.kind === 'CreateIndex' && operation.index.keys.pop() !== undefined,
  'CASCADE overlooked': (operation) => operation.cascade === true && delete operation.cascade,
  'WHERE overlooked': (operation) => {
    if ((operation.kind !== 'Delete' && operation.kind !== 'Update') || operation.where !== 'present') return false;
    operation.where = 'absent';
    return true;
  },
};

describe('a reader that makes a mistake is caught', () => {
  test.each(Object.entries(mistakes))('%s', (_, mistake) => {
    let made = 0;
    for (const { text, plain } of fc.sample(statements, { numRuns: 2000, seed: 1 })) {
      const read = readSql(text);
      if (!read[0]!.operations.some(mistake)) continue;
      made++;
      expect(read.flatMap(linesOf), text).not.toEqual(theirs(plain));
    }
    expect(made).toBeGreaterThan(3);
  });
});
