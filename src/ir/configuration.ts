import type { Name, QualifiedName } from './name.js';
import type { Span, Text } from './span.js';

/** The numbers that a version begins with; `2.0` is 2.0.0. */
export interface Release {
  major: number;
  minor: number;
  patch: number;
}

/** One place that names a package of the data layer: a requirement, or an entry of a lock file. */
export interface PackageRequirement {
  /** A Python package as PEP 503 normalises it: `Flask_SQLAlchemy` is `flask-sqlalchemy`. One of npm as it is. */
  name: string;
  /** The lowest that is allowed; absent where any will do, or where it can't be read: a URL, a path, a template. */
  version?: Release;
  /** The first that is not allowed any more. */
  below?: Release;
  /** Nothing but `version` is allowed. */
  exact: boolean;
  /** From a lock file: what is really installed. */
  locked: boolean;
  /** From the name to the end of the version. */
  span: Span;
}

/** A part of a setting's text that is not what it looks like: nothing takes these for more than text. */
export interface SettingPiece {
  /**
   * - `variable`: `${DATABASE_URL}`. Nothing fills it.
   * - `comment`: ` # text` behind a value on its line. It belongs to the value.
   * - `percent`: a `%` that begins neither `%%` nor `%(name)s`. Reading the setting fails on it.
   * - `reference`: a `%(name)s` that is no key of the section. Reading the setting fails on it.
   */
  kind: 'variable' | 'comment' | 'percent' | 'reference';
  /** As written; of a comment without the blanks before it. */
  text: string;
  /** Of a comment with the blanks before it. */
  span: Span;
}

/**
 * One setting of Alembic's: a key of `alembic.ini` (and of any `.ini` file with an `[alembic]` section), or of
 * `[tool.alembic]` in pyproject.toml. Sections that configure logging are left out.
 *
 * The database URL is the setting named `sqlalchemy.url`, in whatever section: its `value` is as written (`%%` still
 * doubled, see `expanded`), its span is that of the value alone; `template` says that a generator fills part of it.
 */
export interface Setting {
  /** `alembic`, `post_write_hooks`, `tool.alembic`, or a section of one of several databases. */
  section: string;
  /** Lower case, as configparser takes it: `sqlalchemy.url`, `script_location`, `file_template`. */
  name: string;
  /** The key as it stands there. */
  nameSpan: Span;
  /** As written, continued lines joined by a line feed; of a TOML list its texts, joined likewise. */
  value: Text;
  /** `value` with `%%` as `%` and `%(name)s` replaced; absent where that fails, and `%(here)s` stays as it is. */
  expanded?: string;
  pieces: SettingPiece[];
  /** A cookiecutter or Jinja place stands in it, so that what will be there is not known. */
  template?: true;
}

/** One migration that a journal names: Drizzle runs those that are newer than the last one that has run. */
export interface JournalEntry {
  /** The file's name without `.sql`. */
  tag: string;
  /** Milliseconds since 1970. */
  when: number;
  /** The tag's, without its quotes. */
  span: Span;
}

/** The schema that a tool takes the database to have when it writes the next migration: Drizzle's `meta/0001_snapshot.json`. */
export interface Snapshot {
  /** The key that the tables stand under. */
  span: Span;
  tables: SnapshotTable[];
}

/** A table of a snapshot. */
export interface SnapshotTable {
  /** The span is that of its key in the file. */
  name: QualifiedName;
  columns: SnapshotColumn[];
}

/** A column of a snapshot. */
export interface SnapshotColumn {
  /** The span is that of its key in the file. */
  name: Name;
  /** As the statements have it. */
  type: string;
  nullable: boolean;
}
