import type { Comment, Text } from '../../ir/index.js';
import { commentAt } from './comments.js';

/** One key of an INI file. A value may go on over indented lines. */
export interface IniEntry {
  section: string;
  /** As written. */
  key: Text;
  /** Each line of the value without outer blanks; the first one may be empty. */
  lines: Text[];
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/**
 * Reads an INI file as Python's configparser does: comments on lines of their own alone, `=` or `:` behind a key,
 * indented lines that go on with a value. What it would refuse, such as a line of a template, is passed over.
 */
export function readIni(text: string): { entries: IniEntry[]; comments: Comment[] } {
  const entries: IniEntry[] = [];
  const comments: Comment[] = [];
  let section = '';
  let open: IniEntry | undefined;
  let indent = 0;
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    const start = index + indentOf(line);
    const written = line.trim();
    const end = start + written.length;
    if (written === '') continue;
    if (/^[#;]/.test(written)) {
      comments.push(commentAt(text, { start, end }));
    } else if (open !== undefined && indentOf(line) > indent) {
      open.lines.push({ value: written, span: { start, end } });
    } else {
      indent = indentOf(line);
      open = undefined;
      const header = /^\[(.+)\]/.exec(written);
      const [, key = '', sign = ''] = /^([^=:]*?)(\s*[=:]\s*)/.exec(written) ?? [];
      if (header) {
        section = header[1] ?? '';
      } else if (key !== '') {
        const from = start + key.length + sign.length;
        const span = { start, end: start + key.length };
        open = {
          section,
          key: { value: key, span },
          lines: [{ value: text.slice(from, end), span: { start: from, end } }],
        };
        entries.push(open);
      }
    }
  }
  return { entries, comments };
}
