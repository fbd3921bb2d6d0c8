import type { Span } from '../../../ir/index.js';

/** A piece of Prisma schema text. White space stands between tokens and is none; the end of a line is one. */
export interface Token extends Span {
  kind: 'newline' | 'doc' | 'comment' | 'block-comment' | 'string' | 'number' | 'word' | 'sign';
  /** As written. */
  text: string;
}

const pattern =
  /(?<newline>\r\n|\r|\n)|(?<doc>\/\/\/[^\r\n]*)|(?<comment>\/\/[^\r\n]*)|(?<block>\/\*[^]*?\*\/)|(?<string>"(?:\\[^\r\n]|[^"\\\r\n])*"?)|(?<number>-?\d+(?:\.\d+)?(?![\p{L}\p{N}_-]))|(?<word>[\p{L}\p{N}_][\p{L}\p{N}_-]*)|(?<sign>@@|[^\s])/uy;

const kinds: readonly [group: string, kind: Token['kind']][] = [
  ['newline', 'newline'],
  ['doc', 'doc'],
  ['comment', 'comment'],
  ['block', 'block-comment'],
  ['string', 'string'],
  ['number', 'number'],
  ['word', 'word'],
  ['sign', 'sign'],
];

/** Cuts a schema into tokens. Linear; every character is in one token or is white space. */
export function tokensOf(text: string): Token[] {
  const found: Token[] = [];
  // A comment that nothing closes is looked for once.
  let closed = true;
  for (let at = 0; at < text.length;) {
    const blank = /[^\S\r\n]*/y;
    blank.lastIndex = at;
    at += blank.exec(text)![0].length;
    if (at >= text.length) break;
    pattern.lastIndex = at;
    if (text.startsWith('/*', at)) closed &&= text.includes('*/', at + 2);
    const match = closed || !text.startsWith('/*', at) ? pattern.exec(text) : null;
    // A comment without its end reaches as far as its line.
    const piece = match?.[0] ?? /[^\r\n]*/.exec(text.slice(at))![0];
    const kind = kinds.find(([group]) => match?.groups?.[group] !== undefined)?.[1] ?? 'comment';
    found.push({ kind, text: piece, start: at, end: at + piece.length });
    at += piece.length;
  }
  return found;
}

/** Whether a token is a comment of any kind. */
export const isComment = ({ kind }: Token): boolean => kind === 'doc' || kind === 'comment' || kind === 'block-comment';

/** What a string says: its escapes are those of JSON. */
export function stringValue({ text }: Pick<Token, 'text'>): string {
  const inner = text.slice(1, text.length > 1 && text.endsWith('"') ? -1 : undefined);
  return inner.replace(/\\(u[\da-fA-F]{4}|.)/g, (_, sign: string) => {
    if (sign.length > 1) return String.fromCharCode(Number.parseInt(sign.slice(1), 16));
    return { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[sign] ?? sign;
  });
}
