import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datamodelOf, linesOfDatamodel, linesOfFacts } from './oracle/dmmf.js';
import { schemas, targets } from './oracle/generated.js';
import { readSchemas } from './support.js';

describe.each(targets)('made-up schemas for $provider', (target) => {
  test('are read as Prisma reads them', () => {
    let compared = 0;
    fc.assert(
      fc.property(schemas(target), (text) => {
        const files = { 'schema.prisma': text };
        const datamodel = datamodelOf(files);
        if (datamodel === undefined) return;
        compared++;
        const facts = readSchemas(files);
        const wanted = linesOfDatamodel(datamodel, []).filter(
          (line) => target.provider === 'postgresql' || !line.startsWith('enum '),
        );
        expect(facts[0]!.problems).toEqual([]);
        expect(linesOfFacts(facts, files)).toEqual(wanted);
      }),
      { numRuns: 150 },
    );
    // Prisma refuses some; most have to be worth something.
    expect(compared).toBeGreaterThan(50);
  });
});
