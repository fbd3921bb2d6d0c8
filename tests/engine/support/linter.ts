import type { Config } from '../../../src/config/config.js';
import type { LintResult } from '../../../src/engine/finding.js';
import { createLinter, type LintProjectOptions } from '../../../src/engine/lint.js';
import { frontEnds, rules } from './fakes.js';

const linter = createLinter({ rules, frontEnds });

export const lintFiles = (files: Record<string, string>, config: Config = {}): Promise<LintResult> =>
  linter.lintFiles(files, { config });

export const lintProject = (options: LintProjectOptions): Promise<LintResult> => linter.lintProject(options);

/** Findings as `path:line:column rule`. */
export const places = ({ findings }: LintResult): string[] =>
  findings.map(({ path, line, column, rule }) => `${path}:${line}:${column} ${rule}`);

/** Findings as `path: message`. */
export const messages = ({ findings }: LintResult): string[] =>
  findings.map(({ path, message }) => `${path}: ${message}`);
