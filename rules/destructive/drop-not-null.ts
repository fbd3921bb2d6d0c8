import { defineRule } from '../../src/rule.js';
import { columnChangesIn, isNews, laterOn } from '../../src/queries/column-changes.js';
import { isTemporaryName, objectKey, spoken } from '../../src/queries/names.js';
import { isNewIn } from '../../src/queries/replay.js';
import { runOrderOf } from '../../src/queries/run-order.js';
import { viewsOf } from '../../src/queries/table-views.js';

export default defineRule({
  summary: 'A column becomes nullable.',
  severity: 'info',
  presets: ['strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'history', 'sql-ast'],
  fix: 'none',
  sources: [
    'squawk ban-drop-not-null',
    'diesel-guard DropNotNullCheck',
    'pg-migration-lint PGM507',
    'pgfence drop-not-null',
    'postgres-language-server banDropNotNull',
  ],
  messages: {
    dropped:
      'Column {{table}}.{{column}} takes NULL from now on: running code that reads it counts on a value, and the way back fails once a NULL is there. Release readers that handle NULL before this runs.',
  },
  options: {},
  *check({ facts, project }) {
    const order = runOrderOf(project, facts);
    for (const change of columnChangesIn(project, order)) {
      if (change.nullable !== true || !isNews(change, 'nullable')) continue;
      const { table, column, before, placed } = change;
      const { operation } = placed;
      if (isTemporaryName(table, facts.dialect) || isNewIn(project, { table, column: column.value }, operation))
        continue;
      if (laterOn(change, order).some(({ kind }) => ends.has(kind))) continue;
      const models = viewsOf(project, objectKey(table, facts.dialect)).filter(({ source }) => source === 'model');
      yield {
        message: 'dropped',
        at: operation,
        data: { table: spoken(table), column: column.value },
        related: [
          ...models.flatMap((model) => {
            const declared = model.column(column)?.fact;
            return declared
              ? [{ path: model.facts.path, at: declared, message: `code reads ${spoken(table)}.${column.value} here` }]
              : [];
          }),
          ...(before
            ? [{ path: before.origin.facts.path, at: before.column, message: 'the column comes from here, NOT NULL' }]
            : []),
        ],
      };
    }
  },
});

/** What takes the change back: the column goes, or gets a key or NOT NULL again. */
const ends: ReadonlySet<string> = new Set(['SetNotNull', 'DropColumn', 'DropTable']);
