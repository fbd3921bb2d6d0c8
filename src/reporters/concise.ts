import { listed, type InfoGroup } from './info-groups.js';
import { palette } from './palette.js';
import { onOneLine } from './printable.js';
import type { Reporter } from './reporter.js';
import { counted, foundLine, summaryLine } from './words.js';

/** The line of an info group: the place of its first finding, its message, and how many more there are. */
export function groupText({ findings }: InfoGroup): string {
  const [first, ...rest] = findings;
  const more = rest.length > 0 ? ` (and ${rest.length} more, to line ${findings.at(-1)!.line})` : '';
  return onOneLine(first!.message) + more;
}

/** `path:line:column severity rule message`, one line per finding, for problem matchers and grep. */
export const concise: Reporter = ({ findings, summary }, { color, listInfo }) => {
  const paint = palette(color);
  const { single, groups } = listed(findings, listInfo);
  const line = ({ path, line, column, severity, rule }: (typeof findings)[number], text: string): string =>
    `${onOneLine(path)}:${line}:${column} ${paint[severity](severity)} ${paint.rule(rule)} ${text}`;
  const lines = [
    foundLine(summary),
    ...single.map((finding) => line(finding, onOneLine(finding.message))),
    ...groups.map((group) => line(group.findings[0]!, groupText(group))),
    ...(groups.some((group) => group.findings.length > 1)
      ? [`${counted(groups.length, 'group')} of info findings: --info lists each.`]
      : []),
    summaryLine(summary),
  ];
  return lines.map((text) => `${text}\n`).join('');
};
