import type { Column, Constraint, Default, Index, Relationship, Table } from './schema.js';
import type { Metadata, NamingConvention } from './metadata.js';
import type { ColumnPart, Migration, Operation } from './migration.js';
import type { Statement } from './statement.js';
import type { Setting, SettingPiece } from './configuration.js';
import type { Comment, ModuleImport } from './facts.js';
import type { Dialect } from './dialect.js';
import type { AutogenerateRead, EnvironmentConfigure } from './environment.js';
import type { Engine } from './engine.js';
import type { Name, QualifiedName } from './name.js';
import type { SqlSite } from './sql-site.js';
import type { Span } from './span.js';
import type {
  ColumnComparison,
  LegacyBase,
  LegacyQuery,
  SavepointHandler,
  SessionCall,
  SessionOpened,
} from './usage.js';

/** Replace `span` by `text`; an empty span inserts. Edits of one change do not overlap. */
export interface TextEdit {
  span: Span;
  text: string;
}

/** Where an operation stands: the SQL statement that it was read from, and its migration. */
export interface Around {
  statement?: Statement;
  migration?: Migration;
}

/**
 * A front end's pen: a rule states an intent, the pen writes it in the file's language. Each gives edits of the
 * file that the fact came from, or nothing where it can't be written safely.
 */
export interface Authoring {
  setColumnComment(column: Column, text: string, table: Table): TextEdit[] | undefined;
  setTableComment(table: Table, text: string): TextEdit[] | undefined;
  /** Write down the name that a table has by default. */
  nameTable(table: Table): TextEdit[] | undefined;
  documentRelationship(relationship: Relationship, text: string): TextEdit[] | undefined;
  /** Index the columns of a foreign key where it is declared; `concurrently` where nothing there runs in a transaction. */
  addIndex(
    key: Extract<Constraint, { kind: 'foreign' }>,
    table: Table,
    manner?: { concurrently: boolean },
  ): TextEdit[] | undefined;
  removeIndex(index: Index): TextEdit[] | undefined;
  makeConcurrent(
    operation: Extract<Operation, { kind: 'CreateIndex' | 'DropIndex' | 'Reindex' }>,
    around?: Around,
  ): TextEdit[] | undefined;
  /** Write other operations in the place of one that is a statement or call of its own, in the order in which they run. */
  replaceOperation(operation: Operation, by: readonly Operation[], around: Around): TextEdit[] | undefined;
  /** Write operations before or behind one that is a statement or call of its own. */
  addOperations(
    operation: Operation,
    added: readonly Operation[],
    where: 'before' | 'behind',
    around: Around,
  ): TextEdit[] | undefined;
  /** Let an operation run outside of the runner's transaction: by itself, or else its whole migration. */
  leaveTransaction(operation: Operation, around: Around): TextEdit[] | undefined;
  /** Send statements of one string by a call each. */
  sendApart(statements: readonly Statement[]): TextEdit[] | undefined;
  /** Take away the CASCADE of an operation. */
  dropCascade(operation: Operation, around: Around): TextEdit[] | undefined;
  /** Name further tables in a TRUNCATE, behind its last one, in place of its CASCADE. */
  truncateTogether(
    operation: Extract<Operation, { kind: 'Truncate' }>,
    others: readonly QualifiedName[],
    around: Around,
  ): TextEdit[] | undefined;
  /** Add a foreign key or check without looking at the rows that are there. */
  addNotValid(operation: Extract<Operation, { kind: 'AddConstraint' }>, around: Around): TextEdit[] | undefined;
  /** Quote a name of SQL text as the dialect does; `name.value` is what stands between the quotes. */
  quoteIdentifier(name: Name, dialect: Dialect): TextEdit[] | undefined;
  bindParameters(site: SqlSite): TextEdit[] | undefined;
  /** Give a table a key of its own: a first column `id` that the database fills. */
  addPrimaryKey(table: Table): TextEdit[] | undefined;
  /** Write the way back of a migration: `operations` in the order in which they run. */
  writeDowngrade(migration: Migration, operations: readonly Operation[]): TextEdit[] | undefined;
  /** Write a note at the head of a migration, for the one who applies it. */
  writeNote(migration: Migration, note: string): TextEdit[] | undefined;
  /** Name the table of an index that is dropped. */
  nameIndexTable(operation: Extract<Operation, { kind: 'DropIndex' }>, table: QualifiedName): TextEdit[] | undefined;
  /** State parts of a column again, as it is, where a call alters others. */
  restateColumn(operation: Operation, column: Column, parts: readonly ColumnPart[]): TextEdit[] | undefined;
  /** Alter a table by Alembic's batch mode. */
  runInBatch(operation: Operation): TextEdit[] | undefined;
  /** Import a module under a name, or a name from it. */
  importName(name: string, from: { module: string; from?: true }): TextEdit[] | undefined;
  /** Describe the table of a class by itself where the class is imported, with the columns that the file uses. */
  describeTable(statement: ModuleImport, as: string, table: Table): TextEdit[] | undefined;
  /** Take comments out, with their lines where nothing else stands there. */
  removeComments(comments: readonly Comment[]): TextEdit[] | undefined;
  /** Give a column another name in the database, and leave its name in code. */
  nameColumn(column: Column, name: string, table: Table): TextEdit[] | undefined;
  /** Name a constraint that is written without a name; `final` past any naming convention. */
  nameConstraint(constraint: Constraint, name: string, manner?: { final: boolean }): TextEdit[] | undefined;
  /** Give metadata a naming convention: templates by key, in the order given. */
  setNamingConvention(
    metadata: Metadata,
    templates: readonly [key: string, template: string][],
  ): TextEdit[] | undefined;
  /** Write further entries into a naming convention. */
  addTemplates(
    convention: NamingConvention,
    templates: readonly [key: string, template: string][],
  ): TextEdit[] | undefined;
  /** Write another name in the place of one, where it is written out as it is. */
  replaceName(name: Name, to: string): TextEdit[] | undefined;
  /** Give an option of an engine or session factory a value. */
  setEngineOption(engine: Engine, name: string, value: boolean): TextEdit[] | undefined;
  /** Write false in the place of a literal true. */
  turnOff(value: Span): TextEdit[] | undefined;
  /** Read an environment variable, which has to be set, in place of an expression. */
  readFromEnvironment(expression: Span, variable: string): TextEdit[] | undefined;
  /** Double each `%` of the text that an expression gives, as a ConfigParser asks for. */
  doublePercent(expression: Span): TextEdit[] | undefined;
  /** Let a migration follow another one in place of the only one that it follows, or of none. */
  setParent(migration: Migration, parent: string): TextEdit[] | undefined;
  /** Give a column the type of another one. */
  setColumnType(column: Column, like: Column, table: Table): TextEdit[] | undefined;
  /** Let the code's type of an attribute say whether it may be None or null. */
  annotateNullable(fact: Column | Relationship, nullable: boolean, table: Table): TextEdit[] | undefined;
  /** Let the code's type of an attribute say what the column holds. */
  annotateColumn(column: Column, table: Table): TextEdit[] | undefined;
  /** Let the database fill a column as its client default does. */
  setServerDefault(column: Column, table: Table): TextEdit[] | undefined;
  /** Let each change of a row set a column to the present moment. */
  setOnChange(column: Column, table: Table): TextEdit[] | undefined;
  /** Let a default that gives a moment without a time zone give one in UTC. */
  makeAware(given: Default): TextEdit[] | undefined;
  /** Let a column keep moments with a time zone. */
  keepTimezone(column: Column, table: Table): TextEdit[] | undefined;
  setLoading(relationship: Relationship, strategy: string): TextEdit[] | undefined;
  /** Let a class that describes a table be one: `table=True` of SQLModel. */
  declareTable(table: Table): TextEdit[] | undefined;
  /** Add to a class of the file the attribute that a relationship names as its inverse. */
  addInverse(relationship: Relationship, from: Table, to: Table): TextEdit[] | undefined;
  /** Write a comparison as a call of the column's method: `User.active.is_(True)`. */
  compareByMethod(
    comparison: ColumnComparison,
    method: 'is_' | 'is_not' | 'isnot',
    argument: 'True' | 'False' | 'None',
  ): TextEdit[] | undefined;
  /** Declare a base class that a function makes: `class Base(DeclarativeBase)`. */
  declareBase(base: LegacyBase): TextEdit[] | undefined;
  /** Write a legacy query as a `select()` that the session runs. */
  selectInstead(query: LegacyQuery): TextEdit[] | undefined;
  /** Put the handler of an error around the savepoint that it stands in. */
  handleOutside(handler: SavepointHandler): TextEdit[] | undefined;
  /** Put a call that ends its loop's body behind the loop. */
  callAfterLoop(call: SessionCall): TextEdit[] | undefined;
  /** Let a `with` close what is opened. */
  closeByWith(opened: SessionOpened): TextEdit[] | undefined;
  /** Give a call that configures Alembic an option, over a value that is there. */
  setAlembicOption(configure: EnvironmentConfigure, name: string, value: boolean): TextEdit[] | undefined;
  /**
   * Let an env.py compare with metadata, in place of the None that stands for it, or as an option of a call.
   * @param metadata the module and the name that it exports, and the attribute of that which is the `MetaData`
   */
  setTargetMetadata(
    at: Span | EnvironmentConfigure,
    metadata: { module: string; name: string; attribute?: 'metadata' },
  ): TextEdit[] | undefined;
  /** Read an option of the command line that need not be there. */
  readAutogenerate(read: AutogenerateRead): TextEdit[] | undefined;
  /** Put a comment that belongs to a setting's value on the line above. */
  separateComment(setting: Setting, piece: SettingPiece): TextEdit[] | undefined;
  /** Write a `%` of a setting's value as `%%`. */
  escapePercent(piece: SettingPiece): TextEdit[] | undefined;
}
