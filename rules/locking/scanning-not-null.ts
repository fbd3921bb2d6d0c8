import { defineRule } from '../../src/rule.js';
import type { CheckConstraint, Dialect, Operation, Project } from '../../src/ir/index.js';
import { bareName, bareQualified } from '../../src/queries/bare-names.js';
import { busyChangesIn } from '../../src/queries/busy-changes.js';
import { dialectNames } from '../../src/queries/dialects.js';
import { holdsNothingYet } from '../../src/queries/empty-tables.js';
import { lockWords } from '../../src/queries/lock-words.js';
import { effectOf } from '../../src/queries/locks.js';
import { spoken } from '../../src/queries/names.js';
import { refusesToBlock } from '../../src/queries/online-clauses.js';
import { provenFirst, rebuildRemedy, requiringName } from '../../src/queries/remedies/not-null.js';
import { nameInSql } from '../../src/queries/remedies/sent.js';
import { columnOf, notNullChecks, schemaAt } from '../../src/queries/replay.js';
import { decidesCopy, isRewrittenAlong } from '../../src/queries/rewrites.js';
import { isCertain } from '../../src/queries/tables.js';

export default defineRule({
  summary: 'SET NOT NULL scans an existing table.',
  severity: 'error',
  presets: ['online'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast', 'runner-profile'],
  fix: 'suggestion',
  sources: [
    '001_d0f1cd6d4864747c.txt',
    '002_7a51ca8b5657ab8c.txt',
    'squawk adding-not-nullable-field',
    'strong_migrations change_column_null',
    'atlas PG303',
    'eugene E2',
    'pg-migration-lint PGM013',
  ],
  messages: {
    scanning:
      'SET NOT NULL looks for NULL in every row of {{table}} while the transaction holds {{held}}: {{waits}} waits until it ends. Write {{remedy}}.',
    rebuilding:
      'NOT NULL of {{table}}.{{column}} makes {{dialect}} write the whole table anew. Reads and writes go on, but replicas apply nothing else until they have done the same. Write {{remedy}}.',
    proven: 'Let a check prove first that {{table}}.{{column}} holds no NULL.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    const { dialect } = facts;
    for (const { placed, effect: found } of busyChangesIn(project, facts)) {
      const { operation, migration, inTransaction } = placed;
      if (operation.kind !== 'SetNotNull' && !isRequiredAnew(project, operation)) continue;
      const { table, column } = operation;
      if (holdsNothingYet(project, table, operation)) continue;
      const effect =
        operation.kind === 'ModifyColumn' && dialect === 'postgresql'
          ? effectOf(project, { ...placed, operation: required(operation) })
          : found;
      if (effect === undefined) continue;
      const data = { table: spoken(table), column: column.value };
      if (dialect !== 'postgresql') {
        if (effect.algorithm !== 'inplace' || refusesToBlock(operation) || !decidesCopy(project, placed)) continue;
        const remedy = rebuildRemedy;
        yield {
          message: 'rebuilding',
          at: operation,
          data: { ...data, dialect: dialectNames[dialect], remedy },
          severity: 'warn',
        };
        continue;
      }
      const words = lockWords(effect);
      // What writes all rows anew looks at them on the way: that is another finding.
      if (words === undefined || effect.scans.length === 0 || isRewrittenAlong(project, placed)) continue;
      const before = schemaAt(project, operation);
      const checks = before ? notNullChecks(before, table, column.value) : [];
      const unvalidated = checks.find(({ constraint }) => constraint.notValid)?.constraint.name;
      const isOutside = inTransaction === 'no';
      yield {
        message: 'scanning',
        at: operation,
        data: { ...data, ...words, remedy: provenFirst({ migration, table, column, unvalidated, dialect, isOutside }) },
        // In one transaction the check would be looked at under the lock that adding it takes.
        ...(inTransaction !== 'yes' &&
          checks.length === 0 &&
          operation.kind === 'SetNotNull' && {
            suggest: {
              message: 'proven',
              data,
              edits: authoring.replaceOperation(operation, proven(operation, dialect), placed),
            },
          }),
      };
    }
  },
});

type SetNotNull = Extract<Operation, { kind: 'SetNotNull' }>;
type ModifyColumn = Extract<Operation, { kind: 'ModifyColumn' }>;

/** Whether a column is declared anew, as it was but for NOT NULL. */
function isRequiredAnew(project: Project, operation: Operation): operation is ModifyColumn {
  if (operation.kind !== 'ModifyColumn' || operation.definition.nullable !== false) return false;
  const before = schemaAt(project, operation);
  const state = before && columnOf(before, operation.table, operation.column.value);
  if (state === undefined || !isCertain(state, 'everything')) return false;
  return state.column.nullable === true && state.column.type.name === operation.definition.type.name;
}

/** What PostgreSQL is sent for a column that is declared anew, as it was but for NOT NULL. */
const required = ({ table, column, span, provenance }: ModifyColumn): SetNotNull => ({
  kind: 'SetNotNull',
  table,
  column,
  span,
  provenance,
});

/** The operation behind a check that is looked at first, and goes again. */
function proven(operation: SetNotNull, dialect: Dialect): Operation[] {
  const { span } = operation;
  const table = bareQualified(operation.table, dialect);
  const column = bareName(operation.column, dialect);
  const name = bareName(requiringName(table, column), dialect);
  const check: CheckConstraint = {
    kind: 'check',
    name,
    expression: `${nameInSql(column, dialect)} IS NOT NULL`,
    notValid: true,
    span,
    uncertain: [],
  };
  const made = { span, provenance: 'api', table } as const;
  return [
    { ...made, kind: 'AddConstraint', constraint: check },
    { ...made, kind: 'ValidateConstraint', constraint: name },
    { ...made, kind: 'SetNotNull', column },
    { ...made, kind: 'DropConstraint', constraint: name, constraintKind: 'check' },
  ];
}
