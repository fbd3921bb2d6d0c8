import { beforeAll, describe, expect, test } from 'vitest';
import type { Dialect } from '../../src/ir/index.js';
import { replaysOf } from '../../src/queries/replay.js';
import { projectOf, scriptOf } from '../queries/support/project.js';
import { shapeOf, type ShapeOfSchema } from '../queries/support/shape.js';
import { Sqlite } from '../queries/support/sqlite.js';
import { missingAlembic, rendered, type Answer } from './oracle/alembic.js';
import { history } from './oracle/histories.js';

const missing = missingAlembic();
const reason = missing === undefined ? '' : ` (skipped: ${missing})`;
const seeds = Array.from({ length: 60 }, (_, at) => at + 1);

/** What the replay of revisions with these bodies comes to. */
async function replayed(bodies: readonly string[], dialect: Dialect): Promise<ShapeOfSchema> {
  const files = bodies.map((body, at): [string, string] => [
    `migrations/versions/r${String(at).padStart(3, '0')}.py`,
    `from alembic import op\nimport sqlalchemy as sa\nrevision = "r${String(at)}"\ndown_revision = ${at === 0 ? 'None' : `"r${String(at - 1)}"`}\ndef upgrade():\n${body.replace(/^/gm, '    ')}\n`,
  ]);
  const [replay] = replaysOf(await projectOf(Object.fromEntries(files), { dialect }));
  return replay ? shapeOf(replay.final) : {};
}

/** What SQLite's catalog does not hold: checks, and names of constraints. */
function asSqliteTells(shape: ShapeOfSchema): ShapeOfSchema {
  for (const table of Object.values(shape)) {
    table.constraints = table.constraints
      .filter((each) => !each.startsWith('check'))
      .map((each) => each.replace(/^(\w+) .*(\(.*)$/, '$1 $2'))
      .sort();
  }
  return lowered(shape);
}

const lowered = (shape: ShapeOfSchema): ShapeOfSchema =>
  JSON.parse(JSON.stringify(shape).toLowerCase()) as ShapeOfSchema;

const sqlOf = (answer: Answer | undefined): string => {
  if (answer === undefined || 'error' in answer) throw new Error(answer?.error ?? 'no answer');
  return answer.sql;
};

describe.skipIf(missing !== undefined)(`the replay of histories made at random${reason}`, () => {
  describe.each(['postgresql', 'mysql'] as const)('%s, as the replay of the SQL that Alembic renders', (dialect) => {
    const made = seeds.map((seed) => history(seed, { revisions: 8, batch: seed % 3 === 0 }));
    const cases = made.map((bodies) => ({ dialect, code: bodies.join('\n') }));
    const { answers } = missing === undefined ? rendered(cases) : { answers: [] };

    test.each(seeds)('%i', async (seed) => {
      const [script] = replaysOf(await scriptOf(sqlOf(answers[seed - 1]), dialect));
      expect(await replayed(made[seed - 1]!, dialect)).toEqual(shapeOf(script!.final));
    });
  });

  describe('SQLite in batch mode, as the schema that Alembic leaves there', () => {
    let sqlite: Sqlite;
    beforeAll(async () => {
      sqlite = await Sqlite.start();
    });
    const made = seeds.map((seed) => history(seed, { revisions: 8, batch: true }));
    const { answers } = missing === undefined ? rendered(made.map((bodies) => ({ history: bodies }))) : { answers: [] };

    test.each(seeds)('%i', async (seed) => {
      sqlite.clear();
      expect(sqlite.run(sqlOf(answers[seed - 1]))).toBeUndefined();
      expect(asSqliteTells(await replayed(made[seed - 1]!, 'sqlite'))).toEqual(lowered(sqlite.shape()));
    });
  });
});
