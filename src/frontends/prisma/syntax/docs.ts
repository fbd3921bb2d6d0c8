import type { Text } from '../../../ir/index.js';
import type { Token } from './tokens.js';

/** A word to a linter is no documentation. */
const isDirective = /^\/[/*]+\s*(?:ddlint|eslint)-/;

/**
 * What comments say of the declaration that they belong to: `///` and block comments, one below the other, and none of
 * the `//`. Nothing where they say nothing.
 */
export function docOf(comments: readonly Token[]): Text | undefined {
  const docs = comments.filter((comment) => comment.kind !== 'comment' && !isDirective.test(comment.text));
  const [first] = docs;
  if (first === undefined) return undefined;
  const value = docs.map(wordsOf).join('\n');
  return { value, span: { start: first.start, end: docs.at(-1)!.end } };
}

function wordsOf({ kind, text }: Token): string {
  if (kind === 'doc') return text.slice(3).trimStart();
  const lines = text.slice(2, -2).split(/\r\n|\r|\n/);
  return lines
    .map((line) => line.replace(/^\s*\*+ ?/, ''))
    .join('\n')
    .trim();
}
