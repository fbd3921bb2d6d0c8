import type { Dialect, StatementHole } from '../../ir/index.js';
import { type Lexicon, lexicons } from './lexicons.js';

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

const trivia = new Set<TokenKind>(['space', 'line-comment', 'block-comment', 'executable']);

/** Whether a token means nothing to the grammar. */
export const isTrivia = (token: Token): boolean => trivia.has(token.kind);

const lineBreak = /[\r\n]/g;

/** A template expression longer than this is no template expression. */
const TEMPLATE_LIMIT = 2000;

const isDigit = (code: number) => code >= 48 && code <= 57;
const isLetter = (code: number) =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (code > 127 && !isWideSpace(code));
const isWideSpace = (code: number) => code === 0xa0 || code === 0xfeff || code === 0x3000 || code === 0x2028;
const isSpace = (code: number) => (code >= 9 && code <= 13) || code === 32 || code === 0 || isWideSpace(code);
const isWordPart = (code: number) => isLetter(code) || isDigit(code) || code === 36;
const operatorCharacters = new Set([...'+-*/<>=~!@#%^&|'].map((each) => each.charCodeAt(0)));

/**
 * Cuts SQL text into tokens, one `next()` at a time so that a large file is never held as tokens. The tokens joined
 * are the text, whatever it is. Every character is looked at a bounded number of times.
 */
export class Lexer {
  /** Templates and placeholders met so far, in order. */
  readonly holes: RawHole[] = [];
  private position = 0;
  private readonly lexicon: Lexicon;
  private delimiter = ';';
  private lineStart = true;
  private statementEmpty = true;
  /** The words of the statement that tell COPY … FROM stdin: 0 none, 1 COPY, 2 FROM, 3 stdin. */
  private copying = 0;
  private copyEndless = false;
  private executable = false;
  private givenHole = 0;
  private nextBrace = -1;

  constructor(
    private readonly text: string,
    dialect: Dialect,
    private readonly given: readonly RawHole[] = [],
  ) {
    this.lexicon = lexicons[dialect];
  }

  next(): Token | undefined {
    if (this.position >= this.text.length) return undefined;
    const start = this.position;
    const token: Token = { kind: 'space', start, end: start };
    this.read(token);
    if (token.end <= start) token.end = start + 1;
    this.position = token.end;
    this.follow(token);
    return token;
  }

  private code(at: number): number {
    return at < this.text.length ? this.text.charCodeAt(at) : -1;
  }

  private read(token: Token): void {
    const { text, lexicon } = this;
    const start = token.start;
    const code = this.code(start);
    if (this.copying === 4 && this.copyData(token)) return;
    if (this.delimiter !== ';' && text.startsWith(this.delimiter, start)) {
      this.end(token, 'end', start + this.delimiter.length);
    } else if (isSpace(code)) {
      let at = start + 1;
      // A delimiter may be made of line breaks (atlas).
      while (
        at < text.length &&
        isSpace(text.charCodeAt(at)) &&
        !(this.delimiter !== ';' && text.startsWith(this.delimiter, at))
      )
        at++;
      this.end(token, 'space', at);
    } else if (this.lineStart && this.directive(token)) {
      return;
    } else if (isLetter(code)) this.word(token);
    else if (isDigit(code) || (code === 46 && isDigit(this.code(start + 1)))) this.number(token);
    else this.symbol(token, code, lexicon);
  }

  private end(token: Token, kind: TokenKind, end: number): void {
    token.kind = kind;
    token.end = end;
  }

  /** What the token changes for those behind it. */
  private follow(token: Token): void {
    const { kind } = token;
    if (kind === 'space') {
      for (let at = token.start; at < token.end; at++) if (this.code(at) === 10) this.lineStart = true;
      return;
    }
    this.lineStart = false;
    if (kind === 'line-comment' || kind === 'block-comment' || kind === 'executable') return;
    if (kind === 'end' || kind === 'directive' || kind === 'breakpoint' || kind === 'data') {
      this.copying = kind === 'end' && this.copying === 3 ? 4 : 0;
      this.statementEmpty = true;
      return;
    }
    if (this.lexicon.psql && kind === 'word' && token.end - token.start <= 5) {
      const word = this.text.slice(token.start, token.end).toUpperCase();
      if (word === 'COPY') this.copying = this.statementEmpty ? 1 : this.copying;
      else if (word === 'FROM' && this.copying > 0) this.copying = 2;
      else if (word === 'STDIN' && this.copying === 2) this.copying = 3;
    }
    this.statementEmpty = false;
  }

  private lineEnd(from: number): number {
    const newline = this.text.indexOf('\n', from);
    if (newline < 0) return this.text.length;
    return newline > from && this.code(newline - 1) === 13 ? newline - 1 : newline;
  }

  private returnOrLineEnd(from: number): number {
    lineBreak.lastIndex = from;
    return lineBreak.exec(this.text)?.index ?? this.text.length;
  }

  /** The rows behind COPY … FROM stdin; without their end mark there are none, and the file goes on. */
  private copyData(token: Token): boolean {
    this.copying = 0;
    if (this.copyEndless) return false;
    let at = this.lineEnd(token.start);
    if (this.text.slice(token.start, at).trim() !== '') return false;
    at = this.text.indexOf('\n\\.', token.start);
    if (at < 0) {
      this.copyEndless = true;
      return false;
    }
    this.end(token, 'data', this.lineEnd(at + 1));
    return true;
  }

  private directive(token: Token): boolean {
    const { text, lexicon } = this;
    const start = token.start;
    const code = this.code(start);
    const line = () => this.lineEnd(start);
    if (lexicon.psql && code === 92) {
      this.end(token, 'directive', line());
      return true;
    }
    if (lexicon.dotCommands && code === 46 && this.statementEmpty && isLetter(this.code(start + 1))) {
      this.end(token, 'directive', line());
      return true;
    }
    if (
      lexicon.batches &&
      (code === 71 || code === 103) &&
      /^go[ \t]*(\d{1,9}[ \t]*)?(--|;|\r|\n|$)/i.test(text.slice(start, start + 64))
    ) {
      this.end(token, 'directive', line());
      return true;
    }
    if (
      lexicon.batches &&
      code === 58 &&
      /^:(r|setvar|connect|on|out|error|exit|quit|listvar|reset|ed|help|xml|serverlist|perftrace|!!)\b/i.test(
        text.slice(start, start + 16),
      )
    ) {
      this.end(token, 'directive', line());
      return true;
    }
    if (
      lexicon.delimiterCommand &&
      (code === 68 || code === 100) &&
      /^delimiter[ \t]/i.test(text.slice(start, start + 10))
    ) {
      const value = text.slice(start + 10, Math.min(line(), start + 60)).trim();
      this.end(token, 'directive', line());
      if (value !== '') this.delimiter = value;
      return true;
    }
    return false;
  }

  private word(token: Token): void {
    const { text } = this;
    const quote = this.stringPrefix(token.start);
    if (quote > 0) {
      const escapes = this.lexicon.escapeStrings === true && (this.code(token.start) | 32) === 101;
      this.quotedText(
        token,
        quote,
        this.code(quote) === 34 ? 'quoted' : 'string',
        escapes || this.lexicon.backslashEscapes === true,
      );
      return;
    }
    let at = token.start;
    let computed = 0;
    for (;;) {
      const code = this.code(at);
      if (this.delimiter !== ';' && at > token.start && text.startsWith(this.delimiter, at)) break;
      if (code === 123 || (code === 36 && this.code(at + 1) === 123)) {
        const end = this.templateEnd(at);
        if (end < 0) break;
        this.hole(at, end, code === 36 ? 'js' : /[{%]/.test(text.charAt(at + 1)) ? 'jinja' : 'brace', false);
        computed += end - at;
        at = end;
      } else if (isWordPart(code)) at++;
      else break;
    }
    computed += this.givenWithin(token.start, at);
    this.end(token, computed === at - token.start ? 'hole' : 'word', at);
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

  /** End of `${…}`, `{{…}}`, `{%…%}` or `{name}` that starts here, or -1. */
  private templateEnd(start: number): number {
    const { text } = this;
    const limit = Math.min(text.length, start + TEMPLATE_LIMIT);
    // Where the next closing brace is too far away, no scan is needed to know that there is none.
    if (this.nextBrace < start) {
      const next = text.indexOf('}', start);
      this.nextBrace = next < 0 ? Infinity : next;
    }
    if (this.nextBrace >= limit) return -1;
    if (this.code(start) === 36) {
      let depth = 0;
      for (let at = start + 1; at < limit; at++) {
        const code = this.code(at);
        if (code === 123) depth++;
        else if (code === 125 && --depth === 0) return at + 1;
        else if (code === 10) return -1;
      }
      return -1;
    }
    const name = /^\{\w{0,60}\}/.exec(text.slice(start, start + 64));
    if (name) return start + name[0].length;
    const close = this.code(start + 1) === 123 ? '}}' : this.code(start + 1) === 37 ? '%}' : undefined;
    if (close === undefined) return -1;
    const end = text.slice(start, limit).indexOf(close);
    return end < 0 ? -1 : start + end + 2;
  }

  private number(token: Token): void {
    let at = token.start;
    if (this.code(at) === 48 && (this.code(at + 1) | 32) === 120) {
      at += 2;
      while (/[0-9a-f]/i.test(this.text.charAt(at))) at++;
      return this.end(token, 'number', at);
    }
    while (isDigit(this.code(at))) at++;
    if (this.code(at) === 46 && this.code(at + 1) !== 46) {
      at++;
      while (isDigit(this.code(at))) at++;
    }
    const sign = this.code(at + 1);
    if (
      (this.code(at) | 32) === 101 &&
      (isDigit(sign) || ((sign === 43 || sign === 45) && isDigit(this.code(at + 2))))
    ) {
      at += 2;
      while (isDigit(this.code(at))) at++;
    }
    this.end(token, 'number', at);
  }

  private symbol(token: Token, code: number, lexicon: Lexicon): void {
    const { start } = token;
    const next = this.code(start + 1);
    switch (code) {
      case 39: // '
        return this.quotedText(token, start, 'string', lexicon.backslashEscapes === true);
      case 34: // "
        return lexicon.doubleQuotedStrings
          ? this.quotedText(token, start, 'string', true)
          : this.quotedText(token, start, 'quoted', false);
      case 96: // `
        if (lexicon.backticks) return this.quotedText(token, start, 'quoted', false);
        return this.end(token, 'punctuation', start + 1);
      case 91: // [
        if (lexicon.brackets) return this.quotedText(token, start, 'quoted', false);
        return this.end(token, 'punctuation', start + 1);
      case 59: // ;
        return this.end(token, this.delimiter === ';' ? 'end' : 'punctuation', start + 1);
      case 36: // $
        return this.dollar(token, next);
      case 63: // ?
        return this.question(token, next);
      case 58: // :
        return this.colon(token, next);
      case 64: // @
        if (lexicon.atWords && (isWordPart(next) || next === 64 || next === 96 || next === 39))
          return this.variable(token);
        if (lexicon.atParameters && isWordPart(next)) {
          this.variable(token);
          token.kind = 'placeholder';
          return this.hole(start, token.end, 'named', true);
        }
        break;
      case 35: // #
        if (lexicon.hashComments) return this.lineComment(token);
        if (lexicon.hashWords && (isWordPart(next) || next === 35)) return this.variable(token);
        break;
      case 45: // -
        if (next === 45 && this.dashComment(start)) return this.lineComment(token);
        break;
      case 47: // /
        if (next === 42) return this.blockComment(token);
        break;
      case 42: // *
        if (this.executable && next === 47) {
          this.executable = false;
          return this.end(token, 'executable', start + 2);
        }
        break;
      case 37: // %
        if (this.percent(token)) return;
        break;
      case 123: {
        // {
        // Letters behind it belong to the same name.
        if (this.templateEnd(start) > 0) return this.word(token);
        break;
      }
    }
    if (operatorCharacters.has(code)) this.operator(token);
    else this.end(token, 'punctuation', start + 1);
  }

  private dashComment(start: number): boolean {
    if (!this.lexicon.dashNeedsBlank) return true;
    const third = this.code(start + 2);
    return third === -1 || isSpace(third) || this.lineStart || this.text.startsWith('--> statement-breakpoint', start);
  }

  private operator(token: Token): void {
    let at = token.start + 1;
    for (;;) {
      const code = this.code(at);
      const next = this.code(at + 1);
      if (!operatorCharacters.has(code)) break;
      if ((code === 45 && next === 45) || (code === 47 && next === 42)) break;
      if (code === 37 && (next === 40 || (next | 32) === 115)) break;
      if (code === 64 && (this.lexicon.atWords || this.lexicon.atParameters)) break;
      if (code === 35 && (this.lexicon.hashComments || this.lexicon.hashWords)) break;
      if (code === 42 && next === 47 && this.executable) break;
      // `=-1` is an equals sign and a number, `->` one operator: a sign ends an operator of the standard's characters.
      if ((code === 43 || code === 45) && this.code(at - 1) === 61) break;
      at++;
    }
    // The JSON path operator @?
    if (this.lexicon.questionOperator && this.code(at) === 63 && this.code(at - 1) === 64) at++;
    this.end(token, 'operator', at);
  }

  private lineComment(token: Token): void {
    const { start } = token;
    if (this.text.startsWith('--> statement-breakpoint', start)) return this.end(token, 'breakpoint', start + 24);
    const end = this.lexicon.returnEndsComment ? this.returnOrLineEnd(start) : this.lineEnd(start);
    this.end(token, 'line-comment', end);
    const named = end - start < 80 ? /^-- atlas:delimiter (.+)$/.exec(this.text.slice(start, end)) : null;
    if (named) this.delimiter = named[1]!.trimEnd().replaceAll('\\n', '\n');
  }

  private blockComment(token: Token): void {
    const { text } = this;
    const { start } = token;
    if (this.lexicon.executableComments) {
      const open = /^\/\*M?!\d*/.exec(text.slice(start, start + 16));
      if (open && !this.executable) {
        this.executable = true;
        return this.end(token, 'executable', start + open[0].length);
      }
    }
    let depth = 1;
    let at = start + 2;
    while (at < text.length && depth > 0) {
      const close = text.indexOf('*/', at);
      if (close < 0) break;
      const open = this.lexicon.nestedComments ? text.slice(at, close).indexOf('/*') : -1;
      if (open >= 0) {
        depth++;
        at += open + 2;
      } else {
        depth--;
        at = close + 2;
      }
    }
    if (depth > 0) token.unterminated = true;
    this.end(token, 'block-comment', depth > 0 ? text.length : at);
  }

  private quotedText(token: Token, quote: number, kind: TokenKind, escapes: boolean): void {
    const { text } = this;
    const open = this.code(quote);
    const close = open === 91 ? 93 : open;
    let at = quote + 1;
    for (;;) {
      const code = this.code(at);
      if (code === -1) {
        token.unterminated = true;
        return this.end(token, kind, text.length);
      }
      if (escapes && code === 92) at += 2;
      else if (code !== close) at++;
      else if (this.code(at + 1) === close) at += 2;
      else return this.end(token, kind, at + 1);
    }
  }

  private dollar(token: Token, next: number): void {
    const { text } = this;
    const { start } = token;
    if (next === 123 && this.templateEnd(start) > 0) return this.word(token);
    if (next === 40 && this.lexicon.batches) {
      const end = text.slice(start, start + 200).indexOf(')');
      if (end > 0) {
        this.hole(start, start + end + 1, 'named', false);
        return this.end(token, 'hole', start + end + 1);
      }
    }
    if (this.lexicon.dollarQuotes && (next === 36 || isLetter(next))) {
      const tag = /^\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/u.exec(text.slice(start, start + 130));
      if (tag) {
        const close = text.indexOf(tag[0], start + tag[0].length);
        if (close < 0) token.unterminated = true;
        return this.end(token, 'dollar', close < 0 ? text.length : close + tag[0].length);
      }
    }
    if (isWordPart(next)) {
      let at = start + 1;
      while (isWordPart(this.code(at))) at++;
      this.hole(start, at, isDigit(next) ? 'positional' : 'named', true);
      return this.end(token, 'placeholder', at);
    }
    this.end(token, 'punctuation', start + 1);
  }

  private question(token: Token, next: number): void {
    const { start } = token;
    if (this.lexicon.questionOperator && (next === 124 || next === 38)) {
      // `?||` is a placeholder before a concatenation.
      if (this.code(start + 2) !== next) return this.end(token, 'operator', start + 2);
    }
    let at = start + 1;
    while (isDigit(this.code(at))) at++;
    this.hole(start, at, 'positional', true);
    this.end(token, 'placeholder', at);
  }

  private colon(token: Token, next: number): void {
    const { start } = token;
    if (next === 58 || next === 61) return this.end(token, 'operator', start + 2);
    const before = start > 0 ? this.code(start - 1) : -1;
    const free = !(isWordPart(before) || before === 93 || before === 41);
    if (free && isLetter(next)) {
      let at = start + 1;
      while (isWordPart(this.code(at)) && this.code(at) !== 36) at++;
      this.hole(start, at, 'named', true);
      return this.end(token, 'placeholder', at);
    }
    if (free && this.lexicon.psql && (next === 39 || next === 34)) {
      this.quotedText(token, start + 1, 'placeholder', false);
      this.hole(start, token.end, 'named', false);
      return;
    }
    this.end(token, 'punctuation', start + 1);
  }

  /** `%s` and `%(name)s` of Python drivers. */
  private percent(token: Token): boolean {
    const { start } = token;
    const next = this.code(start + 1);
    let end = -1;
    if (next === 115 && !isWordPart(this.code(start + 2))) end = start + 2;
    else if (next === 40) {
      const match = /^%\([\w.]+\)[sdfb]/.exec(this.text.slice(start, start + 130));
      if (match) end = start + match[0].length;
    }
    if (end < 0) return false;
    this.hole(start, end, next === 40 ? 'named' : 'percent', true);
    this.end(token, 'placeholder', end);
    return true;
  }

  /** `@x`, `@@global.x`, `#temp`. */
  private variable(token: Token): void {
    let at = token.start + 1;
    const quote = this.code(at);
    if (quote === 96 || quote === 39) return this.quotedText(token, at, 'word', false);
    while (isWordPart(this.code(at)) || this.code(at) === 64 || this.code(at) === 35) at++;
    this.end(token, 'word', at);
  }
}

/** All tokens of a text. For whole files use Lexer, which holds one at a time. */
export function tokens(text: string, dialect: Dialect): Token[] {
  const lexer = new Lexer(text, dialect);
  const all: Token[] = [];
  for (let token = lexer.next(); token; token = lexer.next()) all.push(token);
  return all;
}
