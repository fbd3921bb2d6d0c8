import type { Dialect, Name, TextEdit } from '../../../ir/index.js';
import { quoteIdentifier } from '../../sql/authoring.js';
import { literalAround } from './literals.js';

/** Quotes a name of SQL text that stands in a string, escaped for that string where both use the same sign. */
export function quoteInLiteral(name: Name, dialect: Dialect, source: string): TextEdit[] | undefined {
  const { start, end } = name.span;
  const written = source.slice(start, end);
  if (written.toLowerCase() !== name.value.toLowerCase()) return undefined;
  const literal = literalAround(source, start);
  if (literal === undefined || end > literal.end) return undefined;
  const edits = quoteIdentifier(source, { ...name, value: written }, dialect);
  // Inside of three quotes one is only taken for the end where it stands beside it.
  const clashes = literal.quote.length === 1 || end === literal.end;
  return edits?.every(({ text }) => !clashes || !text.includes(literal.quote.charAt(0)) || !literal.raw) === true
    ? edits.map(({ span, text }) => ({
        span,
        text: clashes ? text.split(literal.quote.charAt(0)).join(`\\${literal.quote.charAt(0)}`) : text,
      }))
    : undefined;
}
