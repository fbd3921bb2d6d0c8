import { BareStatement } from './bare.js';
import { type Lexicon, lexicons } from './lexicons.js';
import type { Source } from './source.js';
import { Lexer, type RawHole, type Token } from './tokens.js';

/** One statement of a text, cut but not read. */
export interface Piece {
  kind: 'statement';
  /** Without comments and blanks. Cut after TOKEN_LIMIT: `more` says so. */
  tokens: Token[];
  more: boolean;
  start: number;
  end: number;
  holes: readonly RawHole[];
  /** Where `/*!40101` and its end stand in it: what is between is run. */
  executables?: readonly Token[];
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

/** Words that open a compound block wherever a statement of the body may start. */
const blockHeads = new Set(['IF', 'LOOP', 'WHILE', 'REPEAT', 'FOR']);
/** What may stand before a body that is one compound statement without BEGIN: `FOR EACH ROW IF …`. */
const headEnds = new Set(['ROW', ')', 'DETERMINISTIC', 'SQL', 'DATA', 'DEFINER', 'INVOKER', 'DO', ':']);
const bodyStarts = new Set(['BEGIN', 'THEN', 'ELSE', 'DO', 'LOOP', 'REPEAT']);
/** What CREATE makes besides routines and rules. */
const objects = new Set(
  'TABLE INDEX VIEW TYPE SCHEMA DATABASE SEQUENCE DOMAIN ROLE USER EXTENSION POLICY OPERATOR AGGREGATE SERVER TABLESPACE CAST COLLATION'.split(
    ' ',
  ),
);

const routines = new Set(['TRIGGER', 'PROCEDURE', 'FUNCTION', 'EVENT', 'PACKAGE']);

/** Follows one statement, word by word, to know where it ends. */
interface Follower {
  /** Whether a semicolon belongs to the statement. */
  readonly open: boolean;
  see(word: string, next: () => string): void;
  /** Whether a word starts another statement with nothing between. */
  endsBefore?(word: string, next: () => string): boolean;
}

/** Words that tell what a statement is stand among its first ones. */
const HEAD = 12;

/** The statements of dialects in which a delimiter ends them. */
class Nesting implements Follower {
  private count = 0;
  private creates = false;
  private routine = false;
  private rule = false;
  private atomic = false;
  private parentheses = 0;
  private blocks = 0;
  private previous = '';
  private closing = false;

  constructor(private readonly compound: boolean) {}

  get open(): boolean {
    return this.blocks > 0 || (this.rule && this.parentheses > 0);
  }

  see(word: string): void {
    const { previous } = this;
    this.previous = word;
    if (this.count < HEAD) this.classify(word, previous, this.count++);
    if (this.rule) {
      if (word === '(') this.parentheses++;
      else if (word === ')') this.parentheses--;
    }
    if (!this.routine) return;
    if (word === 'ATOMIC' && previous === 'BEGIN') {
      this.atomic = true;
      this.blocks = 1;
    } else if (this.atomic || this.compound) this.block(word, previous);
  }

  private classify(word: string, previous: string, at: number): void {
    if (at === 0) this.creates = word === 'CREATE';
    else if (this.creates) {
      // The first word that names a kind of object tells: `CREATE TABLE event (…)` makes no event.
      if (routines.has(word)) this.routine = true;
      else if (word === 'RULE') this.rule = true;
      else if (!objects.has(word)) return;
      this.creates = false;
    } else if (at === 1 && previous === 'BEGIN' && word === 'NOT') this.routine = this.compound;
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
      blockHeads.has(word) &&
      (this.blocks > 0 ? bodyStarts.has(previous) || previous === ';' || previous === ':' : headEnds.has(previous))
    ) {
      // `IF EXISTS` follows DROP, so it never stands at the head of a statement.
      this.blocks++;
    }
  }
}

/**
 * Gets each comment, in order. Where it is one that a migration runner reads, the statement before it ends, and the
 * answer says so.
 * @returns the delimiter that is in force behind such a comment, where it changes
 */
export type CommentReader = (token: Token) => { delimiter?: string } | undefined;

/**
 * Cuts a text into statements and the lines between them that are no SQL. A statement's text has no leading comment
 * and no delimiter.
 */
export function* pieces(source: Source, comment?: CommentReader): Generator<Piece | Mark> {
  const splitter = new Splitter(source, comment);
  for (let piece = splitter.next(); piece; piece = splitter.next()) yield piece;
}

class Splitter {
  private readonly lexer: Lexer;
  private readonly lexicon: Lexicon;
  /** Of the statement under way. */
  private tokens: Token[] = [];
  private more = false;
  private unterminated: Token | undefined;
  private executables: Token[] = [];
  private nesting: Follower;
  /** What comes behind the statement that was given last. */
  private readonly waiting: Mark[] = [];
  /** The holes of the host language, and those of the text, before these are dealt out. */
  private given = 0;
  private found = 0;
  private readonly lookAhead = (): string => wordBehind(this.source.text, this.lexer.end);

  constructor(
    private readonly source: Source,
    private readonly comment: CommentReader | undefined,
  ) {
    this.lexer = new Lexer(source.text, source.dialect, source.holes);
    this.lexicon = lexicons[source.dialect];
    this.nesting = this.follower();
  }

  next(): Piece | Mark | undefined {
    const { lexer } = this;
    const mark = this.waiting.pop();
    if (mark) return mark;
    let end = this.tokens.at(-1)?.end ?? 0;
    while (lexer.advance()) {
      const { kind } = lexer;
      if (kind === 'space') continue;
      if (kind === 'executable') {
        if (this.tokens.length > 0) this.executables.push(lexer.token());
        continue;
      }
      if (kind === 'line-comment' || kind === 'block-comment') {
        const ended = this.between(end);
        if (ended) return ended;
      } else if (
        kind === 'directive' ||
        kind === 'breakpoint' ||
        kind === 'data' ||
        (kind === 'end' && !this.nesting.open)
      ) {
        const piece = this.finish(end);
        if (kind === 'end') {
          if (piece) return piece;
        } else return this.before(piece, kind);
      } else {
        const { word } = lexer;
        const piece = this.nesting.endsBefore?.(word, this.lookAhead) ? this.finish(end) : undefined;
        this.nesting.see(word, this.lookAhead);
        end = lexer.end;
        if (this.tokens.length < TOKEN_LIMIT || this.holdsStatements) this.tokens.push(lexer.token());
        else this.more = true;
        if (lexer.unterminated) this.unterminated = lexer.token();
        if (piece) return piece;
      }
    }
    return this.finish(end);
  }

  private follower(): Follower {
    return this.lexicon.bareStatements ? new BareStatement() : new Nesting(this.lexicon.compoundBodies === true);
  }

  /** A body is no data: each of its statements counts. */
  private get holdsStatements(): boolean {
    return this.lexicon.bareStatements === true && this.nesting.open;
  }

  /** A comment, which a runner may read as the end of a statement. */
  private between(end: number): Piece | Mark | undefined {
    const { lexer } = this;
    const mark = this.comment?.(lexer.token());
    if (lexer.unterminated && this.tokens.length > 0) this.unterminated = lexer.token();
    if (mark === undefined) return undefined;
    if (mark.delimiter !== undefined) lexer.delimitBy(mark.delimiter);
    return this.before(this.finish(end), 'marker');
  }

  /** Gives the statement, and keeps the mark behind it. */
  private before(piece: Piece | undefined, kind: Mark['kind']): Piece | Mark {
    const mark: Mark = { kind, start: this.lexer.start, end: this.lexer.end };
    if (piece === undefined) return mark;
    this.waiting.push(mark);
    return piece;
  }

  private finish(end: number): Piece | undefined {
    const { tokens, more, unterminated, executables } = this;
    const first = tokens[0];
    if (first === undefined) return undefined;
    // What ends the last statement of a body ends the whole, and is no part of it.
    for (let last = tokens.at(-1); last?.kind === 'end' && last.end === end && last !== first; last = tokens.at(-1)) {
      tokens.pop();
      end = tokens.at(-1)!.end;
    }
    this.tokens = [];
    this.more = false;
    this.unterminated = undefined;
    if (executables.length > 0) this.executables = [];
    this.nesting = this.follower();
    const holes = this.holesUpTo(first.start, end);
    const piece: Piece = { kind: 'statement', tokens, more, start: first.start, end, holes };
    if (unterminated) piece.unterminated = unterminated;
    if (executables.length > 0) piece.executables = executables;
    return piece;
  }

  /** The holes of a statement in order: those of the host language, and those of the text that lie in none of them. */
  private holesUpTo(start: number, end: number): readonly RawHole[] {
    const given = this.source.holes;
    const found = this.lexer.holes;
    if (this.given >= given.length && this.found >= found.length) return noHoles;
    const holes: RawHole[] = [];
    while (this.given < given.length || this.found < found.length) {
      const theirs = given[this.given];
      const ours = found[this.found];
      const next = theirs === undefined || (ours !== undefined && ours.start < theirs.start) ? ours! : theirs;
      if (next.start >= end) break;
      if (next === ours) {
        this.found++;
        if (next.end > (theirs?.start ?? Infinity) || next.start < (given[this.given - 1]?.end ?? 0)) continue;
      } else this.given++;
      if (next.start >= start) holes.push(next);
    }
    return holes;
  }
}

const noHoles: readonly RawHole[] = [];

/** The word or sign behind an offset, for a look ahead. */
function wordBehind(text: string, from: number): string {
  return /^\s*(\w+|\S)/.exec(text.slice(from, from + 60))?.[1]?.toUpperCase() ?? '';
}
