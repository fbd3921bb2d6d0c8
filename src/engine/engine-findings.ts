import type { ResolvedConfig } from '../config/resolve.js';
import type { FileProblem } from '../ir/index.js';
import type { Severity } from '../rule.js';
import type { Finding } from './finding.js';
import type { EngineRule } from './engine-rules.js';
import type { LineTable } from './positions.js';
import type { PlacedFinding } from './run-rules.js';
import type { CommentedText, SuppressionProblem } from './suppressions.js';
import { textHash } from './text-hash.js';

/** A front end that could read on says so at `info`: compilers report syntax errors better. */
const severities: { readonly [Code in FileProblem['code']]?: Severity } = {
  syntax: 'info',
  alone: 'info',
  skimmed: 'info',
};

const place = (
  rule: EngineRule,
  severity: Severity,
  path: string,
  { span, message }: Pick<FileProblem, 'span' | 'message'>,
  lines: LineTable,
): PlacedFinding => ({ finding: { rule, severity, message, path, ...lines.locate(span), related: [] }, span });

/** Findings for what could not be read of a file. */
export function problemFindings(
  path: string,
  problems: readonly FileProblem[],
  lines: LineTable,
  config: ResolvedConfig,
): PlacedFinding[] {
  const rule = 'ddlint/unreadable-file';
  const severity = config.engineSeverity(rule, path);
  if (severity === undefined) return [];
  return problems.map((problem) =>
    place(rule, severity === 'warn' ? (severities[problem.code] ?? severity) : severity, path, problem, lines),
  );
}

/** Findings for suppression comments that are unused or malformed. */
export function suppressionFindings(
  path: string,
  problems: readonly SuppressionProblem[],
  { text, lines }: Pick<CommentedText, 'text' | 'lines'>,
  config: ResolvedConfig,
): Finding[] {
  return problems.flatMap((problem) => {
    const severity = config.engineSeverity(problem.rule, path);
    if (severity === undefined) return [];
    const { finding } = place(problem.rule, severity, path, problem, lines);
    return [{ ...finding, ...(problem.fix && { fix: { edits: problem.fix, hash: textHash(text) } }) }];
  });
}

/** A finding about an argument that names nothing to lint. */
export function argumentFinding(
  { path, message, deleted }: { path: string; message: string; deleted: boolean },
  config: ResolvedConfig,
): Finding[] {
  const rule = 'ddlint/unreadable-file';
  const severity = config.engineSeverity(rule, path);
  if (severity === undefined) return [];
  const start = { line: 1, column: 1, endLine: 1, endColumn: 1 };
  return [{ rule, severity: deleted ? 'info' : 'error', message, path, ...start, related: [] }];
}
