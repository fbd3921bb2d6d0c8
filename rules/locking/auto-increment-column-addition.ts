import { defineRule } from '../../src/rule.js';
import { busyChangesIn } from '../../src/queries/busy-changes.js';
import { lockWords } from '../../src/queries/lock-words.js';
import { spoken } from '../../src/queries/names.js';
import { columnSteps } from '../../src/queries/remedies/columns-in-steps.js';

export default defineRule({
  summary: 'A serial, identity or AUTO_INCREMENT column is added to an existing table.',
  severity: 'error',
  presets: ['online'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast'],
  fix: 'none',
  sources: [
    'strong_migrations add_column_auto_incrementing',
    'eugene E11',
    'postgres-language-server addSerialColumn',
    'pgsafe add-column-serial',
    'pgfence add-column-serial',
    'diesel-guard AddSerialColumnCheck',
  ],
  messages: {
    numbering:
      'Column {{column}} gives every row of {{table}} a number: the table and its indexes are written anew under {{held}}, and {{waits}} waits for that. {{remedy}}',
  },
  options: {},
  *check({ facts, project }) {
    for (const { placed, table, effect } of busyChangesIn(project, facts)) {
      const { operation } = placed;
      if (operation.kind !== 'AddColumn' || !/^(?:identity|serial)$/.test(operation.column.generated ?? '')) continue;
      const locks = effect?.rewrite && effect.mode ? lockWords(effect) : undefined;
      if (locks === undefined) continue;
      const { name } = operation.column;
      const { added, filled } = columnSteps(placed, facts, table, name);
      yield {
        message: 'numbering',
        at: operation,
        data: {
          column: name.value,
          table: spoken(table),
          ...locks,
          remedy:
            facts.dialect === 'postgresql'
              ? `Write ${added} as a plain column that takes NULL, CREATE SEQUENCE … OWNED BY it, then ${filled} with nextval, and number the rows that are there in batches.`
              : 'Let a tool copy the table while it is in use: gh-ost or pt-online-schema-change.',
        },
      };
    }
  },
});
