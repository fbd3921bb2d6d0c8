import { defineRule } from '../../src/rule.js';
import type { Project } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { lastingWork } from '../../src/queries/lasting-work.js';
import { few } from '../../src/queries/lock-words.js';
import { blockedBy, locksHeld, type HeldLock } from '../../src/queries/locks.js';
import { objectKey, spoken } from '../../src/queries/names.js';
import type { PlacedOperation } from '../../src/queries/operations.js';
import { apart } from '../../src/queries/remedies/validation.js';
import { isNewIn, schemaAt } from '../../src/queries/replay.js';
import { sharesTransaction } from '../../src/queries/transactions.js';

export default defineRule({
  summary: 'Statements follow in a transaction that already holds ACCESS EXCLUSIVE.',
  severity: 'warn',
  presets: ['online'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast', 'runner-profile'],
  fix: 'none',
  sources: [
    'eugene E4',
    'postgres-language-server runningStatementWhileHoldingAccessExclusive',
    'pgfence statement-after-access-exclusive',
  ],
  messages: {
    waiting:
      'The transaction holds {{lock}} on {{held}} from earlier on, and {{work}} here takes as long as there are rows: {{blocked}} of {{held}} waits for all of it. Do this {{where}}.',
  },
  options: {},
  *check({ facts, project }) {
    if (facts.dialect !== 'postgresql') return;
    let reported: PlacedOperation | undefined;
    for (const placed of changesIn(project, facts)) {
      const work = lastingWork(project, placed);
      // One finding for a transaction: what follows goes along with it.
      if (work === undefined || (reported && sharesTransaction(project, reported, placed) === 'yes')) continue;
      const held = locksHeld(project, placed).filter(
        (lock) => lock.mode === 'ACCESS EXCLUSIVE' && isInUse(project, lock, placed) && !isOwn(lock, placed),
      );
      const [first] = held;
      if (first === undefined) continue;
      reported = placed;
      yield {
        message: 'waiting',
        at: placed.operation,
        data: {
          lock: first.mode,
          held: few(held.map(({ table }) => spoken(table))),
          work,
          blocked: blockedBy(first.mode),
          where: apart(placed.migration, false),
        },
        related: held.map(({ table, by, facts: { path } }) => ({
          path,
          at: by.operation,
          message: `${spoken(table)} is locked here`,
        })),
      };
    }
  },
});

/** Whether somebody may want the table or view: it was there before. */
function isInUse(project: Project, { table, by }: HeldLock, placed: PlacedOperation): boolean {
  if (/^(?:Drop|Create)(?:Materialized)?View$/.test(by.operation.kind)) return false;
  if (isNewIn(project, { table }, placed.operation)) return false;
  return schemaAt(project, placed.operation)?.table(table)?.temporary !== true;
}

/** A further ALTER TABLE of the table would wait for the lock all the same; what it does is for other rules to say. */
function isOwn({ table }: HeldLock, { operation }: PlacedOperation): boolean {
  if (!('table' in operation) || operation.table === undefined) return false;
  const isRows = /^(?:Insert|Update|Delete|Merge)$/.test(operation.kind);
  return !isRows && objectKey(operation.table, 'postgresql') === objectKey(table, 'postgresql');
}
