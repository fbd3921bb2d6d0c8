import { defineRule, flag } from '../../src/rule.js';
import type { Dialect, Operation } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { lockClause } from '../../src/queries/lock-clause.js';
import { reviewedMarker } from '../../src/queries/markers.js';
import { objectKey, spoken } from '../../src/queries/names.js';
import type { PlacedOperation } from '../../src/queries/operations.js';
import { rebuildsIn } from '../../src/queries/rebuilds.js';
import { refilledColumns } from '../../src/queries/refilled-columns.js';
import { unreadColumnRemedy, writerOf } from '../../src/queries/remedies.js';
import { columnOf, indexesHolding, isNewIn, schemaAt, type Schema } from '../../src/queries/replay.js';
import { columnKey } from '../../src/queries/replay/state.js';
import { isCertain } from '../../src/queries/tables.js';

type DropColumn = Extract<Operation, { kind: 'DropColumn' }>;

export default defineRule({
  summary: 'A migration drops a column.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'history', 'sql-ast'],
  fix: 'none',
  sources: [
    '001_d0f1cd6d4864747c.txt',
    'atlas DS103',
    'squawk ban-drop-column',
    'strong_migrations remove_column',
    'alembic-migration-linter DROP_COLUMN',
    'postgres-language-server banDropColumn',
  ],
  messages: {
    dropped:
      'Column {{table}}.{{column}} is dropped: its data is gone, and running code that selects it fails{{lock}}. First {{remedy}} and release that; then drop the column under a comment that begins with "reviewed:".',
    rebuilt:
      'Table {{table}} is rebuilt without its column {{column}}: the data of that column is gone, and running code that selects it fails. First {{remedy}} and release that; then rebuild under a comment that begins with "reviewed:".',
  },
  options: {
    requireMarker: flag(
      'Ask for a `reviewed:` comment also where nothing is lost: at generated columns and at columns added in the same file.',
    ),
    checkDown: flag('Report on downgrades too.'),
  },
  *check({ facts, project, options }) {
    const changes = [...changesIn(project, facts, { down: options.checkDown })];
    const refilled = refilledColumns(changes);
    const remedy = unreadColumnRemedy(writerOf(facts, facts.migrations[0]));
    for (const placed of changes) {
      const { operation } = placed;
      if (operation.kind !== 'DropColumn' || reviewedMarker(project, facts, operation)) continue;
      const column = operation.column.value;
      const before = schemaAt(project, operation);
      const state = before && columnOf(before, operation.table, column);
      if (!options.requireMarker) {
        if (isNewIn(project, { table: operation.table, column }, operation)) continue;
        if (state?.column.generated === 'virtual' || refilled.has(operation)) continue;
        if (isAsked(placed) && (isMadeAnew(operation, placed, changes, facts.dialect) || isMissing(operation, before)))
          continue;
      }
      const lost = before ? indexesHolding(before, operation.table, column) : [];
      yield {
        message: 'dropped',
        at: operation,
        data: {
          table: spoken(operation.table),
          column: operation.column.unknown ? '…' : column,
          lock: lockClause(project, placed) + alsoGone(lost),
          remedy,
        },
        ...(state && {
          related: [
            {
              path: state.origin.facts.path,
              at: state.column,
              message: `${spoken(operation.table)}.${column} comes from here`,
            },
          ],
        }),
      };
    }
    for (const { table, at, was, lost } of rebuildsIn(project, changes, facts.dialect)) {
      if (lost.length === 0 || reviewedMarker(project, facts, at)) continue;
      for (const column of lost) {
        if (!options.requireMarker && isNewIn(project, { table: was.table, column }, was.at)) continue;
        yield { message: 'rebuilt', at, data: { table: spoken(table), column, remedy } };
      }
    }
  },
});

/** Whether the drop runs only if the column is there. */
const isAsked = ({ operation, guard }: PlacedOperation): boolean =>
  operation.ifExists === true || guard?.kind === 'existence';

/** A script that drops a column to make it again is not meant for a database that holds anything. */
function isMadeAnew(
  { table, column }: DropColumn,
  { section }: PlacedOperation,
  changes: readonly PlacedOperation[],
  dialect: Dialect,
): boolean {
  const key = objectKey(table, dialect);
  return (
    section === 'none' &&
    changes.some(
      ({ operation: each }) =>
        each.kind === 'AddColumn' &&
        objectKey(each.table, dialect) === key &&
        columnKey(each.column.name.value) === columnKey(column.value),
    )
  );
}

/** Whether all columns of the table are known, and this is none of them. */
function isMissing({ table, column }: DropColumn, schema: Schema | undefined): boolean {
  const state = schema?.table(table);
  if (schema?.doubt !== undefined || state === undefined || state.external || column.unknown) return false;
  return isCertain(state, 'columns') && !state.columns.has(columnKey(column.value));
}

/** What goes with the column, as the end of a sentence. */
const alsoGone = (indexes: readonly string[]): string =>
  indexes.length === 0 ? '' : `, and ${indexes.join(', ')} ${indexes.length > 1 ? 'go' : 'goes'} with it`;
