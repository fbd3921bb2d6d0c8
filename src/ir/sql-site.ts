import type { Anchor } from './anchor.js';
import type { Dialect } from './dialect.js';
import type { Span } from './span.js';

/** What is known of the value that fills a hole, from harmless to hostile (the order of the lattice's join). */
export type HoleProvenance =
  | 'constant'
  | 'constant-name'
  | 'numeric'
  | 'placeholders'
  | 'quoted-identifier'
  | 'quoted-literal'
  | 'generated'
  | 'configuration'
  | 'database'
  | 'parameter'
  | 'opaque'
  | 'request';

/** Where in the statement the hole stands. */
export type HolePosition = 'value' | 'quoted-value' | 'identifier' | 'direction' | 'operator' | 'fragment';

/** A piece of SQL text that is computed at run time. */
export interface SiteHole {
  /** The expression that fills it. */
  span: Span;
  /** That expression as written. */
  text: string;
  provenance: HoleProvenance;
  position: HolePosition;
  /** Assignments that the value came through, first first. */
  trail: Span[];
}

/** A place where text reaches a database API. */
export interface SqlSite {
  /** The argument that carries the text. */
  span: Span;
  /** The call as a whole. */
  call: Span;
  /** The API as a person knows it: `sqlalchemy text()`, `op.execute()`, `QueryRunner.query()`. */
  api: string;
  library: string;
  /** `sql`: a whole statement. Others: a part of one. `trusted-text`: documented as trusted. */
  kind: 'sql' | 'fragment' | 'identifier' | 'operator' | 'direction' | 'trusted-text';
  /** `high`: resolved through imports or types. `medium`: by name, and the text looks like SQL. */
  confidence: 'high' | 'medium';
  context: 'application' | 'migration' | 'test';
  dialect: Dialect;
  /** Text with holes: strings are literal text, numbers index `holes`. */
  skeleton: (string | number)[];
  holes: SiteHole[];
  /** Whether the call also hands over bind parameters. */
  parameters: boolean;
  /** The statement is DDL, which takes no bind parameters. */
  ddl: boolean;
  anchor?: Anchor;
}
