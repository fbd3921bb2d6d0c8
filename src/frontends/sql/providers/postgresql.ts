import type { Provider, Verdict } from './provider.js';

/**
 * PostgreSQL's own parser. Loading it takes some 200 ms, so only runs with PostgreSQL in them pay for it. CockroachDB's
 * grammar is close to it, but what this one refuses may be valid there.
 */
export async function postgresqlProvider(dialect: 'postgresql' | 'cockroachdb'): Promise<Provider> {
  const { loadModule, parseSync, hasSqlDetails } = await import('libpg-query');
  await loadModule();
  const read = (text: string): Verdict => {
    try {
      parseSync(wellFormed(text));
      return { accepted: true };
    } catch (error) {
      if (dialect !== 'postgresql' || !hasSqlDetails(error) || error.sqlDetails === undefined)
        return { accepted: false };
      const { message, cursorPosition } = error.sqlDetails;
      // Out of memory or too deep: nothing about the text.
      if (
        !/syntax error|unterminated|invalid|must|cannot|not allowed|multiple|conflicting|only|improper/i.test(message)
      ) {
        return { accepted: false };
      }
      return { accepted: false, error: { message, at: offsetOfCodePoint(text, cursorPosition) } };
    }
  };
  return { takesUnbalanced: true, read: (texts) => texts.map(read) };
}

/** The parser stops at NUL, and lone surrogates have no UTF-8 form. */
const wellFormed = (text: string): string => text.replaceAll('\0', ' ').replace(/\p{Surrogate}/gu, '\ufffd');

/** The UTF-16 offset of a code point's index: the parser counts code points, from 0. */
function offsetOfCodePoint(text: string, index: number): number {
  let at = 0;
  for (let count = 0; count < index && at < text.length; count++) at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  return at;
}
