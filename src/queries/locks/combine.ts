import type { QualifiedName } from '../../ir/index.js';
import { objectKey } from '../names.js';
import type { Schema } from '../replay.js';
import { mayHaveIndexes } from './circumstances.js';
import type { Effect, Entry, Reading, TableLock } from './effect.js';
import { isStronger, type LockMode } from './modes.js';

/** The locks of several actions, the strongest on each table. */
class Locks {
  readonly #byKey = new Map<string, TableLock>();

  constructor(private readonly key: (table: QualifiedName) => string) {}

  add(table: QualifiedName, mode: LockMode | undefined): void {
    if (mode === undefined) return;
    const key = this.key(table);
    const before = this.#byKey.get(key);
    if (before === undefined || isStronger(mode, before.mode))
      this.#byKey.set(key, { table: before?.table ?? table, mode });
  }

  get all(): TableLock[] {
    return [...this.#byKey.values()];
  }
}

/** Whether an entry holds of a version; one that is not known is taken for the last that differs from none. */
const holds = ({ since, before }: Entry, version: number): boolean =>
  (since === undefined || version >= since) && (before === undefined || version < before);

/**
 * What the actions of an operation come to, taken together.
 * @param table what each action does, by version
 */
export function effectOfActions<Name extends string>(
  { actions, unsure }: Reading<Name>,
  table: { readonly [N in Name]: readonly Entry[] },
  version: number,
  schema: Schema | undefined,
): Effect | undefined {
  const dialect = schema?.dialect ?? 'postgresql';
  const locks = new Locks((name) => objectKey(name, dialect));
  const scans = new Map<string, QualifiedName>();
  const scan = (name: QualifiedName) => scans.set(objectKey(name, dialect), name);
  let mode: LockMode | undefined;
  let [rewrite, buildsIndexes, validates] = [false, false, false];
  for (const action of actions) {
    const entry = table[action.name].find((each) => holds(each, version));
    if (entry === undefined) return undefined;
    const partitions = action.table ? partitionsOf(schema, action.table) : [];
    if (entry.table && (mode === undefined || isStronger(entry.table, mode))) mode = entry.table;
    if (action.table) locks.add(action.table, entry.table);
    for (const each of action.others ?? []) locks.add(each, entry.other);
    for (const each of partitions) locks.add(each, entry.partitions);
    // The rows of a partitioned table are those of its partitions.
    if (entry.scans === 'table' && action.table)
      for (const each of partitions.length > 0 ? partitions : [action.table]) scan(each);
    if (entry.scans === 'other') for (const each of action.others ?? []) scan(each);
    rewrite ||= entry.rewrite === true;
    validates ||= entry.validates === true;
    buildsIndexes ||=
      entry.buildsIndexes !== undefined && (entry.buildsIndexes !== 'all' || mayHaveIndexes(schema, action.table));
  }
  return {
    locks: locks.all,
    ...(mode && { mode }),
    ...((rewrite || !unsure) && { rewrite }),
    scans: [...scans.values()],
    ...((buildsIndexes || !unsure) && { buildsIndexes }),
    validates,
  };
}

function partitionsOf(schema: Schema | undefined, table: QualifiedName): QualifiedName[] {
  const state = schema?.table(table);
  return state?.partitioned ? schema!.partitionsOf(state.key).map(({ name }) => name) : [];
}
