import type { Guard } from '../../../ir/index.js';
import type { Cursor } from './cursor.js';

/** A statement inside a body, as a range of the cursor's tokens. */
export interface Inner {
  from: number;
  to: number;
  guard?: Guard;
}

interface Block {
  kind: 'block' | 'if' | 'case' | 'loop';
  guard?: Guard;
  /** What the blocks around it set. */
  outer?: Guard;
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
        inner.guard = guard;
        told.add(inner);
      }
    }
  }

  private open(kind: Block['kind'], guard?: Guard): void {
    const outer = this.guard();
    this.blocks.push({ kind, first: this.found.length, ...(guard && { guard }), ...(outer && { outer }) });
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
        const guard = this.condition();
        const block = this.blocks.at(-1);
        if (block) block.guard = guard;
        return;
      }
      case 'ELSE':
        cursor.at++;
        return;
      case 'CASE':
        cursor.at++;
        this.open('case', this.condition());
        return;
      case 'WHEN':
        cursor.at++;
        this.handler(this.condition());
        return;
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
  private condition(): Guard {
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
    const exists = isExistenceTest(cursor, from, cursor.at);
    cursor.take('THEN');
    return { kind: exists ? 'existence' : 'unknown', span };
  }

  /** `WHEN duplicate_object THEN`: what the block did before is repeatable. */
  private handler(condition: Guard): void {
    const block = this.blocks.at(-1);
    if (block === undefined) return;
    if (block.handling === undefined) {
      block.guard = condition;
      return;
    }
    const text = this.cursor.source.text;
    const first = this.cursor.tokenAt(this.cursor.at - 1);
    if (first === undefined) return;
    const start = Math.max(0, first.start - 400);
    const words = text.slice(start, first.start);
    const named = words.slice(words.toUpperCase().lastIndexOf('WHEN'));
    if (!/\b(duplicate_\w+|undefined_\w+|unique_violation|others|42710|42P07|42701|42P06)\b/i.test(named)) return;
    if (block.handling > block.first)
      this.repeatable.push({
        from: block.first,
        to: block.handling,
        guard: { kind: 'idempotent', span: condition.span },
      });
  }

  private exception(): void {
    const block = this.blocks.at(-1);
    if (block) {
      block.handling = this.found.length;
      block.guard = { kind: 'unknown', span: this.cursor.span(this.cursor.at - 1) };
    }
  }

  /** `FOR … LOOP`, `WHILE … DO`: what stands before is no statement of its own. */
  private loopHead(): void {
    const { cursor } = this;
    while (!cursor.done && !cursor.is('LOOP') && !cursor.is('DO') && !cursor.is(';')) cursor.at++;
    if (cursor.take('LOOP') || cursor.take('DO')) this.open('loop');
  }

  private statement(): void {
    const { cursor } = this;
    const from = cursor.at;
    while (!cursor.done && !cursor.is(';')) cursor.at++;
    let first = from;
    if (cursor.wordAt(first) === 'RETURN' && cursor.wordAt(first + 1) === 'QUERY') first += 2;
    const guard = this.guard();
    this.found.push({ from: first, to: cursor.at, ...(guard && { guard }) });
  }

  private guard(): Guard | undefined {
    const block = this.blocks.at(-1);
    return block?.guard ?? block?.outer;
  }
}

const catalogues = /^(PG_\w+|INFORMATION_SCHEMA|SYS|SYSOBJECTS|SYSINDEXES|SYSCOLUMNS|SQLITE_MASTER)$/;
const tests = /^(TO_REG\w+|OBJECT_ID|COL_LENGTH|INDEXPROPERTY|SCHEMA_ID|TYPE_ID|COLUMNPROPERTY)$/;

/** Whether a condition asks the catalogue if an object is there. */
export function isExistenceTest(cursor: Cursor, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const word = cursor.wordAt(at);
    if (catalogues.test(word) || tests.test(word)) return true;
  }
  return false;
}
