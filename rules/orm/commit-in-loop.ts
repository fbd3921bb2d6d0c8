import { defineRule } from '../../src/rule.js';
import type { SessionCall } from '../../src/ir/index.js';

export default defineRule({
  summary: 'A commit, flush or save runs per iteration.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript'],
  needs: ['file'],
  fix: 'suggestion',
  sources: ['004_9452bc49d0f85f35.txt'],
  messages: {
    commit:
      '{{api}} runs once for each round of the loop: each row is a transaction of its own that waits for the disk, and an error leaves the rows before it written. Write {{instead}}.',
    flush:
      '{{api}} runs once for each round of the loop: each row is a statement of its own, where one flush sends all rows together. Write {{instead}}.',
    save: '{{api}} runs once for each round of the loop: each row takes trips of its own to the database, and a transaction of its own where none is open around the loop. Write {{instead}}.',
    after: 'Move it behind the loop.',
  },
  options: {},
  *check({ facts, authoring }) {
    for (const usage of facts.usages) {
      if (usage.kind !== 'session-call' || usage.context !== 'application' || !isPerRow(usage)) continue;
      if (usage.call === 'rollback') continue;
      const edits = authoring.callAfterLoop(usage);
      yield {
        message: usage.call,
        at: usage,
        data: { api: usage.api, instead: instead(usage) },
        ...(edits && { suggest: { message: 'after', edits } }),
      };
    }
  },
});

/** Whether a loop sends row by row: a worker waits between its rounds, a batch has many rows, a retry writes once. A flush
 * or a save may be there for the key that it fills. */
function isPerRow({ call, loop, handler }: SessionCall): boolean {
  if (loop === undefined || handler !== undefined || (call !== 'commit' && loop.keyRead)) return false;
  return !(loop.endless || loop.batched || loop.retry || loop.isolated);
}

function instead({ call, library, api }: SessionCall): string {
  const written = many[library]?.(api.replace(/\.\w+\(\)$/, ''), api);
  if (written !== undefined) return written;
  const session = api.replace(/\.\w+\(\)$/, '');
  return call === 'flush'
    ? `${session}.add_all(…) and one flush() after the loop`
    : `${session}.add_all(…) and one commit() after the loop, or a commit for each batch of rows`;
}

/** What writes all rows together in the libraries of TypeScript. */
const many: { [library in SessionCall['library']]?: (on: string, api: string) => string } = {
  typeorm: (_, api) => `${api.replace(/\(\)$/, '')}(list) with all of them after the loop`,
  'mikro-orm': (em) => `${em}.persist(…) in the loop and one ${em}.flush() after it`,
  sequelize: (model) => `${model}.bulkCreate(list) with all of them after the loop`,
  knex: (trx) => `one transaction around the loop, and ${trx}.commit() after it`,
  prisma: (model) => `${model}.createMany({ data: list }) with all of them after the loop`,
};
