import type { Authoring, Column, Dialect, Name, QualifiedName, Span, TextEdit } from '../../ir/index.js';
import type { SourceFile } from '../front-end.js';
import { noPen } from '../no-pen.js';
import { nameConstraint } from './authoring-constraint.js';
import { removeComments } from '../remove-comments.js';
import { replaceName } from '../replace-name.js';
import { unquoted } from './shape/cursor.js';
import { writeDowngrade } from './authoring-downgrade.js';
import { addOperations, replaceOperation } from './authoring-operations.js';
import { addPrimaryKey } from './authoring-key.js';
import { withConcurrently, withNotValid, withoutCascade, withTables } from './authoring-words.js';
import { inQuotes, quotesOf } from './names.js';
import { Lexer } from './tokens.js';

/** A name as the database knows it: unquoted ones fold to lower case where quoting would keep their case. */
function kept(name: Name, dialect: Dialect): string {
  const folds = dialect === 'postgresql' || dialect === 'cockroachdb' || dialect === 'unknown';
  if (name.quoted) return name.value;
  return folds ? name.value.toLowerCase() : dialect === 'oracle' ? name.value.toUpperCase() : name.value;
}

/**
 * Quotes a name that stands bare in a text.
 * @param text the file that the name's span belongs to, which may be of a host language
 * @param hostQuote the quote that the host language's string stands in; names are not quoted by the same sign
 * @returns nothing where the name is quoted already, computed, or not written out as it is
 */
export function quoteIdentifier(
  text: string,
  name: Name,
  dialect: Dialect,
  hostQuote?: string,
): TextEdit[] | undefined {
  const { start, end } = name.span;
  const [open, close] = quotesOf(dialect);
  if (name.quoted || name.unknown || open === hostQuote) return undefined;
  // The name may have been folded since it was read.
  if (text.slice(start, end).toLowerCase() !== name.value.toLowerCase()) return undefined;
  return [{ span: { start, end }, text: open + kept(name, dialect) + close }];
}

/** The pen for a file of SQL. */
export function pen(file: SourceFile, dialect: Dialect): Authoring {
  const { text } = file;
  const endOf = endsIn(text, dialect);
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  const hasComments = ['postgresql', 'cockroachdb', 'oracle', 'unknown'].includes(dialect);
  return {
    ...noPen,
    nameConstraint: (constraint, name) => nameConstraint(constraint, name, text),
    writeNote: (_, note) => [
      {
        span: { start: 0, end: 0 },
        text: note
          .split('\n')
          .map((line) => `-- ${line}${text.includes('\r\n') ? '\r\n' : '\n'}`)
          .join(''),
      },
    ],
    removeComments: (comments) => removeComments(text, comments),
    replaceName: (name, to) => replaceName(text, name, to),
    setColumnComment(column, comment, table) {
      if (column.comment) return [{ span: column.comment.span, text: literal(comment, dialect) }];
      if (isMysql) return [insertion(column.span.end, ` COMMENT ${literal(comment, dialect)}`)];
      if (!hasComments) return undefined;
      const statement = `COMMENT ON COLUMN ${written(text, table.name, dialect)}.${writtenName(text, column.name, dialect)} IS ${literal(comment, dialect)};`;
      return append(text, endOf(statementAround(column.span, table.span)), statement);
    },
    setTableComment(table, comment) {
      if (table.comment) return [{ span: table.comment.span, text: literal(comment, dialect) }];
      if (isMysql) return [insertion(table.span.end, ` COMMENT=${literal(comment, dialect)}`)];
      if (!hasComments) return undefined;
      return append(
        text,
        endOf(table.span),
        `COMMENT ON TABLE ${written(text, table.name, dialect)} IS ${literal(comment, dialect)};`,
      );
    },
    addIndex(key, table, manner) {
      const columns = key.columns.map((column) => writtenName(text, column, dialect));
      if (columns.length === 0 || key.columns.some((column) => column.unknown)) return undefined;
      const plain = [table.name.name, ...key.columns].map((part) => kept(part, dialect)).join('_');
      const name = bareOrQuoted(`${plain}_idx`, dialect);
      const statement = `CREATE INDEX ${manner?.concurrently ? 'CONCURRENTLY ' : ''}${name} ON ${written(text, table.name, dialect)} (${columns.join(', ')});`;
      return append(text, endOf(statementAround(key.span, table.span)), statement);
    },
    setColumnType: (column, like) =>
      isWritten(column, text) ? [{ span: column.type.span, text: like.type.name }] : undefined,
    keepTimezone(column) {
      const type = column.type.span;
      const match = /^timestamp(\s*\(\d+\))?(\s+without\s+time\s+zone)?$/i.exec(text.slice(type.start, type.end));
      if (match === null) return undefined;
      const [, precision = '', tail] = match;
      const zoned = tail === undefined ? `timestamptz${precision}` : `timestamp${precision} with time zone`;
      return [{ span: type, text: zoned }];
    },
    removeIndex: (index) => withoutStatement(text, index.span, endOf),
    makeConcurrent: ({ span }) => withConcurrently(text, span),
    replaceOperation: (_, by, around) => replaceOperation(text, by, around, dialect),
    addOperations: (_, added, where, around) =>
      addOperations(text, added, where, around, dialect, ({ span }, statements) =>
        append(text, endOf(span), statements),
      ),
    dropCascade: ({ span }, { statement }) => withoutCascade(text, statement?.span ?? span),
    truncateTogether: ({ table }, others, { statement }) =>
      statement && withTables(text, statement.span, table, others),
    addNotValid: ({ span }) => withNotValid(text, span),
    quoteIdentifier: (name, spoken) => quoteIdentifier(text, name, spoken),
    addPrimaryKey: (table) => addPrimaryKey(text, table, dialect),
    writeDowngrade: (migration, operations) => writeDowngrade(text, migration, operations, dialect),
  };
}

/** A string; MySQL takes backslashes for escapes. */
const literal = (text: string, dialect: Dialect): string => {
  const escapes = dialect === 'mysql' || dialect === 'mariadb';
  return `'${(escapes ? text.replaceAll('\\', '\\\\') : text).replaceAll("'", "''")}'`;
};

const insertion = (at: number, text: string): TextEdit => ({ span: { start: at, end: at }, text });

/** The statement that declares something: the table's own if it holds it, else the one that the thing itself ends. */
const statementAround = (inner: Span, table: Span): Span =>
  inner.start >= table.start && inner.end <= table.end ? table : inner;

/** Where the statement that a span lies in ends, its delimiter included. */
type EndOf = (span: Span) => { at: number; delimited: boolean };

/** Looks for the ends of statements, and remembers the last one: much of one statement may ask for it. */
function endsIn(text: string, dialect: Dialect): EndOf {
  let from = 0;
  let last: ReturnType<EndOf> = { at: 0, delimited: false };
  return (span) => {
    if (span.end < from || span.end >= last.at) {
      from = span.end;
      last = endBehind(text, from, dialect);
    }
    return last;
  };
}

function endBehind(text: string, from: number, dialect: Dialect): ReturnType<EndOf> {
  const lexer = new Lexer(text.slice(from), dialect);
  for (let token = lexer.next(); token; token = lexer.next()) {
    if (token.kind === 'end') return { at: from + token.end, delimited: true };
    if (token.kind === 'breakpoint') return { at: from + token.start, delimited: false };
  }
  // The last statement of the file needs no delimiter of its own.
  return { at: text.trimEnd().length, delimited: false };
}

/** Puts a statement behind the one that ends there. */
function append(text: string, { at: end, delimited }: ReturnType<EndOf>, statement: string): TextEdit[] {
  // Drizzle sends the pieces between its marks one by one.
  const mark = /^\s*--> statement-breakpoint/.test(text.slice(end)) ? '--> statement-breakpoint' : '';
  return [insertion(end, `${delimited ? '' : ';'}${mark}\n${statement}`)];
}

/** Takes out a CREATE INDEX with its delimiter and, where no other statement stands on it, its line. */
function withoutStatement(text: string, span: Span, endOf: EndOf): TextEdit[] | undefined {
  if (!/^CREATE\s+(?:UNIQUE\s+)?INDEX\b/i.test(text.slice(span.start, span.end))) return undefined;
  const end = endOf(span);
  const ownLine = /(?:^|[\r\n])[ \t]*$/.test(text.slice(Math.max(0, span.start - 200), span.start));
  const rest = ownLine ? /^[ \t]*(?:--[^\r\n]*)?(?:\r\n|\n|\r|$)/.exec(text.slice(end.at))?.[0] : undefined;
  return [{ span: { start: span.start, end: end.at + (rest?.length ?? 0) }, text: '' }];
}

/** A name as the file writes it; where it is written elsewhere, quoted if it must be. */
function writtenName(text: string, name: Name, dialect: Dialect): string {
  const here = text.slice(name.span.start, name.span.end);
  if (here !== '' && unquoted(here) === name.value) return here;
  return name.quoted ? bareOrQuoted(name.value, dialect) : name.value;
}

const written = (text: string, { schema, name }: QualifiedName, dialect: Dialect): string =>
  (schema ? `${writtenName(text, schema, dialect)}.` : '') + writtenName(text, name, dialect);

function bareOrQuoted(name: string, dialect: Dialect): string {
  if (/^[a-z_][a-z0-9_]*$/.test(name)) return name;
  return inQuotes(name, dialect);
}

/** Whether a column's type stands in this text as it was read. */
const isWritten = ({ type }: Column, text: string): boolean =>
  text.slice(type.span.start, type.span.end).replace(/\s+/g, ' ').toLowerCase() === type.written.toLowerCase();
