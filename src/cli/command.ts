import type { Flags } from './arguments.js';
import type { Io } from './io.js';

/** One command of the command line. */
export interface Command {
  /** As help shows it: `ddlint explain <rule>`. */
  usage: string;
  summary: string;
  flags: Flags;
  /** Gives the exit code: 0 clean, 1 findings. Throws UsageError or ConfigurationError for 2; anything else is 3. */
  run(argv: readonly string[], io: Io): Promise<number>;
}
