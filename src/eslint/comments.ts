import type { FrontEndId, Span } from '../ir/index.js';

/** The languages of ddlint's own; JavaScript's comments are ESLint's business. */
export type OwnLanguage = Extract<FrontEndId, 'python' | 'sql' | 'prisma'>;

/** A comment with the text between its leader and its end. */
export interface Comment {
  span: Span;
  value: string;
}

const LINE_BREAK = /[\r\n]/g;

function lineEnd(text: string, from: number): number {
  LINE_BREAK.lastIndex = from;
  return LINE_BREAK.exec(text)?.index ?? text.length;
}

/** Behind the closing `quote`; behind `limit` at most. A backslash guards the character behind it where `escapes` is set. */
function stringEnd(text: string, from: number, quote: string, limit: number, escapes: boolean): number {
  for (let at = from; at < limit; at++) {
    if (escapes && text[at] === '\\') at += text.startsWith('\r\n', at + 1) ? 2 : 1;
    else if (text.startsWith(quote, at)) return at + quote.length;
  }
  return limit;
}

function* pythonComments(text: string): Generator<Comment> {
  for (let at = 0; at < text.length;) {
    const character = text[at]!;
    if (character === '#') {
      const end = lineEnd(text, at);
      yield { span: { start: at, end }, value: text.slice(at + 1, end) };
      at = end;
    } else if (character === '"' || character === "'") {
      const triple = character.repeat(3);
      if (text.startsWith(triple, at)) at = stringEnd(text, at + 3, triple, text.length, true);
      // A string without its closing quote ends with the line, or all that follows would be taken for a string.
      else at = stringEnd(text, at + 1, character, lineEnd(text, at), true);
    } else at++;
  }
}

const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const WORD = /[\w\u0080-\uffff]/;

/** Comments in the bodies of routines and DO blocks, which are dollar-quoted strings, count as well. */
function* sqlComments(text: string): Generator<Comment> {
  const bodies: { end: number; delimiter: number }[] = [];
  let dollars = true;
  for (let at = 0; at < text.length;) {
    const body = bodies.at(-1);
    const limit = body?.end ?? text.length;
    if (body && at >= body.end) {
      at = body.end + body.delimiter;
      bodies.pop();
      continue;
    }
    const character = text[at]!;
    if (text.startsWith('--', at)) {
      const end = Math.min(lineEnd(text, at), limit);
      yield { span: { start: at, end }, value: text.slice(at + 2, end) };
      at = end;
    } else if (text.startsWith('/*', at)) {
      const close = text.indexOf('*/', at + 2);
      const end = close === -1 ? limit : Math.min(close + 2, limit);
      if (close !== -1 && close < limit) yield { span: { start: at, end }, value: text.slice(at + 2, close) };
      at = end;
    } else if (character === "'" || character === '"' || character === '`') {
      // PostgreSQL's E'…' alone takes backslashes as escapes in every configuration.
      const escapes = character === "'" && /(?:^|\W)[eE]$/.test(text.slice(Math.max(0, at - 2), at));
      at = stringEnd(text, at + 1, character, limit, escapes);
    } else if (character === '$' && dollars && !WORD.test(text[at - 1] ?? ' ')) {
      DOLLAR_TAG.lastIndex = at;
      const tag = DOLLAR_TAG.exec(text)?.[0];
      if (tag === undefined) at++;
      else {
        const end = text.indexOf(tag, at + tag.length);
        // An unclosed body: looking for further ones could take a search of the whole text for each.
        if (end === -1 || end >= limit) dollars = false;
        else bodies.push({ end, delimiter: tag.length });
        at += tag.length;
      }
    } else at++;
  }
}

function* prismaComments(text: string): Generator<Comment> {
  for (let at = 0, closed = true; at < text.length;) {
    if (text[at] === '"') at = stringEnd(text, at + 1, '"', lineEnd(text, at), true);
    else if (text.startsWith('//', at)) {
      const end = lineEnd(text, at);
      yield { span: { start: at, end }, value: text.slice(text[at + 2] === '/' ? at + 3 : at + 2, end) };
      at = end;
    } else if (closed && text.startsWith('/*', at)) {
      const close = text.indexOf('*/', at + 2);
      closed = close !== -1;
      if (closed) yield { span: { start: at, end: close + 2 }, value: text.slice(at + 2, close) };
      at = closed ? close + 2 : at + 2;
    } else at++;
  }
}

const scans: { readonly [L in OwnLanguage]: (text: string) => Iterable<Comment> } = {
  python: pythonComments,
  sql: sqlComments,
  prisma: prismaComments,
};

/**
 * The comments of Python, SQL or Prisma text, in order. A scan for ESLint's comment directives, no parser: `#` starts a
 * comment in Python only, `--` and slash-star in SQL only, `//` and slash-star in Prisma; text in strings is none. Linear, never throws.
 */
export function commentsOf(text: string, language: OwnLanguage): Comment[] {
  return [...scans[language](text)];
}
