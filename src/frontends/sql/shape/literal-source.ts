import { holesIn } from '../holes.js';
import { isMysql } from '../names.js';
import { innerSource, mappedSource, type Source } from '../source.js';
import type { RawHole, Token } from '../tokens.js';
import { stringValue } from './text.js';

/** A backslash escape: numbers are PostgreSQL's alone. */
const escape = /\\(?:u[\da-f]{4}|U[\da-f]{8}|x[\da-f]{1,2}|[0-7]{1,3}|[^])/iy;

/** The text of a string or of a dollar-quoted one as a source of its own: escapes resolved, with the way back. */
export function literalSource(source: Source, token: Token): Source {
  const written = source.text.slice(token.start, token.end);
  if (token.kind === 'dollar') {
    const tag = written.indexOf('$', 1) + 1;
    const from = token.start + tag;
    return innerSource(source, from, Math.max(from, token.unterminated ? token.end : token.end - tag));
  }
  const open = written.search(/['"]/) + 1;
  const quote = written[open - 1]!;
  const close = written.length - (token.unterminated ? 0 : 1);
  const hasEscapes = isMysql(source.dialect) || /^e/i.test(written);
  const literal = new Literal(source, token.start);
  for (let at = open; at < close;) {
    escape.lastIndex = at;
    const escaped = hasEscapes && written[at] === '\\' ? escape.exec(written)?.[0] : undefined;
    if (escaped !== undefined) literal.replace(at, escaped.length, stringValue(`E'${escaped}'`, source.dialect));
    else if (written[at] === quote && written[at + 1] === quote) literal.replace(at, 2, quote);
    else {
      at++;
      continue;
    }
    at += escaped?.length ?? 2;
  }
  return literal.done(open, close, holesIn(source.holes, token.start, token.end));
}

/** A literal as stretches that stand as they are, and what stands for escapes. */
class Literal {
  private readonly replaced: { at: number; length: number; value: string }[] = [];

  constructor(
    private readonly source: Source,
    private readonly start: number,
  ) {}

  replace(at: number, length: number, value: string): void {
    this.replaced.push({ at, length, value });
  }

  done(open: number, close: number, holes: readonly RawHole[]): Source {
    const { source, start } = this;
    const parts: string[] = [];
    const pairs: [number, number][] = [];
    const own: RawHole[] = [];
    let length = 0;
    let hole = 0;
    const plain = (from: number, to: number): void => {
      const first = start + from;
      for (const [at, host] of source.pairs(first, start + to) ?? [[0, source.host(first)]])
        pairs.push([length + at, host]);
      for (; hole < holes.length && holes[hole]!.end <= start + to; hole++) {
        const each = holes[hole]!;
        if (each.start >= first)
          own.push({ ...each, start: each.start - first + length, end: each.end - first + length });
      }
      parts.push(source.text.slice(first, start + to));
      length += to - from;
    };
    let from = open;
    for (const { at, length: width, value } of this.replaced) {
      plain(from, at);
      pairs.push([length, source.host(start + at)]);
      parts.push(value);
      length += value.length;
      from = at + width;
    }
    plain(from, close);
    return mappedSource(parts.join(''), source.dialect, own, pairs, new Set([0]));
  }
}
