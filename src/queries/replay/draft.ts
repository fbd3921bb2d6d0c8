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
import { doubted, eitherOf, withDefault } from './outcomes.js';
import { typeKey } from './type-names.js';
import type { Timeline } from './timeline.js';
import {
  emptyMemory,
  Schema,
  type ColumnState,
  type ConstraintState,
  type IndexState,
  type Memory,
  type NamedObject,
  type NamespaceState,
  type Origin,
  type SequenceState,
  type TableState,
  type TypeState,
  type ViewState,
} from './state.js';

/** Where the operations in hand stand. */
export interface Script {
  facts: FileFacts;
  migration?: Migration;
  /** The way back of the migration. */
  down?: true;
}

/**
 * The schema while it is being replayed. Operations go through its few verbs, so that an operation that may not have
 * run (`possible`) leaves both outcomes behind: what differs between them becomes uncertain.
 */
export class Draft {
  readonly #memory: Memory;
  #version: number;
  #script!: Script;
  #operation!: Operation;
  #condition: string | undefined;

  /** @param start the dialect of a database that is empty, or a schema to go on from, which stays as it is */
  constructor(start: Dialect | Schema) {
    this.#memory = typeof start === 'string' ? emptyMemory(start) : start.fork();
    this.#version = typeof start === 'string' ? 0 : start.version;
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
    const { facts, migration, down } = this.#script;
    return { facts, ...(migration && { migration }), operation: this.#operation, ...(down && { down }) };
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
    return this.#memory.links.to('reference', key).flatMap((referrer) => schema.tableByKey(referrer) ?? []);
  }

  /** Tables that may have a column of the type with this key. */
  usersOf(key: string): TableState[] {
    const schema = this.schema;
    return this.#memory.links.to('type', key).flatMap((user) => schema.tableByKey(user) ?? []);
  }

  /** The views that read the table or view with this key. */
  viewsOver(key: string): ViewState[] {
    return this.schema.viewsOver(key);
  }

  putType(type: TypeState): void {
    this.#put(this.#memory.types, type);
  }

  putView(view: ViewState): void {
    for (const { key } of view.reads) this.#memory.links.add('view', view.key, key);
    this.#put(this.#memory.views, view);
  }

  /** The sequences that go with columns of the table with this key. */
  sequencesOf(key: string): (SequenceState & { ownedBy: { table: string; column: string } })[] {
    return this.#memory.links
      .to('sequence', key)
      .flatMap((each) => this.schema.sequenceByKey(each) ?? [])
      .flatMap((each) => (each.ownedBy?.table === key ? [{ ...each, ownedBy: each.ownedBy }] : []));
  }

  putSequence(sequence: SequenceState): void {
    if (sequence.ownedBy) this.#memory.links.add('sequence', sequence.key, sequence.ownedBy.table);
    this.#put(this.#memory.sequences, sequence);
  }

  putNamespace(namespace: NamespaceState): void {
    this.#put(this.#memory.namespaces, namespace);
  }

  removeType(type: TypeState): void {
    this.#remove(this.#memory.types, type);
  }

  removeView(view: ViewState): void {
    this.#remove(this.#memory.views, view);
  }

  removeSequence(sequence: SequenceState): void {
    this.#remove(this.#memory.sequences, sequence);
  }

  removeNamespace(namespace: NamespaceState): void {
    this.#remove(this.#memory.namespaces, namespace);
  }

  #put<T extends NamedObject>(objects: Timeline<T>, state: T): void {
    objects.set(state.key, this.#version, this.#condition === undefined ? state : doubted(state, this.#condition));
  }

  #remove<T extends NamedObject>(objects: Timeline<T>, state: T): void {
    const left = this.#condition === undefined ? undefined : doubted(state, this.#condition);
    objects.set(state.key, this.#version, left);
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
    const own = column.default ? withDefault(column, column.default) : column;
    return this.withDefaultType({ column: own, origin: this.origin, uncertain: column.uncertain });
  }

  /** A column whose default may be another one from now on. */
  withDefaultType(changed: ColumnState): ColumnState {
    const state = { ...changed };
    delete state.defaultType;
    const { type, default: initial } = state.column;
    const key = initial?.by === 'server' ? typeKey(type.name, this.dialect) : undefined;
    return key !== undefined && this.schema.typeByKey(key) ? { ...state, defaultType: key } : state;
  }

  /** An index as it stands on `table` once it is made; the database's own name where none is written. */
  indexState(index: Index, table: TableState): IndexState {
    const name = this.#folded(index.name) ?? this.#defaultName(table, indexParts(index.keys, this.dialect));
    const state = { index, ...(name !== undefined && { name }), origin: this.origin, uncertain: index.uncertain };
    return table.partitioned ? { ...state, family: this.#family() } : state;
  }

  constraintState(constraint: Constraint, table: TableState): ConstraintState {
    const parts = () => constraintParts(constraint, () => table.columns.values(), this.dialect);
    const name = this.#folded(constraint.name) ?? this.#defaultName(table, parts());
    const { uncertain } = constraint;
    const state = { constraint, ...(name !== undefined && { name }), origin: this.origin, uncertain };
    return table.partitioned ? { ...state, family: this.#family() } : state;
  }

  #family(): number {
    return ++this.#memory.families.last;
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
      this.#memory.links.add('reference', table.key, this.key(each.constraint.target));
    }
    if (table.partitionOf !== undefined && before?.partitionOf !== table.partitionOf) {
      this.#memory.links.add('partition', table.key, table.partitionOf);
    }
    if (before?.columns !== table.columns) this.#linkTypes(table, before?.columns);
    this.#memory.tables.set(table.key, this.#version, table);
  }

  #linkTypes(table: TableState, before: Columns | undefined): void {
    for (const key of (before && table.columns.writtenSince(before)) ?? table.columns.keys()) {
      const type = table.columns.get(key)?.column.type.name;
      const known = type === undefined ? undefined : typeKey(type, this.dialect);
      if (known !== undefined && this.schema.typeByKey(known)) this.#memory.links.add('type', table.key, known);
    }
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
