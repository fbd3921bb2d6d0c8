import type { Comment, TextEdit } from '../ir/index.js';

/** Takes comments out of a text, with their lines where nothing else stands on them. */
export function removeComments(text: string, comments: readonly Comment[]): TextEdit[] {
  return comments.map(({ span: { start, end }, ownLine }) => {
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    const rest = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(end))?.[0];
    if (ownLine && rest !== undefined) return { span: { start: lineStart, end: end + rest.length }, text: '' };
    const blanks = /[ \t]*$/.exec(text.slice(lineStart, start))?.[0].length ?? 0;
    return { span: { start: start - blanks, end }, text: '' };
  });
}
