import type { Dialect } from '../../../src/ir/index.js';
import { fileSource } from '../../../src/frontends/sql/source.js';
import { pieces } from '../../../src/frontends/sql/split.js';
import { Lexer } from '../../../src/frontends/sql/tokens.js';

/** What may stand between statements besides a delimiter. */
const between: Readonly<Record<string, RegExp | undefined>> = {
  space: /^[\s\0]+$/,
  'line-comment': /^(?:--|#)[^\n]*$/,
  'block-comment': /^\/\*/,
  executable: /^(?:\/\*M?!\d*|\*\/)$/,
};

/**
 * Whatever of a text is part of no statement, no line that is read otherwise, no comment, and no delimiter, and
 * whatever is part of two. Nothing where each character belongs to exactly one.
 */
export function misplaced(text: string, dialect: Dialect): string[] {
  const wrong: string[] = [];
  const lexer = new Lexer(text, dialect);
  let delimiter = ';';
  let at = 0;
  const between_ = (to: number): void => {
    while (lexer.end < to && lexer.advance()) {
      const written = text.slice(lexer.start, lexer.end);
      const fits = lexer.kind === 'end' ? written === delimiter : between[lexer.kind]?.test(written) === true;
      if (!fits || lexer.end > to) wrong.push(`${String(lexer.start)}: ${lexer.kind} ${written.slice(0, 60)}`);
    }
  };
  for (const { kind, start, end } of pieces(fileSource(text, dialect))) {
    if (start < at || end <= start) wrong.push(`${String(start)}: overlaps what ends at ${String(at)}`);
    between_(start);
    const named = kind === 'directive' ? /^delimiter[ \t]+(\S.*?)\s*$/i.exec(text.slice(start, end)) : null;
    if (named) delimiter = named[1]!;
    while (lexer.end < end) lexer.advance();
    at = end;
  }
  between_(text.length);
  return wrong;
}
