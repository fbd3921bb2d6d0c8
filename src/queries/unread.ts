import type { Dialect, FileFacts, Span, Statement } from '../ir/index.js';
import { statementsIn } from './operations.js';

/** A statement, or a part of it, that could not be read. */
export interface Unread {
  /** `unsupported`: valid as far as is known, of a kind that ddlint does not look into. */
  kind: 'syntax' | 'unterminated' | 'nul' | 'unread' | 'unsupported';
  statement: Statement;
  at: Span;
  /** What the parser said, without a full stop at its end. */
  reason: string;
}

/**
 * Verbs that are valid in a dialect and whose effect lies outside of tables, columns and rows, or is not looked into:
 * events, servers, replication, text search, large routines of other vendors.
 */
const unsupported: { readonly [D in Dialect]?: readonly string[] } = {
  postgresql: [
    'ALTER SYSTEM',
    'CREATE EVENT',
    'CREATE FOREIGN',
    'CREATE PUBLICATION',
    'CREATE SERVER',
    'CREATE SUBSCRIPTION',
    'CREATE TEXT',
    'CREATE OPERATOR',
    'CREATE TRANSFORM',
    'IMPORT FOREIGN',
    'SECURITY LABEL',
  ],
  mysql: ['CREATE EVENT', 'CREATE SERVER', 'CREATE RESOURCE', 'HANDLER', 'INSTALL PLUGIN', 'LOAD XML', 'XA'],
  mariadb: ['CREATE EVENT', 'CREATE SERVER', 'CREATE PACKAGE', 'HANDLER', 'INSTALL SONAME', 'LOAD XML', 'XA'],
  sqlite: ['ATTACH', 'DETACH', 'CREATE VIRTUAL'],
  tsql: ['CREATE ASSEMBLY', 'CREATE CERTIFICATE', 'CREATE FULLTEXT', 'CREATE SERVICE', 'BACKUP', 'RESTORE', 'DBCC'],
};

/** What of a file's SQL could not be read, each statement at most once for each kind. */
export function* unreadIn(facts: FileFacts): Generator<Unread> {
  for (const statement of statementsIn(facts)) {
    const seen = new Set<string>();
    for (const { code, span, message } of statement.problems) {
      // `guard`: read without a grammar because it is too large for one. `hole-clause`: a clause comes at run time.
      if (code === 'guard' || code === 'hole-clause' || seen.has(code)) continue;
      seen.add(code);
      yield { kind: code, statement, at: span, reason: message.replace(/[.\s]+$/, '') };
    }
    if (seen.size === 0 && statement.provenance === 'opaque') {
      const known = unsupported[statement.dialect]?.some((verb) => statement.verb.toUpperCase().startsWith(verb));
      yield { kind: known ? 'unsupported' : 'unread', statement, at: statement.span, reason: '' };
    }
  }
}
