import type { MigrationBody, Statement, Step } from '../../ir/index.js';

/** The same steps, outside of any transaction of the runner. */
export function outsideTransactions(body: MigrationBody): MigrationBody {
  const steps = body.steps.map((step): Step =>
    'statement' in step ? { statement: freed(step.statement) } : { ...step, inTransaction: 'no' },
  );
  return { ...body, steps };
}

const freed = (statement: Statement): Statement => ({
  ...statement,
  inTransaction: 'no',
  children: statement.children.map(freed),
});
