import { createHash } from 'node:crypto';

/** Tells whether a text is still the one that was linted: SHA-256 in hex of the text without byte order mark. */
export const textHash = (text: string): string => createHash('sha256').update(text).digest('hex');
