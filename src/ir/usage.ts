import type { Span } from './span.js';

/** What application or configuration code does with the database, apart from SQL text. */
export interface Usage {
  kind:
    /** `create_all()`, `synchronize: true`: the schema is made from the models, past the migrations. */
    | 'schema-sync'
    /** A call of a query builder that deletes or updates with no condition. */
    | 'unfiltered-delete'
    | 'unfiltered-update';
  /** The API as a person knows it: `session.query().delete()`. */
  api: string;
  /** Table or class that it concerns, as written; absent where it can't be resolved. */
  target?: string;
  /** A condition is written, and always true. */
  where?: 'tautology';
  context: 'application' | 'migration' | 'test';
  span: Span;
}
