import type { FileFacts, Migration, Operation, Project } from '../../ir/index.js';
import { defineQuery } from '../../rule.js';
import { effectOf } from '../locks.js';
import { objectKey } from '../names.js';
import { operationsIn, type PlacedOperation } from '../operations.js';
import type { TableLock } from './effect.js';
import { isStronger } from './modes.js';

/** Locks in the order in which a transaction takes them, on tables that were there before it. */
class Holding {
  readonly taken: { key: string; lock: TableLock; place: number }[] = [];
  #place = 0;
  readonly #strongest = new Map<string, TableLock>();
  readonly #made = new Set<string>();

  constructor(
    readonly migration: Migration | undefined,
    readonly section: PlacedOperation['section'],
  ) {}

  /** Gives the place of the operation in the transaction. */
  add(project: Project, facts: FileFacts, placed: PlacedOperation): number {
    const { operation } = placed;
    const place = this.#place++;
    if (operation.kind === 'CreateTable') this.#made.add(objectKey(operation.table, facts.dialect));
    for (const lock of effectOf(project, placed)?.locks ?? []) {
      const key = objectKey(lock.table, facts.dialect);
      const before = this.#strongest.get(key);
      if (this.#made.has(key) || (before && !isStronger(lock.mode, before.mode))) continue;
      this.#strongest.set(key, lock);
      this.taken.push({ key, lock, place });
    }
    return place;
  }
}

interface Held {
  holding: Holding;
  place: number;
}

const holdings = defineQuery((project): ReadonlyMap<Operation, Held> => {
  const found = new Map<Operation, Held>();
  for (const facts of project.files) {
    let holding: Holding | undefined;
    for (const placed of operationsIn(facts)) {
      const { operation, inTransaction, migration, section, inRoutine } = placed;
      if (inRoutine) continue;
      const ends = operation.kind === 'Transaction' && operation.action !== 'savepoint';
      if (ends || inTransaction !== 'yes') holding = undefined;
      if (ends || inTransaction !== 'yes') continue;
      if (holding?.migration !== migration || holding?.section !== section) holding = new Holding(migration, section);
      found.set(operation, { holding, place: holding.add(project, facts, placed) });
    }
  }
  return found;
});

/**
 * The strongest lock on each table that the transaction of an operation holds already when the operation begins. Left out
 * are tables that the transaction has made, which nobody else can see. Nothing for an operation that is not known to run
 * in a transaction.
 */
export function locksHeld(project: Project, { operation }: PlacedOperation): readonly TableLock[] {
  const held = holdings(project).get(operation);
  if (held === undefined) return [];
  const strongest = new Map<string, TableLock>();
  for (const { key, lock, place } of held.holding.taken) {
    if (place >= held.place) break;
    strongest.set(key, lock);
  }
  return [...strongest.values()];
}
