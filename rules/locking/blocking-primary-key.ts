import { defineRule } from '../../src/rule.js';
import { addedConstraints, nameInTheEnd } from '../../src/queries/added-constraints.js';
import { changesIn } from '../../src/queries/changes.js';
import { dialectNames } from '../../src/queries/dialects.js';
import { lockWords } from '../../src/queries/lock-words.js';
import { effectOf } from '../../src/queries/locks.js';
import { spoken } from '../../src/queries/names.js';
import { refusesToBlock } from '../../src/queries/online-clauses.js';
import { prebuiltKey } from '../../src/queries/prebuilt-keys.js';
import { notNullFirst, rebuildRemedy } from '../../src/queries/remedies/not-null.js';
import { keyOfPartitionsFirst, prebuiltKeyRemedy } from '../../src/queries/remedies/prebuilt-key.js';
import { isNewIn, schemaAt } from '../../src/queries/replay.js';

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
    for (const placed of changesIn(project, facts)) {
      const { operation, migration, inTransaction } = placed;
      for (const added of addedConstraints(operation)) {
        const { table, constraint } = added;
        if (constraint.kind !== 'primary' || constraint.withoutOverlaps) continue;
        if (isNewIn(project, { table }, operation)) continue;
        const effect = effectOf(project, placed);
        if (effect === undefined) continue;
        const data = { table: spoken(table) };
        const at = operation.kind === 'AddConstraint' ? operation : constraint;
        if (dialect !== 'postgresql') {
          if (added.column || effect.algorithm !== 'inplace' || refusesToBlock(operation)) continue;
          const remedy = rebuildRemedy;
          yield {
            message: 'rebuilding',
            at,
            data: { ...data, dialect: dialectNames[dialect], remedy },
            severity: 'warn',
          };
          continue;
        }
        const words = lockWords(effect);
        // Where all rows are written anew, that is the greater harm, and a finding of its own.
        if (words === undefined || effect.rewrite === true) continue;
        if (constraint.usingIndex) {
          if (effect.scans.length > 0)
            yield { message: 'scanning', at, data: { ...data, ...words, remedy: notNullFirst } };
          continue;
        }
        const name = nameInTheEnd(project, placed, added);
        const { columns } = constraint;
        const isSplit = schemaAt(project, operation)?.table(table)?.partitioned === true;
        const isOffered = operation.kind === 'AddConstraint' && !isSplit && name !== undefined && !name.unknown;
        yield {
          message: 'building',
          at,
          data: {
            ...data,
            ...words,
            remedy: isSplit
              ? keyOfPartitionsFirst
              : prebuiltKeyRemedy({ migration, table, kind: 'primary', columns, name, dialect }),
          },
          // Alembic's block leaves the transaction by itself; elsewhere the statement would be refused in it.
          ...(isOffered &&
            (migration?.runner === 'alembic' || inTransaction !== 'yes') && {
              suggest: {
                message: 'prebuilt',
                data,
                edits: authoring.replaceOperation(operation, prebuiltKey(table, constraint, name, dialect), placed),
              },
            }),
        };
      }
    }
  },
});
