import { defineRule } from '../../src/rule.js';
import type { Dialect, Operation, ProjectSettings } from '../../src/ir/index.js';
import { busyChangesIn } from '../../src/queries/busy-changes.js';
import { lockWords } from '../../src/queries/lock-words.js';
import { spoken } from '../../src/queries/names.js';

export default defineRule({
  summary: 'A STORED generated column is added to an existing table.',
  severity: 'error',
  presets: ['online'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast'],
  fix: 'suggestion',
  sources: ['eugene E11', 'pgsafe add-column-generated-stored', 'diesel-guard GeneratedColumnCheck'],
  messages: {
    computing:
      'Column {{column}} is worked out for every row of {{table}}: the table and its indexes are written anew under {{held}}, and {{waits}} waits for that. {{remedy}}',
    virtual: 'Work {{column}} out when it is read (VIRTUAL).',
  },
  options: {},
  *check({ facts, project, authoring }) {
    for (const { placed, table, effect } of busyChangesIn(project, facts)) {
      const { operation } = placed;
      if (operation.kind !== 'AddColumn' || operation.column.generated !== 'stored') continue;
      const locks = effect?.rewrite && effect.mode ? lockWords(effect) : undefined;
      if (locks === undefined) continue;
      const column = operation.column.name.value;
      const isVirtual = hasVirtual(facts.dialect, project.settings);
      yield {
        message: 'computing',
        at: operation,
        data: {
          column,
          table: spoken(table),
          ...locks,
          remedy: isVirtual
            ? 'Write VIRTUAL, which is worked out when it is read.'
            : 'Write a plain column, let a trigger or the application fill it for new rows, and fill the others in batches; from PostgreSQL 18 on VIRTUAL needs none of that.',
        },
        ...(isVirtual && {
          suggest: {
            message: 'virtual',
            data: { column },
            edits: authoring.replaceOperation(operation, [virtual(operation)], placed),
          },
        }),
      };
    }
  },
});

/** PostgreSQL has had such columns since 18. */
const hasVirtual = (dialect: Dialect, { postgresVersion }: ProjectSettings): boolean =>
  dialect === 'postgresql' ? postgresVersion !== undefined && postgresVersion >= 18 : true;

const virtual = (operation: Extract<Operation, { kind: 'AddColumn' }>): Operation => ({
  ...operation,
  column: { ...operation.column, generated: 'virtual' },
});
