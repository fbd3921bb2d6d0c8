import type { Span } from '../../../ir/index.js';

/** Lines of comments in a row from which on they are kept from the grammar: its time grows with their square. */
const longRun = 200;

/** A stretch of lines that each hold a comment and nothing else, or are empty. */
export interface CommentRun extends Span {
  /** Each comment without its indentation. */
  comments: Span[];
}

/**
 * The long runs of lines that look like comments. Inside of a text in three quotes they are none, which the grammar has
 * to say; a line with such quotes is in no run, so that blanks in a run's place never move where a text ends.
 */
export function commentRuns(text: string, atLeast = longRun): CommentRun[] {
  const runs: CommentRun[] = [];
  let run: CommentRun | undefined;
  let before = '';
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const comment = firstVisible(text, start, end);
    if (text[comment] === '#' && comment < end && before !== '\\' && !quotes.test(text.slice(comment, end))) {
      run ??= { start, end, comments: [] };
      run.end = end;
      run.comments.push({ start: comment, end });
    } else if (comment < end || newline < 0) {
      if (run !== undefined && run.comments.length >= atLeast) runs.push(run);
      run = undefined;
    }
    before = text[text[end - 1] === '\r' ? end - 2 : end - 1] ?? '';
    start = end + 1;
  }
  if (run !== undefined && run.comments.length >= atLeast) runs.push(run);
  return runs;
}

const quotes = /"""|'''/;

function firstVisible(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && /[ \t\f\r]/.test(text[at] ?? '')) at += 1;
  return at;
}

/** The text with blanks in place of the comments of runs; every offset stays. */
export function withoutRuns(text: string, runs: readonly CommentRun[]): string {
  let out = '';
  let done = 0;
  for (const { comments } of runs) {
    for (const { start, end } of comments) {
      out += text.slice(done, start) + ' '.repeat(end - start);
      done = end;
    }
  }
  return out + text.slice(done);
}
