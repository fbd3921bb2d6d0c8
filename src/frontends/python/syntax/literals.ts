import type { Literal } from './nodes.js';

const simple: { [letter: string]: string } = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
};

const escape = /\\(?:\r\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|[^])/g;
const doubledBrace = /\{\{|\}\}/g;
const escapeOrBrace = new RegExp(`${escape.source}|${doubledBrace.source}`, 'g');

/** What an escape sequence stands for; itself where Python keeps it as written. */
function meaning(sequence: string, bytes: boolean): string {
  const letter = sequence[1] ?? '';
  if (sequence === '\\\r\n') return '';
  if (letter in simple) return simple[letter] ?? '';
  if (letter >= '0' && letter <= '7') return String.fromCharCode(parseInt(sequence.slice(1), 8));
  if (letter === 'x' && sequence.length === 4) return String.fromCharCode(parseInt(sequence.slice(2), 16));
  if (bytes) return sequence;
  if ((letter === 'u' || letter === 'U') && sequence.length > 2) {
    const code = parseInt(sequence.slice(2), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : sequence;
  }
  // A character's name: which one does not matter to the data layer, its being one character does.
  if (letter === 'N' && sequence.length > 2) return '\ufffd';
  return sequence;
}

/**
 * The value of the literal text between two offsets, with the pairs that map it back to the file.
 * @param prefix the letters before the quote, lower case
 */
export function decodeLiteral(text: string, start: number, end: number, prefix: string): Literal {
  const raw = text.slice(start, end);
  const formatted = prefix.includes('f') || prefix.includes('t');
  const pattern = prefix.includes('r') ? (formatted ? doubledBrace : undefined) : formatted ? escapeOrBrace : escape;
  const offsets: [number, number][] = [[0, start]];
  if (pattern === undefined || (!raw.includes('\\') && !formatted)) return { value: raw, offsets };
  let value = '';
  let done = 0;
  for (const match of raw.matchAll(pattern)) {
    const sequence = match[0];
    const replacement = sequence.startsWith('\\') ? meaning(sequence, prefix.includes('b')) : sequence.slice(1);
    value += raw.slice(done, match.index) + replacement;
    done = match.index + sequence.length;
    if (replacement !== sequence) offsets.push([value.length, start + done]);
  }
  return { value: value + raw.slice(done), offsets };
}

/** Several pieces as one literal, offsets rebased. */
export function joinLiterals(pieces: readonly Literal[]): Literal {
  let value = '';
  const offsets: [number, number][] = [];
  for (const piece of pieces) {
    for (const [at, host] of piece.offsets) offsets.push([at + value.length, host]);
    value += piece.value;
  }
  return { value, offsets };
}
