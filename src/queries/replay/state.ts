import type {
  Column,
  Constraint,
  Dialect,
  FileFacts,
  Index,
  Migration,
  Operation,
  QualifiedName,
  Table,
  Text,
  Uncertainty,
} from '../../ir/index.js';
import { objectKey } from '../names.js';
import type { Columns } from './columns.js';
import { Links } from './links.js';
import { Timeline } from './timeline.js';

/** The operation that made an object, and where it stands. */
export interface Origin {
  facts: FileFacts;
  /** Absent for a file of SQL outside of migrations. */
  migration?: Migration;
  operation: Operation;
  /** The way back of the migration made it. */
  down?: true;
}

/** What the states of all objects have. */
export interface ObjectState {
  origin: Origin;
  /** What may be otherwise: the object stands under a condition, or something unread may have changed it. */
  uncertain: Uncertainty[];
}

/** A column as the operations so far have left it. Keys, uniques and indexes written at it stand on the table. */
export interface ColumnState extends ObjectState {
  column: Column;
  /** Key of the type of the user's own that its default is a value of: CASCADE takes the default along with the type. */
  defaultType?: string;
}

export interface IndexState extends ObjectState {
  index: Index;
  /** Nobody wrote it: MySQL keeps it for a foreign key. */
  implied?: true;
  /** As the database compares it, PostgreSQL's default name included; absent where that is not known. */
  name?: string;
  /** Of a partitioned table and its partitions: what is of the same family goes together. */
  family?: number;
}

export interface ConstraintState extends ObjectState {
  constraint: Constraint;
  /** As of an index. */
  name?: string;
  family?: number;
}

/** A table as the operations so far have left it. Never changed in place. */
export interface TableState {
  name: QualifiedName;
  /** See objectKey. */
  key: string;
  /** Names that differ by case alone are taken as one. */
  columns: Columns;
  constraints: readonly ConstraintState[];
  indexes: readonly IndexState[];
  comment?: Text;
  /** The declaration it was created with; absent for an external table. */
  definition?: Table;
  /** The creating operation; for an external table the first one that named it. */
  origin: Origin;
  /** Created outside of what is replayed: only what later operations say of it is known. */
  external: boolean;
  temporary: boolean;
  partitioned: boolean;
  /** Key of the parent that it is a partition of. */
  partitionOf?: string;
  uncertain: Uncertainty[];
}

/** A schema object other than a table, under its key (see objectKey). */
export interface NamedObject extends ObjectState {
  name: QualifiedName;
  key: string;
}

/** One label of an enum type, and what added it or gave it its name. */
export interface EnumValue {
  value: string;
  origin: Origin;
}

/** A type of the user's own. */
export interface TypeState extends NamedObject {
  /** In the order of the type; absent for a domain, a composite or a range, and for an enum made elsewhere. */
  values?: readonly EnumValue[];
}

/** An enum type whose labels are known. */
export type EnumTypeState = TypeState & { values: readonly EnumValue[] };

/** A table or view that the query of a view reads. */
export interface ViewSource {
  /** See objectKey. */
  key: string;
  /**
   * Keys of the columns that it takes from there (see columnKey); absent where that is not known, as where no grammar has
   * read the query.
   */
  columns?: readonly string[];
}

/** A view as the operations so far have left it. */
export interface ViewState extends NamedObject {
  materialized: boolean;
  /** Each table and view once. */
  reads: readonly ViewSource[];
}

/** A sequence that a statement of its own made; those of serial and identity columns are part of the column. */
export interface SequenceState extends NamedObject {
  /** The column that it goes with. */
  ownedBy?: { table: string; column: string };
}

/** A namespace that the migrations made. */
export type NamespaceState = NamedObject;

/** Everything that a replay remembers, for all versions at once. */
export interface Memory {
  dialect: Dialect;
  tables: Timeline<TableState>;
  types: Timeline<TypeState>;
  views: Timeline<ViewState>;
  sequences: Timeline<SequenceState>;
  namespaces: Timeline<NamespaceState>;
  /** From the key of an index, or of a constraint's name, to the key of its table: such names are unique in a schema. */
  indexOwners: Timeline<string>;
  /** Key `*`: why any object may have been changed by something that can't be read. */
  doubts: Timeline<string>;
  links: Links;
  /** The last number of a family of indexes or constraints. */
  families: { last: number };
}

/** The memory of a replay that has not begun. */
export function emptyMemory(dialect: Dialect): Memory {
  return {
    dialect,
    tables: new Timeline(),
    types: new Timeline(),
    views: new Timeline(),
    sequences: new Timeline(),
    namespaces: new Timeline(),
    indexOwners: new Timeline(),
    doubts: new Timeline(),
    links: new Links(),
    families: { last: 0 },
  };
}

/** The schema at one moment of a replay. Making one costs nothing; it stays true while the replay goes on. */
export class Schema {
  constructor(
    private readonly memory: Memory,
    readonly version: number,
  ) {}

  get dialect(): Dialect {
    return this.memory.dialect;
  }

  /** What a replay remembers that goes another way from here. */
  fork(): Memory {
    const { memory, version } = this;
    const { dialect, links, families } = memory;
    return {
      dialect,
      tables: memory.tables.fork(version),
      types: memory.types.fork(version),
      views: memory.views.fork(version),
      sequences: memory.sequences.fork(version),
      namespaces: memory.namespaces.fork(version),
      indexOwners: memory.indexOwners.fork(version),
      doubts: memory.doubts.fork(version),
      links,
      families,
    };
  }

  /** Why objects may differ from what is shown although nothing named them; absent where everything was read. */
  get doubt(): string | undefined {
    return this.memory.doubts.get('*', this.version);
  }

  table(name: QualifiedName): TableState | undefined {
    return this.tableByKey(objectKey(name, this.dialect));
  }

  tableByKey(key: string): TableState | undefined {
    return this.memory.tables.get(key, this.version);
  }

  tables(): Iterable<TableState> {
    return this.memory.tables.values(this.version);
  }

  /** A type of the user's own that the migrations made. */
  type(name: QualifiedName): TypeState | undefined {
    return this.typeByKey(objectKey(name, this.dialect));
  }

  typeByKey(key: string): TypeState | undefined {
    return this.memory.types.get(key, this.version);
  }

  types(): Iterable<TypeState> {
    return this.memory.types.values(this.version);
  }

  /** An enum type that the migrations made; nothing where its labels are not known, or where it is of another kind. */
  enumType(name: QualifiedName): EnumTypeState | undefined {
    const type = this.type(name);
    return type && isEnum(type) ? type : undefined;
  }

  view(name: QualifiedName): ViewState | undefined {
    return this.viewByKey(objectKey(name, this.dialect));
  }

  viewByKey(key: string): ViewState | undefined {
    return this.memory.views.get(key, this.version);
  }

  /** Materialized ones included. */
  views(): Iterable<ViewState> {
    return this.memory.views.values(this.version);
  }

  /** The views whose queries name the table or view with this key. */
  viewsOver(key: string): ViewState[] {
    return this.memory.links
      .to('view', key)
      .flatMap((each) => this.viewByKey(each) ?? [])
      .filter(({ reads }) => reads.some((source) => source.key === key));
  }

  sequence(name: QualifiedName): SequenceState | undefined {
    return this.sequenceByKey(objectKey(name, this.dialect));
  }

  sequenceByKey(key: string): SequenceState | undefined {
    return this.memory.sequences.get(key, this.version);
  }

  sequences(): Iterable<SequenceState> {
    return this.memory.sequences.values(this.version);
  }

  namespace(key: string): NamespaceState | undefined {
    return this.memory.namespaces.get(key, this.version);
  }

  /** Schemas in the sense of PostgreSQL that the migrations made. */
  namespaces(): Iterable<NamespaceState> {
    return this.memory.namespaces.values(this.version);
  }

  /** Tables that may have a foreign key to the one with this key: they have, or once had. */
  referrersOf(key: string): TableState[] {
    return this.memory.links.to('reference', key).flatMap((each) => this.tableByKey(each) ?? []);
  }

  /** The partitions of the table with this key. */
  partitionsOf(key: string): TableState[] {
    return this.memory.links
      .to('partition', key)
      .flatMap((each) => this.tableByKey(each) ?? [])
      .filter(({ partitionOf }) => partitionOf === key);
  }

  /** The table of an index that is named without it. */
  ownerOf(index: QualifiedName): TableState | undefined {
    const key = this.memory.indexOwners.get(objectKey(index, this.dialect), this.version);
    return key === undefined ? undefined : this.tableByKey(key);
  }
}

/** Whether the labels of a type are known. */
export const isEnum = (type: TypeState): type is EnumTypeState => type.values !== undefined;

/** The key of a column within its table. */
export function columnKey(name: string): string {
  return name.toLowerCase();
}
