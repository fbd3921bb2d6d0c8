import type { Name, QualifiedName, Span } from '../../../ir/index.js';
import type { Source } from '../source.js';
import type { RawHole, Token } from '../tokens.js';

/** The value of a quoted name or string without its quotes, doubled quotes resolved. */
export function unquoted(written: string): string {
  const open = written.search(/["'`[]/);
  if (open < 0) return written;
  const close = written[open] === '[' ? ']' : written[open]!;
  const inner = written.slice(open + 1, written.endsWith(close) && written.length > open + 1 ? -1 : undefined);
  return inner.replaceAll(close + close, close);
}

/** Whether a hole stands in a range; the holes ascend. */
export function overlapsHole(holes: readonly RawHole[], start: number, end: number): boolean {
  let low = 0;
  let high = holes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holes[middle]!.end <= start) low = middle + 1;
    else high = middle;
  }
  return low < holes.length && holes[low]!.start < end;
}

/**
 * Walks the tokens of one statement. A reader asks for what it expects and gets nothing where something else
 * stands; nothing here throws, and no method moves back.
 */
export class Cursor {
  at = 0;

  constructor(
    readonly source: Source,
    readonly tokens: readonly Token[],
    readonly holes: readonly RawHole[],
    /** Words and signs of the tokens in upper case; quoted text is `` so that it is never taken for a word. */
    readonly words: readonly string[],
  ) {}

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  get token(): Token | undefined {
    return this.tokens[this.at];
  }

  word(ahead = 0): string {
    return this.words[this.at + ahead] ?? '';
  }

  /** Whether these words come next. */
  is(...words: readonly string[]): boolean {
    return words.every((word, index) => this.words[this.at + index] === word);
  }

  /** Takes these words if they come next. */
  take(...words: readonly string[]): boolean {
    if (!this.is(...words)) return false;
    this.at += words.length;
    return true;
  }

  /** Takes the next word if it is one of these. */
  oneOf(...words: readonly string[]): string | undefined {
    const word = this.word();
    if (word === '' || !words.includes(word)) return undefined;
    this.at++;
    return word;
  }

  written(token: Token): string {
    return this.source.text.slice(token.start, token.end);
  }

  /** Text from one token to before another, as written. */
  between(from: number, to: number): string {
    const first = this.tokens[from];
    const last = this.tokens[to - 1];
    return first === undefined || last === undefined || to <= from ? '' : this.source.text.slice(first.start, last.end);
  }

  span(from: number, to = this.at): Span {
    const first = this.tokens[Math.min(from, this.tokens.length - 1)];
    if (first === undefined) return this.source.span(0, 0);
    const last = this.tokens[Math.max(from, Math.min(to, this.tokens.length) - 1)] ?? first;
    return this.source.span(first.start, last.end);
  }

  private hasHole(token: Token): boolean {
    if (token.kind === 'hole' || token.kind === 'placeholder') return true;
    return overlapsHole(this.holes, token.start, token.end);
  }

  isName(ahead = 0): boolean {
    const token = this.tokens[this.at + ahead];
    if (token === undefined) return false;
    const { kind } = token;
    return (
      kind === 'word' ||
      kind === 'quoted' ||
      kind === 'hole' ||
      (kind === 'placeholder' && this.source.text[token.start] !== '?') ||
      this.isStringName(token)
    );
  }

  /** Where a name is due, MySQL takes a double-quoted string for one, SQLite any string. */
  private isStringName(token: Token): boolean {
    if (token.kind !== 'string') return false;
    const quote = this.source.text[token.start];
    return quote === '"' || (quote === "'" && this.source.dialect === 'sqlite');
  }

  name(): Name | undefined {
    const { token } = this;
    if (token === undefined || !this.isName()) return undefined;
    this.at++;
    const quoted = token.kind === 'quoted' || token.kind === 'string';
    const written = this.written(token);
    const name: Name = {
      value: quoted ? unquoted(written) : written,
      quoted,
      span: this.source.span(token.start, token.end),
    };
    if (this.hasHole(token)) name.unknown = true;
    return name;
  }

  /** A dotted name; of more than two parts the last two count. */
  qualified(): QualifiedName | undefined {
    const from = this.at;
    const first = this.name();
    if (first === undefined) return undefined;
    let schema: Name | undefined;
    let name = first;
    while (this.is('.') && (this.isName(1) || this.is('.', '.'))) {
      this.at++;
      this.take('.');
      const next = this.name();
      if (next === undefined) break;
      schema = name;
      name = next;
    }
    return { ...(schema && { schema }), name, span: this.span(from) };
  }

  /** Skips a parenthesis and all in it; gives the range of tokens inside. */
  parenthesis(): [number, number] | undefined {
    if (!this.is('(')) return undefined;
    const from = ++this.at;
    let depth = 1;
    while (!this.done) {
      const word = this.word();
      if (word === '(') depth++;
      else if (word === ')' && --depth === 0) break;
      this.at++;
    }
    const inside: [number, number] = [from, this.at];
    this.at++;
    return inside;
  }

  /** Moves on until one of the words stands at depth 0, or the end. Brackets count as depth too. */
  until(...words: readonly string[]): void {
    let depth = 0;
    while (!this.done) {
      const word = this.word();
      if (depth <= 0 && word !== '' && words.includes(word)) return;
      if (word === '(' || word === '[') depth++;
      else if (word === ')' || word === ']') {
        if (depth === 0) return;
        depth--;
      }
      this.at++;
    }
  }

  /** A cursor over a range of the same tokens. */
  within([from, to]: [number, number]): Cursor {
    return new Cursor(this.source, this.tokens.slice(from, to), this.holes, this.words.slice(from, to));
  }

  /** The comma-separated pieces of what is left, a cursor for each. */
  list(): Cursor[] {
    const items: Cursor[] = [];
    while (!this.done) {
      const from = this.at;
      this.until(',');
      if (this.at > from) items.push(this.within([from, this.at]));
      // A closing parenthesis too many stops `until` where it is.
      this.at++;
    }
    return items;
  }
}

/** Words and signs of tokens in upper case, as Cursor wants them. */
export function wordsOf(text: string, tokens: readonly Token[]): string[] {
  return tokens.map(({ kind, start, end }) => {
    switch (kind) {
      case 'word':
        return end - start > 64 ? '' : text.slice(start, end).toUpperCase();
      case 'operator':
      case 'punctuation':
      case 'end':
        return text.slice(start, end);
      default:
        return '';
    }
  });
}
