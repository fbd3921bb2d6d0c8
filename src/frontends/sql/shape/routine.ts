import type { Guard, Name, Operation, Statement } from '../../../ir/index.js';
import { isMysql } from '../names.js';
import type { Source } from '../source.js';
import { Lexer, type Token } from '../tokens.js';
import { readBatch } from './batch.js';
import { innerStatements } from './blocks.js';
import { Cursor } from './cursor.js';
import { readDynamic } from './dynamic.js';
import { literalSource } from './literal-source.js';
import type { Surroundings } from './shape.js';

/** Bodies nested deeper are not read. */
const DEPTH_LIMIT = 8;

/** Statements that a body may hold and that mean something outside of it too. */
const verbs = new Set(
  (
    'SELECT INSERT UPDATE DELETE MERGE REPLACE WITH CREATE ALTER DROP TRUNCATE COMMENT GRANT REVOKE LOCK SET REINDEX REFRESH CALL ' +
    'RENAME EXEC CLUSTER VACUUM RESET COPY PERFORM DO OPTIMIZE ANALYZE EXPLAIN NOTIFY SECURITY IMPORT REASSIGN'
  ).split(' '),
);

/** What is known of the statements of a body before they are read. */
interface Body {
  surroundings: Surroundings;
  /** Runs only when called, or under a condition that the statement around it sets. */
  guard?: Guard;
}

/** The body of a DO block: runs at once. */
export function readAnonymousBody(cursor: Cursor, surroundings: Surroundings): Statement[] {
  return readBodies(cursor, { surroundings });
}

/** The body of a routine or trigger, which runs when it is called: what it does is conditional. */
export function readRoutineBody(cursor: Cursor, surroundings: Surroundings): Statement[] {
  const guard: Guard = { kind: 'unknown', span: cursor.span(0, Math.max(1, cursor.at)) };
  return cursor.source.dialect === 'tsql'
    ? readBatch(cursor, surroundings, guard)
    : readBodies(cursor, { surroundings, guard });
}

function readBodies(cursor: Cursor, body: Body): Statement[] {
  if (body.surroundings.depth >= DEPTH_LIMIT) return [];
  if (isMysql(cursor.source.dialect)) {
    const at = mysqlBody(cursor);
    return at < 0 ? [] : readTokens(cursor.within([at, cursor.length]), body, false);
  }
  const language = languageOf(cursor);
  if (language !== 'plpgsql' && language !== 'sql') return [];
  const from = cursor.at;
  for (let at = from; at < cursor.length; at++) {
    const token = cursor.tokenAt(at)!;
    const word = cursor.wordAt(at);
    if ((token.kind === 'dollar' || token.kind === 'string') && isBody(cursor, at))
      return readQuoted(cursor.source, token, body);
    if (word === 'BEGIN' && isBodyStart(cursor, at)) {
      return readTokens(cursor.within([at, cursor.length]), body, false);
    }
  }
  return [];
}

/** Words with which a body of MySQL may start that is no block. */
const mysqlHeads = new Set([...verbs, 'BEGIN', 'IF', 'CASE', 'WHILE', 'LOOP', 'REPEAT', 'RETURN']);

/** Where the body of a MySQL routine, trigger or event starts: behind arguments, characteristics and schedule. */
function mysqlBody(cursor: Cursor): number {
  let depth = 0;
  for (let { at } = cursor; at < cursor.length; at++) {
    const word = cursor.wordAt(at);
    if (word === '(') depth++;
    else if (word === ')') depth--;
    else if (depth > 0 || !mysqlHeads.has(word) || cursor.wordAt(at - 1) === '.' || cursor.wordAt(at + 1) === '.')
      continue;
    // CHARACTER SET of what a function returns, the COMMENT of a routine, the DO of an event.
    else if (cursor.wordAt(at - 1) === 'CHARACTER' || word === 'COMMENT' || word === 'DO') continue;
    else return at;
  }
  return -1;
}

/** The body stands behind AS, DO or DO LANGUAGE name; a default value of an argument may be quoted too. */
const isBody = (cursor: Cursor, at: number): boolean =>
  cursor.wordAt(at - 1) === 'AS' ||
  cursor.wordAt(at - 1) === 'DO' ||
  (cursor.wordAt(at - 2) === 'LANGUAGE' && cursor.wordAt(at - 3) === 'DO');

/** BEGIN of the body, not of `FOR EACH ROW BEGIN` alone: any BEGIN outside of a name. */
const isBodyStart = (cursor: Cursor, at: number): boolean =>
  cursor.wordAt(at - 1) !== '.' && cursor.wordAt(at + 1) !== '.';

function languageOf(cursor: Cursor): string {
  const at = cursor.indexOf('LANGUAGE');
  const token = at < 0 ? undefined : cursor.tokenAt(at + 1);
  return token === undefined ? 'plpgsql' : cursor.written(token).toLowerCase().replace(/['"]/g, '');
}

function readQuoted(source: Source, token: Token, body: Body): Statement[] {
  const inner = literalSource(source, token);
  const lexer = new Lexer(inner.text, inner.dialect, inner.holes);
  const tokens = lexer.significant();
  const holes = [...inner.holes, ...lexer.holes].sort((a, b) => a.start - b.start);
  return readTokens(new Cursor(inner, tokens, holes), body, true);
}

function readTokens(cursor: Cursor, body: Body, declaresBlockwise: boolean): Statement[] {
  const statements: Statement[] = [];
  const surroundings: Surroundings = { ...body.surroundings, depth: body.surroundings.depth + 1, routine: true };
  for (const { from, to, guard = body.guard, asked } of innerStatements(cursor, declaresBlockwise)) {
    const word = cursor.wordAt(from);
    const prepared = isMysql(cursor.source.dialect) && (word === 'EXECUTE' || word === 'PREPARE');
    const place = { surroundings, ...(guard && { guard }) };
    const first = statements.length;
    if (word === 'EXECUTE' && !prepared) {
      for (const each of readDynamic(cursor, from, to, place)) statements.push(each);
    } else if ((prepared || verbs.has(word)) && to > from && !isAssignment(cursor, from))
      statements.push(surroundings.read(cursor, from, to, place));
    // A test that names objects, and others than these, is a condition like any other.
    if (asked === undefined || asked.size === 0) continue;
    for (let at = first; at < statements.length; at++) {
      const { guard: own } = statements[at]!;
      if (own?.kind === 'existence' && !isAbout(statements[at]!, asked))
        statements[at]!.guard = { ...own, kind: 'unknown' };
    }
  }
  return statements;
}

/** Whether a statement works on an object that its condition asks for. */
const isAbout = ({ operations, reads, writes }: Statement, asked: ReadonlySet<string>): boolean =>
  [...operations.flatMap(namesOf), ...[...reads, ...writes].map(({ name }) => name)].some(
    ({ value, unknown }) => unknown || asked.has(value.toLowerCase()),
  );

/** The names that an operation gives to its object and its parts. */
function namesOf(operation: Operation): Name[] {
  const names: Name[] = [];
  for (const value of Object.values(operation) as unknown[]) {
    if (typeof value !== 'object' || value === null) continue;
    if ('value' in value && 'quoted' in value) names.push(value as Name);
    else if ('name' in value && typeof value.name === 'object' && value.name !== null) {
      const { name } = value as { name: Name | { name: Name } };
      names.push('name' in name ? name.name : name);
    }
  }
  return names;
}

/** `set := 1`: a variable that is called like a verb. */
const isAssignment = (cursor: Cursor, from: number): boolean =>
  cursor.wordAt(from + 1) === ':=' || (cursor.wordAt(from + 1) === '=' && cursor.wordAt(from) !== 'SET');
