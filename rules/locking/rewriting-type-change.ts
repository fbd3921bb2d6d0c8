import { defineRule, strings } from '../../src/rule.js';
import type { ColumnType, Operation, Project } from '../../src/ir/index.js';
import { busyChangesIn } from '../../src/queries/busy-changes.js';
import { lockWords } from '../../src/queries/lock-words.js';
import type { Effect } from '../../src/queries/locks.js';
import { matchesGlob, spoken } from '../../src/queries/names.js';
import { columnSteps } from '../../src/queries/remedies/columns-in-steps.js';
import { columnOf, oldType, schemaAt } from '../../src/queries/replay.js';
import type { ColumnState } from '../../src/queries/replay/state.js';

type TypeChange = Extract<Operation, { kind: 'AlterColumnType' | 'ModifyColumn' }>;

export default defineRule({
  summary: 'A column type change rewrites the table or rebuilds indexes.',
  severity: 'error',
  presets: ['recommended', 'strict', 'online'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast'],
  fix: 'none',
  sources: [
    '002_7a51ca8b5657ab8c.txt',
    'squawk changing-column-type',
    'strong_migrations change_type_safe',
    'atlas PG301',
    'eugene E10',
    'pg-migration-lint PGM007',
    'postgres-language-server changingColumnType',
  ],
  messages: {
    rewriting:
      'Column {{column}} {{change}}: every row of {{table}} and its indexes are written anew under {{held}}, and {{waits}} waits for that. {{remedy}}',
    reindexing:
      'Column {{column}} {{change}}, and sorts in another way: its indexes are built anew under {{held}}, and {{waits}} waits for that. {{remedy}}',
    checking:
      'Column {{column}} {{change}}: no row is written, but a CHECK on it is looked at again for every row under {{held}}, and {{waits}} waits for that. Drop the CHECK before, and add it NOT VALID after.',
    zone: "Column {{column}} {{change}}: unless the session has the time zone UTC, every row of {{table}} and its indexes are written anew under {{held}}, and {{waits}} waits for that. Where the values are in UTC, run SET LOCAL timezone = 'UTC' before it, in its transaction.",
    unknown:
      'Column {{column}} becomes {{to}} under {{held}}, and what it was before is not known here: most changes write every row anew, and {{waits}} waits for that. See that this one does not, or {{otherwise}}',
  },
  options: {
    safePairs: strings(
      'Changes that are known to be harmless, as `from -> to` in the words of the database, such as `varchar(*) -> citext`.',
    ),
  },
  *check({ facts, project, options }) {
    for (const { placed, table, effect } of busyChangesIn(project, facts)) {
      const { operation } = placed;
      if (operation.kind !== 'AlterColumnType' && operation.kind !== 'ModifyColumn') continue;
      const locks = effect && lockWords(effect);
      const message = effect && messageFor(effect, operation, project);
      if (locks === undefined || message === undefined) continue;
      const [from, to] = [typeBefore(project, operation), typeAfter(operation)];
      if (matchesGlob(`${from?.name ?? 'unknown'} -> ${to.name}`, options.safePairs)) continue;
      const { column } = operation;
      const before = columnBefore(project, operation);
      const { added } = columnSteps(placed, facts, table, { ...column, value: `${column.value}_new` });
      const remedy = `add a second column (${added}), let the application write both, fill it in batches, and drop the old one in a later release.`;
      yield {
        message,
        at: operation,
        data: {
          column: `${spoken(table)}.${column.value}`,
          table: spoken(table),
          change: from === undefined ? `becomes ${to.written}` : `goes from ${from.written} to ${to.written}`,
          to: to.written,
          ...locks,
          remedy: remedy[0]!.toUpperCase() + remedy.slice(1),
          otherwise: remedy,
        },
        ...(message !== 'rewriting' && message !== 'reindexing' && { severity: 'warn' }),
        ...(before && {
          related: [
            {
              path: before.origin.facts.path,
              at: before.column,
              message: `${spoken(table)}.${column.value} comes from here`,
            },
          ],
        }),
      };
    }
  },
});

function columnBefore(project: Project, operation: TypeChange): ColumnState | undefined {
  const schema = schemaAt(project, operation);
  return schema && columnOf(schema, operation.table, operation.column.value);
}

const typeAfter = (operation: TypeChange): ColumnType =>
  operation.kind === 'ModifyColumn' ? operation.definition.type : operation.type;

const typeBefore = (project: Project, operation: TypeChange): ColumnType | undefined =>
  oldType(project, operation) ?? operation.was;

/** What a shorter text mostly becomes, which writes nothing anew. */
const isRoomy = ({ name }: ColumnType): boolean => name === 'text' || name === 'varchar';

function messageFor(effect: Effect, operation: TypeChange, project: Project) {
  const { mode, rewrite, rewriteUnlessUtc, buildsIndexes, scans } = effect;
  if (mode === undefined) return undefined;
  if (rewrite) return 'rewriting';
  if (rewriteUnlessUtc) return 'zone';
  if (rewrite === undefined) {
    // What is stated anew as a whole may be what it was.
    const isStated = operation.kind === 'ModifyColumn' || operation.altering?.changed.includes('type') === false;
    return isStated || isRoomy(typeAfter(operation)) || typeBefore(project, operation) ? undefined : 'unknown';
  }
  if (buildsIndexes) return 'reindexing';
  return scans.length > 0 ? 'checking' : undefined;
}
