import { BareStatement } from './bare.js';
import { lexicons } from './lexicons.js';
import type { Source } from './source.js';
import { isTrivia, Lexer, type RawHole, type Token } from './tokens.js';

/** One statement of a text, cut but not read. */
export interface Piece {
  kind: 'statement';
  /** Without comments and blanks. Cut after TOKEN_LIMIT: `more` says so. */
  tokens: Token[];
  more: boolean;
  start: number;
  end: number;
  holes: RawHole[];
  /** An unclosed quote or comment stands in it. */
  unterminated?: Token;
}

/** A line that is no SQL: a directive of a client program, or a comment that a migration runner reads. */
export interface Mark {
  kind: 'directive' | 'marker' | 'breakpoint' | 'data';
  start: number;
  end: number;
}

/** A statement of more tokens is data: what it does stands in its head. */
const TOKEN_LIMIT = 20_000;

const runnerMark = /^--\s*(\+goose\b|migrate:(up|down)\b|rollback\b|changeset\b)/i;

/** Words that open a compound block wherever a statement of the body may start. */
const blockHeads = new Set(['IF', 'LOOP', 'WHILE', 'REPEAT', 'FOR']);
const bodyStarts = new Set(['BEGIN', 'THEN', 'ELSE', 'DO', 'LOOP', 'REPEAT']);
const routines = new Set(['TRIGGER', 'PROCEDURE', 'FUNCTION', 'EVENT', 'PACKAGE']);

/** Follows one statement, word by word, to know where it ends. */
interface Follower {
  /** Whether a semicolon belongs to the statement. */
  readonly open: boolean;
  see(word: string): void;
  /** Whether a word starts another statement with nothing between. */
  endsBefore?(word: string, next: () => string): boolean;
}

/** The statements of dialects in which a delimiter ends them. */
class Nesting implements Follower {
  private readonly words: string[] = [];
  private routine = false;
  private rule = false;
  private atomic = false;
  private parentheses = 0;
  private blocks = 0;
  private previous = '';
  private closing = false;

  constructor(private readonly compound: boolean) {}

  get open(): boolean {
    return (this.rule && this.parentheses > 0) || this.blocks > 0;
  }

  see(word: string): void {
    const { previous } = this;
    this.previous = word;
    if (this.words.length < 12) {
      this.words.push(word);
      this.classify(word);
    }
    if (word === '(') this.parentheses++;
    else if (word === ')') this.parentheses--;
    if (!this.routine) return;
    if (word === 'ATOMIC' && previous === 'BEGIN') {
      this.atomic = true;
      this.blocks = 1;
    } else if (this.atomic || this.compound) this.block(word, previous);
  }

  private classify(word: string): void {
    if (this.words[0] === 'CREATE') {
      if (routines.has(word)) this.routine = true;
      else if (word === 'RULE' && this.words.length <= 4) this.rule = true;
    } else if (this.words[0] === 'BEGIN' && this.words[1] === 'NOT') this.routine = this.compound;
  }

  private block(word: string, previous: string): void {
    if (this.closing) {
      this.closing = false;
      if (blockHeads.has(word) || word === 'CASE') return;
    }
    if (word === 'END') {
      if (this.blocks > 0) this.blocks--;
      this.closing = true;
    } else if (word === 'CASE' || word === 'BEGIN') {
      if (word === 'CASE' ? this.blocks > 0 : true) this.blocks++;
    } else if (
      !this.atomic &&
      this.blocks > 0 &&
      blockHeads.has(word) &&
      (bodyStarts.has(previous) || previous === ';' || previous === ':')
    ) {
      // `IF EXISTS` follows DROP, so it never stands at the head of a statement.
      this.blocks++;
    }
  }
}

/**
 * Cuts a text into statements and the lines between them that are no SQL. A statement's text has no leading comment
 * and no delimiter.
 * @param comment gets each comment, in order
 */
export function* pieces(source: Source, comment?: (token: Token) => void): Generator<Piece | Mark> {
  const { text, dialect } = source;
  const lexer = new Lexer(text, dialect, source.holes);
  const lexicon = lexicons[dialect];
  const follow = (): Follower =>
    lexicon.bareStatements ? new BareStatement() : new Nesting(lexicon.compoundBodies === true);
  let piece: Piece | undefined;
  let nesting = follow();
  let given = 0;
  let found = 0;

  const finish = (): Piece | undefined => {
    const done = piece;
    piece = undefined;
    nesting = follow();
    if (!done) return undefined;
    for (; given < source.holes.length && source.holes[given]!.start < done.end; given++) {
      if (source.holes[given]!.start >= done.start) done.holes.push(source.holes[given]!);
    }
    const own = done.holes.length;
    for (; found < lexer.holes.length && lexer.holes[found]!.start < done.end; found++) {
      const hole = lexer.holes[found]!;
      if (hole.start >= done.start && !covers(done.holes, own, hole)) done.holes.push(hole);
    }
    if (own > 0) done.holes.sort((a, b) => a.start - b.start);
    return done;
  };

  for (let token = lexer.next(); token; token = lexer.next()) {
    const { kind } = token;
    if (isTrivia(token)) {
      if (kind === 'line-comment' || kind === 'block-comment') {
        comment?.(token);
        if (
          kind === 'line-comment' &&
          token.end - token.start < 400 &&
          runnerMark.test(text.slice(token.start, token.end))
        ) {
          const done = finish();
          if (done) yield done;
          yield { kind: 'marker', start: token.start, end: token.end };
        }
        if (token.unterminated && piece) piece.unterminated = token;
      }
      continue;
    }
    const ends = kind === 'end' && !nesting.open;
    if (ends || kind === 'directive' || kind === 'breakpoint' || kind === 'data') {
      const done = finish();
      if (done) yield done;
      if (kind !== 'end') yield { kind: kind as Mark['kind'], start: token.start, end: token.end };
      continue;
    }
    const word =
      kind === 'word'
        ? text.slice(token.start, Math.min(token.end, token.start + 16)).toUpperCase()
        : kind === 'punctuation' || kind === 'end'
          ? text.charAt(token.start)
          : '';
    if (nesting.endsBefore?.(word, () => wordBehind(text, token.end))) {
      const done = finish();
      if (done) yield done;
    }
    nesting.see(word);
    if (!piece) piece = { kind: 'statement', tokens: [], more: false, start: token.start, end: token.end, holes: [] };
    piece.end = token.end;
    if (piece.tokens.length < TOKEN_LIMIT) piece.tokens.push(token);
    else piece.more = true;
    if (token.unterminated) piece.unterminated = token;
  }
  const last = finish();
  if (last) yield last;
}

/** The word or sign behind an offset, for a look ahead. */
function wordBehind(text: string, from: number): string {
  return /^\s*(\w+|\S)/.exec(text.slice(from, from + 60))?.[1]?.toUpperCase() ?? '';
}

function covers(holes: readonly RawHole[], count: number, hole: RawHole): boolean {
  for (let index = 0; index < count; index++) {
    if (holes[index]!.start < hole.end && hole.start < holes[index]!.end) return true;
  }
  return false;
}
