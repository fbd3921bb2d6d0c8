import { defineRule } from '../../src/rule.js';
import type { Orm, Statement } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { reviewedMarker } from '../../src/queries/markers.js';
import { spoken } from '../../src/queries/names.js';
import { writerOf } from '../../src/queries/remedies.js';
import { unreadIn } from '../../src/queries/unread.js';

export default defineRule({
  summary: 'A migration step cannot be read statically.',
  severity: 'info',
  presets: ['strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'sql-ast'],
  fix: 'none',
  sources: [
    '001_d0f1cd6d4864747c.txt',
    'excellent_migrations raw_sql',
    'pgfence coverage',
    'pgsafe unchecked-do-block',
    'strong_migrations execute',
  ],
  messages: {
    anything:
      'ddlint cannot tell what this step does ({{reason}}): no rule has checked it, and of the schema after it less is known. {{remedy}}, or say in a comment that begins with "reviewed:" what it does.',
    object:
      'ddlint cannot tell what this step does to {{object}} ({{reason}}): no rule has checked it. {{remedy}}, or say in a comment that begins with "reviewed:" what it does.',
  },
  options: {},
  *check({ facts, project }) {
    // Of these migration/unparsable-sql speaks.
    const unread = new Set<Statement>([...unreadIn(facts)].map(({ statement }) => statement));
    for (const { operation, statement, migration } of changesIn(project, facts, { down: true })) {
      if (operation.kind !== 'Opaque' || (statement && unread.has(statement))) continue;
      const { reason, touches, anything } = operation;
      if ((touches.length === 0 && !anything) || reviewedMarker(project, facts, operation)) continue;
      // The text is there, in words that ddlint does not know.
      const isWritten = operation.provenance === 'target';
      const remedy = isWritten
        ? 'Check it by hand'
        : (remedies[writerOf(facts, migration)] ?? 'Write the statement out');
      const [object] = touches;
      if (object === undefined || anything) yield { message: 'anything', at: operation, data: { reason, remedy } };
      else yield { message: 'object', at: operation, data: { reason, remedy, object: spoken(object) } };
    }
  },
});

/** How to write a step so that it can be read. */
const remedies: { readonly [O in Orm]?: string } = {
  alembic: 'Write the SQL of op.execute() as one literal, or call the op.* function for it',
  typeorm: 'Write the SQL of query() as one literal',
  knex: 'Write the SQL of raw() as one literal, or call the schema builder',
  kysely: 'Write the SQL as one literal, or call db.schema',
  sequelize: 'Write the SQL of query() as one literal, or call queryInterface',
  'db-migrate': 'Write the SQL of runSql() as one literal, or call the function of db for it',
};
