import { defineRule } from '../../src/rule.js';
import { nameInTheEnd } from '../../src/queries/added-constraints.js';
import { busyChangesIn } from '../../src/queries/busy-changes.js';
import { dialectNames } from '../../src/queries/dialects.js';
import { holdsNothingYet } from '../../src/queries/empty-tables.js';
import { lockWords } from '../../src/queries/lock-words.js';
import { spoken } from '../../src/queries/names.js';
import { refusesToBlock } from '../../src/queries/online-clauses.js';
import { prebuiltKey } from '../../src/queries/prebuilt-keys.js';
import { notNullFirst, rebuildRemedy } from '../../src/queries/remedies/not-null.js';
import { keyOfPartitionsFirst, prebuiltKeyRemedy } from '../../src/queries/remedies/prebuilt-key.js';
import { schemaAt } from '../../src/queries/replay.js';
import { decidesCopy, isRewrittenAlong } from '../../src/queries/rewrites.js';

export default defineRule({
  summary: 'A PRIMARY KEY is added without a prebuilt index.',
  severity: 'error',
  presets: ['online'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast', 'runner-profile'],
  fix: 'suggestion',
  sources: [
    'atlas PG104',
    'atlas PG304',
    'eugene E7',
    'postgres-language-server addingPrimaryKeyConstraint',
    'pg-migration-lint PGM016',
    'squawk constraint-missing-not-valid',
  ],
  messages: {
    building:
      'The primary key of {{table}} builds its index while the transaction holds {{held}}: {{waits}} waits until the whole table is read and the transaction ends. Write {{remedy}}.',
    scanning:
      'The primary key of {{table}} makes its columns NOT NULL, and looks for NULL in every row while the transaction holds {{held}}: {{waits}} waits until it ends. Write {{remedy}}.',
    rebuilding:
      'The primary key of {{table}} makes {{dialect}} write the whole table anew. Reads and writes go on, but replicas apply nothing else until they have done the same. Write {{remedy}}.',
    prebuilt: 'Build the index of the primary key of {{table}} concurrently, and let the key take it over.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    const { dialect } = facts;
    for (const { placed, effect } of busyChangesIn(project, facts)) {
      const { operation, migration, inTransaction } = placed;
      if (operation.kind !== 'AddConstraint' || operation.constraint.kind !== 'primary') continue;
      const { table, constraint } = operation;
      if (constraint.withoutOverlaps || holdsNothingYet(project, table, operation)) continue;
      if (effect === undefined) continue;
      const data = { table: spoken(table) };
      if (dialect !== 'postgresql') {
        if (effect.algorithm !== 'inplace' || refusesToBlock(operation) || !decidesCopy(project, placed)) continue;
        const words = { dialect: dialectNames[dialect], remedy: rebuildRemedy };
        yield { message: 'rebuilding', at: operation, data: { ...data, ...words }, severity: 'warn' };
        continue;
      }
      const words = lockWords(effect);
      // Where all rows are written anew, that is the greater harm, and a finding of its own.
      if (words === undefined || isRewrittenAlong(project, placed)) continue;
      if (constraint.usingIndex) {
        const isRead = effect.scans.length > 0;
        if (isRead) yield { message: 'scanning', at: operation, data: { ...data, ...words, remedy: notNullFirst } };
        continue;
      }
      const name = nameInTheEnd(project, placed, operation);
      const { columns } = constraint;
      const isSplit = schemaAt(project, operation)?.table(table)?.partitioned === true;
      yield {
        message: 'building',
        at: operation,
        data: {
          ...data,
          ...words,
          remedy: isSplit
            ? keyOfPartitionsFirst
            : prebuiltKeyRemedy({ migration, table, kind: 'primary', columns, name, dialect }),
        },
        // Alembic's block leaves the transaction by itself; elsewhere the statement would be refused in it.
        ...(!isSplit &&
          name &&
          !name.unknown &&
          (migration?.runner === 'alembic' || inTransaction !== 'yes') && {
            suggest: {
              message: 'prebuilt',
              data,
              edits: authoring.replaceOperation(operation, prebuiltKey(table, constraint, name, dialect), placed),
            },
          }),
      };
    }
  },
});
