import { debuglog } from 'node:util';
import type { Dialect, Span, Statement } from '../../ir/index.js';
import { guarded } from './guard.js';
import { merge } from './merge.js';
import { loadProvider } from './providers/load.js';
import type { Provider, Reading, ReadOperation, Verdict } from './providers/provider.js';
import { isNative } from './source.js';
import { hostOffset, hostSpan, textOffset } from './statement-offsets.js';

type Disagree = (statement: Statement, difference: string) => void;
const debug = debuglog('ddlint');

/** Asks the dialects' own grammars about statements, and writes into them what these say. */
export type Verifier = (statements: Iterable<Statement>) => void;

/**
 * Loads the parsers of the dialects in a run, once. The verifier itself is synchronous: it raises the provenance of
 * what a grammar accepts from `shape` to `ast`, nested statements included, and adds a `syntax` problem where
 * PostgreSQL or SQLite refuses a statement that is there as a whole. It may be called again on statements that it has seen.
 * @param dialects those of the statements to come; others stay as they are
 * @param disagree is told where a grammar and the words of a statement say different things: the words win then.
 * Unless told otherwise NODE_DEBUG=ddlint shows it.
 */
export async function loadVerifier(
  dialects: Iterable<Dialect>,
  disagree: Disagree = ({ text }, difference) => debug('%s in: %s', difference, text),
): Promise<Verifier> {
  const providers = new Map<Dialect, Provider>();
  for (const dialect of new Set(dialects)) {
    const provider = await loadProvider(dialect);
    if (provider) providers.set(dialect, provider);
  }
  return (statements) => {
    const waiting = new Map<Provider, Asked[]>();
    for (const { statement, nested } of withChildren(statements)) {
      const provider = providers.get(statement.dialect);
      if (provider === undefined || statement.provenance === 'ast' || !mayBeAsked(statement, provider)) continue;
      const asked = waiting.get(provider) ?? [];
      if (asked.length === 0) waiting.set(provider, asked);
      asked.push({ statement, nested });
    }
    for (const [provider, asked] of waiting) {
      const verdicts = provider.read(asked.map(({ statement }) => statement.text));
      for (const [index, each] of asked.entries()) note(each, verdicts[index]!, disagree);
    }
  };
}

/** A statement, and whether it stands in the body of another. */
interface Asked {
  statement: Statement;
  nested: boolean;
}

function* withChildren(statements: Iterable<Statement>, nested = false): Generator<Asked> {
  for (const statement of statements) {
    yield { statement, nested };
    yield* withChildren(statement.children, true);
  }
}

/** Whether a grammar can be asked about a statement; a problem tells where it can't and someone should know. */
function mayBeAsked(statement: Statement, provider: Provider): boolean {
  if (statement.problems.length > 0 || statement.text === '') return false;
  const guard = guarded(statement, provider);
  // The rows of an INSERT are data: its target is known without them. What a body holds is asked about by itself.
  if (guard !== undefined && guard !== '' && statement.verb !== 'INSERT' && statement.children.length === 0)
    statement.problems.push({ code: 'guard', span: firstWord(statement), message: guard });
  return guard === undefined;
}

/** Writes into a statement what the grammar says of it. */
function note({ statement, nested }: Asked, verdict: Verdict, disagree: Disagree): void {
  if (verdict.accepted) {
    if (statement.provenance === 'shape') statement.provenance = 'ast';
    for (const operation of statement.operations) if (operation.provenance === 'shape') operation.provenance = 'ast';
    const difference = verdict.reading && merge(statement, nested ? inBody(verdict.reading) : verdict.reading);
    if (difference !== undefined) disagree(statement, difference);
    return;
  }
  if (verdict.gaveUp !== undefined) {
    statement.problems.push({ code: 'guard', span: firstWord(statement), message: verdict.gaveUp });
    return;
  }
  // In a body the grammar is that of its language.
  if (verdict.error === undefined || nested || isIncomplete(statement)) return;
  const { message, at } = verdict.error;
  statement.problems.push({ code: 'syntax', message, span: tokenAt(statement, at) });
}

/** In the body of a routine a name may be that of a variable, and SELECT … INTO fills one. */
function inBody({ operations, reads }: Reading): Reading {
  const isChange = ({ kind }: ReadOperation) => kind === 'Update' || kind === 'Delete';
  return {
    ...(operations && !operations.some(isChange) && { operations }),
    ...(reads && { reads }),
  };
}

/** Whether parts stand in the statement that only the run knows and the grammar does not take as they are. */
function isIncomplete({ holes, ...statement }: Statement): boolean {
  return holes.some(({ bound, span }) => {
    const at = textOffset(statement, span.start);
    return !(bound && isNative(statement.text.slice(at, at + 2), statement.dialect));
  });
}

/** A place to point at where nothing narrower is to blame. */
const firstWord = (statement: Statement): Span => tokenAt(statement, 0);

/** The token at an offset of the text, in the host file; the last character where the text ends before. */
function tokenAt(statement: Statement, at: number): Span {
  const from = Math.min(at, Math.max(0, statement.text.length - 1));
  const width = tokenWidth(statement.text, at);
  const start = hostOffset(statement, from);
  return width === 0 ? { start, end: start } : hostSpan(statement, from, from + width);
}

/** How much of the text at an offset is one token, for a span that a person can see. */
function tokenWidth(text: string, at: number): number {
  const match = /^(?:[\w$]+|[^\w\s]+)/.exec(text.slice(at, at + 60));
  return match ? match[0].length : at >= text.length && text.length > 0 ? 1 : 0;
}
