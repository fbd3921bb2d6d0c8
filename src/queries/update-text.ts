/** The clauses of an UPDATE, as written. */
export interface UpdateClauses {
  /** What each column is set to, by the column's name in lower case; absent for what is set in a list. */
  values: ReadonlyMap<string, string>;
  where?: string;
  /** Other tables are joined, or read by a query in it. */
  readsOthers: boolean;
}

const quotes = new Set(["'", '"', '`']);

/** Words, signs and strings of a text, each with how deep in parentheses it stands. */
interface Piece {
  text: string;
  depth: number;
  start: number;
  end: number;
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let depth = 0;
  let at = 0;
  while (at < text.length) {
    const start = at;
    const sign = text[at]!;
    if (/\s/.test(sign)) {
      at++;
      continue;
    }
    if (quotes.has(sign)) {
      at = closing(text, at);
    } else if (/\w/.test(sign)) {
      while (at < text.length && /[\w$]/.test(text[at]!)) at++;
    } else at++;
    if (sign === ')') depth--;
    pieces.push({ text: text.slice(start, at), depth, start, end: at });
    if (sign === '(') depth++;
  }
  return pieces;
}

/** The offset behind a quoted text that begins at `at`; a doubled quote does not end it. */
function closing(text: string, at: number): number {
  const quote = text[at]!;
  let end = at + 1;
  while (end < text.length) {
    if (text[end] === quote) {
      if (text[end + 1] !== quote) return end + 1;
      end++;
    }
    end++;
  }
  return end;
}

const isWord = (piece: Piece, ...words: string[]): boolean => words.includes(piece.text.toLowerCase());

/** The condition of a DELETE, as written. */
export function whereOf(text: string): string | undefined {
  const pieces = piecesOf(text);
  const where = pieces.find((piece) => piece.depth === 0 && isWord(piece, 'where'));
  const end = pieces.find((piece) => piece.depth === 0 && isWord(piece, 'returning', 'order', 'limit'));
  return (
    where &&
    text
      .slice(where.end, end && end.start > where.end ? end.start : text.length)
      .replace(/;\s*$/, '')
      .trim()
  );
}

/** The clauses of an UPDATE; nothing where the text is none that can be taken apart. */
export function clausesOf(text: string): UpdateClauses | undefined {
  const pieces = piecesOf(text);
  const top = pieces.filter(({ depth }) => depth === 0);
  const set = top.findIndex((piece) => isWord(piece, 'set'));
  if (set < 0) return undefined;
  const where = top.findIndex((piece, index) => index > set && isWord(piece, 'where'));
  const end = top.findIndex(
    (piece, index) => index > Math.max(set, where) && isWord(piece, 'returning', 'order', 'limit'),
  );
  const from = top.findIndex((piece, index) => index > set && isWord(piece, 'from'));
  const stop = end < 0 ? text.length : top[end]!.start;
  const ends = [where, from, end].filter((index) => index >= 0).map((index) => top[index]!.start);
  const assigned = text.slice(top[set]!.end, Math.min(stop, ...ends));
  return {
    values: assignments(assigned),
    ...(where >= 0 && { where: text.slice(top[where]!.end, stop).replace(/;\s*$/, '').trim() }),
    readsOthers:
      from >= 0 ||
      pieces.some((piece) => isWord(piece, 'select', 'join')) ||
      top.slice(0, set).some(({ text }) => text === ','),
  };
}

function assignments(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const each of splitAt(text, ',')) {
    const [, name, value] = /^\s*(?:[\w"`]+\s*\.\s*)?["`[]?(\w+)["`\]]?\s*=(.*)$/s.exec(each) ?? [];
    if (name !== undefined) values.set(name.toLowerCase(), value!.trim());
  }
  return values;
}

/** A text cut at a word or sign that stands outside of parentheses and quotes. */
export function splitAt(text: string, separator: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const piece of piecesOf(text)) {
    if (piece.depth !== 0 || piece.text.toLowerCase() !== separator) continue;
    parts.push(text.slice(from, piece.start));
    from = piece.end;
  }
  return [...parts, text.slice(from)];
}

/** A condition in one form of writing: blanks, quotes of names, outer parentheses and case apart. */
export function plainCondition(text: string): string {
  let plain = text.replace(/\s+/g, ' ').trim();
  while (
    plain.startsWith('(') &&
    plain.endsWith(')') &&
    piecesOf(plain).every(({ depth, end }) => depth > 0 || end === 1 || end === plain.length)
  )
    plain = plain.slice(1, -1).trim();
  return plain.replace(/["`[\]]/g, '').toLowerCase();
}
