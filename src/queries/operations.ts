import type {
  Comment,
  FileFacts,
  Guard,
  Migration,
  MigrationBody,
  Operation,
  Statement,
  TransactionState,
} from '../ir/index.js';

/** The operations of one kind, also of a kind that shares its form with others. */
export type On<K extends Operation['kind']> = Operation & { kind: K };

/** An operation with the circumstances that it runs under. */
export interface PlacedOperation {
  operation: Operation;
  inTransaction: TransactionState;
  guard?: Guard;
  /** The statement that it was read from; absent for a call of a migration API. */
  statement?: Statement;
  /** Absent for SQL outside of migrations. */
  migration?: Migration;
  section: 'up' | 'down' | 'none';
  /** Inside the body of a routine or trigger: it runs when that is called, not where it stands. */
  inRoutine?: true;
}

/** A statement and, in order, what DO blocks, routines and IF blocks in it hold. */
function* withChildren(statement: Statement): Generator<Statement> {
  yield statement;
  for (const child of statement.children) yield* withChildren(child);
}

/** A statement and what it holds, each with whether it stands in the body of a routine, be that in text that is run. */
function* inRoutines(each: Statement, inRoutine = false): Generator<{ each: Statement; inRoutine: boolean }> {
  yield { each, inRoutine };
  const within = inRoutine || each.operations.some(({ kind }) => kind === 'CreateRoutine' || kind === 'CreateTrigger');
  for (const child of each.children) yield* inRoutines(child, within);
}

function* placed(
  statement: Statement,
  rest: Pick<PlacedOperation, 'migration' | 'section'>,
): Generator<PlacedOperation> {
  for (const { each, inRoutine } of inRoutines(statement)) {
    for (const operation of each.operations) {
      const guard = operation.guard ?? each.guard ?? statement.guard;
      yield {
        operation,
        inTransaction: each.inTransaction,
        statement: each,
        ...(guard && { guard }),
        ...rest,
        ...(inRoutine && { inRoutine }),
      };
    }
  }
}

/** The operations of one half of a migration, in the order in which they run. */
export function* operationsOf(migration: Migration, section: 'up' | 'down'): Generator<PlacedOperation> {
  const body: MigrationBody = migration[section];
  for (const step of body.steps) {
    if ('statement' in step) yield* placed(step.statement, { migration, section });
    else {
      const { operation, inTransaction } = step;
      yield { operation, inTransaction, ...(operation.guard && { guard: operation.guard }), migration, section };
    }
  }
}

/** Every operation of a file: its migrations up, then down, then SQL outside of migrations. */
export function* operationsIn(facts: FileFacts): Generator<PlacedOperation> {
  for (const migration of facts.migrations) {
    yield* operationsOf(migration, 'up');
    yield* operationsOf(migration, 'down');
  }
  for (const statement of facts.statements) yield* placed(statement, { section: 'none' });
}

/** The comments of a file in order, those in SQL text of its strings included. */
export function commentsIn(facts: FileFacts): Comment[] {
  const bySpan = new Map(facts.comments.map((comment) => [comment.span.start, comment]));
  for (const { comments = [] } of statementsIn(facts)) {
    for (const comment of comments) bySpan.set(comment.span.start, comment);
  }
  return [...bySpan.values()].sort((a, b) => a.span.start - b.span.start);
}

/** Every SQL statement of a file, nested ones included. */
export function* statementsIn(facts: FileFacts): Generator<Statement> {
  for (const migration of facts.migrations) {
    for (const body of [migration.up, migration.down]) {
      for (const step of body.steps) if ('statement' in step) yield* withChildren(step.statement);
    }
  }
  for (const statement of facts.statements) yield* withChildren(statement);
}
