import type { Dialect, FileFacts, Migration, MigrationBody, Statement } from '../../ir/index.js';
import { emptyFacts } from '../empty-facts.js';
import type { ReadContext, SourceFile } from '../front-end.js';
import { commentOf } from './comments.js';
import { guessDialect } from './dialect-guess.js';
import { type MigrationFile, migrationFile, wrapped } from './runners.js';
import { type Section, Sections } from './sections.js';
import { fileSource } from './source.js';
import { pieces } from './split.js';
import { readStatement } from './statements.js';
import { placeInTransactions, refusesTransaction } from './transactions.js';

/** Of files with more text only the head of each statement is read. */
const HEADS_ONLY = 8 * 1024 * 1024;
const HEAD_TOKENS = 64;
/** More statements than this are not kept: what is left of the file is told to be unread. */
const STATEMENT_LIMIT = 100_000;

/** Reads one SQL file: a migration where it lies in a folder of migrations, else loose statements. */
export function read(file: SourceFile, context: ReadContext): FileFacts {
  const { text } = file;
  const folder = context.migrations;
  const told = context.dialect === 'unknown' ? folder?.dialect : context.dialect;
  const dialect = told ?? guessDialect(text);
  const facts = emptyFacts({ path: file.path, frontend: 'sql', dialect, scope: context.scope });
  const sections = readSections(text, dialect, facts);
  const place = folder && migrationFile(file.path, folder);
  if (folder && place) facts.migrations.push(migrationOf(place, folder.path, folder.runner, sections, facts));
  else {
    const all = sections.all.flatMap((section) => section.statements);
    facts.statements = placeInTransactions(all, 'unknown');
  }
  return facts;
}

function readSections(text: string, dialect: Dialect, facts: FileFacts): Sections {
  const source = fileSource(text, dialect);
  const sections = new Sections(source);
  const headsOnly = text.length > HEADS_ONLY;
  let first = true;
  let data: string | undefined;
  let count = 0;
  const stream = pieces(source, (token) => {
    const comment = commentOf(text, token);
    facts.comments.push(comment);
    if (first || comment.text.startsWith('atlas:')) sections.comment(comment.text);
    if (token.unterminated) {
      const message = 'A comment is never closed, so the rest of the file belongs to it.';
      facts.problems.push({ code: 'syntax', message, span: { start: token.start, end: token.end } });
    }
  });
  for (const piece of stream) {
    first = false;
    if (piece.kind === 'marker') sections.mark(piece.start, piece.end);
    if (piece.kind !== 'statement') continue;
    if (headsOnly && piece.tokens.length > HEAD_TOKENS) {
      piece.tokens.length = HEAD_TOKENS;
      piece.more = true;
    }
    const statement = readStatement(source, piece, 'unknown');
    // Of the rows of a dump the first INSERT of a run stands for all.
    const rows = headsOnly && statement.verb === 'INSERT' ? statement.writes[0]?.name.value : undefined;
    if (rows !== undefined && rows === data) continue;
    data = rows;
    sections.add(statement);
    if (++count === STATEMENT_LIMIT) {
      const message = `Only the first ${String(STATEMENT_LIMIT)} statements of the file are read.`;
      facts.problems.push({ code: 'too-large', message, span: { start: piece.end, end: text.length } });
      break;
    }
  }
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    const message = 'The file holds a NUL character; servers and drivers cut the text off at it.';
    facts.problems.push({ code: 'nul', message, span: { start: nul, end: nul + 1 } });
  }
  return sections;
}

function migrationOf(
  place: MigrationFile,
  history: string,
  runner: Migration['runner'],
  sections: Sections,
  facts: FileFacts,
): Migration {
  const { convention, half } = place;
  const start = { start: 0, end: 0 };
  const body = (own: readonly Section[], otherwise: MigrationBody['state']): MigrationBody => {
    if (own.length === 0) return { state: otherwise, steps: [], span: start };
    const count = own.reduce((sum, section) => sum + section.statements.length, 0);
    const outside = (section: Section) => {
      if (sections.noTransaction || section.noTransaction) return 'no';
      // Flyway gives up its transaction for a script that holds a statement which refuses one.
      if (runner === 'flyway' && section.statements.some(refusesTransaction)) return 'no';
      return wrapped(convention, count, facts.dialect);
    };
    const placed: Statement[] = own.flatMap((section) => placeInTransactions(section.statements, outside(section)));
    return {
      state: placed.length > 0 ? 'present' : 'empty',
      steps: placed.map((statement) => ({ statement })),
      span: { start: own[0]!.span.start, end: own.at(-1)!.span.end },
    };
  };
  const ups = sections.all.filter((section) => section.half === 'up');
  const downs = sections.all.filter((section) => section.half === 'down');
  const isDown = half === 'down';
  return {
    // A file with the way back alone is a migration of its own until `link` finds the way there.
    id: isDown ? `${place.id}.down` : place.id,
    history,
    runner,
    dependsOn: [],
    branchLabels: [],
    order: isDown ? [...place.order, 'down'] : place.order,
    ...(place.title !== '' && { message: { value: place.title, span: start } }),
    transaction: convention.transaction,
    up: isDown ? { state: 'unsupported', steps: [], span: start } : body(ups, 'empty'),
    down: isDown ? body(sections.all, 'empty') : body(downs, place.otherHalf),
    span: start,
  };
}

/** Tells migrations whose way back stands in a file beside them that it is there. */
export function link(files: readonly FileFacts[]): FileFacts[] {
  const downs = new Map<string, Migration>();
  for (const { migrations } of files) {
    for (const migration of migrations) {
      if (migration.id.endsWith('.down')) downs.set(`${migration.history}\n${migration.id}`, migration);
    }
  }
  if (downs.size === 0) return [...files];
  return files.map((facts) => {
    const migrations = facts.migrations.map((migration) => {
      const other = downs.get(`${migration.history}\n${migration.id}.down`);
      if (other === undefined) return migration;
      // The steps stay where they are written, for their spans are those of the other file.
      return { ...migration, down: { ...migration.down, state: other.down.state } };
    });
    return { ...facts, migrations };
  });
}
