import { didYouMean } from '../config/suggestion.js';
import type { Comment, Span } from '../ir/index.js';
import type { Edit } from './finding.js';
import type { LineTable } from './positions.js';
import type { PlacedFinding } from './run-rules.js';

type Kind = 'disable' | 'enable' | 'disable-line' | 'disable-next-line' | 'disable-file';

const kinds: readonly string[] = ['disable', 'enable', 'disable-line', 'disable-next-line', 'disable-file'];

/** A suppression comment. */
interface Directive {
  kind: Kind;
  /** Empty for all rules. */
  rules: string[];
  comment: Comment;
  /** The rules that it suppressed something of; `*` where it names none. */
  used: Set<string>;
}

/** What is wrong with the suppressions of a file, for a finding of the engine. */
export interface SuppressionProblem {
  rule: 'ddlint/unused-suppression' | 'ddlint/malformed-suppression';
  span: Span;
  message: string;
  fix?: Edit[];
}

/** `kind`, rules parted by commas or blanks, and a reason behind two dashes, which may be left out. */
const directive = /^[/*!\s]*ddlint-([\w-]+)(?:[ \t:]+([\s\S]*))?$/;
const reason = /(?:^|\s)--[\s\S]*$/;
/** There are fewer rules than this: what comes behind so many names is no list of them. */
const mostNamed = 200;

/** A file's text with what the engine knows of its comments and lines. */
export interface CommentedText {
  text: string;
  lines: LineTable;
  comments: readonly Comment[];
}

/** Applies the suppression comments of a file to its findings. */
export function suppress(
  findings: readonly PlacedFinding[],
  file: CommentedText,
  known: { rules: ReadonlySet<string>; on: ReadonlySet<string> },
): { kept: PlacedFinding[]; problems: SuppressionProblem[] } {
  const problems: SuppressionProblem[] = [];
  const directives = file.comments
    .toSorted((a, b) => a.span.start - b.span.start)
    .flatMap((comment) => readDirective(comment, known.rules, problems) ?? []);
  if (directives.length === 0) return { kept: [...findings], problems };
  const reach = reachOf(directives, file);
  const kept = findings.filter((found) => !isSuppressed(found, reach));
  for (const each of directives) {
    const unused = unusedIn(each, known.on);
    if (unused.length > 0) problems.push(unusedProblem(each, unused, file));
  }
  return { kept, problems };
}

function readDirective(
  comment: Comment,
  known: ReadonlySet<string>,
  problems: SuppressionProblem[],
): Directive | undefined {
  const [, kind, rest = ''] = directive.exec(withoutEnd(comment.text)) ?? [];
  if (kind === undefined) return undefined;
  const malformed = (message: string): void => {
    problems.push({ rule: 'ddlint/malformed-suppression', span: comment.span, message });
  };
  if (!kinds.includes(kind)) {
    const all = kinds.map((each) => `ddlint-${each}`);
    malformed(`"ddlint-${kind}" is no directive${didYouMean(`ddlint-${kind}`, all) || '.'}`);
    return undefined;
  }
  const named = rest
    .replace(reason, '')
    .split(/[\s,]+/, mostNamed)
    .filter((name) => name !== '');
  const unknown = new Set(named.filter((name) => !known.has(name)));
  for (const name of unknown) {
    malformed(`"${name}" is no rule of ddlint${didYouMean(name, known) || '; a reason stands behind " -- ".'}`);
  }
  const rules = named.filter((name) => known.has(name));
  // What names only unknown rules must not turn into a suppression of all.
  if (named.length > 0 && rules.length === 0) return undefined;
  return { kind: kind as Kind, rules, comment, used: new Set() };
}

/** The text of a comment without the blanks, stars and slashes that it ends with. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s*/]/.test(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** What the directives of a file speak about. */
interface Reach {
  /** Those about one line, by that line. */
  byLine: Map<number, Directive[]>;
  /** Those about the file or a block, in their order. */
  others: Directive[];
}

function reachOf(directives: readonly Directive[], { comments, lines }: CommentedText): Reach {
  const reach: Reach = { byLine: new Map(), others: [] };
  const below = linesBelow(comments, lines);
  for (const each of directives) {
    const { kind, comment } = each;
    if (kind !== 'disable-line' && kind !== 'disable-next-line') {
      reach.others.push(each);
      continue;
    }
    const next = lastLine(comment.span, lines) + 1;
    const line = kind === 'disable-line' ? lines.line(comment.span.start) : (below.get(next) ?? next);
    const known = reach.byLine.get(line);
    if (known) known.push(each);
    else reach.byLine.set(line, [each]);
  }
  return reach;
}

const lastLine = ({ start, end }: Span, lines: LineTable): number => lines.line(Math.max(start, end - 1));

/** For each line of a comment that has its lines to itself, the first line below that is none. */
function linesBelow(comments: readonly Comment[], lines: LineTable): Map<number, number> {
  const own = new Set<number>();
  for (const { span, ownLine } of comments) {
    if (!ownLine) continue;
    const last = lastLine(span, lines);
    for (let line = lines.line(span.start); line <= last; line++) own.add(line);
  }
  const below = new Map<number, number>();
  for (const line of [...own].sort((a, b) => b - a)) below.set(line, below.get(line + 1) ?? line + 1);
  return below;
}

/** Whether directives suppress a finding; all that do are marked as used. */
function isSuppressed({ finding, span }: PlacedFinding, { byLine, others }: Reach): boolean {
  const concerned = ({ rules }: Directive): boolean => rules.length === 0 || rules.includes(finding.rule);
  const suppressing = (byLine.get(finding.line) ?? []).filter(concerned);
  const open: Directive[] = [];
  for (const each of others) {
    const { kind, comment } = each;
    if (!concerned(each)) continue;
    if (kind === 'disable-file') suppressing.push(each);
    else if (comment.span.start > span.start) continue;
    else if (kind === 'disable') open.push(each);
    else open.length = 0;
  }
  suppressing.push(...open);
  for (const each of suppressing) use(each, finding.rule);
  return suppressing.length > 0;
}

const use = ({ rules, used }: Directive, rule: string): void => void used.add(rules.length > 0 ? rule : '*');

/** The rules of a directive that suppressed nothing. Of a rule that is off nothing can be said. */
function unusedIn({ kind, rules, used }: Directive, on: ReadonlySet<string>): string[] {
  if (kind === 'enable') return [];
  if (rules.length === 0) return used.has('*') ? [] : ['*'];
  return rules.filter((rule) => !used.has(rule) && on.has(rule));
}

function unusedProblem(each: Directive, unused: readonly string[], file: CommentedText): SuppressionProblem {
  const { comment, rules, kind } = each;
  const names = unused.map((rule) => `"${rule}"`).join(', ');
  const message =
    unused[0] === '*'
      ? `This ddlint-${kind} suppresses nothing.`
      : `This ddlint-${kind} suppresses no finding of ${names}.`;
  const left = rules.filter((rule) => !unused.includes(rule));
  const edit = left.length === 0 ? removal(comment, file) : narrowed(comment, rules, left, file.text);
  return {
    rule: 'ddlint/unused-suppression',
    span: comment.span,
    message,
    ...(edit && { fix: [edit] }),
  };
}

/** Takes a comment away: with its line where it has one to itself, else with the blanks before it. */
function removal({ span, ownLine }: Comment, { text, lines }: CommentedText): Edit {
  let { start, end } = span;
  const line = lines.line(Math.max(span.start, end - 1));
  const rest = text.slice(end, lines.start(line + 1));
  if (ownLine && rest.trim() === '') {
    start = lines.start(lines.line(start));
    end = lines.start(line + 1);
  } else {
    while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
  }
  return { start, end, text: '' };
}

/** Leaves only the rules that suppress something. */
function narrowed(comment: Comment, rules: readonly string[], left: readonly string[], text: string): Edit | undefined {
  const written = text.slice(comment.span.start, comment.span.end);
  const first = written.indexOf(rules[0]!);
  const last = written.lastIndexOf(rules.at(-1)!, written.search(/\s--\s/) >= 0 ? written.search(/\s--\s/) : undefined);
  if (first < 0 || last < first) return undefined;
  const start = comment.span.start + first;
  return { start, end: comment.span.start + last + rules.at(-1)!.length, text: left.join(', ') };
}
