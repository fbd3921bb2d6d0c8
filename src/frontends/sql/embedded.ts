import type { Comment, Dialect, Guard, HolePosition, Statement, TransactionState } from '../../ir/index.js';
import { commentOf } from './comments.js';
import type { EmbeddedText } from './embedded-text.js';
import { positions } from './positions.js';
import { embeddedSource, type Source } from './source.js';
import { readStatements } from './statements.js';
import { inOneString } from './transactions.js';
import { isStatementStart, isVerbWithoutParameters } from './statement-start.js';
import { isTrivia, Lexer } from './tokens.js';

export interface EmbeddedContext {
  dialect: Dialect;
  inTransaction: TransactionState;
  guard?: Guard;
}

/** Statements of SQL text in a host language; every offset in them is one of the host file. Never throws. */
export function readEmbedded(text: EmbeddedText, context: EmbeddedContext): Statement[] {
  const source = embeddedSource(text, context.dialect);
  const statements = readStatements(source, context.inTransaction).map(ofItsDialect);
  let at = 0;
  for (const comment of commentsIn(source)) {
    while (at < statements.length - 1 && statements[at]!.span.end <= comment.span.start) at++;
    if (statements[at]) (statements[at]!.comments ??= []).push(comment);
  }
  const { guard } = context;
  const sent = inOneString(statements);
  return guard === undefined ? sent : sent.map((statement) => ({ ...statement, guard }));
}

/** Code that serves several databases sends PRAGMA to SQLite alone. */
const ofItsDialect = (statement: Statement): Statement =>
  statement.verb === 'PRAGMA' ? { ...statement, dialect: 'sqlite' } : statement;

function commentsIn(source: Source): Comment[] {
  if (!/--|\/\*|#/.test(source.text)) return [];
  const comments: Comment[] = [];
  const lexer = new Lexer(source.text, source.dialect, source.holes);
  for (let token = lexer.next(); token; token = lexer.next()) {
    if (token.kind !== 'line-comment' && token.kind !== 'block-comment') continue;
    comments.push({ ...commentOf(source.text, token), span: source.span(token.start, token.end) });
  }
  return comments;
}

/**
 * The position of each hole of the text, in order, decided by the tokens around it.
 * @param kind `sql` for whole statements, `fragment` for text that a library puts into a clause
 */
export function holePositions(text: EmbeddedText, kind: 'sql' | 'fragment', dialect: Dialect): HolePosition[] {
  const source = embeddedSource(text, dialect);
  const lexer = new Lexer(source.text, dialect, source.holes);
  return positions(source.text, lexer.significant(), source.holes, kind === 'sql');
}

/** Enough words to tell a statement from a sentence. */
const WORDS = 60;

/** The first words and signs of a text, upper case; opening parentheses are skipped, quoted text is ``. */
function firstWords(text: string): string[] {
  const lexer = new Lexer(text, 'unknown');
  const words: string[] = [];
  for (let token = lexer.next(); token && words.length < WORDS; token = lexer.next()) {
    if (isTrivia(token) || (words.length === 0 && text[token.start] === '(')) continue;
    const bare =
      token.kind === 'word' || token.kind === 'operator' || token.kind === 'punctuation' || token.kind === 'end';
    words.push(bare ? text.slice(token.start, Math.min(token.end, token.start + 40)).toUpperCase() : '');
  }
  return words;
}

/**
 * Whether text starts like an SQL statement, comments and blanks skipped. Holes are passed as blanks. Sentences that
 * start with a verb of SQL ("Delete account") do not.
 */
export const startsLikeStatement = (text: string): boolean => isStatementStart(firstWords(text));

/** Whether the statement takes no bind parameters: CREATE, ALTER, DROP, COMMENT, SET, GRANT, NOTIFY and the like. */
export function takesNoParameters(text: string): boolean {
  const words = firstWords(text);
  return isVerbWithoutParameters(words[0] ?? '');
}
