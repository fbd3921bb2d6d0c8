import type {
  Anchor,
  CalledValue,
  Column,
  ColumnType,
  Constraint,
  HoleProvenance,
  Index,
  Metadata,
  Orm,
  Relationship,
  Span,
  Text,
} from '../../../ir/index.js';
import type { MigrationFolder } from '../../front-end.js';
import type { EnumMembers, RawEnum } from './enums.js';
import type { AskedUsage } from '../usages/asked.js';

/**
 * What a file says of its classes before bases, targets and names are resolved across files: plain JSON, kept in
 * `FileFacts.symbols`, from which the tables are put together.
 */
export interface RawColumn {
  kind: 'column';
  attribute: string;
  /** `key=`: constraints, indexes and keys of other tables call the column so. */
  key?: string;
  column: Column;
  /** `index=True`: its name needs the table's. */
  index?: Index;
  /** Keys to a class attribute: the constraint at that place gets its target when the class is known. */
  targets: { constraint: number; ref: string }[];
  /** The Python type that stands in for a missing column type: a base's type map may know it. */
  pythonType?: string;
  /** The name that the annotation gives beside a column type: its alias may take None. */
  annotated?: string;
  /** The type's class where it is none of the library's: an alias of `Annotated`, an enum, a custom type. */
  typeRef?: string;
  /** Its type is an enum. */
  enumeration?: RawEnum;
  nullableGiven: boolean;
  /** Whether a key of one integer column is numbered; `always` for a key of several ones too. */
  autoincrement: boolean | 'always';
  /** A bare annotated attribute: a column of a SQLModel class only. */
  plain?: true;
}

export interface RawRelationship {
  kind: 'relationship';
  relationship: Relationship;
  /** The collection that the annotation or `uselist=` says: undefined where neither does. */
  many?: boolean;
  secondary: boolean;
  /** The association table: its name, the class or variable that it is, or either of them as text. */
  through?: { text: string } | { ref: string };
  /** Attributes that `remote_side=` names. */
  remote?: string[];
  /** The other side's attribute that `backref=` makes. */
  backref?: string;
  /** What `backref(…)` says of that attribute. */
  backrefMany?: boolean;
  backrefLoading?: string;
}

export type RawMember = RawColumn | RawRelationship;

/** Keys, indexes and options of a table, as `__table_args__` or `Table(…)` give them. */
export interface RawTableArgs {
  constraints: Constraint[];
  indexes: Index[];
  targets: { constraint: number; ref: string }[];
  schema?: { value: string; span: Span };
  comment?: Text;
  /** Why part of it is not known. */
  unknown?: string;
}

/** `__tablename__`: text, made of the class name, or computed in a way that is not known. */
export type TableName =
  | { value: string; span: Span }
  | { pattern: { lower: boolean; prefix: string; suffix: string }; span: Span }
  /** The class name in snake case, by a function that is not followed. */
  | { snake: true; span: Span }
  | { constant: string; span: Span }
  | { computed: true; span: Span };

export interface RawClass {
  name: string;
  nameSpan: Span;
  span: Span;
  /** Dotted names; an empty one for a base that can't be named. */
  bases: string[];
  table?: TableName;
  /** `table=True` of SQLModel. */
  sqlmodelTable?: boolean;
  abstract: boolean;
  /** `__bind_key__`: it is a table of another database. */
  bound?: true;
  /** Its mapping is a `Table` object: columns stand there. */
  mappedTable?: true;
  /** Dotted name of that object, where another statement ties the two. */
  mappedTo?: string;
  members: RawMember[];
  /** Attributes that a subclass does not inherit: set to None, or no column here. */
  removed: string[];
  args: RawTableArgs;
  /** Members or arguments hold the marks of a class that is not known yet (see marks.ts). */
  marked?: true;
  /** Methods decorated as declared_attr give columns or names that are not followed. */
  computed: string[];
  /** Attributes of the class that are neither columns nor relationships, as far as can be read. */
  others: string[];
  doc?: Text;
  anchor: Anchor;
  convention?: { [kind: string]: string };
  metadataSchema?: string;
  /** The `MetaData` object of another module or variable. */
  metadataRef?: string;
  typeMap?: { [pythonType: string]: ColumnType };
  /** Calls `declarative_base()` and the like: a base, though no class statement. */
  base?: Orm;
  enumMembers?: EnumMembers;
  /** A column type of the project's own. */
  isType?: true;
}

/** A `Table(…)` object. */
export interface RawTable {
  variable?: string;
  name: { value: string; span: Span };
  columns: RawColumn[];
  args: RawTableArgs;
  /** The `MetaData` that it is put into. */
  metadata?: string;
  /** What it is declared on, as it is written there: `app.models.Base`, `app.db.metadata`. */
  collection?: string;
  orm: Orm;
  span: Span;
  anchor: Anchor;
  open: boolean;
}

/** What the link step needs of a metadata fact. */
export interface RawCollection {
  /** The variable or class; absent for an assignment to one that is there. */
  name?: string;
  made: Metadata['made'];
  /** Dotted name of the one that it takes or sets. */
  of?: string;
  convention?: { [kind: string]: string };
}

/** What other files may need of a module. */
export interface ModuleSymbols {
  module: string;
  isPackage: boolean;
  imports: { [name: string]: string };
  stars: string[];
  classes: RawClass[];
  tables: RawTable[];
  /** Text constants, and names that stand for another symbol. */
  constants: { [name: string]: string };
  aliases: { [name: string]: string };
  /** `Annotated[…]` aliases that carry a column. */
  annotated: { [name: string]: RawColumn };
  /** Naming conventions of `MetaData` objects by variable. */
  metadata: { [name: string]: { convention?: { [kind: string]: string }; schema?: string } };
  /** What tables are declared on: one for each of the file's `metadata` facts, in the same order. */
  collections: RawCollection[];
  /** Functions that quote whatever they are given. */
  quoters?: { [name: string]: HoleProvenance };
  /** Holes of this file's sites whose provenance another module may know. */
  questions?: { site: number; hole: number; how: 'function' | 'enum'; name: string }[];
  /** What names of this module stand for where that has to do with sessions and engines. */
  providers?: { [name: string]: string };
  /** Usages that other files have to confirm. */
  askedUsages?: AskedUsage[];
  /** Indexes that stand beside the tables. */
  outside: { owner: string; index: Index }[];
  /** Functions without arguments that give what one known call gives, such as a moment of time. */
  makers: { [name: string]: CalledValue };
  /** Attributes that code sets on `self`, and, where the module listens to events, on anything. */
  assigned: { self: string[]; listened: string[] };
  /** Attributes that get a relationship outside of the class: `User.posts = relationship(…)`. */
  attached: string[];
  /** `MetaData` objects that this module calls `create_all()` on. */
  created: string[];
  /** Names bound to what is no class, table or `MetaData`: constants, functions, types. */
  values: string[];
  /** Names of other modules that were asked for. */
  asked: string[];
  /** The text, for the case that another module's values change what it says. */
  source: string;
  /** Dotted names of what it imports, wherever the import stands. */
  loads: string[];
  /** It may load others by names that are made at run time. */
  loadsByName?: true;
  /** What an env.py sets `target_metadata` to: its name, or an empty one where it has none. */
  target?: string;
}

/** What other files may change about a revision script. */
export interface RevisionSymbols {
  revision: true;
  module: string;
  asked: string[];
  source: string;
  /** The folder of migrations that it lies in. */
  migrations?: MigrationFolder;
}
