import type { Finding } from '../engine/finding.js';
import { codeFrame } from './code-frame.js';
import { groupText } from './concise.js';
import { editDiff } from './edit-diff.js';
import { listed } from './info-groups.js';
import { Lines } from './lines.js';
import { palette, type Palette } from './palette.js';
import { onOneLine, printable } from './printable.js';
import type { Reporter } from './reporter.js';
import { counted, foundLine, summaryLine } from './words.js';

function indented(lines: string[], by: number): string[] {
  return lines.map((line) => (line === '' ? '' : ' '.repeat(by) + line));
}

/** Longest line of a message. */
const width = 100;

/** Text broken at blanks into lines that read well; its own line breaks stay. */
function wrapped(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const lines: string[] = [];
    for (const word of line.split(' ')) {
      const last = lines.at(-1);
      if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(word);
    }
    return lines;
  });
}

function place({ path, line, column }: { path: string; line: number; column: number }): string {
  return `${onOneLine(path)}:${line}:${column}`;
}

/** One finding: where, what, the code, other places involved, and what to write instead. */
function block(finding: Finding, lines: Lines | undefined, paint: Palette): string[] {
  const { severity, rule, message, related, fix, suggestions = [] } = finding;
  const changes = [
    ...(fix ? [{ title: 'Fix (--fix writes it):', edits: fix.edits }] : []),
    ...suggestions.map(({ message: text, edits }) => ({ title: `Suggestion: ${onOneLine(text)}`, edits })),
  ];
  return [
    `${paint.place(place(finding))} ${paint[severity](severity)} ${paint.rule(rule)}`,
    ...indented(wrapped(printable(message)), 2),
    ...(lines ? ['', ...indented(codeFrame(lines, finding, paint), 2)] : []),
    ...(related.length > 0
      ? ['', ...related.map((each) => `  ${paint.place(place(each))} ${onOneLine(each.message)}`)]
      : []),
    ...changes.flatMap(({ title, edits }) => [
      '',
      `  ${title}`,
      ...(lines ? indented(editDiff(lines, edits, paint), 4) : []),
    ]),
    '',
  ];
}

/** The default for people: each finding with its code and its fix, info findings summed up below. */
export const frames: Reporter = ({ findings, summary }, { color, listInfo, source }) => {
  const paint = palette(color);
  const { single, groups } = listed(findings, listInfo);
  const texts = new Map<string, Lines | undefined>();
  const linesOf = (path: string): Lines | undefined => {
    if (!texts.has(path)) {
      const text = source(path);
      texts.set(path, text === undefined ? undefined : new Lines(text, path));
    }
    return texts.get(path);
  };
  const summed = groups.map(
    (group) =>
      `${paint.place(place(group.findings[0]!))} ${paint.info('info')} ${paint.rule(group.rule)} ${groupText(group)}`,
  );
  const hint = groups.some((group) => group.findings.length > 1)
    ? [paint.faint(`${counted(groups.length, 'group')} of info findings: --info lists each.`)]
    : [];
  const lines = [
    foundLine(summary),
    ...(findings.length > 0 ? [''] : []),
    ...single.flatMap((finding) => block(finding, linesOf(finding.path), paint)),
    ...(groups.length > 0 ? [...summed, ...hint, ''] : []),
    summaryLine(summary),
  ];
  return lines.map((line) => `${line}\n`).join('');
};
