/** A finding that a comment announces: `-- expect: rule`, `# expect-next-line: rule (info)`. */
export interface Expectation {
  /** As written: `<family>/<name>`, or the name alone. */
  rule: string;
  /** Given in brackets; any severity where it isn't. */
  severity?: string;
  /** Line from 1 that the finding starts on. */
  line: number;
  /** Line of the comment. */
  at: number;
}

const mark = /\s*(?:--|#|\/\/|\/\*)\s*expect(-next-line)?:\s*([a-z][a-z0-9/,() -]*?)\s*(?:\*\/)?\s*$/;

/** The expectations of one file. A rule named twice on a line is expected twice. */
export function expectationsIn(text: string): Expectation[] {
  return text.split('\n').flatMap((line, index) => {
    const [, next, rules] = mark.exec(line) ?? [];
    return (rules?.split(/,\s*/) ?? []).map((named) => {
      const [, rule = named, severity] = /^(\S+) \((\w+)\)$/.exec(named) ?? [];
      return { rule, line: index + (next === undefined ? 1 : 2), at: index + 1, ...(severity && { severity }) };
    });
  });
}

/** The text without its expectation comments: as a reader of the result would write it. */
export function withoutExpectations(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const rest = line.replace(mark, '');
      return rest === '' && line !== '' ? [] : [rest];
    })
    .join('\n');
}

/** Whether a finding is the one that an expectation announces, its place apart. */
export function announces(expectation: Expectation, finding: { rule: string; severity: string }): boolean {
  const { rule, severity } = expectation;
  return (
    (finding.rule === rule || finding.rule.endsWith(`/${rule}`)) && (severity ?? finding.severity) === finding.severity
  );
}
