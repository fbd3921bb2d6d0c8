import { defineRule } from '../../src/rule.js';
import { associationColumn } from '../../src/queries/association-columns.js';
import { unindexing } from '../../src/queries/dialects.js';
import { indexesCovering } from '../../src/queries/indexes.js';
import { indexBehind, looseTable } from '../../src/queries/loose-keys.js';
import { spoken } from '../../src/queries/names.js';
import { indexRemedy, namesFor, writerOf } from '../../src/queries/remedies.js';
import { tablesAnsweredFor } from '../../src/queries/table-views.js';

export default defineRule({
  summary: "The second column of a join table's composite key has no index.",
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript', 'prisma'],
  needs: ['project', 'history'],
  fix: 'suggestion',
  sources: ['002_7a51ca8b5657ab8c.txt', 'splinter 0001', 'tbls requireForeignKeyIndex', 'pg-index-health'],
  messages: {
    missing:
      '{{table}} joins two tables, and its key ({{first}}, {{column}}) finds rows by {{first}} only: who comes from {{target}}, ' +
      'and every DELETE there, reads the whole of {{table}}. Write {{remedy}}.',
    add: 'Index {{column}}.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    if (!unindexing.has(facts.dialect)) return;
    for (const view of tablesAnsweredFor(project, facts)) {
      const found = view.partition || view.declaration?.role === 'junction' ? undefined : associationColumn(view);
      if (found === undefined || found.reference.facts !== facts) continue;
      const { column, first, reference } = found;
      if (indexesCovering(project, view, [column.value]).length > 0) continue;
      const declaredBy = view.source === 'model' ? view.declaration?.declaredBy : undefined;
      const writer = declaredBy ?? writerOf(facts, undefined);
      const behind = indexBehind(project, reference);
      const { target } = reference.fact;
      yield {
        message: 'missing',
        at: reference.at,
        data: {
          table: spoken(view.name),
          first: first.value,
          column: column.value,
          target: target ? spoken(target) : 'the other side',
          remedy: indexRemedy(writer, view.name.name, namesFor(writer, view.declaration, [column]), facts.dialect),
        },
        ...(behind && {
          suggest: {
            message: 'add',
            data: { column: column.value },
            edits: authoring.addIndex(reference.fact, reference.declaration ?? looseTable(view, reference), behind),
          },
        }),
      };
    }
  },
});
