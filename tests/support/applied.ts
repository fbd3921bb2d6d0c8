import type { TextEdit } from '../../src/ir/index.js';

/** A text after edits, which may come in any order; nothing where there are none. */
export function applied(text: string, edits: readonly TextEdit[] | undefined): string | undefined {
  if (edits === undefined) return undefined;
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((result, { span, text: by }) => result.slice(0, span.start) + by + result.slice(span.end), text);
}
