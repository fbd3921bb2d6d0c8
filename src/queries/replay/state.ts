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
import { Timeline } from './timeline.js';

/** The operation that made an object, and where it stands. */
export interface Origin {
  facts: FileFacts;
  /** Absent for a file of SQL outside of migrations. */
  migration?: Migration;
  operation: Operation;
}

interface ObjectState {
  origin: Origin;
  /** What may be otherwise: the object stands under a condition, or something unread may have changed it. */
  uncertain: Uncertainty[];
}

/** A column as the operations so far have left it. Keys, uniques and indexes written at it stand on the table. */
export interface ColumnState extends ObjectState {
  column: Column;
}

export interface IndexState extends ObjectState {
  index: Index;
  /** Nobody wrote it: MySQL keeps it for a foreign key. */
  implied?: true;
  /** As the database compares it, PostgreSQL's default name included; absent where that is not known. */
  name?: string;
}

export interface ConstraintState extends ObjectState {
  constraint: Constraint;
  /** As of an index. */
  name?: string;
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

/** Everything that a replay remembers, for all versions at once. */
export interface Memory {
  dialect: Dialect;
  tables: Timeline<TableState>;
  /** From the key of an index, or of a constraint's name, to the key of its table: such names are unique in a schema. */
  indexOwners: Timeline<string>;
  /** Key `*`: why any object may have been changed by something that can't be read. */
  doubts: Timeline<string>;
}

/** The memory of a replay that has not begun. */
export function emptyMemory(dialect: Dialect): Memory {
  return { dialect, tables: new Timeline(), indexOwners: new Timeline(), doubts: new Timeline() };
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

  /** The table of an index that is named without it. */
  ownerOf(index: QualifiedName): TableState | undefined {
    const key = this.memory.indexOwners.get(objectKey(index, this.dialect), this.version);
    return key === undefined ? undefined : this.tableByKey(key);
  }
}

/** The key of a column within its table. */
export function columnKey(name: string): string {
  return name.toLowerCase();
}
