import type { FileFacts, Runner } from '../../ir/index.js';
import { emptyFacts } from '../empty-facts.js';
import type { ReadContext, SourceFile } from '../front-end.js';
import { commentOf } from './comments.js';
import { directiveOf } from './directives.js';
import { readHeader, readMark, type ReadMark } from './marks.js';
import { migrationsOf } from './migrations.js';
import type { SqlSymbols } from './pairs.js';
import { migrationFile } from './runners.js';
import { Sections } from './sections.js';
import { fileSource } from './source.js';
import { pieces } from './split.js';
import { readStatement } from './statements.js';
import type { Token } from './tokens.js';
import { placeInTransactions } from './transactions.js';

export { link } from './pairs.js';

/** Of files with more text only the head of each statement is read. */
const HEADS_ONLY = 8 * 1024 * 1024;
const HEAD_TOKENS = 64;
/** More statements than this are not kept: what is left of the file is told to be unread. */
const STATEMENT_LIMIT = 100_000;

/** Reads one SQL file: a migration where it lies in a folder of migrations, else loose statements. */
export function read(file: SourceFile, context: ReadContext): FileFacts {
  const folder = context.migrations;
  const place = folder && migrationFile(file.path, folder);
  const { dialect, scope } = context;
  const facts = emptyFacts({ path: file.path, frontend: 'sql', dialect, scope });
  const sections = readSections(file.text, place && folder.runner, facts);
  if (folder && place) {
    const found = { place, folder, sections, facts, prisma: context.packages?.['prisma'] };
    for (const each of migrationsOf(found)) facts.migrations.push(each);
    if (place.snapshot || sections.snapshot) facts.symbols = { snapshot: true } satisfies SqlSymbols;
  } else {
    const all = sections.finish().flatMap((unit) => unit.sections.flatMap(({ statements }) => statements));
    facts.statements = placeInTransactions(all, 'unknown');
  }
  return facts;
}

function readSections(text: string, runner: Runner | undefined, facts: FileFacts): Sections {
  const source = fileSource(text, facts.dialect);
  const sections = new Sections(source);
  const headsOnly = text.length > HEADS_ONLY;
  const marks: ReadMark[] = [];
  let first = true;
  let data: string | undefined;
  let cut = 0;
  let skipped = 0;
  let count = 0;
  const comment = (token: Token): ReadMark | undefined => {
    const comment = commentOf(text, token);
    facts.comments.push(comment);
    const span = { start: token.start, end: token.end };
    if (token.unterminated) {
      const message = 'A comment is never closed, so the rest of the file belongs to it.';
      facts.problems.push({ code: 'syntax', message, span });
    }
    if (!comment.ownLine) return undefined;
    const written = text.slice(token.start, token.end);
    if (first) sections.header(readHeader(runner, written, token.start));
    const mark = readMark(runner, written, isIndented(text, token.start));
    if (mark) marks.push(mark);
    if (mark?.refused) facts.problems.push({ code: 'syntax', message: mark.refused, span });
    return mark;
  };
  for (const piece of pieces(source, comment)) {
    if (piece.kind === 'marker') sections.mark(marks.shift()!.mark, piece.start, piece.end);
    else if (piece.kind !== 'statement') {
      const directive = directiveOf(text, piece);
      if (directive) (facts.directives ??= []).push(directive);
    }
    if (piece.kind !== 'statement') continue;
    first = false;
    if (count++ === STATEMENT_LIMIT) {
      const message = `Only the first ${STATEMENT_LIMIT.toLocaleString('en')} statements of the file are read.`;
      facts.problems.push({ code: 'too-large', message, span: { start: piece.start, end: piece.end } });
      break;
    }
    if (headsOnly && piece.tokens.length > HEAD_TOKENS) {
      piece.tokens.length = HEAD_TOKENS;
      piece.more = true;
      cut++;
    }
    const statement = readStatement(source, piece, 'unknown');
    // Of the rows of a dump the first INSERT of a run stands for all.
    const rows = headsOnly && statement.verb === 'INSERT' ? statement.writes[0]?.name.value : undefined;
    if (rows !== undefined && rows === data) {
      skipped++;
      count--;
      continue;
    }
    data = rows;
    sections.add(statement);
  }
  if (cut + skipped > 0) facts.problems.push(skimmed(text.length, skipped));
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    const message = 'The file holds a NUL character; servers and drivers cut the text off at it.';
    facts.problems.push({ code: 'nul', message, span: { start: nul, end: nul + 1 } });
  }
  return sections;
}

const isIndented = (text: string, at: number): boolean => /[ \t]/.test(text.charAt(at - 1));

function skimmed(length: number, skipped: number): FileFacts['problems'][number] {
  const limit = HEADS_ONLY.toLocaleString('en');
  const rows =
    skipped === 0 ? '' : `, and ${skipped.toLocaleString('en')} further INSERTs into the same tables are not`;
  const message = `The file has ${length.toLocaleString('en')} characters: above ${limit} only the first words of a statement are read${rows}.`;
  return { code: 'skimmed', message, span: { start: 0, end: 0 } };
}
