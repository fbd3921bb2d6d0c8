import type { HolePosition } from '../../ir/index.js';
import type { RawHole, Token } from './tokens.js';

/** Words behind which a name stands. */
const beforeName = new Set(
  (
    'FROM JOIN INTO UPDATE TABLE INDEX TYPE VIEW SCHEMA SEQUENCE CONSTRAINT COLUMN DATABASE ROLE USER TRIGGER FUNCTION PROCEDURE ' +
    'EXTENSION POLICY DOMAIN TO RENAME ADD DROP ALTER EXISTS ONLY CONCURRENTLY REFERENCES AS COLLATE TRUNCATE CHANNEL LISTEN NOTIFY ' +
    'SAVEPOINT OWNER CAST SELECT DISTINCT BY RETURNING ANALYZE VACUUM ENGINE CHARSET KEY MODIFY CHANGE USE OF PARTITION INHERIT'
  ).split(' '),
);

/** Words and operators behind which a value stands. */
const beforeValue = new Set(
  'LIKE ILIKE RLIKE REGEXP BETWEEN IN VALUES LIMIT OFFSET INTERVAL THEN ELSE WHEN DEFAULT FETCH TOP RETURN ESCAPE IS NOT TIMESTAMP DATE'.split(
    ' ',
  ),
);

const clauseWords = new Set([
  'WHERE',
  'AND',
  'OR',
  'ON',
  'HAVING',
  'SET',
  'CHECK',
  'USING',
  'WITH',
  'UNION',
  'ALL',
  'EXCEPT',
]);

/** Words that are no operand. */
const keywords = new Set([
  ...beforeName,
  ...beforeValue,
  ...clauseWords,
  ...'ASC DESC GROUP ORDER CASE END LEFT RIGHT INNER OUTER CROSS FULL NULLS FOR WINDOW CREATE INSERT DELETE INTERSECT SIMILAR'.split(
    ' ',
  ),
]);

/** Whether a word in upper case is one of SQL's, behind which an operand or a name is due. */
export const isKeyword = (word: string): boolean => keywords.has(word);

const listClauses = new Set([
  'SELECT',
  'ORDER',
  'GROUP',
  'RETURNING',
  'FROM',
  'VALUES',
  'WHERE',
  'HAVING',
  'SET',
  'LIMIT',
  'OFFSET',
  'ON',
  'USING',
  'UPDATE',
  'INTO',
  'JOIN',
]);

interface Level {
  clause: string;
  /** What the parenthesis belongs to. */
  opener: 'statement' | 'call' | 'names' | 'values' | 'query' | 'group';
  /** The BETWEEN whose AND is to come, or -1. */
  between: number;
}

/** The words, names and signs around a hole, as `words` of the tokens. */
function opener(words: readonly string[], at: number, outer: Level): Level['opener'] {
  const before = words[at - 1] ?? '';
  if (before === 'VALUES' || before === 'IN' || before === ',')
    return outer.clause === 'VALUES' || before !== ',' ? 'values' : 'group';
  if (before === 'EXISTS' || before === 'AS' || before === 'FROM' || before === 'JOIN' || before === 'LATERAL')
    return 'query';
  if (before === 'KEY' || before === 'UNIQUE' || before === 'REFERENCES') return 'names';
  if (
    outer.opener === 'statement' &&
    words[0] === 'CREATE' &&
    words.slice(1, 4).some((word) => word === 'INDEX' || word === 'TABLE')
  )
    return 'names';
  if (outer.clause === 'INTO' || outer.clause === 'REFERENCES' || before === 'CONFLICT') return 'names';
  if (before === '' || before === ')' || keywords.has(before) || !/^[\w"`[\]$.]/.test(before)) return 'group';
  return 'call';
}

const isComparison = (word: string) => /^([<>=!~]+|LIKE|ILIKE|IN|IS|BETWEEN)$/.test(word);

/**
 * Decides by the tokens around each hole where in the statement it stands.
 * @param holes ascending; those in no token (a comment) are fragments
 */
export function positions(
  text: string,
  tokens: readonly Token[],
  holes: readonly RawHole[],
  whole: boolean,
): HolePosition[] {
  const words = tokens.map((token) =>
    token.kind === 'hole' ? '' : token.end - token.start > 40 ? 'x' : text.slice(token.start, token.end).toUpperCase(),
  );
  const levels: Level[] = [{ clause: '', opener: 'statement', between: -1 }];
  const result: HolePosition[] = [];
  let hole = 0;
  for (let at = 0; at < tokens.length && hole < holes.length; at++) {
    const token = tokens[at]!;
    const level = levels.at(-1)!;
    for (; hole < holes.length && holes[hole]!.start < token.end; hole++) {
      if (holes[hole]!.end <= token.start) result.push('fragment');
      else result.push(positionIn(token, at, words, level, tokens, whole));
    }
    const word = words[at]!;
    if (word === '(') levels.push({ clause: '', opener: opener(words, at, level), between: -1 });
    else if (word === ')') {
      if (levels.length > 1) levels.pop();
    } else if (token.kind === 'word') {
      if (listClauses.has(word)) level.clause = word;
      else if (word === 'BETWEEN') level.between = at;
      else if (word === 'AND') {
        // The AND of `BETWEEN a AND b` is followed by a value.
        if (level.between >= 0) words[at] = 'BETWEEN';
        level.between = -1;
      }
    }
  }
  while (result.length < holes.length) result.push('fragment');
  return result;
}

function positionIn(
  token: Token,
  at: number,
  words: readonly string[],
  level: Level,
  tokens: readonly Token[],
  whole: boolean,
): HolePosition {
  switch (token.kind) {
    case 'string':
      return words[at - 1] === 'EXECUTE' || words[at - 1] === 'EXEC' ? 'fragment' : 'quoted-value';
    case 'dollar':
      return 'fragment';
    case 'placeholder':
    case 'number':
      return 'value';
    case 'hole':
      return standing(at, words, level, tokens, whole);
    default:
      return 'identifier';
  }
}

/** The position of a hole that is a token of its own. */
function standing(
  at: number,
  words: readonly string[],
  level: Level,
  tokens: readonly Token[],
  whole: boolean,
): HolePosition {
  const before = words[at - 1];
  const after = words[at + 1];
  const previous = tokens[at - 1];
  const next = tokens[at + 1];
  if (before === '.' || after === '.') return 'identifier';
  if (after === '(' && before !== undefined && previous?.kind !== 'hole') return 'identifier';
  if (before === undefined) {
    if (after === undefined || whole) return 'fragment';
    return isComparison(after) || after === 'ASC' || after === 'DESC' || after === ',' ? 'identifier' : 'fragment';
  }
  if (before === '(') return opening(after, level);
  if (before === ',') return listed(after, level, whole);
  if (previous?.kind === 'operator')
    return before === '::' ? 'identifier' : before === '*' && level.clause === 'SELECT' ? 'fragment' : 'value';
  if (previous?.kind === 'word' && keywords.has(before)) return behindWord(before, after, level, words, at);
  // Behind an operand: a name, a value, a closing parenthesis or another hole.
  if (level.clause === 'ORDER') return 'direction';
  if (
    operand(next, after) &&
    (level.clause === 'WHERE' || level.clause === 'ON' || level.clause === 'HAVING' || !whole)
  )
    return 'operator';
  return 'fragment';
}

const operand = (token: Token | undefined, word: string | undefined): boolean =>
  token !== undefined &&
  (token.kind === 'number' ||
    token.kind === 'string' ||
    token.kind === 'placeholder' ||
    token.kind === 'hole' ||
    token.kind === 'quoted' ||
    word === '(' ||
    (token.kind === 'word' && !keywords.has(word ?? '')));

function opening(after: string | undefined, level: Level): HolePosition {
  switch (level.opener) {
    case 'names':
      return 'identifier';
    case 'values':
    case 'call':
      return 'value';
    case 'query':
      return 'fragment';
    default:
      return after !== undefined && isComparison(after) ? 'identifier' : after === ')' ? 'fragment' : 'value';
  }
}

function listed(after: string | undefined, level: Level, whole: boolean): HolePosition {
  if (level.opener === 'names') return 'identifier';
  if (level.opener === 'values' || level.opener === 'call') return 'value';
  switch (level.clause) {
    case 'SELECT':
    case 'ORDER':
    case 'GROUP':
    case 'RETURNING':
    case 'FROM':
      return 'identifier';
    case 'VALUES':
    case 'LIMIT':
      return 'value';
    case 'SET':
      return after === '=' ? 'identifier' : 'fragment';
    default:
      return whole ? 'fragment' : 'identifier';
  }
}

function behindWord(
  before: string,
  after: string | undefined,
  level: Level,
  words: readonly string[],
  at: number,
): HolePosition {
  if (before === 'FROM' && words[at - 2] === 'DISTINCT') return 'value';
  if (clauseWords.has(before)) {
    if (before === 'SET' && /^CHAR(ACTER)?$/.test(words[at - 2] ?? '')) return 'identifier';
    if (before === 'ON' && words[0] === 'CREATE') return 'identifier';
    return after !== undefined && isComparison(after) ? 'identifier' : 'fragment';
  }
  if (before === 'TO' || before === 'AS') return words[0] === 'SET' ? 'value' : 'identifier';
  if (before === 'TYPE' && level.opener !== 'statement') return 'value';
  if (before === 'NOT' || before === 'WHEN')
    return after !== undefined && isComparison(after) ? 'identifier' : before === 'WHEN' ? 'value' : 'fragment';
  if (beforeValue.has(before)) return 'value';
  return beforeName.has(before) ? 'identifier' : 'fragment';
}
