import type { Span } from './span.js';

/** One identifier. */
export interface Name {
  /** Without quotes, doubled quotes resolved, case as written. */
  value: string;
  /**
   * Whether the case is kept as written: a quoted SQL identifier, or a name that an ORM quotes by itself.
   * An unquoted one is folded by the dialect when names are compared.
   */
  quoted: boolean;
  span: Span;
  /** Nobody wrote it: a naming convention or the library's own default makes it; `strategy`: one that the project chose. */
  generated?: true | 'strategy';
  /**
   * Taken as it is, past any naming convention, and cut and hashed where it is too long for the database: Alembic's `op.f`,
   * SQLAlchemy's `conv`, and what a naming convention of SQLAlchemy makes.
   */
  final?: true;
  /** Set where a part of the name is a hole, so that only a piece of it is known. */
  unknown?: true;
}

/** A table, index, type or other schema object, optionally qualified by its schema. */
export interface QualifiedName {
  schema?: Name;
  name: Name;
  span: Span;
}
