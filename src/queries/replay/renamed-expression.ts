import type { Name } from '../../ir/index.js';

/** Strings, quoted names, and words with what decides whether they name a column. */
const pieces = /'(?:[^']|'')*'|"((?:[^"]|"")*)"|[\p{L}_][\p{L}\p{N}_$]*(?!\s*\()/gu;

/**
 * An expression of SQL after the renaming of a column. Words in strings and names of functions stay.
 * @param column the name until then, compared in lower case
 */
export function renamedExpression(expression: string, column: Name, to: Name): string {
  const wanted = column.value.toLowerCase();
  return expression.replace(pieces, (piece, quoted: string | undefined) => {
    if (piece.startsWith("'")) return piece;
    const name = quoted === undefined ? piece : quoted.replaceAll('""', '"');
    if (name.toLowerCase() !== wanted) return piece;
    return to.quoted ? `"${to.value.replaceAll('"', '""')}"` : to.value;
  });
}
