/** What a character may be, as bits: the classes of ASCII in one table, so that a scan asks once per character. */
const LETTER = 1;
const DIGIT = 2;
const DOLLAR = 4;
const SPACE = 8;
const OPERATOR = 16;

const classes = new Uint8Array(128);

function mark(bit: number, characters: string): void {
  for (const each of characters) classes[each.charCodeAt(0)]! |= bit;
}

mark(LETTER, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_');
mark(DIGIT, '0123456789');
mark(DOLLAR, '$');
mark(SPACE, '\0\t\n\v\f\r ');
mark(OPERATOR, '+-*/<>=~!@#%^&|');

/** No-break space, byte order mark, ideographic space and line separator. */
const isWideSpace = (code: number): boolean => code === 0xa0 || code === 0xfeff || code === 0x3000 || code === 0x2028;

// Beyond the text a scan asks about -1, which the mask turns into the last place of the table, of no class.
const is = (code: number, bits: number): boolean => code < 128 && (classes[code & 127]! & bits) !== 0;

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

export const isHex = (code: number): boolean => isDigit(code) || ((code | 32) >= 97 && (code | 32) <= 102);

/** Letters, the underscore, and all beyond ASCII that is no space. */
export const isLetter = (code: number): boolean => (code < 128 ? is(code, LETTER) : !isWideSpace(code));

/** Letters of ASCII, the underscore and digits. */
export const isPlain = (code: number): boolean => is(code, LETTER | DIGIT);

export const isSpace = (code: number): boolean => (code < 128 ? is(code, SPACE) : isWideSpace(code));

export const isWordPart = (code: number): boolean =>
  code < 128 ? is(code, LETTER | DIGIT | DOLLAR) : !isWideSpace(code);

export const isOperator = (code: number): boolean => is(code, OPERATOR);
