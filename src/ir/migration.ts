import type { Anchor } from './anchor.js';
import type { Dialect } from './dialect.js';
import type { Name, QualifiedName } from './name.js';
import type {
  Column,
  ColumnType,
  ColumnUse,
  Condition,
  Constraint,
  Default,
  EnumType,
  Expression,
  Identity,
  Index,
  Table,
} from './schema.js';
import type { Span, Text } from './span.js';
import type { Statement } from './statement.js';

/**
 * How a fact was read. `ast`: a grammar of the dialect agreed. `shape`: target and actions read by the shape reader.
 * `target`: the object is known, the actions are not. `opaque`: not read. `api`: a call of a migration API, no SQL text involved.
 */
export type Provenance = 'api' | 'ast' | 'shape' | 'target' | 'opaque';

/** The condition that an operation stands under. */
export interface Guard {
  /**
   * `existence`: runs only if the object is there, or is not. `dialect`: only on `dialects`.
   * `idempotent`: errors about an existing object are swallowed. `unknown`: any other condition.
   */
  kind: 'existence' | 'dialect' | 'idempotent' | 'unknown';
  /** The only ones that it runs on, also beside a condition of another kind. */
  dialects?: Dialect[];
  span: Span;
}

interface OperationBase {
  /** The narrowest text that a person would edit: the call, or the action of the statement. */
  span: Span;
  provenance: Provenance;
  guard?: Guard;
  ifExists?: true;
  ifNotExists?: true;
  cascade?: true;
  /** MySQL's ALGORITHM= and LOCK= of the statement that it belongs to, in lower case: `inplace`, `none`. */
  algorithm?: string;
  lock?: string;
  /** MariaDB's WAIT and NOWAIT: seconds that the statement waits for a lock before it gives up. */
  lockWait?: number;
  /** T-SQL's `WITH (ONLINE = ON)` at a key or column: the table can be written to meanwhile. */
  online?: true;
  /** A call inside of Alembic's `batch_alter_table`, which makes a table of SQLite anew. */
  inBatch?: true;
  /** What a call that alters a column changes of it, and what it states for databases that want to hear it again. */
  altering?: { changed: ColumnPart[]; restated: ColumnPart[] };
  /** Unrolled from a loop or inlined from a helper: the span is the call inside it. */
  repeated?: true;
  anchor?: Anchor;
}

/** A part of a column's definition. */
export type ColumnPart = 'name' | 'type' | 'nullable' | 'default' | 'comment' | 'autoincrement';

interface OnTable extends OperationBase {
  table: QualifiedName;
}

/** MySQL: where in the table a column comes to stand; absent for the end, or for where it was. */
export type ColumnPosition = 'first' | { after: Name };

/** Operations on one table. */
export type TableOperation =
  | (OnTable & { kind: 'CreateTable'; definition: Table })
  /** A `foreign` table shows rows of another server, which keeps them. */
  | (OnTable & { kind: 'DropTable'; temporary?: true; foreign?: true })
  | (OnTable & { kind: 'RenameTable'; to: QualifiedName })
  | (OnTable & { kind: 'SetSchema'; schema: Name })
  | (OnTable & { kind: 'AddColumn'; column: Column; position?: ColumnPosition })
  | (OnTable & { kind: 'DropColumn'; column: Name })
  | (OnTable & { kind: 'RenameColumn'; column: Name; to: Name })
  | (OnTable & {
      kind: 'AlterColumnType';
      column: Name;
      type: ColumnType;
      collation?: string;
      using?: string;
      usingFrom?: Expression;
      /** The type that the author says it has before: Alembic's `existing_type`. */
      was?: ColumnType;
    })
  /** PostgreSQL 18 has NOT NULL constraints with a name, which may also be NOT VALID. */
  | (OnTable & { kind: 'SetNotNull'; column: Name; constraint?: Name; notValid?: true })
  | (OnTable & { kind: 'DropNotNull'; column: Name })
  | (OnTable & { kind: 'SetDefault'; column: Name; default: Default })
  | (OnTable & { kind: 'DropDefault'; column: Name })
  /**
   * A column becomes one that the database fills, or (`dropped`) ceases to be one. With `expression` it is worked out
   * anew; without `expression` and `dropped` it is an identity column from now on.
   */
  | (OnTable & { kind: 'SetGenerated'; column: Name; identity?: Identity; expression?: string; dropped?: true })
  /** How PostgreSQL stores the column's large values, in lower case. */
  | (OnTable & { kind: 'SetStorage'; column: Name; storage?: string; compression?: string })
  /** MySQL MODIFY/CHANGE: the whole definition anew, what it leaves out is lost. */
  | (OnTable & { kind: 'ModifyColumn'; column: Name; definition: Column; position?: ColumnPosition; was?: ColumnType })
  | (OnTable & { kind: 'AddConstraint'; constraint: Constraint })
  | (OnTable & { kind: 'DropConstraint'; constraint?: Name; constraintKind?: Constraint['kind'] })
  | (OnTable & { kind: 'ValidateConstraint'; constraint: Name })
  /** What is not set stays as it is. */
  | (OnTable & {
      kind: 'AlterConstraint';
      constraint: Name;
      deferrable?: boolean;
      initiallyDeferred?: boolean;
      enforced?: boolean;
    })
  | (OnTable & { kind: 'RenameConstraint'; constraint: Name; to: Name })
  | (OnTable & { kind: 'CreateIndex'; index: Index })
  | (OnTable & { kind: 'AttachPartition'; partition: QualifiedName })
  | (OnTable & { kind: 'DetachPartition'; partition: QualifiedName; concurrently?: true })
  /** DropPartition takes the rows along. */
  | (OnTable & { kind: 'AddPartition' | 'DropPartition'; partition?: Name })
  | (OnTable & { kind: 'AlterIndexVisibility'; index: Name; visible: boolean })
  | (OnTable & { kind: 'CreateTrigger'; name?: Name })
  | (OnTable & { kind: 'CreatePolicy'; name?: Name })
  | (OnTable & { kind: 'SetRowSecurity'; enabled: boolean })
  /** `history`: the table that T-SQL keeps the earlier versions of rows in from now on. */
  | (OnTable & { kind: 'TableOption'; text: string; history?: QualifiedName })
  /** CONVERT TO CHARACTER SET: every text column of the table, its rows too. */
  | (OnTable & { kind: 'ConvertCharset'; charset?: string; collation?: string })
  /** SQLite's copy, drop, rename; or Alembic's batch mode there. */
  /** Of the whole table, or of one partition. */
  | (OnTable & { kind: 'Truncate'; partition?: Name })
  | (OnTable & { kind: 'Lock'; mode: string })
  | (OnTable & { kind: 'Insert' })
  /** The condition tells of columns that may be the table's own: not of those that are qualified by another one. */
  | (OnTable & { kind: 'Update' | 'Delete'; where: Where; condition?: Condition; columns: Name[] })
  | (OnTable & { kind: 'Merge' });

/** Whether rows are limited. `tautology`: a WHERE that is always true. `unknown`: part of the clause is a hole. */
export type Where = 'present' | 'absent' | 'tautology' | 'unknown';

/** Operations on other objects, or on none. */
export type OtherOperation = OperationBase &
  /** `tableOmitted`: a call of a migration API that could name the table, and doesn't. */
  (
    | { kind: 'DropIndex'; index: QualifiedName; table?: QualifiedName; tableOmitted?: true; concurrently?: true }
    /** `table` where the dialect names indexes within it. */
    | { kind: 'RenameIndex'; index: QualifiedName; table?: QualifiedName; to: Name }
    /** Only PostgreSQL names the table. */
    | { kind: 'DropTrigger'; table?: QualifiedName; name?: Name }
    /** What PostgreSQL's REINDEX names; absent in other dialects. Of a schema or more it builds every index. */
    | {
        kind: 'Reindex';
        object?: 'index' | 'table' | 'schema' | 'database' | 'system';
        target?: QualifiedName;
        concurrently?: true;
      }
    | {
        kind: 'CommentOn';
        object: 'table' | 'column' | 'other';
        table?: QualifiedName;
        column?: Name;
        comment: Text | null;
      }
    | { kind: 'CreateEnumType'; type: EnumType }
    /** Behind all others unless it says `before` or `after` which one. */
    | { kind: 'AddEnumValue'; type: QualifiedName; value: string; before?: string; after?: string }
    | { kind: 'RenameEnumValue'; type: QualifiedName; value: string; to: string }
    /** A composite, range or base type, or a domain. */
    | { kind: 'CreateType'; type: QualifiedName }
    /** `schema`: the one that it moves to. */
    | { kind: 'AlterType'; type: QualifiedName; schema?: Name }
    | { kind: 'DropType'; type: QualifiedName }
    | { kind: 'RenameType'; type: QualifiedName; to: Name }
    /** `ownedBy`: the column that it goes with from then on; null for none. */
    | {
        kind: 'CreateSequence' | 'AlterSequence';
        sequence: QualifiedName;
        ownedBy?: { table: QualifiedName; column: Name } | null;
      }
    | { kind: 'RenameSequence'; sequence: QualifiedName; to: QualifiedName }
    | { kind: 'DropSequence'; sequence: QualifiedName }
    /** `uses`: the columns that its query names; absent where no grammar has read it. */
    | { kind: 'CreateView' | 'CreateMaterializedView'; view: QualifiedName; uses?: ColumnUse[] }
    | { kind: 'DropView' | 'DropMaterializedView'; view: QualifiedName }
    /** A materialized one too. `to` has the schema that it moves to, or stays in. */
    | { kind: 'RenameView'; view: QualifiedName; to: QualifiedName }
    | { kind: 'RefreshMaterializedView'; view: QualifiedName; concurrently?: true }
    | { kind: 'CreateRoutine' | 'DropRoutine'; routine: QualifiedName }
    | { kind: 'CreateExtension'; name: Name }
    /** In MySQL and MariaDB a schema is a database. */
    | { kind: 'CreateSchema' | 'DropSchema'; schema: Name }
    /** A database other than the one that the migrations run in, with all that it holds. */
    | { kind: 'DropDatabase'; database: Name }
    | { kind: 'RenameSchema'; schema: Name; to: Name }
    | { kind: 'Grant' | 'Revoke' | 'Select' | 'Copy' | 'Call' }
    | { kind: 'Vacuum' | 'Cluster'; table?: QualifiedName; full?: true }
    | { kind: 'SetSetting'; name: string; value: string; scope: 'session' | 'transaction' | 'global' }
    | { kind: 'Transaction'; action: 'begin' | 'commit' | 'rollback' | 'savepoint' }
    /** A DO block: what is inside stands in the statement's children. */
    | { kind: 'Anonymous' }
    /**
     * Can't be known. `touches` names the objects that it may change; empty with `anything` set where even that is unknown.
     */
    | { kind: 'Opaque'; reason: string; touches: QualifiedName[]; anything?: true }
  );

/** One change to the schema or its data, in the closed vocabulary that every front end maps to. */
export type Operation = TableOperation | OtherOperation;

/** One step of a migration: a call of the migration API, or an SQL statement that it sends. */
export type Step = { operation: Operation; inTransaction: TransactionState } | { statement: Statement };

/** Whether a step runs inside a transaction of the runner or the script. */
export type TransactionState = 'yes' | 'no' | 'unknown';

/** The up or down half of a migration. */
export interface MigrationBody {
  /**
   * `present`: has steps. `empty`: is there and does nothing. `raises`: refuses unconditionally. `missing`: should be
   * there and isn't. `unsupported`: this runner has no such half, or the author says that there is nothing to take back.
   */
  state: 'present' | 'empty' | 'raises' | 'missing' | 'unsupported';
  steps: Step[];
  /** The body, or where it would be written. */
  span: Span;
}

/** The tool that runs a migration. `plain` is a folder of SQL files whose tool is not known. */
export type Runner =
  | 'alembic'
  | 'typeorm'
  | 'mikro-orm'
  | 'drizzle'
  | 'sequelize'
  | 'knex'
  | 'kysely'
  | 'prisma'
  | 'db-migrate'
  | 'goose'
  | 'dbmate'
  | 'sqlx'
  | 'golang-migrate'
  | 'diesel'
  | 'flyway'
  | 'atlas'
  | 'supabase'
  | 'liquibase'
  | 'plain';

/** One migration of a history. */
export interface Migration {
  /** Unique within its history: the revision id, the class or file name. */
  id: string;
  /** Folder of the history it belongs to, POSIX, relative to the project. */
  history: string;
  runner: Runner;
  /** Ids that it follows. Absent where the runner orders by `order` alone; empty for a base revision. */
  parents?: string[];
  dependsOn: string[];
  branchLabels: string[];
  /** Sort key inside the history: numbers compare as numbers, text bytewise. */
  order: (number | string)[];
  message?: Text;
  /** All that the file says of it at its head: the docstring of a revision. */
  doc?: Text;
  /** What the runner wraps in one transaction by default, before opt-outs written in the file. */
  transaction: 'all' | 'each' | 'none' | 'unknown';
  up: MigrationBody;
  down: MigrationBody;
  /**
   * The file holds the way back alone. The migration itself, of the same history, is in the file of the way there, which
   * tells the state of `down`; the steps of `down` are here, where their spans belong.
   */
  half?: 'down';
  /** Where the migration is named: the revision assignment, the class name, the file's start. */
  span: Span;
  anchor?: Anchor;
}
