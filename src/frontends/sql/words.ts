const SIZE = 4096;
/** A word as long as this is a name, and names come once or seldom. */
const LONGEST = 24;

/**
 * Words in upper case by a hash of their letters. A file repeats its words; handing out the same string again makes
 * neither a copy of the text nor a comparison by character necessary. A word drives out another one of the same hash.
 */
const known: string[] = new Array<string>(SIZE).fill('');

/** Goes on with the hash of a word of ASCII letters, whichever their case. */
export const hashWith = (hash: number, code: number): number => (hash * 31 + (code & 0xdf)) | 0;

/**
 * A word of a text in upper case.
 * @param hash of its characters, or 0 where one of them is no letter of ASCII or underscore
 */
export function upperWord(text: string, start: number, end: number, hash: number): string {
  if (hash === 0 || end - start > LONGEST) return text.slice(start, end).toUpperCase();
  const place = (hash ^ (hash >>> 12)) & (SIZE - 1);
  const there = known[place]!;
  if (isSame(there, text, start, end)) return there;
  // A property name is one string wherever it is written, so that equal words are the same object.
  const word = Object.keys({ [text.slice(start, end).toUpperCase()]: 0 })[0]!;
  known[place] = word;
  return word;
}

function isSame(word: string, text: string, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let at = start; at < end; at++) if (word.charCodeAt(at - start) !== (text.charCodeAt(at) & 0xdf)) return false;
  return true;
}
