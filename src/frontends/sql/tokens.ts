import type { Dialect, StatementHole } from '../../ir/index.js';
import { isDigit, isHex, isLetter, isOperator, isPlain, isSpace, isWordPart } from './characters.js';
import { clientLineAt, lineEnd } from './client-lines.js';
import { type Lexicon, lexicons } from './lexicons.js';
import { Modes } from './modes.js';
import { valueEndsBefore } from './operand.js';
import { endOfTemplate, Templates, templatesIn } from './templates.js';
import { hashWith, upperWord } from './words.js';

export type TokenKind =
  | 'space'
  | 'line-comment'
  | 'block-comment'
  /** The opening or closing of a comment whose content is run (MySQL). */
  | 'executable'
  /** Between two pieces that drizzle sends one by one. */
  | 'breakpoint'
  | 'string'
  | 'dollar'
  | 'quoted'
  | 'word'
  | 'number'
  | 'placeholder'
  | 'hole'
  | 'operator'
  | 'punctuation'
  /** What ends a statement: a semicolon, or the delimiter in force. */
  | 'end'
  /** A line for a client program: psql, sqlite, sqlcmd, mysql. */
  | 'directive'
  /** Rows that follow COPY … FROM stdin. */
  | 'data';

/** A stretch of SQL text; offsets are UTF-16 code units of the text that was cut. */
export interface Token {
  kind: TokenKind;
  start: number;
  end: number;
  /** A word or sign in upper case; all else is `` so that quoted text is never taken for a word. */
  word: string;
  /** Its closing quote or comment end is missing, so it runs to the end of the text. */
  unterminated?: true;
}

/** A run-time part of the text, by where it stands in the text. */
export interface RawHole {
  start: number;
  end: number;
  style: StatementHole['style'];
  bound: boolean;
}

const isTriviaKind = (kind: TokenKind): boolean =>
  kind === 'space' || kind === 'line-comment' || kind === 'block-comment' || kind === 'executable';

/** Whether a token means nothing to the grammar. */
export const isTrivia = (token: Token): boolean => isTriviaKind(token.kind);

const lineBreak = /[\r\n]/g;

const ATLAS_DELIMITER = '-- atlas:delimiter ';

/** No operator is longer; what is cut off its end is looked at again. */
const OPERATOR_LIMIT = 64;

/** A word longer than this is no keyword. */
const WORD_LIMIT = 64;

/**
 * Cuts SQL text into tokens, one at a time so that a large file is never held as tokens. The tokens joined are the
 * text, whatever it is. Every character is looked at a bounded number of times. `advance()` leaves the token in the
 * fields, for blanks and comments need no object; `next()` makes one.
 */
export class Lexer {
  /** Templates and placeholders met so far, in order. */
  readonly holes: RawHole[] = [];
  kind: TokenKind = 'space';
  start = 0;
  end = 0;
  word = '';
  unterminated = false;
  private readonly lexicon: Lexicon;
  private delimiter = ';';
  private lineStart = true;
  private statementEmpty = true;
  /** The words of the statement that tell COPY … FROM stdin: 0 none, 1 COPY, 2 FROM, 3 stdin. */
  private copying = 0;
  private copyEndless = false;
  private executable = false;
  private givenHole = 0;
  private readonly modes: Modes;
  private readonly templates: Templates;
  /** The statement is a SET. */
  private sets = false;

  constructor(
    private readonly text: string,
    dialect: Dialect,
    private readonly given: readonly RawHole[] = [],
  ) {
    this.lexicon = lexicons[dialect];
    this.modes = new Modes(this.lexicon);
    this.templates = new Templates(text);
  }

  /** Goes on to the next token; false at the end of the text. */
  advance(): boolean {
    const start = this.end;
    if (start >= this.text.length) return false;
    this.start = start;
    this.word = '';
    this.unterminated = false;
    this.read(start);
    if (this.end <= start) this.end = start + 1;
    this.follow();
    return true;
  }

  /** Whether the token means nothing to the grammar. */
  get trivial(): boolean {
    return isTriviaKind(this.kind);
  }

  /** The token as an object of its own. */
  token(): Token {
    const { kind, start, end, word } = this;
    const token: Token = { kind, start, end, word };
    if (this.unterminated) token.unterminated = true;
    return token;
  }

  next(): Token | undefined {
    return this.advance() ? this.token() : undefined;
  }

  /** What is left, without what means nothing to the grammar. */
  significant(): Token[] {
    const tokens: Token[] = [];
    while (this.advance()) if (!this.trivial) tokens.push(this.token());
    return tokens;
  }

  /** Sets what ends a statement from here on. */
  delimitBy(delimiter: string): void {
    this.delimiter = delimiter;
  }

  private code(at: number): number {
    return at < this.text.length ? this.text.charCodeAt(at) : -1;
  }

  private read(start: number): void {
    const { text } = this;
    const code = text.charCodeAt(start);
    if (this.copying === 4 && this.copyData(start)) return;
    if (this.delimiter !== ';' && text.startsWith(this.delimiter, start)) {
      this.sign('end', start + this.delimiter.length);
    } else if (isSpace(code)) this.space(code, start);
    else if (this.lineStart && this.directive(start)) return;
    else if (isLetter(code)) this.name(start);
    else if (isDigit(code) || (code === 46 && isDigit(this.code(start + 1)))) this.number(start);
    else this.symbol(start, code);
  }

  private set(kind: TokenKind, end: number): void {
    this.kind = kind;
    this.end = end;
  }

  /** A token that readers compare. */
  private sign(kind: 'operator' | 'punctuation' | 'end', end: number): void {
    const { text, start } = this;
    this.set(kind, end);
    this.word = end - start === 1 ? text.charAt(start) : text.slice(start, end);
  }

  private space(first: number, start: number): void {
    const { text } = this;
    const plain = this.delimiter === ';';
    let at = start;
    let code = first;
    do {
      if (code === 10) this.lineStart = true;
      code = this.code(++at);
      // A delimiter may be made of line breaks (atlas).
    } while (isSpace(code) && (plain || !text.startsWith(this.delimiter, at)));
    this.set('space', at);
  }

  /** What the token changes for those behind it. */
  private follow(): void {
    const { kind } = this;
    if (kind === 'space') return;
    this.lineStart = false;
    if (kind === 'line-comment' || kind === 'block-comment' || kind === 'executable') return;
    if (kind === 'end' || kind === 'directive' || kind === 'breakpoint' || kind === 'data') {
      this.copying = kind === 'end' && this.copying === 3 ? 4 : 0;
      this.statementEmpty = true;
      return;
    }
    const { word } = this;
    if (this.statementEmpty) this.sets = word === 'SET' && this.modes.canChange;
    if (this.sets && word !== '=')
      this.modes.see(word, this.text.slice(this.start, Math.min(this.end, this.start + 400)));
    if (this.lexicon.psql && kind === 'word') {
      if (word === 'COPY') this.copying = this.statementEmpty ? 1 : this.copying;
      else if (this.copying > 0) {
        if (word === 'FROM') this.copying = 2;
        else if (word === 'STDIN' && this.copying === 2) this.copying = 3;
      }
    }
    this.statementEmpty = false;
  }

  private returnOrLineEnd(from: number): number {
    lineBreak.lastIndex = from;
    return lineBreak.exec(this.text)?.index ?? this.text.length;
  }

  /** The rows behind COPY … FROM stdin; without their end mark there are none, and the file goes on. */
  private copyData(start: number): boolean {
    this.copying = 0;
    if (this.copyEndless) return false;
    let at = lineEnd(this.text, start);
    if (this.text.slice(start, at).trim() !== '') return false;
    at = this.text.indexOf('\n\\.', start);
    if (at < 0) {
      this.copyEndless = true;
      return false;
    }
    this.set('data', lineEnd(this.text, at + 1));
    return true;
  }

  private directive(start: number): boolean {
    const line = clientLineAt(this.text, start, this.lexicon, this.statementEmpty);
    if (line === undefined) return false;
    this.set('directive', line.end);
    if (line.delimiter !== undefined) this.delimiter = line.delimiter;
    return true;
  }

  private name(start: number): void {
    const quote = this.stringPrefix(start);
    if (quote > 0) return this.prefixed(start, quote);
    let at = start;
    let hash = 0;
    if (this.delimiter === ';') {
      let plain = true;
      for (; ; at++) {
        const code = this.code(at);
        if (!isPlain(code)) break;
        hash = hashWith(hash, code);
        if (isDigit(code)) plain = false;
      }
      const code = this.code(at);
      if (!plain || isWordPart(code)) hash = 0;
      const ends = !isWordPart(code) && code !== 123 && !(this.lexicon.hashWords && (code === 35 || code === 64));
      if (ends && this.given.length === 0) return this.named('word', at, hash);
    }
    this.nameWithHoles(start, at);
  }

  /** A word that a hole may be part of, or a delimiter may end; up to `from` it is known. */
  private nameWithHoles(start: number, from: number): void {
    const { text } = this;
    let at = from;
    let computed = 0;
    for (;;) {
      const code = this.code(at);
      if (this.delimiter !== ';' && at > start && text.startsWith(this.delimiter, at)) break;
      if (code === 123 || (code === 36 && this.code(at + 1) === 123)) {
        const end = this.templates.endAt(at);
        if (end < 0) break;
        this.hole(at, end, code === 36 ? 'js' : /[{%]/.test(text.charAt(at + 1)) ? 'jinja' : 'brace', false);
        computed += end - at;
        at = end;
      } else if (isWordPart(code) || (this.lexicon.hashWords && (code === 35 || code === 64))) at++;
      else break;
    }
    computed += this.givenWithin(start, at);
    this.named(computed === at - start ? 'hole' : 'word', at, 0);
  }

  private named(kind: 'word' | 'hole', end: number, hash: number): void {
    this.set(kind, end);
    if (kind === 'word' && end - this.start <= WORD_LIMIT) this.word = upperWord(this.text, this.start, end, hash);
  }

  private prefixed(start: number, quote: number): void {
    const escapes = this.lexicon.escapeStrings === true && (this.code(start) | 32) === 101;
    const kind = this.code(quote) === 34 ? 'quoted' : 'string';
    this.quotedText(quote, kind, escapes || this.modes.backslashEscapes);
  }

  /** How many characters of a range are holes of the host language. */
  private givenWithin(start: number, end: number): number {
    while (this.givenHole < this.given.length && this.given[this.givenHole]!.end <= start) this.givenHole++;
    let covered = 0;
    for (let index = this.givenHole; index < this.given.length && this.given[index]!.start < end; index++) {
      covered += Math.min(end, this.given[index]!.end) - Math.max(start, this.given[index]!.start);
    }
    return covered;
  }

  private hole(start: number, end: number, style: RawHole['style'], bound: boolean): void {
    this.holes.push({ start, end, style, bound });
  }

  /** Offset of the quote where a word is the prefix of a string, such as E'…' or U&"…"; else 0. */
  private stringPrefix(start: number): number {
    const letter = this.code(start) | 32;
    const second = this.code(start + 1);
    if (second === 39) {
      // b, e, n, x
      return letter === 98 || letter === 101 || letter === 110 || letter === 120 ? start + 1 : 0;
    }
    const third = this.code(start + 2);
    return letter === 117 && second === 38 && (third === 39 || third === 34) ? start + 2 : 0;
  }

  private number(start: number): void {
    let at = start;
    const base = this.code(at + 1) | 32;
    // 0x1f, 0b01, 0o17
    if (this.code(at) === 48 && (base === 120 || base === 98 || base === 111) && isHex(this.code(at + 2))) {
      at += 2;
      while (isHex(this.code(at)) || this.code(at) === 95) at++;
      return this.set('number', at);
    }
    at = this.digits(at);
    if (this.lexicon.digitNames && at > start && isLetter(this.code(at)) && !this.isExponent(at))
      return this.nameWithHoles(start, at);
    if (this.code(at) === 46 && this.code(at + 1) !== 46) {
      at = this.digits(at + 1);
    }
    if (this.isExponent(at)) at = this.digits(at + 2);
    this.set('number', at);
  }

  /** Digits, between which an underscore may stand. */
  private digits(start: number): number {
    let at = start;
    while (isDigit(this.code(at)) || (at > start && this.code(at) === 95 && isDigit(this.code(at + 1)))) at++;
    return at;
  }

  private isExponent(at: number): boolean {
    const sign = this.code(at + 1);
    return (
      (this.code(at) | 32) === 101 && (isDigit(sign) || ((sign === 43 || sign === 45) && isDigit(this.code(at + 2))))
    );
  }

  private symbol(start: number, code: number): void {
    const { lexicon } = this;
    const next = this.code(start + 1);
    switch (code) {
      case 39: // '
        return this.quotedText(start, 'string', this.modes.backslashEscapes);
      case 34: // "
        return this.modes.doubleQuotedStrings
          ? this.quotedText(start, 'string', this.modes.backslashEscapes)
          : this.quotedText(start, 'quoted', false);
      case 96: // `
        if (lexicon.backticks) return this.quotedText(start, 'quoted', false);
        return this.sign('punctuation', start + 1);
      case 91: // [
        if (lexicon.brackets) return this.quotedText(start, 'quoted', false);
        return this.sign('punctuation', start + 1);
      case 59: // ;
        return this.sign(this.delimiter === ';' ? 'end' : 'punctuation', start + 1);
      case 36: // $
        return this.dollar(start, next);
      case 63: // ?
        return this.question(start, next);
      case 58: // :
        return this.colon(start, next);
      case 64: // @
        if (lexicon.atWords && (isWordPart(next) || next === 64 || next === 96 || next === 39))
          return this.variable(start);
        if (lexicon.atParameters && isWordPart(next)) return this.parameter(start);
        break;
      case 35: // #
        if (lexicon.hashComments) return this.lineComment(start);
        if (lexicon.hashWords && (isWordPart(next) || next === 35)) return this.variable(start);
        break;
      case 45: // -
        if (next === 45 && this.dashComment(start)) return this.lineComment(start);
        break;
      case 47: // /
        if (next === 42) return this.blockComment(start);
        break;
      case 42: // *
        if (this.executable && next === 47) {
          this.executable = false;
          return this.set('executable', start + 2);
        }
        break;
      case 37: // %
        if (this.percent(start)) return;
        break;
      case 92: // \\
        // `\\gset` and its kind may stand behind a statement, and end it.
        if (lexicon.psql && isLetter(next)) return this.set('directive', lineEnd(this.text, start));
        break;
      case 123: {
        // {
        // Letters behind it belong to the same name.
        if (this.templates.endAt(start) > 0) return this.nameWithHoles(start, start);
        break;
      }
    }
    if (isOperator(code)) this.operator(start);
    else this.sign('punctuation', start + 1);
  }

  private dashComment(start: number): boolean {
    if (!this.lexicon.dashNeedsBlank) return true;
    const third = this.code(start + 2);
    return third === -1 || isSpace(third) || this.lineStart || this.text.startsWith('--> statement-breakpoint', start);
  }

  private operator(start: number): void {
    let at = start + 1;
    while (at - start < OPERATOR_LIMIT) {
      const code = this.code(at);
      const next = this.code(at + 1);
      if (!isOperator(code) || (this.delimiter !== ';' && this.text.startsWith(this.delimiter, at))) break;
      if ((code === 45 && next === 45) || (code === 47 && next === 42)) break;
      if (code === 37 && (next === 40 || (next | 32) === 115)) break;
      if (code === 64 && (this.lexicon.atWords || this.lexicon.atParameters)) break;
      if (code === 35 && (this.lexicon.hashComments || this.lexicon.hashWords)) break;
      if (code === 42 && next === 47 && this.executable) break;
      at++;
    }
    // Of `a >-1` the sign belongs to the number, unless a character before makes an operator of PostgreSQL's own.
    if (at - start > 1 && !/[~!@#%^&|]/.test(this.text.slice(start, at)))
      while (at - start > 1 && (this.code(at - 1) === 43 || this.code(at - 1) === 45)) at--;
    // The JSON path operator @?
    if (this.lexicon.questionOperator && this.code(at) === 63 && this.code(at - 1) === 64) at++;
    this.sign('operator', at);
  }

  private lineComment(start: number): void {
    if (this.text.startsWith('--> statement-breakpoint', start)) return this.set('breakpoint', start + 24);
    const end = this.lexicon.returnEndsComment ? this.returnOrLineEnd(start) : lineEnd(this.text, start);
    this.set('line-comment', end);
    if (end - start < 80 && this.text.startsWith(ATLAS_DELIMITER, start)) {
      const named = this.text.slice(start + ATLAS_DELIMITER.length, end).trimEnd();
      if (named !== '') this.delimiter = named.replaceAll('\\n', '\n');
    }
  }

  private blockComment(start: number): void {
    const { text } = this;
    if (this.lexicon.executableComments) {
      const open = /^\/\*M?!\d*/.exec(text.slice(start, start + 16));
      if (open && !this.executable) {
        this.executable = true;
        return this.set('executable', start + open[0].length);
      }
    }
    let depth = 1;
    let at = start + 2;
    let open = this.lexicon.nestedComments ? text.indexOf('/*', at) : -1;
    let close = text.indexOf('*/', at);
    while (close >= 0) {
      if (open >= 0 && open < close) {
        depth++;
        at = open + 2;
        open = text.indexOf('/*', at);
        if (close < at) close = text.indexOf('*/', at);
      } else {
        at = close + 2;
        if (--depth === 0) break;
        close = text.indexOf('*/', at);
        if (open >= 0 && open < at) open = text.indexOf('/*', at);
      }
    }
    if (depth > 0) this.unterminated = true;
    this.set('block-comment', depth > 0 ? text.length : at);
  }

  private quotedText(quote: number, kind: TokenKind, escapes: boolean): void {
    const { text } = this;
    const open = this.code(quote);
    const close = open === 91 ? 93 : open;
    // In SQLite the first closing bracket ends the name.
    const doubles = open !== 91 || this.lexicon.hashWords === true;
    let at = quote + 1;
    let templates = false;
    for (;;) {
      const code = this.code(at);
      if (code === -1) {
        this.unterminated = true;
        return this.set(kind, text.length);
      }
      if (escapes && code === 92) at += 2;
      else if (code !== close) {
        // { $
        if (code === 123 || code === 36) templates = true;
        at = code === 123 && kind === 'quoted' ? endOfTemplate(text, at) : at + 1;
      } else if (this.code(at + 1) === close && doubles) at += 2;
      else {
        this.set(kind, at + 1);
        if (templates && kind === 'quoted') this.holesOfName(quote, at);
        return;
      }
    }
  }

  private holesOfName(start: number, end: number): void {
    for (const [from, to] of templatesIn(this.text.slice(start, end))) {
      const style = this.code(start + from) === 123 ? 'jinja' : this.code(start + from + 1) === 40 ? 'named' : 'js';
      this.hole(start + from, start + to, style, false);
    }
  }

  private dollar(start: number, next: number): void {
    const { text } = this;
    if (next === 123 && this.templates.endAt(start) > 0) return this.nameWithHoles(start, start);
    if (next === 40 && this.lexicon.batches) {
      const end = text.slice(start, start + 200).indexOf(')');
      if (end > 0) {
        this.hole(start, start + end + 1, 'named', false);
        return this.set('hole', start + end + 1);
      }
    }
    if (this.lexicon.money) {
      // `$1` is an amount, `$action` a column that the server makes.
      if (isDigit(next)) return this.number(start + 1);
      if (isLetter(next)) return this.nameWithHoles(start, start + 1);
    }
    if (this.lexicon.dollarQuotes && (next === 36 || isLetter(next))) {
      const tag = /^\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/u.exec(text.slice(start, start + 130));
      if (tag) {
        const close = text.indexOf(tag[0], start + tag[0].length);
        if (close < 0) this.unterminated = true;
        return this.set('dollar', close < 0 ? text.length : close + tag[0].length);
      }
    }
    if (isWordPart(next)) {
      let at = start + 1;
      while (isWordPart(this.code(at))) at++;
      this.hole(start, at, isDigit(next) ? 'positional' : 'named', true);
      return this.set('placeholder', at);
    }
    this.sign('punctuation', start + 1);
  }

  private question(start: number, next: number): void {
    if (this.lexicon.questionOperator) {
      // `?||` is a placeholder before a concatenation.
      if ((next === 124 || next === 38) && this.code(start + 2) !== next) return this.sign('operator', start + 2);
      // Of jsonb: whether the key on its right is there. `??` stands for a name.
      if (!isDigit(next) && next !== 63 && valueEndsBefore(this.text, start)) return this.sign('operator', start + 1);
    }
    let at = start + 1;
    while (isDigit(this.code(at))) at++;
    this.hole(start, at, 'positional', true);
    this.set('placeholder', at);
  }

  private colon(start: number, next: number): void {
    if (next === 58 || next === 61) return this.sign('operator', start + 2);
    const before = start > 0 ? this.code(start - 1) : -1;
    const free = !(isWordPart(before) || before === 93 || before === 41);
    if (free && isLetter(next)) {
      let at = start + 1;
      while (isWordPart(this.code(at)) && this.code(at) !== 36) at++;
      this.hole(start, at, 'named', true);
      return this.set('placeholder', at);
    }
    if (free && this.lexicon.psql && (next === 39 || next === 34)) {
      this.quotedText(start + 1, 'placeholder', false);
      this.hole(start, this.end, 'named', false);
      return;
    }
    this.sign('punctuation', start + 1);
  }

  /** `@x` where the driver fills it. */
  private parameter(start: number): void {
    this.variable(start);
    this.kind = 'placeholder';
    this.word = '';
    this.hole(start, this.end, 'named', true);
  }

  /** `%s` and `%(name)s` of Python drivers. */
  private percent(start: number): boolean {
    const next = this.code(start + 1);
    let end = -1;
    if (next === 115 && !isWordPart(this.code(start + 2))) end = start + 2;
    else if (next === 40) {
      const match = /^%\([\w.]+\)[sdfb]/.exec(this.text.slice(start, start + 130));
      if (match) end = start + match[0].length;
    }
    if (end < 0) return false;
    this.hole(start, end, next === 40 ? 'named' : 'percent', true);
    this.set('placeholder', end);
    return true;
  }

  /** `@x`, `@@global.x`, `#temp`. */
  private variable(start: number): void {
    let at = start + 1;
    const quote = this.code(at);
    if (quote === 96 || quote === 39) {
      this.quotedText(at, 'word', false);
      return this.named('word', this.end, 0);
    }
    while (isWordPart(this.code(at)) || this.code(at) === 64 || this.code(at) === 35) at++;
    this.named('word', at, 0);
  }
}

/** All tokens of a text. For whole files use Lexer, which holds one at a time. */
export function tokens(text: string, dialect: Dialect): Token[] {
  const lexer = new Lexer(text, dialect);
  const all: Token[] = [];
  for (let token = lexer.next(); token; token = lexer.next()) all.push(token);
  return all;
}
