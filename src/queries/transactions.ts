import type { Migration, Operation, Project, Statement, Step, TransactionState } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import type { PlacedOperation } from './operations.js';
import { histories, type History } from './revision-graph.js';
import { inOneBatch } from './shipped.js';

/**
 * What keeps a transaction open around an operation. `runner`: the tool that runs the migration. `script`: a BEGIN of the
 * migration's own, or the statement that it stands in, such as a DO block. `string`: nothing but that the server gets it in
 * one string with others, which PostgreSQL runs as one transaction.
 */
export type Holder = 'runner' | 'script' | 'string' | 'none' | 'unknown';

interface Place {
  holder: Holder;
  /** The same for operations that certainly share a transaction. */
  certain: number;
  /** The same for those that may. */
  possible: number;
}

/** What keeps a transaction open around an operation; SQL of application code is not known. */
export function transactionHolder(project: Project, { operation }: PlacedOperation): Holder {
  return places(project).get(operation)?.holder ?? 'unknown';
}

/** The same for a statement, which need not be any operation. */
export function holderOfStatement(project: Project, statement: Statement): Holder {
  return places(project).get(statement)?.holder ?? 'unknown';
}

/**
 * Whether an operation runs inside a transaction, be it the runner's, the script's own, or the one that PostgreSQL makes of
 * a string of several statements.
 */
export function inTransaction(project: Project, placed: PlacedOperation): TransactionState {
  const holder = transactionHolder(project, placed);
  return holder === 'unknown' ? 'unknown' : holder === 'none' ? 'no' : 'yes';
}

/**
 * Whether two operations run in the same transaction: `unknown` also for two migrations that share one where they are run
 * together, as on an empty database.
 */
export function sharesTransaction(project: Project, a: PlacedOperation, b: PlacedOperation): TransactionState {
  const [one, other] = [places(project).get(a.operation), places(project).get(b.operation)];
  if (one === undefined || other === undefined) return 'unknown';
  if (one.certain === other.certain) return 'yes';
  return one.possible === other.possible ? 'unknown' : 'no';
}

const places = defineQuery((project): ReadonlyMap<Operation | Statement, Place> => {
  const walk = new Walk(project);
  for (const history of histories(project)) walk.history(history);
  for (const { migrations, frontend, scope, statements } of project.files) {
    for (const migration of migrations) {
      if (scope === 'test' || migration.half !== undefined) walk.alone(migration, migration.up.steps);
      walk.alone(migration, migration.down.steps);
    }
    if (frontend === 'sql') walk.script(statements);
  }
  return walk.found;
});

/** Follows the steps of migrations as they run, and numbers the transactions that they run in. */
class Walk {
  readonly found = new Map<Operation | Statement, Place>();
  private certain = 0;
  private possible = 0;
  private holder: Holder = 'none';
  /** What the steps so far did to the transaction that is open outside of them. */
  private changed: 'begun' | 'ended' | undefined;
  private together: number | undefined;
  /** TypeORM's transactions inside of one. */
  private savepoints = 0;

  constructor(private readonly project: Project) {}

  history({ ordered }: History): void {
    let before: Migration | undefined;
    // Knex gives each migration its own transaction where one of a batch opts out.
    const isSplit = ordered.some(({ migration }) => migration.runner === 'knex' && migration.transaction === 'none');
    for (const { migration } of ordered) {
      const link = before === undefined || isSplit ? 'no' : this.linked(before, migration);
      this.body(migration, migration.up.steps, link);
      before = migration;
    }
  }

  alone(migration: Migration, steps: readonly Step[]): void {
    this.body(migration, steps, 'no');
  }

  script(statements: readonly Statement[]): void {
    this.body(
      undefined,
      statements.map((statement) => ({ statement })),
      'no',
    );
  }

  /** Whether one migration goes on in the transaction of the one before it. */
  private linked(before: Migration, migration: Migration): TransactionState {
    const isOpen = this.holder === 'runner' && this.changed === undefined && migration.runner !== 'plain';
    const modes = [before.transaction, migration.transaction];
    if (!isOpen || !modes.every((mode) => mode === 'all' || mode === 'unknown')) return 'no';
    const isSure = modes.every((mode) => mode === 'all') && inOneBatch(this.project, before, migration);
    return isSure ? 'yes' : 'unknown';
  }

  private body(migration: Migration | undefined, steps: readonly Step[], link: TransactionState): void {
    if (link !== 'yes') this.certain++;
    if (link === 'no') {
      this.possible++;
      this.holder = 'none';
    }
    this.changed = undefined;
    this.together = undefined;
    this.savepoints = 0;
    for (const step of steps) this.step(migration, step);
  }

  private step(migration: Migration | undefined, step: Step): void {
    const isStatement = 'statement' in step;
    const operations = isStatement ? step.statement.operations : [step.operation];
    const state = isStatement ? step.statement.inTransaction : step.inTransaction;
    this.enter(this.holderOf(migration, state, isStatement ? step.statement : undefined), step);
    for (const operation of operations) this.put(operation, this.holder);
    if (isStatement) {
      this.put(step.statement, this.holder);
      this.children(step.statement);
    }
    for (const operation of operations) {
      if (operation.kind === 'Transaction') this.change(operation);
    }
  }

  private holderOf(migration: Migration | undefined, state: TransactionState, statement?: Statement): Holder {
    if (this.changed === 'begun') return 'script';
    // Drivers of Python may open the next one by themselves.
    const after = migration?.runner === 'alembic' ? 'unknown' : 'no';
    const around = this.changed === 'ended' && state !== 'no' ? after : state;
    if (around === 'yes') return migration === undefined || opensItsOwn(migration) ? 'script' : 'runner';
    if (around === 'unknown') {
      const assumed = this.project.settings.assumeInTransaction;
      const isOpen = migration === undefined || migration.runner === 'plain' ? assumed : undefined;
      return isOpen === undefined ? 'unknown' : isOpen ? 'runner' : 'none';
    }
    if (statement?.together === undefined) return 'none';
    if (statement.dialect === 'unknown') return 'unknown';
    return statement.dialect === 'postgresql' || statement.dialect === 'cockroachdb' ? 'string' : 'none';
  }

  /** Goes on in the transaction of the step before, or in another one. */
  private enter(holder: Holder, step: Step): void {
    const together = 'statement' in step ? step.statement.together?.start : undefined;
    const goesOn = holder === this.holder && holder !== 'none' && (holder !== 'string' || together === this.together);
    if (!goesOn) this.possible++;
    if (!goesOn || holder === 'unknown') this.certain++;
    this.holder = holder;
    this.together = together;
  }

  private put(each: Operation | Statement, holder: Holder): void {
    this.found.set(each, { holder, certain: this.certain, possible: this.possible });
  }

  /** What stands in a DO block runs in one transaction, be it that of the block alone. */
  private children({ children }: Statement): void {
    const open = [...children];
    for (let child = open.pop(); child !== undefined; child = open.pop()) {
      for (const operation of child.operations) this.put(operation, this.holder === 'none' ? 'script' : this.holder);
      open.push(...child.children);
    }
  }

  private change({ action, provenance }: Extract<Operation, { kind: 'Transaction' }>): void {
    if (action === 'savepoint') return;
    const isInner = provenance === 'api' && (action === 'begin' ? this.holder !== 'none' : this.savepoints > 0);
    if (isInner) {
      this.savepoints += action === 'begin' ? 1 : -1;
      return;
    }
    this.changed = action === 'begin' ? 'begun' : 'ended';
    this.certain++;
    this.possible++;
    this.holder = 'none';
  }
}

/** Where the runner opens none, or is not known, a transaction is the migration's own; TypeORM opens one for each way back. */
const opensItsOwn = ({ runner, transaction }: Migration): boolean =>
  runner === 'plain' || (transaction === 'none' && runner !== 'typeorm');
