import { defineRule } from '../../src/rule.js';
import type { CheckConstraint, Name } from '../../src/ir/index.js';
import { addedConstraints, nameInTheEnd, type AddedConstraint } from '../../src/queries/added-constraints.js';
import { busyChangesIn } from '../../src/queries/busy-changes.js';
import { dialectNames } from '../../src/queries/dialects.js';
import { holdsNothingYet } from '../../src/queries/empty-tables.js';
import { lockWords } from '../../src/queries/lock-words.js';
import { spoken } from '../../src/queries/names.js';
import { refusesToBlock } from '../../src/queries/online-clauses.js';
import { notValidRemedy, copiedTableRemedy } from '../../src/queries/remedies/validation.js';
import { decidesCopy, isRewrittenAlong } from '../../src/queries/rewrites.js';

export default defineRule({
  summary: 'A CHECK is added with immediate validation.',
  severity: 'error',
  presets: ['online'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast', 'runner-profile'],
  fix: 'suggestion',
  sources: [
    'squawk constraint-missing-not-valid',
    'atlas PG305',
    'eugene E1',
    'postgres-language-server constraintMissingNotValid',
    'pg-migration-lint PGM015',
  ],
  messages: {
    validating:
      '{{check}} is checked in every row of {{table}} while the transaction holds {{held}}: {{waits}} waits until it ends. Write {{remedy}}.',
    copying:
      '{{check}} makes {{dialect}} copy every row of {{table}} (ALGORITHM=COPY): {{waits}} waits until the copy is done. Write {{remedy}}.',
    unchecked: 'Add {{name}} without checking the rows that are there.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    const { dialect } = facts;
    for (const { placed, effect } of busyChangesIn(project, facts)) {
      const { operation, migration, inTransaction, statement } = placed;
      for (const { table, constraint, column } of addedConstraints(operation)) {
        if (constraint.kind !== 'check' || constraint.notValid || constraint.notEnforced) continue;
        if (holdsNothingYet(project, table, operation)) continue;
        const words = effect && lockWords(effect);
        if (effect === undefined || words === undefined) continue;
        const added = { table, constraint, ...(column && { column }) };
        const name = nameInTheEnd(project, placed, added);
        const data = { check: spokenCheck(added, constraint, name), table: spoken(table), ...words };
        if (dialect !== 'postgresql') {
          if (effect.algorithm !== 'copy' || refusesToBlock(operation) || !decidesCopy(project, placed)) continue;
          const remedy = copiedTableRemedy;
          yield {
            message: 'copying',
            at: operation.kind === 'AddConstraint' ? operation : constraint,
            data: { ...data, dialect: dialectNames[dialect], remedy },
          };
          continue;
        }
        // What writes all rows anew checks them on the way: that is another finding.
        if (effect.scans.length === 0 || isRewrittenAlong(project, placed)) continue;
        yield {
          message: 'validating',
          at: operation.kind === 'AddConstraint' ? operation : constraint,
          data: {
            ...data,
            remedy: notValidRemedy({
              migration,
              table,
              constraint,
              name,
              isCall: statement === undefined,
              atColumn: column !== undefined,
              dialect,
              isOutside: inTransaction === 'no',
            }),
          },
          ...(operation.kind === 'AddConstraint' && {
            suggest: {
              message: 'unchecked',
              data: { name: name?.value ?? 'the check' },
              edits: authoring.addNotValid(operation, placed),
            },
          }),
        };
      }
    }
  },
});

function spokenCheck(
  { table, column }: AddedConstraint,
  { name }: CheckConstraint,
  inTheEnd: Name | undefined,
): string {
  const known = name ?? inTheEnd;
  if (known && !known.unknown) return `Check ${known.value}`;
  return `A check of ${spoken(table)}${column ? `.${column.name.value}` : ''}`;
}
