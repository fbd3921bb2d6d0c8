import type { Guard, Statement } from '../../../ir/index.js';
import { BatchWalk, type Frame } from '../bare.js';
import type { Inner } from './blocks.js';
import { type Cursor, unquoted } from './cursor.js';
import type { ShapeReader, Surroundings } from './shape.js';

/**
 * The statements of T-SQL that an IF, a WHILE, a block or a routine holds, at whatever depth, each with the condition
 * that it stands under. Blocks within blocks are no statements of their own.
 * @param outer the condition that holds for all of them
 */
export function readBatch(cursor: Cursor, surroundings: Surroundings, outer?: Guard): Statement[] {
  return simpleStatements(cursor).map(({ from, to, guard = outer }) =>
    surroundings.read(cursor, from, to, { surroundings, ...(guard && { guard }), inTransaction: 'unknown' }),
  );
}

/** IF, WHILE and BEGIN … END of T-SQL. */
export const readCompound: ShapeReader = (cursor, shape, surroundings) => {
  shape.children = readBatch(cursor, surroundings);
};

function simpleStatements(cursor: Cursor): Inner[] {
  const walk = new BatchWalk();
  const guards = new Guards(cursor.within([0, cursor.length]));
  const found: Inner[] = [];
  let open: Inner | undefined;
  const next = () => cursor.word(1);
  for (cursor.at = 0; !cursor.done; cursor.at++) {
    const part = walk.take(cursor.word(), next);
    if (part === 'within') continue;
    // What began as CREATE is the head of the routine that holds the others.
    if (open && part !== 'header') found.push({ ...open, to: cursor.at });
    open = undefined;
    // A label is no statement, and what starts the text is what holds the others.
    if (part !== 'statement' || cursor.at === 0 || (cursor.word(1) === ':' && cursor.token?.kind === 'word')) continue;
    const guard = guards.of(walk.frames);
    open = { from: cursor.at, to: cursor.at, ...(guard && { guard }) };
  }
  if (open) found.push({ ...open, to: cursor.at });
  return found;
}

/** What the frames around a statement ask before they run it. */
class Guards {
  private readonly known = new WeakMap<Frame, { guard?: Guard }>();

  /** @param cursor over the whole compound statement */
  constructor(private readonly cursor: Cursor) {}

  of(frames: readonly Frame[]): Guard | undefined {
    let index = frames.length;
    while (index > 0 && !this.known.has(frames[index - 1]!)) index--;
    let guard = index > 0 ? this.known.get(frames[index - 1]!)!.guard : undefined;
    for (; index < frames.length; index++) {
      const own = this.own(frames[index]!);
      // Under a condition that is not understood, one about an object says little.
      if (own && guard?.kind !== 'unknown') guard = own;
      this.known.set(frames[index]!, { ...(guard && { guard }) });
    }
    return guard;
  }

  private own({ kind, from, to, catches }: Frame): Guard | undefined {
    const { cursor } = this;
    if (catches) return { kind: 'unknown', span: cursor.span(from, from + 2) };
    if (kind === 'block' || kind === 'routine') return undefined;
    return { kind: asksForObject(cursor, from + 1, to) ? 'existence' : 'unknown', span: cursor.span(from, to) };
  }
}

const catalogue =
  /^(SYS|INFORMATION_SCHEMA|SYS(OBJECTS|COLUMNS|INDEXES|TYPES|USERS|CONSTRAINTS|DATABASES)|(OBJECT|SCHEMA|TYPE|DB|USER|DATABASE_PRINCIPAL)_ID|COL_LENGTH|(INDEX|COLUMN|OBJECT)PROPERTY|INDEXKEY_PROPERTY|STATS_DATE|FN_LISTEXTENDEDPROPERTY)$/;

/** Whether a condition asks the catalogue, and nothing else, if an object is there. */
function asksForObject(cursor: Cursor, from: number, to: number): boolean {
  let depth = 0;
  let asks = false;
  for (let at = from; at < to; at++) {
    const token = cursor.tokenAt(at)!;
    const written = cursor.written(token);
    if (written === '(') depth++;
    else if (written === ')') depth--;
    else if (depth === 0 && written.startsWith('@')) return false;
    else if ((token.kind === 'word' || token.kind === 'quoted') && catalogue.test(unquoted(written).toUpperCase()))
      asks = true;
  }
  return asks;
}
