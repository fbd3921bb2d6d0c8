import {
  createLinter,
  type Linter,
  type LintFilesOptions,
  type LintProjectOptions,
  type ReadProjectOptions,
} from './engine/lint.js';
import type { LintResult } from './engine/finding.js';
import { frontEnds } from './frontends/registry.js';
import type { Project } from './ir/index.js';

export type { Config, Override, PresetName, RuleEntries, RuleEntry } from './config/config.js';
export { ConfigurationError } from './config/errors.js';
export type { Edit, Finding, InternalError, LintResult, Location, Summary } from './engine/finding.js';
export type { LintFilesOptions, LintProjectOptions } from './engine/lint.js';
export type { Severity } from './rule.js';

const linter: Linter = createLinter({
  rules: async () => (await import('../rules/index.js')).rules,
  frontEnds,
});

/**
 * Lints a project that is in memory: all of its migrations count as new.
 * @param files text by path, relative to the project, POSIX
 * @returns findings by path, line, column and rule, and what was read
 * @throws ConfigurationError where the configuration has an unknown key, rule, option or value
 */
export function lintFiles(files: Readonly<Record<string, string>>, options?: LintFilesOptions): Promise<LintResult> {
  return linter.lintFiles(files, options);
}

/**
 * Lints a project on disk or, with `staged`, in the git index. The project is always read as a whole; `paths`,
 * `staged` and `since` limit what is reported.
 * @returns findings by path, line, column and rule, and what was read
 * @throws ConfigurationError where the configuration, `since` or `cwd` can't be used
 */
export function lintProject(options: LintProjectOptions): Promise<LintResult> {
  return linter.lintProject(options);
}

/**
 * Reads a project, on disk or as a git revision has it, and lints nothing.
 * @returns the facts of every file; none of its migrations counts as shipped
 * @throws ConfigurationError where the configuration, `revision` or `cwd` can't be used
 */
export function readProject(options: ReadProjectOptions): Promise<Project> {
  return linter.readProject(options);
}
