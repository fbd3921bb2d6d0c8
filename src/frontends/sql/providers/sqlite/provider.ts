import { pathToFileURL } from 'node:url';
import type { ParserModule, Stmt } from 'sqlite3-parser';
import { nodeSqlProvider } from '../node-sql-parser.js';
import { grammarPath } from '../peer.js';
import type { Provider, Reading, Verdict } from '../provider.js';
import { reading } from './reading.js';

/** What is used of the package. */
export type Grammar = Pick<ParserModule, 'parseStmt'>;

async function loadGrammar(): Promise<Grammar | undefined> {
  const path = grammarPath();
  return path === undefined ? undefined : ((await import(pathToFileURL(path).href)) as Grammar);
}

/**
 * SQLite's own grammar where `sqlite3-parser` is installed, which is made from it; else a parser whose refusals say
 * nothing. So too where the package is there and does not work.
 * @param load gives the package's exports, or nothing
 */
export async function sqliteProvider(load = loadGrammar): Promise<Provider> {
  const grammar = await load().catch(() => undefined);
  if (grammar === undefined || !works(grammar)) return nodeSqlProvider('sqlite');
  return { takesUnbalanced: true, read: (texts) => texts.map((text) => read(grammar, text)) };
}

/** Whether it tells right from wrong, and where: what is installed may be another version, or half of one. */
function works(grammar: Grammar): boolean {
  const wrong = read(grammar, 'SELECT FROM');
  return read(grammar, 'SELECT 1').accepted && !wrong.accepted && wrong.error?.at === 7;
}

const MESSAGE_LIMIT = 200;

/** `INSERT INTO t (a, a)`, `SET (a, a) = …`, `UPDATE OF a, a`, `USING (a, a)`: SQLite 3.40 takes them, the package does not. */
const takenBySqlite = /^column .* specified more than once$/s;

/** It was handed no statement, or two. */
const aboutTheText = /^(?:no SQL statement|expected end of input|parse did not)/;

function read({ parseStmt }: Grammar, text: string): Verdict {
  try {
    // SQLite stops at NUL.
    const plain = text.replaceAll('\0', ' ');
    const result = parseStmt(plain);
    if (result.status === 'ok') return { accepted: true, ...readingOf(result.root, plain) };
    const first = result.errors.find((error) => !takenBySqlite.test(error.message));
    if (first === undefined) return { accepted: true };
    const { message, span } = first;
    if (aboutTheText.test(message) || isOptional(text, span.offset)) return { accepted: false };
    const shown = message.length > MESSAGE_LIMIT ? `${message.slice(0, MESSAGE_LIMIT)}…` : message;
    return { accepted: false, error: { message: shown, at: span.offset } };
  } catch {
    return { accepted: false };
  }
}

/** A package of another version accepts a statement and may have other words for it. */
function readingOf(root: Stmt, text: string): { reading?: Reading } {
  try {
    return { reading: reading(root, text) };
  } catch {
    return {};
  }
}

/**
 * Whether what is refused is valid somewhere: ORDER BY and LIMIT of UPDATE and DELETE in a SQLite that is built with
 * SQLITE_ENABLE_UPDATE_DELETE_LIMIT, as those of Debian and Apple are, and what libSQL adds.
 */
function isOptional(text: string, at: number): boolean {
  const behind = text.slice(at, at + 10);
  if (/^(?:ORDER|LIMIT)\b/i.test(behind)) return /^\s*(?:UPDATE|DELETE|WITH)\b/i.test(text);
  if (/^TO\b/i.test(behind)) return /^\s*ALTER\s+TABLE\b[^;]*\bALTER\b/i.test(text.slice(0, at));
  return /^\s*CREATE\s+$|\bRANDOM\s+$/i.test(text.slice(0, at)) && /^(?:FUNCTION|ROWID)\b/i.test(behind);
}
