import type { Default, Dialect, Volatility } from '../../ir/index.js';
import { callVolatility, functionVolatility } from './function-volatility.js';
import { isTrivia, tokens, type Token } from './tokens.js';

/** Calls in calls in calls … are left to a grammar. */
const DEPTH_LIMIT = 8;
/** Longer defaults hold more than a literal or a call. */
const TEXT_LIMIT = 2000;

/** Words that stand for a value of the statement or session. */
const stableWords = new Set(
  'CURRENT_TIMESTAMP CURRENT_DATE CURRENT_TIME LOCALTIME LOCALTIMESTAMP CURRENT_USER SESSION_USER CURRENT_ROLE USER'.split(
    ' ',
  ),
);
const literalWords = new Set(['TRUE', 'FALSE', 'NULL']);
const isPostgresql = (dialect: Dialect): boolean => dialect === 'postgresql' || dialect === 'cockroachdb';

/** A stretch of an expression: its tokens without blanks, and their text in upper case. */
interface Piece {
  tokens: readonly Token[];
  words: readonly string[];
  text: string;
  dialect: Dialect;
}

const part = ({ tokens, words, ...rest }: Piece, from: number, to = tokens.length): Piece => ({
  tokens: tokens.slice(from, to),
  words: words.slice(from, to),
  ...rest,
});

/** A default that the database fills in, with how long its value holds where that can be told from its text. */
export function serverDefault(text: string, span: Default['span'], dialect: Dialect): Default {
  const volatility = volatilityOf(text, dialect);
  return { by: 'server', text, ...(volatility && { volatility }), span };
}

/**
 * How long the value of an expression holds, read from its text: literals, casts of them, words such as
 * CURRENT_TIMESTAMP, and calls of built-in functions on these. Nothing where it is none of that.
 */
function volatilityOf(text: string, dialect: Dialect): Volatility | undefined {
  if (text === '' || text.length > TEXT_LIMIT) return undefined;
  const significant = tokens(text, dialect).filter((token) => !isTrivia(token));
  if (significant.some(({ unterminated }) => unterminated)) return undefined;
  const words = significant.map(({ start, end }) => text.slice(start, end).toUpperCase());
  return valueVolatility({ tokens: significant, words, text, dialect }, 0);
}

function valueVolatility(piece: Piece, depth: number): Volatility | undefined {
  const { tokens, words } = piece;
  const last = tokens.length - 1;
  if (last < 0 || depth > DEPTH_LIMIT) return undefined;
  if (words[0] === '(' && closing(words, 0) === last) return valueVolatility(part(piece, 1, last), depth + 1);
  const cast = topLevel(words, '::').at(-1);
  if (cast !== undefined) return castVolatility(part(piece, 0, cast), part(piece, cast + 1), depth);
  if (isLiteral(piece)) return 'immutable';
  if (stableWords.has(words[0]!) && (last === 0 || closing(words, 1) === last)) return 'stable';
  const [zone] = topLevel(words, 'AT');
  if (zone !== undefined && words[zone + 1] === 'TIME' && words[zone + 2] === 'ZONE') {
    const sides = [part(piece, 0, zone), part(piece, zone + 3)];
    return callVolatility(
      'mixed',
      sides.map((side) => valueVolatility(side, depth + 1)),
    );
  }
  return calledVolatility(piece, depth);
}

/** A string, a number with or without a sign, TRUE, FALSE, NULL, or `DATE '2024-01-01'`. */
function isLiteral({ tokens, words, dialect }: Piece): boolean {
  const kinds = tokens.map(({ kind }) => kind);
  const last = kinds.at(-1);
  const isValue = last === 'string' || last === 'dollar' || last === 'number';
  if (tokens.length === 1) return isValue || literalWords.has(words[0]!);
  if (tokens.length !== 2) return false;
  if (words[0] === '-' || words[0] === '+') return last === 'number';
  return last === 'string' && kinds[0] === 'word' && isPostgresql(dialect);
}

const plainTypes =
  /^(?:SMALLINT|INT[248]?|INTEGER|BIGINT|NUMERIC|DECIMAL|REAL|FLOAT[48]?|DOUBLE|BOOL|BOOLEAN|TEXT|VARCHAR|CHARACTER|CHAR|DATE|TIME|TIMETZ|TIMESTAMP|TIMESTAMPTZ|INTERVAL|UUID|JSONB?|BYTEA)$/;

function castVolatility(value: Piece, type: Piece, depth: number): Volatility | undefined {
  if (isLiteral(value) || isListOfLiterals(value)) return 'immutable';
  const own = valueVolatility(value, depth + 1);
  // What a cast of one's own does is not known, and a cast of a type may hang on settings of the session.
  if (own === 'stable' && plainTypes.test(type.words[0] ?? '')) return 'stable';
  if (isText(type) && isTextValue(value)) return 'immutable';
  return own === 'volatile' ? own : undefined;
}

const isText = ({ words }: Piece): boolean => /^(?:TEXT|VARCHAR|CHARACTER|BPCHAR)$/.test(words[0] ?? '');

/** A literal as text, as in `('x'::varchar)::text`, which a dump writes. */
function isTextValue(piece: Piece): boolean {
  const { words } = piece;
  const last = words.length - 1;
  if (words[0] === '(' && closing(words, 0) === last) return isTextValue(part(piece, 1, last));
  const cast = topLevel(words, '::').at(-1);
  return cast === undefined ? isLiteral(piece) : isText(part(piece, cast + 1)) && isTextValue(part(piece, 0, cast));
}

/** `ARRAY[]`, `ARRAY['a', 'b']`, `(0)`. */
function isListOfLiterals(piece: Piece): boolean {
  const { words, tokens } = piece;
  const last = tokens.length - 1;
  if (words[0] === '(' && closing(words, 0) === last) return isLiteral(part(piece, 1, last));
  if (words[0] !== 'ARRAY' || words[1] !== '[' || words[last] !== ']') return false;
  const inside = part(piece, 2, last);
  return inside.tokens.length === 0 || listed(inside).every(isLiteral);
}

/** A call that takes up the whole piece. */
function calledVolatility(piece: Piece, depth: number): Volatility | undefined {
  const { tokens, words, text, dialect } = piece;
  const open = words.indexOf('(');
  const last = tokens.length - 1;
  if (open < 1 || open > 3 || closing(words, open) !== last) return undefined;
  const name = nameOf(tokens[open - 1]!, text);
  const schema = open === 3 && words[1] === '.' ? nameOf(tokens[0]!, text) : undefined;
  if (name === undefined || (open > 1 && schema === undefined)) return undefined;
  const inside = part(piece, open + 1, last);
  const args = inside.tokens.length === 0 ? [] : listed(inside);
  return callVolatility(
    functionVolatility(name, schema, dialect),
    args.map((arg) => valueVolatility(arg, depth + 1)),
  );
}

function nameOf({ kind, start, end }: Token, text: string): string | undefined {
  if (kind === 'word') return text.slice(start, end).toLowerCase();
  return kind === 'quoted' ? text.slice(start + 1, end - 1) : undefined;
}

/** The items of a list that commas part. */
function listed(piece: Piece): Piece[] {
  const commas = topLevel(piece.words, ',');
  return [...commas, piece.tokens.length].map((end, index) =>
    part(piece, index === 0 ? 0 : commas[index - 1]! + 1, end),
  );
}

/** Where the bracket that opens at a place is closed. */
function closing(words: readonly string[], from: number): number {
  let depth = 0;
  for (let at = from; at < words.length; at++) {
    if (words[at] === '(') depth++;
    else if (words[at] === ')' && --depth === 0) return at;
    if (depth === 0) return -1;
  }
  return -1;
}

/** Where a word stands outside of all brackets. */
function topLevel(words: readonly string[], wanted: string): number[] {
  const found: number[] = [];
  let depth = 0;
  for (const [at, word] of words.entries()) {
    if (word === '(' || word === '[') depth++;
    else if (word === ')' || word === ']') depth--;
    else if (depth === 0 && word === wanted) found.push(at);
  }
  return found;
}
