import type { Anchor } from './anchor.js';
import type { Name, QualifiedName } from './name.js';
import type { Span, Text, Uncertainty } from './span.js';

/** The library that declares a fact. `sql` is plain SQL text. */
export type Orm =
  | 'sqlalchemy'
  | 'sqlmodel'
  | 'flask-sqlalchemy'
  | 'alembic'
  | 'typeorm'
  | 'mikro-orm'
  | 'drizzle'
  | 'sequelize'
  | 'knex'
  | 'objection'
  | 'db-migrate'
  | 'kysely'
  | 'prisma'
  | 'sql';

/**
 * How long the value of an expression holds: for ever (`immutable`), for one statement (`stable`: `now()`), or for one
 * row (`volatile`: `random()`).
 */
export type Volatility = 'immutable' | 'stable' | 'volatile';

/** What a default of the ORM gives, as far as that is known without running it. */
export type ClientValue =
  | { kind: 'literal'; value: string | number | boolean }
  /** An expression that the ORM sends along with each statement: SQL. */
  | { kind: 'sql'; text: string }
  /** A member of an enum, by its names in code. */
  | { kind: 'member'; of: string; name: string }
  /** A new empty list or mapping. */
  | { kind: 'empty'; of: 'list' | 'dict' }
  | CalledValue;

/** A function makes the value. */
export interface CalledValue {
  kind: 'call';
  /** The function that does so in the end, dotted: `uuid.uuid4`, `datetime.datetime.now().replace`. */
  name: string;
  /** The arguments that it gets there, as written. */
  arguments: string[];
  /** What stands in the declaration in its place: `lambda`, or the name of a function of the project. */
  through?: string;
  /** It is called when the module is loaded: all rows get one value. */
  once?: true;
}

/** Where a default comes from. A `client` default is applied by the ORM and never reaches the database. */
export interface Default {
  by: 'server' | 'client';
  /** The expression as written, SQL for a server default. */
  text: string;
  /** Of a client default. */
  value?: ClientValue;
  /** Of a server default; absent where it is not known, as with a function of the project's own. */
  volatility?: Volatility;
  span: Span;
}

/** What a grammar knows of an expression. */
export interface Expression {
  /**
   * Columns that it names, folded as the database has them, each once, in order of appearance. Absent where no grammar
   * has read it.
   */
  uses?: string[];
}

/** A column that a query names. */
export interface ColumnUse {
  /** Folded as the database has it; `*` for all of them. */
  column: string;
  /**
   * The tables and views that may have it, their names folded: the first that does is meant. Those of an inner query come
   * before those of the query around it. Of `*` all are meant.
   */
  of: { schema?: string; name: string }[];
}

/** What a grammar knows of a condition on one table. */
export interface Condition extends Expression {
  /** Columns that are not null in each row that meets it: `a IS NOT NULL`, alone or joined by AND. Absent for none. */
  notNull?: string[];
  /** The column, where the condition is `a IS NULL` and nothing else. */
  onlyNull?: string;
}

/** A column type. */
export interface ColumnType {
  /**
   * Canonical name in lower case with arguments, in the words of the dialect: `varchar(20)`, `timestamp with time zone`,
   * `integer`, `text[]`. `unknown` where it can't be resolved.
   */
  name: string;
  /** As the author wrote it: `String(20)`, `int8`, `'varchar'`. */
  written: string;
  /** Whether it keeps a time zone, where the declaration says so in a word of its own: `timezone=True`. */
  timezone?: boolean;
  /** No column type is written: the ORM chooses it for the type of the attribute. */
  implied?: true;
  span: Span;
}

/** What the code's type of a mapped attribute says: `Mapped[str | None]`, `name: string | null`. */
export interface Annotation {
  /** The whole of it. */
  written: string;
  /** `unknown` for an alias that is not followed. */
  nullable: boolean | 'unknown';
  /** It is `Any`, and nothing more. */
  any?: true;
  /** `Mapped` and its relatives around it. */
  wrapper?: string;
  /** It holds several values. */
  collection?: true;
  span: Span;
}

/** GENERATED … AS IDENTITY. */
export interface Identity {
  /** Whether an INSERT may not name a number of its own. */
  always: boolean;
  /** Options of the sequence, as written. */
  options?: string;
}

/** A column of a table, a model or an AddColumn operation. Table-level keys stand on the table. */
export interface Column {
  /** The name in the database. */
  name: Name;
  /** The attribute in code where it differs from the name. */
  attribute?: string;
  type: ColumnType;
  /** `unknown` where neither the code nor the ORM's default says. A primary key column is not nullable. */
  nullable: boolean | 'unknown';
  /** What an argument says of that, and where. */
  nullableGiven?: { value: boolean | 'unknown'; span: Span };
  annotation?: Annotation;
  /** The call or form that declares it: `Column`, `mapped_column`, `Field`, `annotation` for one alone, `@UpdateDateColumn`. */
  declaredAs?: string;
  default?: Default;
  /** Filled by the database: identity, serial, auto-increment, or a generated expression. */
  generated?: 'identity' | 'serial' | 'stored' | 'virtual' | 'rowid';
  /** What a `stored` or `virtual` column is worked out from, as written. */
  expression?: string;
  /** What a grammar knows of that expression. */
  generatedFrom?: Expression;
  /** What an UPDATE of the row sets it to, as written: MySQL's ON UPDATE CURRENT_TIMESTAMP. */
  onUpdate?: string;
  /** What a change of the row through the ORM sets it to: `onupdate=`; `server_onupdate=`, where a trigger does. */
  onChange?: Default;
  /** Code of the project sets the attribute when a row changes: a method of its class or of a base, or a listener of events. */
  assigned?: 'class' | 'listener';
  /** Arguments of the declaration that its library refuses or does not look at beside the others. */
  refused?: { name: string; span: Span }[];
  /** Character set and collation as written, PostgreSQL's with its quotes; absent where the table's hold. */
  charset?: string;
  collation?: string;
  /** Left out of SELECT * (MySQL, MariaDB). */
  invisible?: true;
  /** How an `identity` column of PostgreSQL is numbered. */
  identity?: Identity;
  /** PostgreSQL's way of storing large values, in lower case. */
  storage?: string;
  compression?: string;
  /** Keys, uniques, checks and references written at the column itself. */
  constraints: Constraint[];
  /** Indexes written at the column itself, such as `index=True`. */
  indexes: Index[];
  /** The comment that the database stores. */
  comment?: Text;
  /** Documentation in code: docstring, JSDoc, `doc=`, `///`. */
  doc?: Text;
  /** The class, mixin or helper that it was inherited or spread in from. */
  from?: string;
  /** A child class that shares the table brings it: the rows of the other children have nothing there. */
  ofChild?: true;
  span: Span;
  anchor?: Anchor;
  uncertain: Uncertainty[];
}

/** One element of an index: a column or an expression. */
export interface IndexKey extends Expression {
  /** The column's name in the database; absent for an expression. */
  column?: string;
  /** Whether the column name keeps its case (see Name.quoted). */
  quoted?: boolean;
  expression?: string;
  /** The expression is the name of a property that the class does not have. */
  absent?: true;
  direction?: 'asc' | 'desc';
  nulls?: 'first' | 'last';
  /** As written, schema and quotes included. */
  operatorClass?: string;
  /** Parameters of the operator class, as written. */
  operatorClassOptions?: string;
  /** As written, quotes included. */
  collation?: string;
  /** Prefix length (MySQL). */
  length?: number;
}

export interface Index {
  /** Absent where the database or ORM chooses one that is not computed. */
  name?: Name;
  keys: IndexKey[];
  unique: boolean;
  /** Access method in lower case, absent for the default. */
  method?: string;
  /** Predicate of a partial index, as written. */
  where?: string;
  /** What that predicate asks for. */
  predicate?: Condition;
  /** Non-key columns. */
  include: string[];
  concurrently?: true;
  /** Kept, and not used by queries: INVISIBLE of MySQL, IGNORED of MariaDB. */
  invisible?: true;
  /** Of a unique one: NULL counts as a value. */
  nullsNotDistinct?: true;
  /** Storage parameters behind WITH, as written. */
  options?: string;
  tablespace?: Name;
  /** ON ONLY: that of a partitioned table without those of its partitions, so that nothing is built. */
  parentOnly?: true;
  span: Span;
  anchor?: Anchor;
  uncertain: Uncertainty[];
}

interface ConstraintBase {
  name?: Name;
  span: Span;
  anchor?: Anchor;
  uncertain: Uncertainty[];
  /** PostgreSQL NOT VALID, T-SQL WITH NOCHECK. */
  notValid?: true;
  /** PostgreSQL 18 NOT ENFORCED: it is declared and not looked at. */
  notEnforced?: true;
  /** May be checked at the end of the transaction, if one asks for it. */
  deferrable?: true;
  /** Checked at the end of the transaction unless one asks otherwise; implies `deferrable`. */
  initiallyDeferred?: true;
}

/** A key with an index behind it. */
interface KeyConstraint extends ConstraintBase {
  columns: Name[];
  /** ALTER TABLE … ADD PRIMARY KEY USING INDEX. */
  usingIndex?: Name;
  /** Access method of its index in lower case, absent for the default. */
  method?: string;
  /** Non-key columns of its index. */
  include?: Name[];
  /** The last column is a range of which no two may overlap. */
  withoutOverlaps?: true;
  /** Storage parameters of its index, as written. */
  options?: string;
  tablespace?: Name;
}

export interface PrimaryKey extends KeyConstraint {
  kind: 'primary';
}

export interface UniqueConstraint extends KeyConstraint {
  kind: 'unique';
  /** NULL counts as a value. */
  nullsNotDistinct?: true;
}

export interface ForeignKey extends ConstraintBase {
  kind: 'foreign';
  columns: Name[];
  /** Absent where the target can't be resolved. */
  target?: QualifiedName;
  /** Empty for the target's primary key. */
  targetColumns: Name[];
  onDelete?: string;
  /** The columns that `set null` or `set default` is about, where it is not all of them. */
  onDeleteColumns?: Name[];
  onUpdate?: string;
  /** `full` or `partial`; absent for the default. */
  match?: string;
  /** The last column is a range that the target must cover. */
  period?: true;
  /** No part of a CREATE TABLE where the dialect can add it later: SQLAlchemy's `use_alter`. */
  addedLater?: true;
}

export interface CheckConstraint extends ConstraintBase, Condition {
  kind: 'check';
  expression: string;
  /** Not taken over by tables that inherit. */
  noInherit?: true;
}

export interface ExcludeConstraint extends ConstraintBase, Expression {
  kind: 'exclude';
  expression: string;
}

export type Constraint = PrimaryKey | UniqueConstraint | ForeignKey | CheckConstraint | ExcludeConstraint;

/** The attribute that a relationship names as its inverse. */
export interface OtherSide {
  /** `missing`: the other class and all that it inherits have no such attribute. `other`: one that is no relationship. */
  is: 'relationship' | 'other' | 'missing';
  /** The class that it points to, and the attribute that it names in turn. */
  target?: string;
  inverse?: string;
  /** Its own inverse is not known, or of no consequence: nothing is written through it. */
  open?: true;
  /** Whether the class that it points to is that of this side, or one that it inherits from or gives to. */
  returns?: boolean;
  /** Where the other class stands. */
  path: string;
  className: string;
  span: Span;
}

/** A relation between models. It exists in code only: the foreign key is a fact of its own. */
export interface Relationship {
  attribute: Name;
  kind: 'many-to-one' | 'one-to-many' | 'one-to-one' | 'many-to-many' | 'unknown';
  /** Class name of the other side; absent where it can't be resolved. */
  target?: string;
  /** The association table of a many-to-many; absent where it can't be resolved. */
  through?: QualifiedName;
  /** Attribute of the other side. */
  inverse?: string;
  /** Made by the other side (`backref=`), so nobody wrote it here. */
  generated?: true;
  /** The inverse is made by this side: `backref=`. */
  makesInverse?: true;
  /** Nothing is written through it: `viewonly=True`. */
  viewOnly?: true;
  /** What the attribute `inverse` is on the other side, what that inherits included. Absent where it is not known. */
  otherSide?: OtherSide;
  annotation?: Annotation;
  /** Whether it holds several objects, where the declaration says so. */
  collection?: boolean;
  /** Attributes or columns of this side that hold its key, where the declaration names them. */
  keyedBy?: string[];
  /** The condition of the join is written out, so that foreign keys alone do not tell what it goes over. */
  custom?: true;
  /** Loading strategy as written: `selectin`, `eager`. */
  loading?: string;
  doc?: Text;
  /** The class or mixin that it was inherited from. */
  from?: string;
  span: Span;
  anchor?: Anchor;
  uncertain: Uncertainty[];
}

export interface EnumType {
  name: QualifiedName;
  /** Labels in order; empty with an uncertainty where they can't be resolved. */
  labels: string[];
  span: Span;
  uncertain: Uncertainty[];
}

/** A table as a model, a CREATE TABLE or a create_table call declares it. */
export interface Table {
  /** As the database sees it. */
  name: QualifiedName;
  declaredBy: Orm;
  className?: string;
  /**
   * `table`: exists in the database. `abstract`: a base or mixin that gives columns to others and is no table itself.
   * `junction`: implied by a many-to-many relation and written nowhere. `view`: read only. `mapped`: a class over a table
   * that migrations make: its columns are not written here, so that what it lacks means nothing.
   */
  role: 'table' | 'abstract' | 'junction' | 'view' | 'mapped';
  columns: Column[];
  /** Table-level constraints only; see Column.constraints. */
  constraints: Constraint[];
  /** Table-level indexes only; see Column.indexes. */
  indexes: Index[];
  relationships: Relationship[];
  /** Attributes of the class that were read as neither columns nor relationships, those of its bases included. */
  otherAttributes?: string[];
  comment?: Text;
  doc?: Text;
  temporary?: true;
  /** The parent of a partition. */
  partitionOf?: QualifiedName;
  /** Itself split into partitions. */
  partitioned?: true;
  /**
   * The migrations beside its model are not for it: `synchronize: false` of an entity, or another database than that of
   * the other models (`database`, `__bind_key__`).
   */
  apart?: true;
  /** CREATE TABLE … AS SELECT or LIKE: the columns are not written here. */
  asSelect?: true;
  /** Id of the metadata that it is declared on (see Metadata); absent where that is not known. */
  metadata?: string;
  /** MySQL's CREATE TABLE … LIKE: the table whose columns, keys and indexes it gets; foreign keys it does not. */
  copyOf?: QualifiedName;
  /** T-SQL: the table that keeps the earlier versions of its rows. */
  history?: QualifiedName;
  ifNotExists?: true;
  span: Span;
  anchor?: Anchor;
  uncertain: Uncertainty[];
}
