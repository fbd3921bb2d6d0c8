import type { Dialect, Guard, HolePosition, Span, Statement, StatementHole, TransactionState } from '../../ir/index.js';
import { positions } from './positions.js';
import { embeddedSource } from './source.js';
import { readStatements } from './statements.js';
import { isTrivia, Lexer, type Token } from './tokens.js';

/** A stretch of literal text of a host language: its value with escapes resolved, and where it came from. */
export interface EmbeddedLiteral {
  value: string;
  /**
   * Pairs of [offset in value, offset in host], ascending, the first at offset 0; between two pairs offsets run in
   * step. One pair is enough for a literal without escapes.
   */
  offsets: [number, number][];
}

/** A stretch that is computed at run time. */
export interface EmbeddedHole {
  span: Span;
  style: StatementHole['style'];
  /** Handed over as a bind parameter by the library (a tagged template), not pasted into the text. */
  bound: boolean;
}

/** SQL text in a host language, in reading order. */
export type EmbeddedText = (EmbeddedLiteral | EmbeddedHole)[];

export interface EmbeddedContext {
  dialect: Dialect;
  inTransaction: TransactionState;
  guard?: Guard;
}

/** Statements of SQL text in a host language; every offset in them is one of the host file. Never throws. */
export function readEmbedded(text: EmbeddedText, context: EmbeddedContext): Statement[] {
  const statements = readStatements(embeddedSource(text, context.dialect), context.inTransaction);
  const { guard } = context;
  return guard === undefined ? statements : statements.map((statement) => ({ ...statement, guard }));
}

/**
 * The position of each hole of the text, in order, decided by the tokens around it.
 * @param kind `sql` for whole statements, `fragment` for text that a library puts into a clause
 */
export function holePositions(text: EmbeddedText, kind: 'sql' | 'fragment', dialect: Dialect): HolePosition[] {
  const source = embeddedSource(text, dialect);
  const lexer = new Lexer(source.text, dialect, source.holes);
  const tokens: Token[] = [];
  for (let token = lexer.next(); token; token = lexer.next()) if (!isTrivia(token)) tokens.push(token);
  return positions(source.text, tokens, source.holes, kind === 'sql');
}

/** First words of statements, with what must follow where the word is English too. */
const statementStarts: Readonly<Record<string, RegExp | undefined>> = {
  ...Object.fromEntries(
    (
      'SELECT WITH EXPLAIN ANALYZE VACUUM PRAGMA REINDEX EXEC EXECUTE ROLLBACK SAVEPOINT TRUNCATE GRANT REVOKE DECLARE DEALLOCATE ' +
      'UNLISTEN LISTEN NOTIFY MERGE DO COMMIT BEGIN SHOW DESCRIBE DISCARD CLUSTER VALUES'
    )
      .split(' ')
      .map((word) => [word, /^/]),
  ),
  INSERT: /^(INTO|OR|IGNORE|OVERWRITE|LOW_PRIORITY|DELAYED|HIGH_PRIORITY)$/,
  UPDATE: /./,
  DELETE: /./,
  REPLACE: /^(INTO|LOW_PRIORITY|DELAYED)$/,
  CREATE: /./,
  ALTER: /./,
  DROP: /./,
  COMMENT: /^ON$/,
  SET: /./,
  RESET: /./,
  START: /^TRANSACTION$/,
  RELEASE: /^SAVEPOINT$/,
  CALL: /./,
  REFRESH: /^MATERIALIZED$/,
  LOCK: /^TABLES?$/,
  UNLOCK: /^TABLES?$/,
  COPY: /./,
  RENAME: /^TABLE$/,
  ATTACH: /^DATABASE$/,
  TABLE: /./,
  USE: /./,
  OPTIMIZE: /^TABLE$/,
  LOAD: /^DATA$/,
  PREPARE: /./,
  SECURITY: /^LABEL$/,
  REASSIGN: /^OWNED$/,
};

/** The first two words or signs of a text, upper case; opening parentheses are skipped. */
function firstWords(text: string): [string, string] {
  const lexer = new Lexer(text, 'unknown');
  const words: string[] = [];
  for (let token = lexer.next(); token && words.length < 2; token = lexer.next()) {
    if (isTrivia(token) || (words.length === 0 && text[token.start] === '(')) continue;
    words.push(text.slice(token.start, Math.min(token.end, token.start + 40)).toUpperCase());
  }
  return [words[0] ?? '', words[1] ?? ''];
}

/** Whether text starts like an SQL statement, comments and blanks skipped. Holes are passed as blanks. */
export function startsLikeStatement(text: string): boolean {
  const [first, second] = firstWords(text);
  return statementStarts[first]?.test(second) === true;
}

const bindable = new Set([
  'SELECT',
  'INSERT',
  'UPDATE',
  'DELETE',
  'MERGE',
  'WITH',
  'VALUES',
  'REPLACE',
  'CALL',
  'EXEC',
  'EXECUTE',
  'EXPLAIN',
  'TABLE',
]);

/** Whether the statement takes no bind parameters: CREATE, ALTER, DROP, COMMENT, SET, GRANT, NOTIFY and the like. */
export function takesNoParameters(text: string): boolean {
  const [first] = firstWords(text);
  return statementStarts[first] !== undefined && !bindable.has(first);
}
