import type { Comment, FileFacts } from '../ir/index.js';

/** A docstring that opens a Python file: Alembic keeps the revision's message there. */
const docstring = /^\s*(?:[rR]?"""[\s\S]*?"""|[rR]?'''[\s\S]*?''')/;

/** What of a text is run: comments, a leading docstring, empty lines and blanks at line ends left out. */
function code(text: string, comments: readonly Comment[], frontend: FileFacts['frontend']): string {
  let rest = '';
  let at = 0;
  for (const { span } of [...comments].sort((a, b) => a.span.start - b.span.start)) {
    if (span.start < at) continue;
    rest += text.slice(at, span.start);
    at = span.end;
  }
  rest += text.slice(at);
  if (frontend === 'python') rest = rest.replace(docstring, '');
  return rest
    .split(/\r\n|[\r\n]/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n');
}

/** Whether two versions of a file run alike, because they differ in comments and empty lines only. */
export function sameCode(
  before: { text: string; facts: FileFacts },
  after: { text: string; facts: FileFacts },
): boolean {
  const [old, fresh] = [before, after].map(({ text, facts }) => code(text, facts.comments, facts.frontend));
  return old === fresh;
}
