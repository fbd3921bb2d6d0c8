import type { Dialect } from './dialect.js';
import type { FileFacts } from './facts.js';

/** What configuration and discovery say about the project as a whole. */
export interface ProjectSettings {
  /** The project's main dialect; a file's own facts may differ. */
  dialect: Dialect;
  /** Major version, such as 15; absent when unknown: rules then assume a supported one. */
  postgresVersion?: number;
  /** Such as 8 or 8.4. */
  mysqlVersion?: number;
  /** Overrides what runners are known to do, for histories whose runner is not known. */
  assumeInTransaction?: boolean;
  /** Paths whose migrations have shipped: they are replayed, and only schema-independent rules speak of them. */
  shipped: ReadonlySet<string>;
  /** Paths that the base of the comparison has with another content, so that their migrations are neither shipped nor new: what differs. */
  edited?: ReadonlyMap<string, 'code' | 'comments'>;
}

/** One snapshot of all facts. Queries are computed once per snapshot. */
export interface Project {
  files: readonly FileFacts[];
  settings: ProjectSettings;
}
