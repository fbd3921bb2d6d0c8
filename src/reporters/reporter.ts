import type { LintResult } from '../engine/finding.js';

/** What a reporter may know beside the result. */
export interface ReportContext {
  /** Whether to write ANSI colours. */
  color: boolean;
  /** Whether info findings are listed one by one instead of one line per rule and file. */
  listInfo: boolean;
  /** The text that was linted (byte order mark removed), or nothing where it can't be read any more. */
  source(path: string): string | undefined;
}

/** Turns a result into the text of one format, final line break included. The same result gives the same text. */
export type Reporter = (result: LintResult, context: ReportContext) => string;
