import type { Provider, Verdict } from '../provider.js';
import { offsetOfCodePoint, utf16Offsets } from './offsets.js';
import { reading } from './reading.js';
import type { Node } from './tree.js';

/**
 * PostgreSQL's own parser. Loading it takes some 200 ms, so only runs with PostgreSQL in them pay for it. CockroachDB's
 * grammar is close to it, but what this one refuses may be valid there.
 */
export async function postgresqlProvider(dialect: 'postgresql' | 'cockroachdb'): Promise<Provider> {
  const { loadModule, parseSync, hasSqlDetails } = await import('libpg-query');
  await loadModule();
  const read = (text: string): Verdict => {
    try {
      const { stmts } = parseSync(wellFormed(text)) as unknown as { stmts?: { stmt: Node }[] };
      return { accepted: true, ...(stmts?.length === 1 && { reading: reading(stmts[0]!.stmt, utf16Offsets(text)) }) };
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
