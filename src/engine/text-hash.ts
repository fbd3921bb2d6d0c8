import { createHash } from 'node:crypto';

let last: { text: string; hash: string } | undefined;

/**
 * Tells whether a text is still the one that was linted: SHA-256 in hex of the text without byte order mark. The last
 * one is kept, as all findings of a file ask for the same.
 */
export function textHash(text: string): string {
  if (last?.text !== text) last = { text, hash: createHash('sha256').update(text).digest('hex') };
  return last.hash;
}
