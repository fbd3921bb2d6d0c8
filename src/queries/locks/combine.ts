import type { Dialect, QualifiedName } from '../../ir/index.js';
import { objectKey } from '../names.js';
import type { Schema } from '../replay.js';
import { mayHaveIndexes } from './circumstances.js';
import type { Effect, Entry, Reading, TableLock } from './effect.js';
import { isStronger, type LockMode } from './modes.js';

/** The locks of several actions, the strongest on each table. */
class Locks {
  readonly #byKey = new Map<string, TableLock>();

  constructor(private readonly dialect: Dialect) {}

  add(table: QualifiedName, mode: LockMode | undefined): void {
    if (mode === undefined) return;
    const key = objectKey(table, this.dialect);
    const before = this.#byKey.get(key);
    if (before === undefined || isStronger(mode, before.mode))
      this.#byKey.set(key, { table: before?.table ?? table, mode });
  }

  get all(): TableLock[] {
    return [...this.#byKey.values()];
  }
}

/** From cheap to dear. */
const algorithms = ['instant', 'nocopy', 'inplace', 'copy'] as const;

const dearer = (a: Effect['algorithm'], b: Effect['algorithm']): Effect['algorithm'] =>
  algorithms.findLast((each) => each === a || each === b);

/**
 * What the actions of an operation come to, taken together.
 * @param entryOf what an action does on the server in question; nothing where that server does not have it
 */
export function effectOfActions<Name extends string>(
  { actions, unsure }: Reading<Name>,
  entryOf: (name: Name) => Entry | undefined,
  schema: Schema | undefined,
): Effect | undefined {
  const dialect = schema?.dialect ?? 'postgresql';
  const locks = new Locks(dialect);
  const scans = new Map<string, QualifiedName>();
  const scan = (name: QualifiedName) => scans.set(objectKey(name, dialect), name);
  let mode: LockMode | undefined;
  let algorithm: Effect['algorithm'];
  let [rewrite, buildsIndexes, validates] = [false, false, false];
  for (const action of actions) {
    const entry = entryOf(action.name);
    if (entry === undefined) return undefined;
    const partitions = action.table ? partitionsOf(schema, action.table) : [];
    if (entry.table && (mode === undefined || isStronger(entry.table, mode))) mode = entry.table;
    if (action.table) locks.add(action.table, entry.table);
    for (const each of action.others ?? []) locks.add(each, entry.other);
    for (const each of partitions) locks.add(each, entry.partitions);
    // The rows of a partitioned table are those of its partitions.
    const own = partitions.length > 0 ? partitions : action.table ? [action.table] : [];
    if (entry.scans === 'table') own.forEach(scan);
    if (entry.scans === 'other') action.others?.forEach(scan);
    rewrite ||= entry.rewrite === true;
    validates ||= entry.validates === true;
    buildsIndexes ||= entry.buildsIndexes === 'new';
    buildsIndexes ||= entry.buildsIndexes === 'all' && mayHaveIndexes(schema, action.table);
    algorithm = dearer(algorithm, entry.algorithm);
  }
  return {
    locks: locks.all,
    ...(mode && { mode }),
    ...((rewrite || !unsure) && { rewrite }),
    ...(unsure === 'time zone' && { rewriteUnlessUtc: true }),
    scans: [...scans.values()],
    ...((buildsIndexes || !unsure) && { buildsIndexes }),
    validates,
    ...(algorithm && { algorithm }),
  };
}

/** The entry that holds of a version. */
export const entryFor = (entries: readonly Entry[], version: number): Entry | undefined =>
  entries.find(
    ({ since, before }) => (since === undefined || version >= since) && (before === undefined || version < before),
  );

function partitionsOf(schema: Schema | undefined, table: QualifiedName): QualifiedName[] {
  const state = schema?.table(table);
  return state?.partitioned ? schema!.partitionsOf(state.key).map(({ name }) => name) : [];
}
