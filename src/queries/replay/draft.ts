import type {
  Column,
  Constraint,
  Dialect,
  FileFacts,
  Index,
  Migration,
  Operation,
  QualifiedName,
  Name,
} from '../../ir/index.js';
import { foldedInTable, objectKey } from '../names.js';
import { Columns } from './columns.js';
import { constraintParts, defaultName, indexParts, type NameParts } from './default-names.js';
import { eitherOf } from './outcomes.js';
import {
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
        columns: Columns.of([]),
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
      this.#disown(table, [...table.indexes, ...table.constraints]);
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

  /** Whether an index of that name stands in the way of a new one on the table. */
  hasIndex(on: QualifiedName, name: Name): boolean {
    const { schema, span } = on;
    const ofSchema = this.dialect === 'postgresql' || this.dialect === 'sqlite';
    if (ofSchema && this.ownerOf({ ...(schema && { schema }), name, span }) !== undefined) return true;
    const wanted = foldedInTable(name, this.dialect);
    return (
      this.table(on)?.indexes.some(({ index }) => index.name && foldedInTable(index.name, this.dialect) === wanted) ===
      true
    );
  }

  columnState(column: Column): ColumnState {
    return { column, origin: this.origin, uncertain: column.uncertain };
  }

  /** An index as it stands on `table` once it is made; the database's own name where none is written. */
  indexState(index: Index, table: TableState): IndexState {
    const name = this.#folded(index.name) ?? this.#defaultName(table, indexParts(index.keys, this.dialect));
    return { index, ...(name !== undefined && { name }), origin: this.origin, uncertain: index.uncertain };
  }

  constraintState(constraint: Constraint, table: TableState): ConstraintState {
    const parts = () => constraintParts(constraint, () => table.columns.values(), this.dialect);
    const name = this.#folded(constraint.name) ?? this.#defaultName(table, parts());
    return { constraint, ...(name !== undefined && { name }), origin: this.origin, uncertain: constraint.uncertain };
  }

  #folded(name: Name | undefined): string | undefined {
    return name && foldedInTable(name, this.dialect);
  }

  #defaultName(table: TableState, parts: NameParts): string | undefined {
    const own = new Set([...table.constraints, ...table.indexes].flatMap((each) => each.name ?? []));
    const elsewhere = (name: string): boolean => {
      const key = this.key(inSchemaOf(table, name));
      return [key, ofConstraint(key)].some((each) => this.#ownerKey(each) !== undefined);
    };
    return defaultName(this.dialect, foldedInTable(table.name.name, this.dialect), parts, { own, elsewhere });
  }

  #store(table: TableState): void {
    const before = this.schema.tableByKey(table.key);
    const [oldIndexes, newIndexes] = apart(before?.indexes ?? [], table.indexes);
    const [oldConstraints, newConstraints] = apart(before?.constraints ?? [], table.constraints);
    const kept = new Set<NamedState>([...newIndexes, ...newConstraints]);
    const earlier: NamedState[] = [...oldIndexes, ...oldConstraints];
    this.#disown(
      table,
      earlier.filter((each) => !kept.has(each)),
    );
    for (const each of earlier) kept.delete(each);
    for (const each of kept) {
      const key = this.#nameKey(table, each);
      if (key !== undefined) this.#memory.indexOwners.set(key, this.#version, table.key);
      if (!('constraint' in each) || each.constraint.kind !== 'foreign' || !each.constraint.target) continue;
      const target = this.key(each.constraint.target);
      let referrers = this.#referrers.get(target);
      if (referrers === undefined) this.#referrers.set(target, (referrers = new Set()));
      referrers.add(table.key);
    }
    this.#memory.tables.set(table.key, this.#version, table);
  }

  #disown(table: TableState, parts: readonly NamedState[]): void {
    for (const part of parts) {
      const key = this.#nameKey(table, part);
      if (key !== undefined && this.#ownerKey(key) === table.key) {
        this.#memory.indexOwners.set(key, this.#version, undefined);
      }
    }
  }

  #ownerKey(key: string): string | undefined {
    return this.#memory.indexOwners.get(key, this.#version);
  }

  /** Under which key a name is taken. Constraints without an index have names of their own, apart from relations. */
  #nameKey(table: TableState, part: NamedState): string | undefined {
    if (part.name === undefined) return undefined;
    const key = this.key(inSchemaOf(table, part.name));
    const apart = 'constraint' in part && (part.constraint.kind === 'foreign' || part.constraint.kind === 'check');
    return apart ? ofConstraint(key) : key;
  }
}

type NamedState = IndexState | ConstraintState;

const ofConstraint = (key: string): string => `constraint ${key}`;

/** What two lists hold behind the beginning that they share: most changes only add to the end. */
function apart<T>(before: readonly T[], after: readonly T[]): [readonly T[], readonly T[]] {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  return [before.slice(same), after.slice(same)];
}

/** An index or constraint lives in the schema of its table. */
function inSchemaOf(table: TableState, name: string): QualifiedName {
  const { schema, span } = table.name;
  return { ...(schema && { schema }), name: { value: name, quoted: true, span }, span };
}
