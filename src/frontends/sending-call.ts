import type { Span, Statement, TextEdit } from '../ir/index.js';

/** A statement of a host language that sends SQL text and does nothing else: `await runner.query('…');` */
export interface SendingCall {
  /** The statement, with its semicolon. */
  span: Span;
  /** What stands before the statement on its line: white space. */
  indent: string;
  /** All before the opening quote of the text. */
  head: string;
  /** All behind the closing quote, and nothing of it a further argument. */
  tail: string;
}

const opening =
  /(^|[\r\n])([ \t]*)((?:await[ \t]+)?(?:[\w$.]+\(\s*){0,2}(?:[\w$.]*\bsql)?)(?:[ru](?=["']))?("""|'''|["'`])\s*$/i;

/** More than a call needs around its text. */
const reach = 400;

/**
 * The call around SQL text.
 * @param text the file
 * @param sent what the SQL statement spans in the file
 * @returns nothing where the call sends more than this statement, takes further arguments, or stands within an expression
 */
export function sendingCall(text: string, sent: Span): SendingCall | undefined {
  const from = Math.max(0, sent.start - reach);
  const found = opening.exec(text.slice(from, sent.start));
  if (found === null) return undefined;
  const [all, newline, indent, head, quote] = found as unknown as [string, string, string, string, string];
  if (head === '' || (newline === '' && from > 0)) return undefined;
  const close = sent.end + /^\s*;?\s*/.exec(text.slice(sent.end, sent.end + reach))![0].length;
  if (!text.startsWith(quote, close)) return undefined;
  const rest = text.slice(close + quote.length, close + reach);
  const tail = /^[\w$.()\s]*?\);?(?=[ \t]*(?:\r?\n|$))/.exec(rest)?.[0];
  if (tail === undefined || depth(head) + depth(tail) !== 0) return undefined;
  const start = sent.start - all.length + newline.length + indent.length;
  return { span: { start, end: close + quote.length + tail.length }, indent, head, tail };
}

/** How many parentheses a text opens and leaves open. */
const depth = (text: string): number => text.split('(').length - text.split(')').length;

/** Sends the statements of one string by a call each, written as the one that sends them all. */
export function sentApart(text: string, statements: readonly Statement[]): TextEdit[] | undefined {
  const together = statements[0]?.together;
  const call = together && sendingCall(text, together);
  if (together === undefined || call === undefined || statements.some(({ holes }) => holes.length > 0))
    return undefined;
  const { span, indent, head, tail } = call;
  const quote = /("{3}|'{3}|["'`])\s*$/.exec(text.slice(span.start + head.length, together.start))?.[1];
  // What is between them, such as a comment, would be lost.
  const isBare = statements.every(({ span: { end } }, index) =>
    /^\s*;?\s*$/.test(text.slice(end, statements[index + 1]?.span.start ?? together.end)),
  );
  if (quote === undefined || !isBare) return undefined;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = statements.map((each) => head + quote + text.slice(each.span.start, each.span.end) + quote + tail);
  return [{ span, text: lines.join(newline + indent) }];
}
