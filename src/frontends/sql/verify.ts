import type { Dialect, Span, Statement } from '../../ir/index.js';
import type { Provider } from './providers/provider.js';
import { TEXT_LIMIT } from './statements.js';
import { isTrivia, Lexer } from './tokens.js';

/** Statements nested deeper than this are not handed to a parser. */
const DEPTH_LIMIT = 200;
const TOKEN_LIMIT = 20_000;

/** Asks the dialects' own grammars about statements, and writes into them what these say. */
export type Verifier = (statements: Iterable<Statement>) => void;

/**
 * Loads the parsers of the dialects in a run, once. The verifier itself is synchronous: it raises the provenance of
 * what a grammar accepts from `shape` to `ast`, nested statements included, and adds a `syntax` problem where
 * PostgreSQL refuses a statement that is there as a whole. It may be called again on statements that it has seen.
 * @param dialects those of the statements to come; others stay as they are
 */
export async function loadVerifier(dialects: Iterable<Dialect>): Promise<Verifier> {
  const providers = new Map<Dialect, Provider>();
  for (const dialect of new Set(dialects)) {
    const provider = await loadProvider(dialect);
    if (provider) providers.set(dialect, provider);
  }
  const verify = (statement: Statement, nested: boolean): void => {
    const provider = providers.get(statement.dialect);
    if (provider && statement.provenance !== 'ast') check(statement, provider, nested);
    for (const child of statement.children) verify(child, true);
  };
  return (statements) => {
    for (const statement of statements) verify(statement, false);
  };
}

async function loadProvider(dialect: Dialect): Promise<Provider | undefined> {
  if (dialect === 'postgresql' || dialect === 'cockroachdb') {
    const { postgresqlProvider } = await import('./providers/postgresql.js');
    return postgresqlProvider();
  }
  const { nodeSqlProvider } = await import('./providers/node-sql-parser.js');
  return nodeSqlProvider(dialect);
}

function check(statement: Statement, provider: Provider, nested: boolean): void {
  if (statement.problems.length > 0 || statement.text === '') return;
  const guard = guarded(statement);
  if (guard !== undefined) {
    // The rows of an INSERT are data: its target is known without them.
    if (guard !== '' && statement.verb !== 'INSERT')
      statement.problems.push({ code: 'guard', span: firstWord(statement), message: guard });
    return;
  }
  const verdict = provider(statement.text);
  if (verdict.accepted) {
    if (statement.provenance === 'shape') statement.provenance = 'ast';
    for (const operation of statement.operations) if (operation.provenance === 'shape') operation.provenance = 'ast';
    return;
  }
  // CockroachDB's grammar is not PostgreSQL's, and in a body the grammar is that of its language.
  if (verdict.error === undefined || nested || statement.dialect !== 'postgresql' || isIncomplete(statement)) return;
  const { message, at } = verdict.error;
  const start = hostOffset(statement, Math.min(at, Math.max(0, statement.text.length - 1)));
  const width = tokenWidth(statement.text, at);
  statement.problems.push({ code: 'syntax', message, span: { start, end: start + width } });
}

/** Why the statement can't be handed to a parser, or nothing. Empty where nobody need be told. */
function guarded(statement: Statement): string | undefined {
  if (statement.text.length >= TEXT_LIMIT) return 'The statement is too long to be checked; only its head was read.';
  const lexer = new Lexer(statement.text, statement.dialect);
  let depth = 0;
  let deepest = 0;
  let lowest = 0;
  let count = 0;
  for (let token = lexer.next(); token; token = lexer.next()) {
    if (isTrivia(token)) continue;
    count++;
    if (token.unterminated) return '';
    const sign = token.kind === 'punctuation' ? statement.text[token.start] : '';
    if (sign === '(') deepest = Math.max(deepest, ++depth);
    else if (sign === ')') lowest = Math.min(lowest, --depth);
  }
  if (deepest > DEPTH_LIMIT) return `The statement nests ${String(deepest)} levels deep, too deep to be checked.`;
  if (count > TOKEN_LIMIT) return 'The statement is too long to be checked.';
  // PostgreSQL's parser tells where a parenthesis is missing; the other one takes exponential time to find nothing.
  const balanced = depth === 0 && lowest === 0;
  return balanced || statement.dialect === 'postgresql' ? undefined : '';
}

/** Whether run-time parts stand in the statement; `$1` is PostgreSQL's own. */
function isIncomplete(statement: Statement): boolean {
  return statement.holes.some(
    (hole) => !(hole.bound && hole.style === 'positional' && isNumbered(statement, hole.span.start)),
  );
}

function isNumbered(statement: Statement, start: number): boolean {
  const at = textOffset(statement, start);
  return /^\$\d/.test(statement.text.slice(at, at + 2));
}

/** Offset in the host file of an offset in the statement's text. */
function hostOffset(statement: Statement, at: number): number {
  const { offsets } = statement;
  if (offsets === undefined) return statement.span.start + at;
  const pair = offsets.findLast(([text]) => text <= at) ?? [0, statement.span.start];
  return pair[1] + (at - pair[0]);
}

function textOffset(statement: Statement, host: number): number {
  const { offsets } = statement;
  if (offsets === undefined) return host - statement.span.start;
  const pair = offsets.findLast(([, there]) => there <= host) ?? [0, statement.span.start];
  return pair[0] + (host - pair[1]);
}

/** A place to point at where nothing narrower is to blame. */
const firstWord = (statement: Statement): Span => {
  const start = hostOffset(statement, 0);
  return { start, end: start + tokenWidth(statement.text, 0) };
};

/** How much of the text at an offset is one token, for a span that a person can see. */
function tokenWidth(text: string, at: number): number {
  const match = /^(?:[\w$]+|[^\w\s]+)/.exec(text.slice(at, at + 60));
  return match ? match[0].length : at >= text.length && text.length > 0 ? 1 : 0;
}
