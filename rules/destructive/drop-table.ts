import { defineRule, flag, pattern } from '../../src/rule.js';
import type { Operation } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { lostTables, recreatedTables } from '../../src/queries/dropped-tables.js';
import { lockClause } from '../../src/queries/lock-clause.js';
import { reviewedMarker } from '../../src/queries/markers.js';
import { spoken } from '../../src/queries/names.js';
import { patternOf } from '../../src/queries/patterns.js';
import { renameTableRemedy, writerOf } from '../../src/queries/remedies.js';
import { creationOf } from '../../src/queries/replay.js';

export default defineRule({
  summary: 'A migration drops a table.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'history', 'sql-ast'],
  fix: 'none',
  sources: [
    '001_d0f1cd6d4864747c.txt',
    'atlas DS102',
    'squawk ban-drop-table',
    'alembic-migration-linter DROP_TABLE',
    'postgres-language-server banDropTable',
    'pgfence drop-table',
  ],
  messages: {
    dropped:
      'Table {{table}} is dropped and its rows are gone{{lock}}. Release code that does without it first and keep the rows for one release with {{remedy}}; then drop the copy under a comment that begins with "reviewed:".',
  },
  options: {
    allowPattern: pattern('Regular expression: tables whose name it matches may be dropped, such as `_old$`.'),
    checkDown: flag('Report on downgrades too.'),
  },
  *check({ facts, project, options }) {
    const changes = [...changesIn(project, facts, { down: options.checkDown })];
    const allowed = patternOf(options.allowPattern);
    const recreated = new Set<Operation>(recreatedTables(project, facts, changes).map(({ operation }) => operation));
    for (const placed of lostTables(project, facts, changes)) {
      const { operation, migration } = placed;
      if (recreated.has(operation) || allowed?.test(operation.table.name.value)) continue;
      if (reviewedMarker(project, facts, operation)) continue;
      const created = creationOf(project, operation.table, operation);
      yield {
        message: 'dropped',
        at: operation,
        data: {
          table: spoken(operation.table),
          lock: lockClause(project, placed),
          remedy: renameTableRemedy(writerOf(facts, migration), operation.table.name, facts.dialect),
        },
        ...(created && {
          related: [
            { path: created.facts.path, at: created.operation, message: `${spoken(operation.table)} is created here` },
          ],
        }),
      };
    }
  },
});
