/** A finding that a comment announces: `-- expect: rule`, `# expect-next-line: rule`. */
export interface Expectation {
  /** As written: `<family>/<name>`, or the name alone. */
  rule: string;
  /** Line from 1 that the finding starts on. */
  line: number;
  /** Line of the comment. */
  at: number;
}

const mark = /\s*(?:--|#|\/\/|\/\*)\s*expect(-next-line)?:\s*([a-z][a-z0-9/, -]*?)\s*(?:\*\/)?\s*$/;

/** The expectations of one file. A rule named twice on a line is expected twice. */
export function expectationsIn(text: string): Expectation[] {
  return text.split('\n').flatMap((line, index) => {
    const [, next, rules] = mark.exec(line) ?? [];
    return (rules?.split(/,\s*/) ?? []).map((rule) => ({
      rule,
      line: index + (next === undefined ? 1 : 2),
      at: index + 1,
    }));
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

/** Whether a rule id is the one that an expectation names. */
export function names(expectation: Expectation, rule: string): boolean {
  return rule === expectation.rule || rule.endsWith(`/${expectation.rule}`);
}
