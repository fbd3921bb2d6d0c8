import type { LintResult } from '../engine/finding.js';
import type { ReportContext } from '../reporters/reporter.js';
import type { Io } from './io.js';
import { writeOutputs, type Output, type OutputOptions } from './output.js';
import { UsageError } from './usage-error.js';

/** The value of `--max-warnings`. */
export function warningLimit(value: string | undefined): number {
  if (value === undefined) return Infinity;
  if (!/^\d+$/.test(value)) throw new UsageError(`--max-warnings takes a number of warnings, not "${value}"`);
  return Number(value);
}

/** What a finished run is shown with. */
export interface Presentation {
  outputs: readonly Output[];
  values: OutputOptions;
  source: ReportContext['source'];
  /** More warnings than this fail; none do where it is absent. */
  mostWarnings?: number;
  argv: readonly string[];
  io: Io;
}

/** Shows a result and gives the exit code: 1 for an error or too many warnings, 3 where a part of ddlint failed. */
export async function finished(result: LintResult, shown: Presentation): Promise<number> {
  const { outputs, values, source, mostWarnings = Infinity, argv, io } = shown;
  await writeOutputs(outputs, result, values, source, io);
  if (result.errors.length > 0) {
    const { errorReport } = await import('./crash.js');
    io.err.write(errorReport(result.errors, argv));
    return 3;
  }
  const count = (severity: string): number => result.findings.filter((finding) => finding.severity === severity).length;
  return count('error') > 0 || count('warn') > mostWarnings ? 1 : 0;
}
