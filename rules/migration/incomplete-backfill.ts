import { defineRule } from '../../src/rule.js';
import type { Name, QualifiedName } from '../../src/ir/index.js';
import { fillsBefore, type Fill } from '../../src/queries/backfills.js';
import { columnChangesIn, isNews } from '../../src/queries/column-changes.js';
import { isEmptiedBefore } from '../../src/queries/emptied-tables.js';
import { coverTogether, valuesNamed } from '../../src/queries/fills.js';
import { isTemporaryName, spoken } from '../../src/queries/names.js';
import { sqlName, sqlTable } from '../../src/queries/remedies.js';
import { columnOf, isNewIn, provenNotNull, schemaAt, type Schema } from '../../src/queries/replay.js';
import { runOrderOf } from '../../src/queries/run-order.js';

export default defineRule({
  summary: 'A backfill filters rows, so some stay NULL before SET NOT NULL.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'sql-ast'],
  fix: 'none',
  sources: ['001_d0f1cd6d4864747c.txt', '002_7a51ca8b5657ab8c.txt'],
  messages: {
    filtered:
      'This UPDATE fills {{column}} only where {{condition}}: rows of {{table}} that do not meet that keep NULL, and the migration stops where the column becomes NOT NULL. Fill the rest before: {{update}}.',
    branches:
      'This UPDATE sets {{column}} by a CASE without ELSE: rows of {{table}} that meet no branch get NULL, and the migration stops where the column becomes NOT NULL. Add an ELSE.',
  },
  options: {},
  *check({ facts, project }) {
    const order = runOrderOf(project, facts);
    for (const change of columnChangesIn(project, order)) {
      if (change.nullable !== false || !isNews(change, 'nullable')) continue;
      const { table, column, placed, index } = change;
      const operation = order.operations[index]!.operation;
      if (isTemporaryName(table, facts.dialect) || isNewIn(project, { table }, operation)) continue;
      if (isEmptiedBefore(table, order, index) || order.isUnreadBefore(table, index)) continue;
      const fills = fillsBefore(project, operation, column.value).filter(({ coverage }) => coverage.rows !== 'none');
      const partial = fills.flatMap((fill) => (isPartial(fill) && fill.migration === placed.migration ? [fill] : []));
      const last = partial.at(-1);
      if (last === undefined || !fills.every(isPartial)) continue;
      const conditions = partial.map(({ coverage }) => coverage.condition);
      const schema = schemaAt(project, placed.operation);
      if (coverTogether(conditions) || (schema && nameEveryValue(conditions, table, schema))) continue;
      if (schema && provenNotNull(schema, table, column.value)) continue;
      const [own, name] = [sqlTable(table, facts.dialect), sqlName(column, facts.dialect)];
      yield {
        message: last.coverage.by === 'case' ? 'branches' : 'filtered',
        at: last.operation,
        data: {
          table: spoken(table),
          column: column.value,
          condition: partial.length > 1 ? 'one of its conditions holds' : last.coverage.condition,
          update: `UPDATE ${own} SET ${name} = … WHERE ${name} IS NULL`,
        },
        related: [{ at: placed.operation, message: `${column.value} becomes NOT NULL here` }],
      };
    }
  },
});

type Partial = Fill & { coverage: { rows: 'some' } };

const isPartial = (fill: Fill): fill is Partial => fill.coverage.rows === 'some';

/** Whether conditions name every value that another column of the table can have: every label of its enum. */
function nameEveryValue(conditions: readonly string[], table: QualifiedName, schema: Schema): boolean {
  const named = valuesNamed(conditions);
  const column = named && columnOf(schema, table, named.column)?.column;
  if (named === undefined || column?.nullable !== false) return false;
  const part = (value: string): Name => ({ value, quoted: true, span: column.type.span });
  const labels = schema.enumType({ name: part(column.type.name), span: column.type.span })?.values;
  return labels !== undefined && labels.every(({ value }) => named.values.includes(value.toLowerCase()));
}
