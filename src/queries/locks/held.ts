import type { FileFacts, Operation, Project } from '../../ir/index.js';
import { defineQuery } from '../../rule.js';
import { effectOf } from '../locks.js';
import { objectKey } from '../names.js';
import { operationsIn, operationsOf, type PlacedOperation } from '../operations.js';
import { histories } from '../revision-graph.js';
import { inTransaction, sharesTransaction } from '../transactions.js';
import type { TableLock } from './effect.js';
import { isStronger } from './modes.js';

/** A lock, and the operation that took it. */
export interface HeldLock extends TableLock {
  by: PlacedOperation;
  /** The file that the operation stands in. */
  facts: FileFacts;
}

/** Locks in the order in which a transaction takes them, on tables that were there before it. */
class Transaction {
  /** Without a lock where the table has another name from there on, or is gone. */
  readonly taken: { key: string; lock?: HeldLock; place: number }[] = [];
  #place = 0;
  readonly #strongest = new Map<string, TableLock>();
  readonly #made = new Set<string>();

  constructor(readonly first: PlacedOperation) {}

  /** Gives the place of the operation in the transaction. */
  add(project: Project, facts: FileFacts, placed: PlacedOperation): number {
    const { operation } = placed;
    const place = this.#place++;
    const key = (table: TableLock['table']) => objectKey(table, facts.dialect);
    if (operation.kind === 'CreateTable') this.#made.add(key(operation.table));
    if (operation.kind === 'RenameTable' && this.#made.has(key(operation.table))) this.#made.add(key(operation.to));
    const gone = nameGone(operation);
    if (gone) {
      this.#strongest.delete(key(gone));
      this.taken.push({ key: key(gone), place });
    }
    for (const { table, mode } of effectOf(project, placed)?.locks ?? []) {
      if (operation.kind === 'DropTable' && table === operation.table) continue;
      const lock = { table: operation.kind === 'RenameTable' && table === gone ? operation.to : table, mode };
      const name = key(lock.table);
      const before = this.#strongest.get(name);
      if (this.#made.has(name) || (before && !isStronger(lock.mode, before.mode))) continue;
      this.#strongest.set(name, lock);
      this.taken.push({ key: name, lock: { ...lock, by: placed, facts }, place });
    }
    return place;
  }
}

/** The name that a table no longer has once an operation has run. */
function nameGone(operation: Operation): TableLock['table'] | undefined {
  return operation.kind === 'RenameTable' || operation.kind === 'DropTable' ? operation.table : undefined;
}

interface Placed {
  facts: FileFacts;
  placed: PlacedOperation;
}

/** What may run in one transaction, in the order in which it runs. */
function* streams(project: Project): Generator<Iterable<Placed>> {
  for (const { ordered } of histories(project)) {
    yield ordered.flatMap(({ migration, facts }) =>
      [...operationsOf(migration, 'up')].map((placed) => ({ facts, placed })),
    );
  }
  for (const facts of project.files) {
    const rest = [...operationsIn(facts)].filter(({ section }) => section !== 'up');
    if (rest.length > 0) yield rest.map((placed) => ({ facts, placed }));
  }
}

const transactions = defineQuery((project): ReadonlyMap<Operation, { transaction: Transaction; place: number }> => {
  const found = new Map<Operation, { transaction: Transaction; place: number }>();
  for (const stream of streams(project)) {
    let transaction: Transaction | undefined;
    for (const { facts, placed } of stream) {
      if (placed.inRoutine || inTransaction(project, placed) !== 'yes') continue;
      const goesOn = transaction !== undefined && sharesTransaction(project, transaction.first, placed) === 'yes';
      if (!goesOn) transaction = new Transaction(placed);
      found.set(placed.operation, { transaction: transaction!, place: transaction!.add(project, facts, placed) });
    }
  }
  return found;
});

/**
 * The strongest lock on each table that the transaction of an operation holds already when the operation begins. Left out
 * are tables that the transaction has made, which nobody else can see, and those that it has dropped; one that got another
 * name has the new one. Nothing for an operation that is not known to run
 * in a transaction.
 */
export function locksHeld(project: Project, { operation }: PlacedOperation): readonly HeldLock[] {
  const found = transactions(project).get(operation);
  if (found === undefined) return [];
  const strongest = new Map<string, HeldLock>();
  for (const { key, lock, place } of found.transaction.taken) {
    if (place >= found.place) break;
    if (lock) strongest.set(key, lock);
    else strongest.delete(key);
  }
  return [...strongest.values()];
}
