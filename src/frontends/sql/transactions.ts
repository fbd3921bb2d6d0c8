import type { Statement, TransactionState } from '../../ir/index.js';

/**
 * Sets for each statement whether it runs in a transaction.
 * @param outside what holds outside of the script's own BEGIN and COMMIT
 */
export function placeInTransactions(statements: readonly Statement[], outside: TransactionState): Statement[] {
  let open = false;
  return statements.map((statement) => {
    const action = transactionAction(statement);
    if (action === 'begin') open = true;
    const inTransaction = open ? 'yes' : outside;
    if (action === 'commit' || action === 'rollback') open = false;
    // Most are as they were read: a copy of each would cost as much as the search for their words.
    return statement.inTransaction === inTransaction ? statement : { ...statement, inTransaction };
  });
}

function transactionAction(statement: Statement): string | undefined {
  const first = statement.operations[0];
  return first?.kind === 'Transaction' ? first.action : undefined;
}

/** Whether PostgreSQL refuses the statement inside a transaction. */
export function refusesTransaction(statement: Statement): boolean {
  // What T-SQL builds online may stand in a transaction.
  if (statement.dialect === 'tsql') return false;
  return statement.operations.some((operation) => {
    switch (operation.kind) {
      case 'CreateIndex':
        return operation.index.concurrently === true;
      case 'Reindex':
        return operation.concurrently === true || manyTables.has(operation.object);
      case 'DropIndex':
      case 'DetachPartition':
        return operation.concurrently === true;
      case 'Vacuum':
        return true;
      default:
        return false;
    }
  });
}

/** What holds tables that REINDEX takes one after another, each in a transaction of its own. */
const manyTables: ReadonlySet<string | undefined> = new Set(['schema', 'database', 'system']);

/** Marks statements that the server gets in one string: none where there is but one. */
export function inOneString(statements: Statement[]): Statement[] {
  const [first] = statements;
  if (first === undefined || statements.length === 1) return statements;
  const together = { start: first.span.start, end: statements.at(-1)!.span.end };
  return statements.map((statement) => ({ ...statement, together }));
}
