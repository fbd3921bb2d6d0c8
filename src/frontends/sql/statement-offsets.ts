import type { Span, Statement } from '../../ir/index.js';

/** Offset in the host file of an offset in the statement's text. */
export function hostOffset({ offsets, span }: Statement, at: number): number {
  if (offsets === undefined) return span.start + at;
  const pair = offsets.findLast(([text]) => text <= at) ?? [0, span.start];
  return pair[1] + (at - pair[0]);
}

/** Offset in the statement's text of an offset in the host file. */
export function textOffset({ offsets, span }: Pick<Statement, 'offsets' | 'span'>, host: number): number {
  if (offsets === undefined) return host - span.start;
  const pair = offsets.findLast(([, there]) => there <= host) ?? [0, span.start];
  return pair[0] + (host - pair[1]);
}

/** The span in the host file of a stretch of the statement's text that is not empty. */
export const hostSpan = (statement: Statement, start: number, end: number): Span => ({
  start: hostOffset(statement, start),
  end: hostOffset(statement, end - 1) + 1,
});
