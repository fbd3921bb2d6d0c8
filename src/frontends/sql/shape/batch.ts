import type { Guard, Statement } from '../../../ir/index.js';
import { innerSource } from '../source.js';
import { pieces } from '../split.js';
import { isExistenceTest } from './blocks.js';
import { Cursor } from './cursor.js';
import { readDynamic } from './dynamic.js';
import { base, type Place, type ShapeReader, type Surroundings } from './shape.js';
import { readText } from './text.js';

const DEPTH_LIMIT = 8;

/** Where the body of IF or WHILE may start. */
const bodyHeads = new Set(
  'BEGIN ALTER CREATE DROP INSERT UPDATE DELETE MERGE EXEC EXECUTE SELECT SET PRINT TRUNCATE RETURN THROW RAISERROR DECLARE IF'.split(
    ' ',
  ),
);

/** T-SQL statements in a range of tokens, the BEGIN and END around them passed over. */
export function readBatch(cursor: Cursor, from: number, to: number, place: Place): Statement[] {
  if (place.surroundings.depth >= DEPTH_LIMIT) return [];
  let first = from;
  let last = to;
  if (cursor.wordAt(first) === 'BEGIN' && !/^TRAN/.test(cursor.wordAt(first + 1))) {
    first += ['TRY', 'CATCH'].includes(cursor.wordAt(first + 1)) ? 2 : 1;
    while (last > first && cursor.wordAt(last - 1) !== 'END') last--;
    last--;
  }
  const start = cursor.tokenAt(first);
  const end = cursor.tokenAt(last - 1);
  if (start === undefined || end === undefined || last <= first) return [];
  const source = innerSource(cursor.source, start.start, end.end);
  const surroundings: Surroundings = { ...place.surroundings, depth: place.surroundings.depth + 1, routine: true };
  const statements: Statement[] = [];
  for (const piece of pieces(source)) {
    if (piece.kind !== 'statement') continue;
    const inner = new Cursor(source, piece.tokens, piece.holes);
    statements.push(surroundings.read(inner, 0, piece.tokens.length, { ...place, surroundings }));
  }
  return statements;
}

/** IF and WHILE of T-SQL: the statements behind the condition stand under it. */
export const readConditional: ShapeReader = (cursor, shape, surroundings) => {
  let depth = 0;
  let at = 1;
  for (; at < cursor.length; at++) {
    const word = cursor.wordAt(at);
    if (word === '(') depth++;
    else if (word === ')') depth--;
    else if (depth === 0 && bodyHeads.has(word)) break;
  }
  const guard: Guard = {
    kind: isExistenceTest(cursor, 1, at) ? 'existence' : 'unknown',
    span: cursor.span(0, at),
  };
  for (const [from, to] of branches(cursor, at)) {
    shape.children.push(...readBatch(cursor, from, to, { surroundings, guard, inTransaction: 'unknown' }));
  }
};

/** The parts before and behind each ELSE of this IF. */
function branches(cursor: Cursor, from: number): [number, number][] {
  const ranges: [number, number][] = [];
  let blocks = 0;
  let start = from;
  for (let at = from; at < cursor.length; at++) {
    const word = cursor.wordAt(at);
    if (word === 'BEGIN' || word === 'CASE') blocks++;
    else if (word === 'END') blocks--;
    else if (word === 'ELSE' && blocks === 0) {
      ranges.push([start, at]);
      start = at + 1;
    }
  }
  ranges.push([start, cursor.length]);
  return ranges;
}

/** BEGIN … END of T-SQL. */
export const readBlock: ShapeReader = (cursor, shape, surroundings) => {
  shape.children.push(...readBatch(cursor, 0, cursor.length, { surroundings, inTransaction: 'unknown' }));
};

/** EXEC: a renaming procedure, a text that is run, or any other procedure. */
export const readExec: ShapeReader = (cursor, shape, surroundings) => {
  cursor.at++;
  const common = base(cursor.span(0, cursor.length));
  if (cursor.is('(')) {
    shape.children.push(
      ...readDynamic(cursor, cursor.at, cursor.length - 1, { surroundings, inTransaction: 'unknown' }),
    );
    return;
  }
  const procedure = cursor.qualified()?.name.value.toLowerCase();
  const items = cursor.within([cursor.at, cursor.length]).list();
  if (procedure === 'sp_executesql' && items[0]) {
    const to = cursor.at + items[0].length;
    shape.children.push(...readDynamic(cursor, cursor.at - 1, to, { surroundings, inTransaction: 'unknown' }));
    return;
  }
  if (procedure !== 'sp_rename') {
    shape.operations.push({ kind: 'Call', ...common });
    return;
  }
  const [old, renamed, kind] = items.map(argument);
  if (old === undefined || renamed === undefined) {
    shape.operations.push({
      kind: 'Opaque',
      ...common,
      reason: 'what sp_rename renames is computed',
      touches: [],
      anything: true,
    });
    return;
  }
  const parts = old.value
    .split('.')
    .map((part) => ({ value: part.replace(/^\[|\]$/g, ''), quoted: true, span: old.span }));
  const to = { value: renamed.value, quoted: true, span: renamed.span };
  const name = parts.at(-1)!;
  const owner = parts.at(-2);
  const kindOf = kind?.value.toUpperCase();
  if (kindOf === 'COLUMN' && owner) {
    const schema = parts.at(-3);
    const table = { ...(schema && { schema }), name: owner, span: old.span };
    shape.operations.push({ kind: 'RenameColumn', ...common, table, column: name, to });
  } else if (kindOf === 'INDEX') {
    shape.operations.push({ kind: 'RenameIndex', ...common, index: { name, span: old.span }, to });
  } else {
    const table = { ...(owner && { schema: owner }), name, span: old.span };
    shape.operations.push({ kind: 'RenameTable', ...common, table, to: { name: to, span: renamed.span } });
  }
};

/** An argument's text, with or without `@name =` before it. */
function argument(item: Cursor) {
  const sign = item.indexOf('=');
  item.at = sign < 0 ? 0 : sign + 1;
  return readText(item);
}
