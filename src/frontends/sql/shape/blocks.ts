import type { Guard } from '../../../ir/index.js';
import type { Cursor } from './cursor.js';
import { stringValue } from './text.js';

/** A statement inside a body, as a range of the cursor's tokens. */
export interface Inner {
  from: number;
  to: number;
  guard?: Guard;
  /** Of an existence test: the objects that it asks for, in lower case; absent where the guard is another one. */
  asked?: ReadonlySet<string>;
}

/** A condition, and the objects that it asks the catalogue for. */
interface Condition {
  guard: Guard;
  asked?: ReadonlySet<string>;
}

interface Block {
  kind: 'block' | 'if' | 'case' | 'loop';
  condition?: Condition;
  /** What the blocks around it set. */
  outer?: Condition;
  /** Statements of this block, for a guard that comes to light at its end. */
  first: number;
  /** Statements before EXCEPTION, once it is reached. */
  handling?: number;
}

const ends = new Set(['IF', 'LOOP', 'CASE', 'WHILE', 'REPEAT', 'FOR']);

/**
 * Walks the body of a routine or DO block (PL/pgSQL, MySQL, SQLite) and gives the statements in it with the
 * condition that each stands under. Conditions, declarations and loops are stepped over.
 * @param declaresBlockwise declarations stand before BEGIN, all of them behind one DECLARE (PL/pgSQL)
 */
export function innerStatements(cursor: Cursor, declaresBlockwise: boolean): Inner[] {
  const walk = new BodyWalk(cursor, declaresBlockwise);
  return walk.read();
}

class BodyWalk {
  private readonly found: Inner[] = [];
  private readonly blocks: Block[] = [];
  /** Statements that may be run again, since what they raise then is caught. */
  private readonly repeatable: { from: number; to: number; guard: Guard }[] = [];

  constructor(
    private readonly cursor: Cursor,
    private readonly declaresBlockwise: boolean,
  ) {}

  read(): Inner[] {
    const { cursor } = this;
    while (!cursor.done) {
      const before = cursor.at;
      this.head();
      if (cursor.at === before) cursor.at++;
    }
    this.repeat();
    return this.found;
  }

  /** Of blocks within one another the outermost one tells, and comes last. */
  private repeat(): void {
    const told = new Set<Inner>();
    for (const { from, to, guard } of this.repeatable.reverse()) {
      if (told.has(this.found[from]!)) continue;
      for (const inner of this.found.slice(from, to)) {
        told.add(inner);
        // Whether it runs at all is as unknown as before.
        if (inner.guard?.kind === 'unknown') continue;
        inner.guard = guard;
        delete inner.asked;
      }
    }
  }

  private open(kind: Block['kind'], condition?: Condition): void {
    const outer = this.standing();
    this.blocks.push({ kind, first: this.found.length, ...(condition && { condition }), ...(outer && { outer }) });
  }

  private head(): void {
    const { cursor } = this;
    const word = cursor.word();
    if (word === ';') {
      cursor.at++;
      return;
    }
    if (word === '<<') {
      cursor.until('>>');
      cursor.at++;
      return;
    }
    // MySQL: `label: LOOP`.
    if (cursor.word(1) === ':' && cursor.token?.kind === 'word') {
      cursor.at += 2;
      return;
    }
    switch (word) {
      case 'DECLARE':
        return this.declarations();
      case 'BEGIN':
        cursor.at++;
        if (cursor.is(';')) return;
        if (!cursor.take('ATOMIC')) cursor.take('NOT', 'ATOMIC');
        this.open('block');
        return;
      case 'IF':
        cursor.at++;
        this.open('if', this.condition());
        return;
      case 'ELSIF':
      case 'ELSEIF': {
        cursor.at++;
        const condition = this.condition();
        const block = this.blocks.at(-1);
        // It runs where the tests before it failed, too.
        if (block) block.condition = unknownAt(condition.guard.span);
        return;
      }
      case 'ELSE':
        cursor.at++;
        return;
      case 'CASE':
        cursor.at++;
        this.open('case', this.condition());
        return;
      case 'WHEN': {
        const from = ++cursor.at;
        this.handler(this.condition(), cursor.between(from, cursor.at));
        return;
      }
      case 'EXCEPTION':
        cursor.at++;
        this.exception();
        return;
      case 'FOR':
      case 'FOREACH':
      case 'WHILE':
        this.loopHead();
        return;
      case 'LOOP':
      case 'REPEAT':
        cursor.at++;
        this.open('loop');
        return;
      case 'UNTIL':
        this.skip('END');
        return;
      case 'END':
        cursor.at++;
        this.blocks.pop();
        if (ends.has(cursor.word())) cursor.at++;
        if (cursor.isName() && cursor.word(1) === ';') cursor.at++;
        return;
      default:
        this.statement();
    }
  }

  private declarations(): void {
    const { cursor } = this;
    if (this.declaresBlockwise) {
      this.skip('BEGIN');
      return;
    }
    if (cursor.word(2) === 'HANDLER') {
      this.skip('FOR');
      // The conditions, then a statement or a block.
      while (!cursor.done && !cursor.is('BEGIN') && !cursor.is(';') && !['SET', 'ROLLBACK'].includes(cursor.word()))
        cursor.at++;
      return;
    }
    this.skip(';');
  }

  /** Moves to a word wherever it stands, or to the end. */
  private skip(word: string): void {
    const { cursor } = this;
    while (!cursor.done && cursor.word() !== word) cursor.at++;
  }

  /** Takes a condition up to THEN, CASE expressions in it included, and says what it tests. */
  private condition(): Condition {
    const { cursor } = this;
    const from = cursor.at;
    let cases = 0;
    for (; !cursor.done && !cursor.is(';'); cursor.at++) {
      const word = cursor.word();
      if (word === 'CASE') cases++;
      else if (word === 'END' && cases > 0) cases--;
      else if (word === 'THEN' && cases === 0) break;
    }
    const span = cursor.span(from);
    const asked = isExistenceTest(cursor, from, cursor.at) ? askedFor(cursor, from, cursor.at) : undefined;
    cursor.take('THEN');
    return asked ? { guard: { kind: 'existence', span }, asked } : unknownAt(span);
  }

  /** `WHEN duplicate_object THEN`: what the block did before is repeatable. */
  private handler(condition: Condition, named: string): void {
    const block = this.blocks.at(-1);
    if (block === undefined) return;
    if (block.handling === undefined) {
      block.condition = condition;
      return;
    }
    if (!/\b(duplicate_\w+|undefined_\w+|unique_violation|others|42710|42P07|42701|42P06)\b/i.test(named)) return;
    if (block.handling > block.first && !this.raisesAgain())
      this.repeatable.push({
        from: block.first,
        to: block.handling,
        guard: { kind: 'idempotent', span: condition.guard.span },
      });
  }

  /** Whether the handler that starts here lets the error out again. */
  private raisesAgain(): boolean {
    const { cursor } = this;
    for (let at = cursor.at; at < cursor.length; at++) {
      const word = cursor.wordAt(at);
      if (word === 'WHEN' || word === 'END' || word === 'IF') return false;
      if (word === 'RAISE' && !harmlessLevels.has(cursor.wordAt(at + 1))) return true;
    }
    return false;
  }

  private exception(): void {
    const block = this.blocks.at(-1);
    if (block) {
      block.handling = this.found.length;
      block.condition = unknownAt(this.cursor.span(this.cursor.at - 1));
    }
  }

  /**
   * `FOR … LOOP`, `WHILE … DO`. A loop over rows or a condition may have no turn at all; what it goes through may change
   * rows itself.
   */
  private loopHead(): void {
    const { cursor } = this;
    const from = cursor.at;
    while (!cursor.done && !cursor.is('LOOP') && !cursor.is('DO') && !cursor.is(';')) cursor.at++;
    const head = cursor.within([from, cursor.at]);
    const at = head.indexOf('IN');
    const rows = from + (at < 0 ? head.length : at + 1);
    if (changes.has(cursor.wordAt(rows))) this.note(rows, cursor.at);
    if (!cursor.is('LOOP') && !cursor.is('DO')) return;
    const counted = head.indexOf('..') >= 0 || head.indexOf('.') >= 0;
    const condition = head.is('FOR') && counted && at > 0 ? undefined : unknownAt(cursor.span(from));
    cursor.at++;
    this.open('loop', condition);
  }

  private statement(): void {
    const { cursor } = this;
    const from = cursor.at;
    while (!cursor.done && !cursor.is(';')) cursor.at++;
    let first = from;
    if (cursor.wordAt(first) === 'RETURN' && cursor.wordAt(first + 1) === 'QUERY') first += 2;
    this.note(first, cursor.at);
  }

  private note(from: number, to: number): void {
    const standing = this.standing();
    this.found.push({
      from,
      to,
      ...(standing && { guard: standing.guard }),
      ...(standing?.asked && { asked: standing.asked }),
    });
  }

  /** The condition that the next statement stands under. Of two, the one that can't be told counts. */
  private standing(): Condition | undefined {
    const { condition, outer } = this.blocks.at(-1) ?? {};
    return outer?.guard.kind === 'unknown' ? outer : (condition ?? outer);
  }
}

const unknownAt = (span: Guard['span']): Condition => ({ guard: { kind: 'unknown', span } });

/** What a loop over rows may do to them. */
const changes = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'WITH', 'EXECUTE']);

/** Messages that stop nothing. */
const harmlessLevels = new Set(['NOTICE', 'WARNING', 'INFO', 'LOG', 'DEBUG']);

const catalogues = /^(PG_\w+|INFORMATION_SCHEMA|SYS|SYSOBJECTS|SYSINDEXES|SYSCOLUMNS|SQLITE_MASTER)$/;
const tests = /^(TO_REG\w+|OBJECT_ID|COL_LENGTH|INDEXPROPERTY|SCHEMA_ID|TYPE_ID|COLUMNPROPERTY)$/;

/** Whether a condition asks the catalogue if an object is there. One that wants several of them at once asks for more. */
export function isExistenceTest(cursor: Cursor, from: number, to: number): boolean {
  let asks = false;
  for (let at = from; at < to; at++) {
    const word = cursor.wordAt(at);
    if (word === '=' && isCount(cursor, from, at) && numberAt(cursor, at + 1) > 1) return false;
    if (catalogues.test(word) || tests.test(word)) asks = true;
  }
  return asks;
}

function numberAt(cursor: Cursor, at: number): number {
  const token = cursor.tokenAt(at);
  return token === undefined ? 0 : Number(cursor.written(token));
}

/** Whether the number behind a comparison is one of rows: `count(*) = 2`. */
const isCount = (cursor: Cursor, from: number, at: number): boolean =>
  at - 4 >= from && cursor.wordAt(at - 1) === ')' && cursor.wordAt(at - 4) === 'COUNT';

/** The names that a condition compares with, of objects or of parts of them: `'public.t'` asks for `t`. */
function askedFor(cursor: Cursor, from: number, to: number): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at = from; at < to; at++) {
    const token = cursor.tokenAt(at);
    if (token?.kind !== 'string' && token?.kind !== 'dollar') continue;
    const value = stringValue(cursor.written(token), cursor.source.dialect);
    names.add(
      value
        .slice(value.lastIndexOf('.') + 1)
        .replace(/^["`]|["`]$/g, '')
        .toLowerCase(),
    );
  }
  return names;
}
