import { defineRule } from '../../src/rule.js';
import { addedConstraints, nameInTheEnd } from '../../src/queries/added-constraints.js';
import { busyChangesIn } from '../../src/queries/busy-changes.js';
import { holdsNothingYet } from '../../src/queries/empty-tables.js';
import { lockWords } from '../../src/queries/lock-words.js';
import { spoken } from '../../src/queries/names.js';
import { prebuiltKey } from '../../src/queries/prebuilt-keys.js';
import { keyOfPartitionsFirst, prebuiltKeyRemedy } from '../../src/queries/remedies/prebuilt-key.js';
import { schemaAt } from '../../src/queries/replay.js';
import { isRewrittenAlong } from '../../src/queries/rewrites.js';

export default defineRule({
  summary: 'A UNIQUE constraint is added without a prebuilt index.',
  severity: 'error',
  presets: ['online'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast', 'runner-profile'],
  fix: 'suggestion',
  sources: [
    'squawk disallowed-unique-constraint',
    'atlas PG105',
    'eugene E7',
    'postgres-language-server disallowUniqueConstraint',
    'pg-migration-lint PGM017',
  ],
  messages: {
    building:
      '{{constraint}} builds its index while the transaction holds {{held}}: {{waits}} waits until the whole table is read and the transaction ends. Write {{remedy}}.',
    prebuilt: 'Build the index of {{name}} concurrently, and let the constraint take it over.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    const { dialect } = facts;
    if (dialect !== 'postgresql') return;
    for (const { placed, effect } of busyChangesIn(project, facts)) {
      const { operation, migration, inTransaction } = placed;
      for (const added of addedConstraints(operation)) {
        const { table, constraint } = added;
        // What keeps ranges apart has no unique index that could be built before.
        if (constraint.kind !== 'unique' || constraint.usingIndex || constraint.withoutOverlaps) continue;
        if (holdsNothingYet(project, table, operation)) continue;
        const words = effect && lockWords(effect);
        // Where all rows are written anew, that is the greater harm, and a finding of its own.
        if (words === undefined || isRewrittenAlong(project, placed)) continue;
        const name = nameInTheEnd(project, placed, added);
        const { columns } = constraint;
        const isSplit = schemaAt(project, operation)?.table(table)?.partitioned === true;
        const isOffered = operation.kind === 'AddConstraint' && !isSplit && name !== undefined && !name.unknown;
        yield {
          message: 'building',
          at: operation.kind === 'AddConstraint' ? operation : constraint,
          data: {
            ...words,
            constraint: `${name ? `Unique constraint ${name.value}` : 'A unique constraint'} of ${spoken(table)}`,
            remedy: isSplit
              ? keyOfPartitionsFirst
              : prebuiltKeyRemedy({ migration, table, kind: 'unique', columns, name, dialect }),
          },
          // Alembic's block leaves the transaction by itself; elsewhere the statement would be refused in it.
          ...(isOffered &&
            (migration?.runner === 'alembic' || inTransaction !== 'yes') && {
              suggest: {
                message: 'prebuilt',
                data: { name: name.value },
                edits: authoring.replaceOperation(operation, prebuiltKey(table, constraint, name, dialect), placed),
              },
            }),
        };
      }
    }
  },
});
