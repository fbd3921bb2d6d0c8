import type {
  Column,
  Constraint,
  Dialect,
  FileFacts,
  Index,
  Migration,
  Operation,
  QualifiedName,
} from '../../ir/index.js';
import { objectKey } from '../names.js';
import { constraintParts, defaultName, indexParts } from './default-names.js';
import {
  columnKey,
  emptyMemory,
  Schema,
  type ColumnState,
  type ConstraintState,
  type IndexState,
  type Memory,
  type Origin,
  type TableState,
} from './state.js';

/** Where the operations in hand stand. */
export interface Script {
  facts: FileFacts;
  migration?: Migration;
}

/**
 * The schema while it is being replayed. Operations go through its few verbs, so that an operation that may not have
 * run (`possible`) leaves both outcomes behind: what differs between them becomes uncertain.
 */
export class Draft {
  readonly #memory: Memory;
  /** Foreign keys by the key of the table that they point to; a table here may no longer have one. */
  readonly #referrers = new Map<string, Set<string>>();
  #version = 0;
  #script!: Script;
  #operation!: Operation;
  #condition: string | undefined;

  constructor(dialect: Dialect) {
    this.#memory = emptyMemory(dialect);
  }

  get dialect(): Dialect {
    return this.#memory.dialect;
  }

  /** The schema as it is now; it doesn't change with what follows. */
  get schema(): Schema {
    return new Schema(this.#memory, this.#version);
  }

  /**
   * Starts the next operation.
   * @param condition why it may not run; absent where it surely does
   */
  begin(script: Script, operation: Operation, condition: string | undefined): void {
    this.#version++;
    this.#script = script;
    this.#operation = operation;
    this.#condition = condition;
  }

  get origin(): Origin {
    const { facts, migration } = this.#script;
    return { facts, ...(migration && { migration }), operation: this.#operation };
  }

  key(name: QualifiedName): string {
    return objectKey(name, this.dialect);
  }

  table(name: QualifiedName): TableState | undefined {
    return this.schema.table(name);
  }

  /** The table, or the trace of one that was made outside of what is replayed. */
  tableOrExternal(name: QualifiedName): TableState {
    return (
      this.table(name) ?? {
        name,
        key: this.key(name),
        columns: new Map(),
        constraints: [],
        indexes: [],
        origin: this.origin,
        external: true,
        temporary: false,
        partitioned: false,
        uncertain: [{ about: 'everything', reason: 'it is created outside of the migrations' }],
      }
    );
  }

  put(table: TableState): void {
    const before = this.schema.tableByKey(table.key);
    const reason = this.#condition;
    this.#store(reason === undefined ? table : eitherOf(before, table, reason));
  }

  remove(table: TableState): void {
    if (this.#condition === undefined) {
      for (const index of table.indexes) this.#disown(table, index);
      this.#memory.tables.set(table.key, this.#version, undefined);
    } else this.doubt(table, this.#condition);
  }

  /** Anything about the table may be otherwise from here on. */
  doubt(table: TableState, reason: string): void {
    this.#store({ ...table, uncertain: [...table.uncertain, { about: 'everything', reason }] });
  }

  doubtEverything(reason: string): void {
    this.#memory.doubts.set('*', this.#version, reason);
  }

  /** Tables that may have a foreign key to the one with this key. */
  referrersOf(key: string): TableState[] {
    const schema = this.schema;
    return [...(this.#referrers.get(key) ?? [])].flatMap((referrer) => schema.tableByKey(referrer) ?? []);
  }

  ownerOf(index: QualifiedName): TableState | undefined {
    return this.schema.ownerOf(index);
  }

  columnState(column: Column): ColumnState {
    return { column, origin: this.origin, uncertain: column.uncertain };
  }

  /** An index as it stands on `table` once it is made; the database's own name where none is written. */
  indexState(index: Index, table: TableState): IndexState {
    const name = index.name?.value ?? this.#defaultName(table, indexParts(index.keys));
    return { index, ...(name !== undefined && { name }), origin: this.origin, uncertain: index.uncertain };
  }

  constraintState(constraint: Constraint, table: TableState): ConstraintState {
    const parts = () =>
      constraintParts(
        constraint,
        [...table.columns.values()].map(({ column }) => column.name.value),
      );
    const name = constraint.name?.value ?? this.#defaultName(table, parts());
    return { constraint, ...(name !== undefined && { name }), origin: this.origin, uncertain: constraint.uncertain };
  }

  #defaultName(table: TableState, parts: { columns: string[]; label: string }): string | undefined {
    return defaultName(this.dialect, table.name.name.value, parts, (name) => {
      const same = ({ name: other }: { name?: string }) => other === name;
      return (
        table.constraints.some(same) || table.indexes.some(same) || this.ownerOf(inSchemaOf(table, name)) !== undefined
      );
    });
  }

  #store(table: TableState): void {
    const before = this.schema.tableByKey(table.key);
    for (const index of before?.indexes ?? []) if (!table.indexes.includes(index)) this.#disown(table, index);
    for (const index of table.indexes) {
      if (index.name === undefined || before?.indexes.includes(index)) continue;
      this.#memory.indexOwners.set(this.key(inSchemaOf(table, index.name)), this.#version, table.key);
    }
    for (const { constraint } of table.constraints) {
      if (constraint.kind !== 'foreign' || constraint.target === undefined) continue;
      const target = this.key(constraint.target);
      let referrers = this.#referrers.get(target);
      if (referrers === undefined) this.#referrers.set(target, (referrers = new Set()));
      referrers.add(table.key);
    }
    this.#memory.tables.set(table.key, this.#version, table);
  }

  #disown(table: TableState, { name }: IndexState): void {
    if (name === undefined) return;
    const key = this.key(inSchemaOf(table, name));
    if (this.#memory.indexOwners.get(key, this.#version) === table.key) {
      this.#memory.indexOwners.set(key, this.#version, undefined);
    }
  }
}

/** An index or constraint lives in the schema of its table. */
function inSchemaOf(table: TableState, name: string): QualifiedName {
  const { schema, span } = table.name;
  return { ...(schema && { schema }), name: { value: name, quoted: true, span }, span };
}

/** Both outcomes of a change that may not happen, in one state: parts that only one of them has are uncertain. */
function eitherOf(before: TableState | undefined, after: TableState, reason: string): TableState {
  const doubt = <T extends { uncertain: TableState['uncertain'] }>(part: T): T => ({
    ...part,
    uncertain: [...part.uncertain, { about: 'everything' as const, reason }],
  });
  if (before === undefined) return doubt(after);
  const list = <T extends { uncertain: TableState['uncertain'] }>(left: readonly T[], right: readonly T[]): T[] => [
    ...left.map((part) => (right.includes(part) ? part : doubt(part))),
    ...right.filter((part) => !left.includes(part)).map(doubt),
  ];
  const columns = new Map<string, ColumnState>();
  for (const [key, state] of before.columns) {
    const other = after.columns.get(key);
    columns.set(key, other === state ? state : doubt(other ?? state));
  }
  for (const [key, state] of after.columns) if (!before.columns.has(key)) columns.set(key, doubt(state));
  return {
    ...after,
    columns,
    constraints: list(before.constraints, after.constraints),
    indexes: list(before.indexes, after.indexes),
  };
}

/** A copy of a table's columns under a change of one of them; `undefined` removes it. */
export function withColumn(table: TableState, name: string, state: ColumnState | undefined): TableState {
  const columns = new Map(table.columns);
  if (state === undefined) columns.delete(columnKey(name));
  else columns.set(columnKey(name), state);
  return { ...table, columns };
}
