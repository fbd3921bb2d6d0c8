import { defineRule, flag } from '../../src/rule.js';
import type { ForeignKey, Operation, Project, QualifiedName } from '../../src/ir/index.js';
import { addedConstraints, nameInTheEnd, type AddedConstraint } from '../../src/queries/added-constraints.js';
import { changesIn } from '../../src/queries/changes.js';
import { dialectNames } from '../../src/queries/dialects.js';
import { holdsNothingYet } from '../../src/queries/empty-tables.js';
import { lockWords } from '../../src/queries/lock-words.js';
import { effectOf } from '../../src/queries/locks.js';
import { objectKey, spoken } from '../../src/queries/names.js';
import type { PlacedOperation } from '../../src/queries/operations.js';
import { refusesToBlock } from '../../src/queries/online-clauses.js';
import { notValidRemedy, partitionsFirst, uncheckedKeyRemedy } from '../../src/queries/remedies/validation.js';
import { isNewIn, schemaAt } from '../../src/queries/replay.js';
import { decidesCopy } from '../../src/queries/rewrites.js';
import { foreignKeysOf } from '../../src/queries/tables.js';

interface AddedKey extends AddedConstraint {
  constraint: ForeignKey;
}

export default defineRule({
  summary: 'A foreign key is added with immediate validation.',
  severity: 'error',
  presets: ['online'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast', 'runner-profile'],
  fix: 'suggestion',
  sources: [
    '002_7a51ca8b5657ab8c.txt',
    'squawk adding-foreign-key-constraint',
    'squawk constraint-missing-not-valid',
    'atlas PG306',
    'eugene E1',
    'postgres-language-server addingForeignKeyConstraint',
    'pg-migration-lint PGM014',
  ],
  messages: {
    validating:
      '{{key}} is checked in every row of {{table}} while the transaction holds {{held}}: {{waits}} waits until it ends. Write {{remedy}}.',
    locking:
      '{{key}} takes {{held}}: it waits for the transactions that write there, and {{waits}} waits behind it until this one ends. Keep the transaction short, or add the key in a later one.',
    copying:
      '{{key}} makes {{dialect}} copy every row of {{table}} (ALGORITHM=COPY): {{waits}} waits until the copy is done. Write {{remedy}}.',
    unchecked: 'Add {{name}} without checking the rows that are there.',
  },
  options: {
    exemptNewTables: flag(
      'Say nothing of foreign keys of new tables, which lock no more than the table that they refer to.',
    ),
  },
  *check({ facts, project, options, authoring }) {
    const { dialect } = facts;
    const { postgresVersion = 0 } = project.settings;
    let checks = true;
    // A transaction locks a table once.
    const locked = new Set<string>();
    for (const placed of changesIn(project, facts)) {
      const { operation, migration, inTransaction } = placed;
      if (operation.kind === 'SetSetting' && /^foreign_key_checks$/i.test(operation.name)) {
        checks = !/^(?:0|off|false)$/i.test(operation.value);
      }
      for (const key of keysOf(placed)) {
        const { table, constraint } = key;
        const at = operation.kind === 'AddConstraint' ? operation : constraint;
        const effect = constraint.notEnforced ? undefined : effectOf(project, placed);
        const words =
          effect && lockWords({ locks: effect.locks.filter((lock) => isUsed(project, lock.table, operation)) });
        if (effect === undefined || words === undefined) continue;
        const isNew = operation.kind === 'CreateTable' || holdsNothingYet(project, table, operation);
        const data = { key: spokenKey(key), table: spoken(table), ...words };
        if (dialect !== 'postgresql') {
          if (isNew || !checks || effect.algorithm !== 'copy' || refusesToBlock(operation)) continue;
          if (!decidesCopy(project, placed)) continue;
          const remedy = uncheckedKeyRemedy(migration);
          yield { message: 'copying', at, data: { ...data, dialect: dialectNames[dialect], remedy } };
          continue;
        }
        if (!isNew && constraint.notValid) continue;
        const target = constraint.target && objectKey(constraint.target, dialect);
        if (!isNew && effect.validates) {
          const name = nameInTheEnd(project, placed, key);
          const isOutside = inTransaction === 'no';
          const isCall = placed.statement === undefined;
          const atColumn = key.column !== undefined;
          // PostgreSQL 18 is the first that takes NOT VALID there.
          const isSplit = postgresVersion < 18 && schemaAt(project, operation)?.table(table)?.partitioned === true;
          const added = { migration, table, constraint, name, isCall, atColumn, dialect, isOutside };
          if (target !== undefined) locked.add(target);
          yield {
            message: 'validating',
            at,
            data: { ...data, remedy: isSplit ? partitionsFirst : notValidRemedy(added) },
            ...(operation.kind === 'AddConstraint' &&
              !isSplit && {
                suggest: {
                  message: 'unchecked',
                  data: { name: name?.value ?? 'the foreign key' },
                  edits: authoring.addNotValid(operation, placed),
                },
              }),
          };
          continue;
        }
        if (constraint.target === undefined || target === undefined || locked.has(target)) continue;
        if (target === objectKey(table, dialect) || isNewIn(project, { table: constraint.target }, operation)) continue;
        if (isNew && options.exemptNewTables) continue;
        const locks = effect.locks.filter((lock) => objectKey(lock.table, dialect) === target);
        const onTarget = lockWords({ locks });
        locked.add(target);
        if (onTarget) yield { message: 'locking', at, data: { ...data, ...onTarget }, severity: 'info' };
      }
    }
  },
});

/** Whether others may use the table already. */
const isUsed = (project: Project, table: QualifiedName, operation: Operation): boolean =>
  !isNewIn(project, { table }, operation);

/** The foreign keys that an operation adds, those of a table that it makes included. */
function keysOf({ operation }: PlacedOperation): AddedKey[] {
  if (operation.kind === 'CreateTable') {
    const { table, definition } = operation;
    return definition.temporary ? [] : foreignKeysOf(definition).map((constraint) => ({ table, constraint }));
  }
  return addedConstraints(operation).filter((each): each is AddedKey => each.constraint.kind === 'foreign');
}

function spokenKey({ table, constraint: { name, columns } }: { table: QualifiedName; constraint: ForeignKey }): string {
  if (name && !name.unknown) return `Foreign key ${name.value}`;
  return `The foreign key of ${spoken(table)} (${columns.map(({ value }) => value).join(', ')})`;
}
