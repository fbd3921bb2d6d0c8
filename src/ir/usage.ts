import type { Anchor } from './anchor.js';
import type { Span } from './span.js';

/** What application or configuration code does with the database, apart from SQL text. */
export type Usage =
  | SchemaSync
  | SchemaDrop
  | UnfilteredChange
  | LegacyQuery
  | LegacyBase
  | ColumnComparison
  | SessionOpened
  | SessionCall
  | SavepointHandler
  | BulkWrite
  | CurrentStyle
  | SharedSession
  | MissingAwait
  | EarlyCallback
  | UnexecutedBuilder;

interface Use {
  /** The API as a person knows it: `session.query().delete()`. */
  api: string;
  context: 'application' | 'migration' | 'test';
  span: Span;
}

/** `create_all()`, `synchronize: true`: the schema is made from the models, past the migrations. */
export interface SchemaSync extends Use {
  kind: 'schema-sync';
  /** The same function also marks the database as migrated: `alembic stamp head`. */
  stamped?: true;
  /** `alter`: tables that exist are made to fit. `recreate`: they are dropped first. */
  effect?: 'create' | 'alter' | 'recreate';
  /** The value `true` of the option that drops them. */
  forced?: Span;
}

/** `metadata.drop_all()`, `dataSource.dropDatabase()`: all tables go, or all that the models know. */
export interface SchemaDrop extends Use {
  kind: 'schema-drop';
  /** Name of the function around the call. */
  within?: string;
}

/** A call of a query builder that deletes or updates with no condition. */
export interface UnfilteredChange extends Use {
  kind: 'unfiltered-delete' | 'unfiltered-update';
  /** Table or class that it concerns, as written; absent where it can't be resolved. */
  target?: string;
  /** A condition is written, and always true. */
  where?: 'tautology';
}

export type SessionLibrary =
  | 'sqlalchemy'
  | 'sqlmodel'
  | 'flask-sqlalchemy'
  | 'typeorm'
  | 'mikro-orm'
  | 'sequelize'
  | 'knex'
  | 'prisma'
  | 'pg'
  | 'mysql2';

/** A call of a query API that its library keeps for old code. The span is the whole chain of calls. */
export interface LegacyQuery extends Use {
  kind: 'legacy-query';
  form:
    /** `session.query(User)` */
    | 'session.query'
    /** `User.query` of Flask-SQLAlchemy or of `scoped_session.query_property()` */
    | 'Model.query'
    /** TypeORM's functions that know one global connection. */
    | 'global-connection'
    /** Finders of TypeORM that take ids: `findByIds(ids)`, `findOne(id)`. */
    | 'find-by-id';
  library: SessionLibrary;
  /** What is asked for, as written; absent where that is no single expression. */
  target?: string;
  /** An entity class, rather than columns or expressions. */
  entity: boolean;
  /** The session is one of asyncio, which has no `query`. */
  asynchronous: boolean;
  /** The methods called on the query one after another: `filter`, `order_by`, `all`. */
  methods: string[];
  /** Where the call itself stands: `session.query(User)`. */
  head: Span;
  anchor?: Anchor;
}

/** A base class made by a function: `Base = declarative_base()`. */
export interface LegacyBase extends Use {
  kind: 'legacy-base';
  form: 'declarative_base' | 'generate_base' | 'as_declarative';
  /** Imported from `sqlalchemy.ext.declarative`, which 2.0 deprecates. */
  fromExtension: boolean;
  /** The variable that holds it. */
  name?: string;
  anchor?: Anchor;
}

/** A mapped column compared with `True`, `False` or `None` by `==` or `!=`. */
export interface ColumnComparison extends Use {
  kind: 'column-comparison';
  /** The column as written: `User.active`. */
  column: string;
  operator: '==' | '!=';
  value: 'True' | 'False' | 'None';
  /** The span of the column, and that of the constant. */
  operand: Span;
  constant: Span;
}

/** A session, connection, transaction, client or query runner that code opens. */
export interface SessionOpened extends Use {
  kind: 'session-opened';
  resource: 'session' | 'connection' | 'query runner' | 'transaction' | 'client';
  library: SessionLibrary;
  asynchronous: boolean;
  /** The name that holds it. */
  name?: string;
  /**
   * `with`: a `with` block, also through `closing()` or an exit stack. `finally`: closed in a `finally`. `straight`: closed, and
   * not where an error is raised before. `handed-over`: returned, yielded without a `finally`, stored on an object, or given
   * to a function that may close it. `registry`: the session of a `scoped_session`, which its `remove()` ends.
   * `module`: opened when the module is imported.
   */
  closed: 'with' | 'finally' | 'straight' | 'handed-over' | 'registry' | 'module' | 'never';
  anchor?: Anchor;
}

/** A call that ends or flushes a transaction, or saves an object. */
export interface SessionCall extends Use {
  kind: 'session-call';
  call: 'commit' | 'flush' | 'rollback' | 'save';
  library: SessionLibrary;
  /** The innermost loop around the call in its function. */
  loop?: {
    /** Runs until something ends it from inside: `while True`, a consumer that yields messages for ever. */
    endless: boolean;
    /** Under a condition on a counter or a list's length, behind a loop inside of this one, or per piece of a list that is cut. */
    batched: boolean;
    /** Leaves when it succeeded, and goes round again on an error. */
    retry: boolean;
    /** Each round stands for itself: its session is opened inside of the loop, or taken back there when an error comes. */
    isolated: boolean;
    /** What follows in the loop reads a key, which a flush fills, or hands on an object that the loop made. */
    keyRead: boolean;
    span: Span;
  };
  /** The handler of an error that it stands in. */
  handler?: 'except' | 'finally';
  /** It is all that a branch of a condition decides on, or part of it. */
  guarded: boolean;
  /** Conditions around the call in its function, as written, the innermost last. */
  conditions: string[];
  /** Name of the function around the call. */
  within?: string;
  /** What the next statement does, if it leaves the function. */
  then?: 'raise' | 'return';
  anchor?: Anchor;
}

/** A savepoint with the handler of an error inside of it: `with session.begin_nested(): try: … except …`. */
export interface SavepointHandler extends Use {
  kind: 'savepoint-handler';
  /** What is caught, as written. */
  caught: string[];
  /** The `try` sends its changes by itself: a flush, a commit or a statement. */
  flushed: boolean;
  /** The `try` holds an `add`, `delete` or the like, whose SQL waits for the flush. */
  pending: boolean;
  /** The whole `with`. */
  block: Span;
  anchor?: Anchor;
}

/** Many rows written one by one, or through an API for many. */
export interface BulkWrite extends Use {
  kind: 'bulk-write';
  form: 'bulk_save_objects' | 'bulk_insert_mappings' | 'bulk_update_mappings' | 'add-in-loop';
}

/** Code in the style of SQLAlchemy 2.0 or TypeORM 0.3, once for a file: it does not run with the versions before. */
export interface CurrentStyle extends Use {
  kind: 'current-style';
}

/** One session for all of a process: opened when the module is imported. */
export interface SharedSession extends Use {
  kind: 'shared-session';
  name: string;
  asynchronous: boolean;
}

/** A coroutine of an asynchronous session or connection that nothing waits for. */
export interface MissingAwait extends Use {
  kind: 'missing-await';
}

/** A query or change of the schema that is built and never run: a chain of Kysely without `execute()`. */
export interface UnexecutedBuilder extends Use {
  kind: 'unexecuted-builder';
}

/** A callback that is called where it should be handed over: `db.runSql(text, callback())`. The rest runs before the statement is done. */
export interface EarlyCallback extends Use {
  kind: 'early-callback';
  /** Its name. */
  callback: string;
}
