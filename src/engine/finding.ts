import type { Severity } from '../rule.js';

/** A place in a file as people and tools see it: lines and columns from 1, columns in UTF-16 code units, end exclusive. */
export interface Location {
  /** Relative to the project, POSIX. */
  path: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** A replacement in the finding's file. Offsets are UTF-16 code units in the text without byte order mark. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** One finding. */
export interface Finding extends Location {
  /** `<family>/<name>`, or `ddlint/…` for findings of the engine itself. */
  rule: string;
  severity: Severity;
  message: string;
  related: (Location & { message: string })[];
  /** Safe to apply unasked. `hash` is that of the text that the offsets are of: see `textHash`. */
  fix?: { edits: Edit[]; hash: string };
  /** Offered, with what each would do. */
  suggestions?: { message: string; edits: Edit[] }[];
}

/** What a run read. Every file and statement is counted: silence means checked. */
export interface Summary {
  files: {
    /** Looked at and holding facts of the data layer. */
    read: number;
    /** Looked at and left aside: nothing of the data layer in them. */
    skipped: number;
    unreadable: number;
  };
  /** By provenance; `ast` where the dialect's own grammar agreed. */
  statements: { ast: number; shape: number; target: number; opaque: number };
  migrations: {
    replayed: number;
    /** Of them, new against the base, so that the rules about migrations report on them. */
    reported: number;
  };
  findings: { error: number; warn: number; info: number };
  /** What discovery found, one phrase each: `SQLAlchemy`, `Alembic (12 migrations in migrations/versions)`. */
  found: string[];
}

/** A rule or a front end that threw: a defect of ddlint. The rest of the run is not affected. */
export interface InternalError {
  /** Absent where a front end failed. */
  rule?: string;
  path: string;
  message: string;
  stack?: string;
}

/** What a run found: findings by path, line, column and rule. */
export interface LintResult {
  findings: Finding[];
  summary: Summary;
  /** Empty unless ddlint itself is broken. */
  errors: InternalError[];
}
