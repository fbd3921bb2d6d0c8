import type { Statement, StatementHole, StatementProblem, TransactionState } from '../../ir/index.js';
import { positions } from './positions.js';
import { Cursor, wordsOf } from './shape/cursor.js';
import { readShape } from './shape/read.js';
import { mask, type Source } from './source.js';
import { type Piece, pieces } from './split.js';
import type { RawHole } from './tokens.js';

/** Text beyond this is not kept with a statement. */
export const TEXT_LIMIT = 65_536;

/** The statements of a text in order. */
export function readStatements(source: Source, inTransaction: TransactionState): Statement[] {
  const statements: Statement[] = [];
  for (const piece of pieces(source))
    if (piece.kind === 'statement') statements.push(readStatement(source, piece, inTransaction));
  return statements;
}

/** Reads one statement: its verb, what it does, and where its holes stand. */
export function readStatement(source: Source, piece: Piece, inTransaction: TransactionState): Statement {
  const words = wordsOf(source.text, piece.tokens);
  const cursor = new Cursor(source, piece.tokens, piece.holes, words);
  const holes = holesOf(source, piece);
  const text = maskedText(source.text, piece);
  const offsets = source.pairs(piece.start, piece.start + text.length);
  const problems: StatementProblem[] = [];
  if (piece.unterminated) {
    const { start, end } = piece.unterminated;
    problems.push({
      code: 'unterminated',
      span: source.span(start, end),
      message: `${unclosed[piece.unterminated.kind] ?? 'Text'} is never closed, so the rest of the text belongs to it.`,
    });
  }
  const shape = readShape(cursor);
  const partial = shape.partial || piece.more || holes.some((hole) => hole.role === 'clause');
  return {
    dialect: source.dialect,
    span: source.span(piece.start, piece.end),
    text,
    ...(offsets && { offsets }),
    verb: shape.verb,
    provenance: shape.provenance,
    partial,
    operations: shape.operations,
    reads: shape.reads,
    writes: shape.writes,
    where: shape.where,
    inTransaction,
    ...(shape.guard && { guard: shape.guard }),
    holes,
    children: shape.children,
    problems,
  };
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

function holesOf(source: Source, piece: Piece): StatementHole[] {
  if (piece.holes.length === 0) return [];
  const where = positions(source.text, piece.tokens, piece.holes, true);
  return piece.holes.map((hole, index) => ({
    span: source.span(hole.start, hole.end),
    style: hole.style,
    role: inDollar(piece, hole) ? 'inString' : hole.bound ? 'value' : roles[where[index]!],
    bound: hole.bound,
  }));
}

function inDollar(piece: Piece, hole: RawHole): boolean {
  return piece.tokens.some((token) => token.kind === 'dollar' && token.start < hole.start && hole.end < token.end);
}

/** The statement's text with holes and placeholders as names of equal length; `$1` stays, PostgreSQL reads it. */
function maskedText(text: string, piece: Piece): string {
  const end = Math.min(piece.end, piece.start + TEXT_LIMIT);
  let masked = '';
  let at = piece.start;
  for (const hole of piece.holes) {
    if (hole.start >= end) break;
    if (
      hole.start < at ||
      (text[hole.start] === '$' && hole.bound && /^\d/.test(text.slice(hole.start + 1, hole.start + 2)))
    )
      continue;
    masked += text.slice(at, hole.start) + mask(Math.min(hole.end, end) - hole.start);
    at = Math.min(hole.end, end);
  }
  return masked + text.slice(at, end);
}
