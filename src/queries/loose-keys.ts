import type { Constraint, Project, Table } from '../ir/index.js';
import { operationsIn } from './operations.js';
import { isNewIn } from './replay.js';
import type { Part, TableView } from './table-views.js';

/**
 * A constraint that an ALTER TABLE adds, for a pen that wants its table: the table's name, and nothing of what another
 * statement declares.
 */
export function looseTable({ name, declaration }: TableView, { at }: Part<Constraint>): Table {
  return {
    name,
    declaredBy: declaration?.declaredBy ?? 'sql',
    role: 'table',
    columns: [],
    constraints: [],
    indexes: [],
    relationships: [],
    span: at,
    uncertain: [{ about: 'everything', reason: 'the table is created elsewhere' }],
  };
}

/**
 * How an index may be built behind the statement that adds a constraint: concurrently where the file says that it runs
 * outside of a transaction, and the table may have rows. Runners whose single statements merely happen to run by
 * themselves don't count, for a second statement changes that.
 * @returns nothing where the statement stands under a condition, so that nothing can simply follow it
 */
export function indexBehind(
  project: Project,
  { fact, facts }: Part<Constraint>,
): { concurrently: boolean } | undefined {
  for (const { operation, inTransaction, migration, guard } of operationsIn(facts)) {
    if (operation.kind !== 'AddConstraint' || operation.constraint !== fact) continue;
    if (guard) return undefined;
    const alone = inTransaction === 'no' && migration?.transaction !== 'none' && facts.dialect === 'postgresql';
    return { concurrently: alone && !isNewIn(project, { table: operation.table }, operation) };
  }
  return { concurrently: false };
}
