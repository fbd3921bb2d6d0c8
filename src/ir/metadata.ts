import type { Anchor } from './anchor.js';
import type { Span, Text, Uncertainty } from './span.js';

/** One entry of a naming convention. */
export interface ConventionEntry {
  /** `ix`, `uq`, `ck`, `fk` or `pk` (a constraint class counts as its key), or the name of a token of the project's own. */
  key: string;
  /** The template as text; absent for a function, and where it is not known. */
  template?: Text;
  /** A function gives the value. */
  callable?: true;
  span: Span;
}

/** How constraints and indexes get their names where none is written. */
export interface NamingConvention {
  entries: ConventionEntry[];
  span: Span;
  /** List `entries` where it is written as a dict. */
  anchor?: Anchor;
  /** About `everything`: entries that are not seen. */
  uncertain: Uncertainty[];
}

/** A place where Python code makes the collection that tables are declared on, or gives it a naming convention. */
export interface Metadata {
  /** As other files name it: `app.db.metadata`, `app.models.Base`; a library's own by its name, `sqlmodel.SQLModel`. */
  id: string;
  /**
   * `metadata`: a `MetaData` object. `base`: a declarative base. `registry`: a mapper registry. `flask-sqlalchemy`: an
   * instance of `SQLAlchemy`. `assignment`: nothing is made, a convention is set on one that is there. `target`: nothing
   * is made, an env.py hands one to Alembic.
   */
  made: 'metadata' | 'base' | 'registry' | 'flask-sqlalchemy' | 'assignment' | 'target';
  /** The id of the collection that it takes or sets; absent where it makes its own. */
  of?: string;
  /** Absent where none is written here. */
  convention?: NamingConvention;
  /** The narrowest text that names it. */
  span: Span;
  /** Lists `call`, `metadata` (the `MetaData(…)` in it); points `bodyStart` of a class. */
  anchor?: Anchor;
  /** About `everything` where whose it is, or with which convention, is not known. */
  uncertain: Uncertainty[];
}
