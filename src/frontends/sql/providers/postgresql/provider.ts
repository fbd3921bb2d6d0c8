import { tokens } from '../../tokens.js';
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
  const read = (written: string): Verdict => {
    const text = wellFormed(written);
    try {
      const { stmts } = parseSync(text) as unknown as { stmts?: { stmt: Node }[] };
      return { accepted: true, ...(stmts?.length === 1 && { reading: reading(stmts[0]!.stmt, utf16Offsets(text)) }) };
    } catch (error) {
      const { message, cursorPosition } = (hasSqlDetails(error) && error.sqlDetails) || noDetails;
      if (message === '' || /exhausted|stack depth/.test(message)) return { accepted: false, gaveUp: tooDeep };
      if (dialect !== 'postgresql') return { accepted: false };
      return { accepted: false, error: { message, at: offsetOfCodePoint(text, cursorPosition) } };
    }
  };
  return { takesUnbalanced: true, read: (texts) => texts.map(read) };
}

/** It ran out of stack without a word. */
const noDetails = { message: '', cursorPosition: 0 };
const tooDeep = 'The statement nests too deep to be checked.';

/**
 * The text as the parser can take it, each character in its place: it stops at NUL, lone surrogates have no UTF-8 form,
 * and this build refuses a comment between words that it looks at together, such as NULLS and LAST.
 */
function wellFormed(text: string): string {
  const plain = text.replaceAll('\0', ' ').replace(/\p{Surrogate}/gu, '\ufffd');
  return plain.includes('--') || plain.includes('/*') ? withoutComments(plain) : plain;
}

function withoutComments(text: string): string {
  let plain = '';
  let from = 0;
  for (const { kind, start, end } of tokens(text, 'postgresql')) {
    if (kind !== 'line-comment' && kind !== 'block-comment') continue;
    plain += text.slice(from, start) + ' '.repeat(end - start);
    from = end;
  }
  return plain + text.slice(from);
}
