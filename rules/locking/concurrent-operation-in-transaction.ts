import { defineRule, flag } from '../../src/rule.js';
import { needsNoTransaction, refusalsIn, type Refusal } from '../../src/queries/refusals.js';
import { profileOf } from '../../src/queries/runners.js';

export default defineRule({
  summary: 'A statement that cannot run in a transaction runs inside one.',
  severity: 'error',
  presets: ['recommended', 'strict', 'online'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast', 'runner-profile'],
  fix: 'suggestion',
  sources: [
    'squawk ban-concurrent-index-creation-in-transaction',
    'atlas PG103',
    'pg-migration-lint PGM003',
    'postgres-language-server banConcurrentIndexCreationInTransaction',
  ],
  messages: {
    runner:
      '{{what}} runs in the transaction that {{runner}} opens: PostgreSQL refuses it there with error 25001, and the migration fails. {{remedy}}.',
    own: '{{what}} runs between the BEGIN and COMMIT of the {{file}} itself: PostgreSQL refuses it there with error 25001, and the {{file}} fails. Move it behind the COMMIT.',
    assumed:
      '{{what}} runs in a transaction, as the options of this rule say: PostgreSQL refuses it there with error 25001, and the {{file}} fails. Run it outside of the transaction.',
    leave: 'Run {{what}} outside of the transaction.',
  },
  options: {
    assumeInTransaction: flag(
      'Take it that SQL runs in a transaction where the tool that runs it is not known.',
      false,
    ),
  },
  *check({ facts, project, options, authoring }) {
    for (const refusal of refusalsIn(project, facts)) {
      const { what, at, holder, operation, migration } = refusal;
      const file = migration === undefined ? 'file' : 'migration';
      const isTold = migration !== undefined && migration.runner !== 'plain';
      if (holder === 'script') yield { message: 'own', at, data: { what, file } };
      else if (holder === 'unknown' && options.assumeInTransaction && !isTold)
        yield { message: 'assumed', at, data: { what, file } };
      else if (holder === 'runner') {
        const data = { what, runner: profileOf(migration?.runner).name, remedy: remedyFor(refusal) };
        const edits = operation && isFree(refusal) ? authoring.leaveTransaction(operation, refusal) : undefined;
        yield { message: 'runner', at, data, suggest: { message: 'leave', data: { what }, edits } };
      }
    }
  },
});

/** Whether nothing else is taken out of its transaction too: Alembic's block is that of one statement. */
const isFree = (refusal: Refusal): boolean =>
  refusal.migration?.runner === 'alembic' || (refusal.migration?.transaction !== 'none' && needsNoTransaction(refusal));

/** A revert of TypeORM opens a transaction whatever the class says. */
function remedyFor({ migration, section }: Refusal): string {
  if (migration?.runner === 'typeorm' && migration.transaction === 'none' && section === 'down')
    return "transaction = false does not hold for a revert: run it with migrationsTransactionMode 'none'";
  if (migration?.runner === 'drizzle')
    return 'Drizzle runs all pending migrations in one and has no way out of it: run the statement by hand before the deploy';
  const { optOut } = profileOf(migration?.runner);
  return optOut === undefined ? 'Run it outside of the transaction' : `Leave the transaction by ${optOut}`;
}
