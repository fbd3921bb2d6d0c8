import type { ResolvedConfig } from '../config/resolve.js';
import type { Authoring, Project, Span, TextEdit } from '../ir/index.js';
import type { Place, Report, Rule } from '../rule.js';
import type { Edit, Finding, InternalError, Location } from './finding.js';
import type { LineTable } from './positions.js';
import { internalError } from './internal-error.js';
import type { ReadFile } from './reading.js';
import { textHash } from './text-hash.js';

/** A finding that still knows its offsets, for suppressions. */
export interface PlacedFinding {
  finding: Finding;
  span: Span;
}

/** What rules are run with. */
export interface RuleRun {
  rules: Readonly<Record<string, Rule>>;
  config: ResolvedConfig;
  project: Project;
  /** The line table of a file of the project; absent for a path that was not read. */
  lines(path: string): LineTable | undefined;
}

const spanOf = (place: Place): Span => ('span' in place ? place.span : place);

/** Puts data into `{{name}}`; a name without data stays as it is, so that a test sees it. */
function filled(message: string, data: Report<string>['data'] = {}): string {
  return message.replace(/\{\{\s*(\w+)\s*\}\}/g, (hole, name: string) =>
    Object.hasOwn(data, name) ? String(data[name]) : hole,
  );
}

const editsOf = (edits: readonly TextEdit[]): Edit[] =>
  edits.map(({ span, text }) => ({ start: span.start, end: span.end, text }));

function locate(run: RuleRun, path: string, span: Span): Location {
  const place = run.lines(path)?.locate(span);
  return { path, ...(place ?? { line: 1, column: 1, endLine: 1, endColumn: 1 }) };
}

/** Runs the rules that are on for a file. A rule that throws ends alone, and says so in `errors`. */
export function runRules(file: ReadFile, authoring: Authoring, run: RuleRun, errors: InternalError[]): PlacedFinding[] {
  const { facts } = file;
  const { path } = facts;
  const found: PlacedFinding[] = [];
  for (const [id, { severity, explicit, options }] of run.config.rulesFor(path)) {
    const rule = run.rules[id]!;
    if (!rule.frontends.includes(facts.frontend)) continue;
    try {
      for (const report of rule.check({ facts, project: run.project, options, authoring })) {
        const span = spanOf(report.at);
        const { fix, suggest } = report;
        const message = rule.messages[report.message];
        if (message === undefined) throw new Error(`the rule has no message "${report.message}"`);
        const finding: Finding = {
          rule: id,
          severity: explicit ? severity : (report.severity ?? severity),
          message: filled(message, report.data),
          ...locate(run, path, span),
          related: (report.related ?? []).map((other) => ({
            ...locate(run, other.path ?? path, spanOf(other.at)),
            message: other.message,
          })),
        };
        if (fix && fix.length > 0) finding.fix = { edits: editsOf(fix), hash: textHash(file.source.text) };
        if (suggest?.edits && suggest.edits.length > 0) {
          const title = filled(rule.messages[suggest.message] ?? '', suggest.data ?? report.data);
          finding.suggestions = [{ message: title, edits: editsOf(suggest.edits) }];
        }
        found.push({ finding, span });
      }
    } catch (error) {
      errors.push(internalError(error, { path, rule: id }));
    }
  }
  return found;
}

/** By path, line, column and rule, then by what they say: the same findings always come in the same order. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const text = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
  return findings.toSorted(
    (a, b) =>
      text(a.path, b.path) ||
      a.line - b.line ||
      a.column - b.column ||
      text(a.rule, b.rule) ||
      a.endLine - b.endLine ||
      a.endColumn - b.endColumn ||
      text(a.message, b.message),
  );
}
