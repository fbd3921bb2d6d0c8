import type {
  Guard,
  HolePosition,
  Statement,
  StatementHole,
  StatementProblem,
  TransactionState,
} from '../../ir/index.js';
import { holesIn } from './holes.js';
import { positions } from './positions.js';
import { Cursor } from './shape/cursor.js';
import { readShape } from './shape/read.js';
import type { Surroundings } from './shape/shape.js';
import { maskedText } from './masks.js';
import type { Source } from './source.js';
import { type Piece, pieces } from './split.js';
import type { RawHole } from './tokens.js';

/** Text beyond this is not kept with a statement. */
export const TEXT_LIMIT = 65_536;

/** The statements of a text in order. */
export function readStatements(source: Source, inTransaction: TransactionState): Statement[] {
  const statements: Statement[] = [];
  for (const piece of pieces(source)) {
    if (piece.kind === 'statement') statements.push(readStatement(source, piece, inTransaction));
  }
  return statements;
}

const outermost: Surroundings = {
  depth: 0,
  routine: false,
  // What stands in a routine or DO block runs in the transaction of its caller.
  read: (cursor, from, to, { surroundings, guard, inTransaction = 'yes' }) =>
    readPiece(cursor.source, pieceOf(cursor, from, to), inTransaction, surroundings, guard),
};

/** Reads one statement: its verb, what it does, and where its holes stand. */
export const readStatement = (source: Source, piece: Piece, inTransaction: TransactionState): Statement =>
  readPiece(source, piece, inTransaction, outermost);

function pieceOf(cursor: Cursor, from: number, to: number): Piece {
  const tokens = cursor.range(from, to);
  const start = tokens[0]?.start ?? 0;
  const end = tokens.at(-1)?.end ?? start;
  const holes = holesIn(cursor.holes, start, end).filter((hole) => hole.start >= start && hole.end <= end);
  return { kind: 'statement', tokens, more: false, start, end, holes };
}

function readPiece(
  source: Source,
  piece: Piece,
  inTransaction: TransactionState,
  surroundings: Surroundings,
  guard?: Guard,
): Statement {
  const cursor = new Cursor(source, piece.tokens, piece.holes);
  const where = piece.holes.length === 0 ? [] : positions(source.text, piece.tokens, piece.holes, true);
  const holes = holesOf(source, piece, where);
  const masked = maskedText(source, piece, where, Math.min(piece.end, piece.start + TEXT_LIMIT));
  const text = withoutMarks(masked, piece);
  const offsets = source.pairs(piece.start, piece.start + text.length);
  const shape = readShape(cursor, surroundings);
  const under = guard ?? shape.guard;
  const statement: Statement = {
    dialect: source.dialect,
    span: source.span(piece.start, piece.end),
    text,
    verb: shape.verb,
    provenance: shape.provenance,
    partial: shape.partial || piece.more || holes.some((hole) => hole.role === 'clause'),
    operations: fitted(shape.operations),
    reads: fitted(shape.reads),
    writes: fitted(shape.writes),
    where: shape.where,
    inTransaction,
    holes,
    children: shape.children,
    problems: problemsOf(source, piece),
  };
  if (offsets) statement.offsets = offsets;
  if (under) statement.guard = under;
  return statement;
}

/** A list that was grown one by one has room for many more; a project holds such lists by the hundred thousand. */
const fitted = <T>(list: T[]): T[] => (list.length === 0 ? list : list.slice());

function problemsOf(source: Source, { unterminated, start, end }: Piece): StatementProblem[] {
  const problems: StatementProblem[] = [];
  if (unterminated) {
    const message = `${unclosed[unterminated.kind] ?? 'Text'} is never closed, so the rest of the text belongs to it.`;
    problems.push({ code: 'unterminated', span: source.span(unterminated.start, unterminated.end), message });
  }
  const nul = source.text.slice(start, Math.min(end, start + TEXT_LIMIT)).indexOf('\0');
  if (nul >= 0) {
    const message = 'A NUL character stands here; servers and drivers cut the text off at it.';
    problems.push({ code: 'nul', span: source.span(start + nul, start + nul + 1), message });
  }
  return problems;
}

const unclosed: Readonly<Record<string, string>> = {
  string: 'A string',
  quoted: 'A quoted name',
  dollar: 'A dollar-quoted string',
  'block-comment': 'A comment',
};

const roles = {
  value: 'value',
  'quoted-value': 'inString',
  identifier: 'identifier',
  direction: 'clause',
  operator: 'clause',
  fragment: 'clause',
} as const;

function holesOf(source: Source, piece: Piece, where: readonly HolePosition[]): StatementHole[] {
  if (piece.holes.length === 0) return [];
  const bodies = piece.tokens.filter((token) => token.kind === 'dollar');
  const inBody = (hole: RawHole) => bodies.some((body) => body.start < hole.start && hole.end < body.end);
  return piece.holes.map((hole, index) => ({
    span: source.span(hole.start, hole.end),
    style: hole.style,
    role: hole.bound ? 'value' : inBody(hole) ? 'inString' : roles[where[index]!],
    bound: hole.bound,
  }));
}

/** `/*!50017` and its end as blanks: the database runs what is between. */
function withoutMarks(text: string, { executables, start }: Piece): string {
  if (executables === undefined) return text;
  let open = '';
  for (const mark of executables) {
    const at = mark.start - start;
    if (at >= text.length) break;
    open += text.slice(open.length, at) + ' '.repeat(Math.min(mark.end - start, text.length) - at);
  }
  return open + text.slice(open.length);
}
