import type { Name, QualifiedName, Span } from '../../../ir/index.js';
import { holesIn } from '../holes.js';
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

/**
 * Walks the tokens of one statement, or a range of them. A reader asks for what it expects and gets nothing where
 * something else stands; nothing here throws, and no method moves back. All indexes count from the start of the range.
 */
export class Cursor {
  at = 0;
  /** How many tokens there are. */
  readonly length: number;

  constructor(
    readonly source: Source,
    /** Of the whole statement. */
    private readonly tokens: readonly Token[],
    readonly holes: readonly RawHole[],
    private readonly first = 0,
    end = tokens.length,
  ) {
    this.length = Math.max(0, Math.min(end, tokens.length) - first);
  }

  get done(): boolean {
    return this.at >= this.length;
  }

  get token(): Token | undefined {
    return this.tokenAt(this.at);
  }

  tokenAt(index: number): Token | undefined {
    return index >= 0 && index < this.length ? this.tokens[this.first + index] : undefined;
  }

  /** The word or sign of a token in upper case; `` where there is none and for quoted text. */
  wordAt(index: number): string {
    return index >= 0 && index < this.length ? this.tokens[this.first + index]!.word : '';
  }

  word(ahead = 0): string {
    return this.wordAt(this.at + ahead);
  }

  /** Where a word first stands, or -1. */
  indexOf(word: string, from = 0): number {
    for (let at = Math.max(0, from); at < this.length; at++) if (this.tokens[this.first + at]!.word === word) return at;
    return -1;
  }

  /** Where a word last stands, or -1. */
  lastIndexOf(word: string): number {
    for (let at = this.length - 1; at >= 0; at--) if (this.tokens[this.first + at]!.word === word) return at;
    return -1;
  }

  /** The kind of a token. */
  kind(ahead = 0): Token['kind'] | undefined {
    return this.tokenAt(this.at + ahead)?.kind;
  }

  /** Whether these words come next. */
  is(word: string, second?: string, third?: string, fourth?: string): boolean {
    const { at } = this;
    return (
      this.wordAt(at) === word &&
      at < this.length &&
      (second === undefined || this.wordAt(at + 1) === second) &&
      (third === undefined || this.wordAt(at + 2) === third) &&
      (fourth === undefined || this.wordAt(at + 3) === fourth)
    );
  }

  /** Takes these words if they come next. */
  take(word: string, second?: string, third?: string, fourth?: string): boolean {
    if (!this.is(word, second, third, fourth)) return false;
    this.at += second === undefined ? 1 : third === undefined ? 2 : fourth === undefined ? 3 : 4;
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
    const first = this.tokenAt(from);
    const last = this.tokenAt(to - 1);
    return first === undefined || last === undefined || to <= from ? '' : this.source.text.slice(first.start, last.end);
  }

  span(from: number, to = this.at): Span {
    const first = this.tokenAt(Math.min(from, this.length - 1));
    if (first === undefined) return this.source.span(0, 0);
    const last = this.tokenAt(Math.max(from, Math.min(to, this.length) - 1)) ?? first;
    return this.source.span(first.start, last.end);
  }

  private hasHole(token: Token): boolean {
    if (token.kind === 'hole' || token.kind === 'placeholder') return true;
    return holesIn(this.holes, token.start, token.end).length > 0;
  }

  isName(ahead = 0): boolean {
    const token = this.tokenAt(this.at + ahead);
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
    if (schema === undefined) return { name, span: name.span };
    if (schema.unknown && this.isSetting(schema)) delete schema.unknown;
    return { schema, name, span: this.span(from) };
  }

  /**
   * Whether a schema is named by a place mark of the file's own, such as `${schema}`: what stands for it is a setting of
   * the run, the same wherever it is written.
   */
  private isSetting({ value }: Name): boolean {
    return this.source.holes.length === 0 && /^(?:\$\{\w+\}|\$\(\w+\)|\{\{ ?\w+ ?\}\})$/.test(value);
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
    const { first } = this;
    return new Cursor(
      this.source,
      this.tokens,
      this.holes,
      first + Math.min(from, this.length),
      first + Math.min(to, this.length),
    );
  }

  /** Tokens `from` to before `to`. */
  range(from: number, to: number): Token[] {
    return this.tokens.slice(this.first + from, this.first + Math.min(to, this.length));
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
