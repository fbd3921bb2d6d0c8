import type { Dialect, FileFacts, Span, Statement } from '../ir/index.js';
import { statementsIn } from './operations.js';
import { breaksAsTable } from './reserved-words.js';

/** A statement, or a part of it, that could not be read. */
export interface Unread {
  /**
   * `guard`: too large or too deep for a grammar, read without one. `unread`: not read at all. `unsupported`: valid as
   * far as is known, of a kind that ddlint does not look into.
   */
  kind: 'syntax' | 'unterminated' | 'nul' | 'guard' | 'unread' | 'unsupported';
  statement: Statement;
  at: Span;
  /** What the parser said, without a full stop at its end. */
  reason: string;
}

/** Statements of servers, plugins, keys, queues and packages, which change no table, column or row that ddlint knows. */
const server = [
  'BINLOG',
  'CACHE',
  'CHANGE',
  'CLONE',
  'HELP',
  'INSTALL',
  'PURGE',
  'RESTART',
  'SHUTDOWN',
  'STOP',
  'UNINSTALL',
  'XA',
];

/** First words of statements that a dialect has and that ddlint does not look into. */
const unsupported: { readonly [D in Dialect]?: ReadonlySet<string> } = {
  mysql: new Set([...server, 'ALTER INSTANCE', 'CREATE LOGFILE', 'CREATE RESOURCE', 'CREATE SPATIAL']),
  mariadb: new Set([...server, 'CREATE PACKAGE']),
  oracle: new Set([
    ...['AUDIT', 'FLASHBACK', 'NOAUDIT', 'PROMPT', 'PURGE', 'WHENEVER'],
    ...['CLUSTER', 'CONTEXT', 'DIRECTORY', 'PACKAGE', 'PROFILE'].map((object) => `CREATE ${object}`),
  ]),
};

/** What of a file's SQL could not be read, each statement at most once for each kind. */
export function* unreadIn(facts: FileFacts): Generator<Unread> {
  const told = new Set<string>();
  for (const each of unreadStatements(facts)) {
    // A statement in a loop that the front end unrolled is there more than once.
    const key = `${each.kind} ${String(each.at.start)}`;
    if (!told.has(key)) yield each;
    told.add(key);
  }
}

function* unreadStatements(facts: FileFacts): Generator<Unread> {
  for (const statement of statementsIn(facts)) {
    const seen = new Set<string>();
    for (const { code, span, message } of statement.problems) {
      // Code that asks for something first may ask for another database, whose words these are.
      if (seen.has(code) || (code === 'syntax' && statement.guard?.kind === 'unknown' && facts.frontend !== 'sql'))
        continue;
      seen.add(code);
      if (code === 'syntax' && isReservedName(statement, span)) continue;
      yield { kind: code, statement, at: span, reason: message.replace(/[.\s]+$/, '') };
    }
    // Text that EXECUTE puts together at run time gives nothing to parse.
    const dynamic = statement.verb === '' || statement.verb === 'EXECUTE';
    if (seen.size === 0 && statement.provenance === 'opaque' && !dynamic) {
      const known = unsupported[statement.dialect]?.has(statement.verb);
      yield { kind: known ? 'unsupported' : 'unread', statement, at: statement.span, reason: '' };
    }
  }
}

/** Whether the parser stumbled over a table's name that needs quotes: naming/unquoted-reserved-word speaks of that. */
function isReservedName({ dialect, reads, writes }: Statement, at: Span): boolean {
  return [...reads, ...writes].some(
    ({ name }) =>
      !name.quoted && name.span.start <= at.start && at.start < name.span.end && breaksAsTable(name.value, dialect),
  );
}
