import fc from 'fast-check';
import { loadModule } from 'libpg-query';
import { beforeAll, expect, test } from 'vitest';
import { statements } from './support/ddl.js';
import { ours } from './support/our-summary.js';
import { theirs } from './support/postgresql-summary.js';

beforeAll(loadModule);

test('what generated statements do is what the parser of PostgreSQL says', () => {
  let compared = 0;
  fc.assert(
    fc.property(statements, ({ text, plain }) => {
      // The parser's build takes no comment between words that it looks at together, such as NULLS and LAST.
      expect(ours(text), text).toEqual(theirs(plain));
      compared++;
    }),
    { numRuns: 2000 },
  );
  expect(compared).toBeGreaterThanOrEqual(2000);
});
