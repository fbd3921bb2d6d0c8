import type { Span, Statement } from '../../ir/index.js';
import { innerSource, type Source } from './source.js';
import { readStatements } from './statements.js';

/** The half of a migration file that statements stand in, as its marks tell. */
export interface Section {
  half: 'up' | 'down';
  statements: Statement[];
  /** The mark says that the runner opens no transaction here. */
  noTransaction: boolean;
  span: Span;
}

/** Collects the statements of a file into its sections. */
export class Sections {
  readonly all: Section[] = [];
  /** Of the whole file: goose's NO TRANSACTION, sqlx's no-transaction, atlas' txmode none. */
  noTransaction = false;

  constructor(private readonly source: Source) {}

  private start(half: Section['half'], at: number, noTransaction: boolean): Section {
    const section: Section = { half, statements: [], noTransaction, span: { start: at, end: at } };
    this.all.push(section);
    return section;
  }

  add(statement: Statement): void {
    const section = this.all.at(-1) ?? this.start('up', 0, false);
    section.statements.push(statement);
    section.span.end = statement.span.end;
  }

  /** A comment that a runner reads. */
  mark(start: number, end: number): void {
    const text = this.source.text.slice(start, end);
    const dbmate = /^--\s*migrate:(up|down)(.*)$/i.exec(text);
    const goose = /^--\s*\+goose\s+(.*)$/i.exec(text);
    const rollback = /^--\s*rollback\b/i.exec(text);
    if (dbmate) this.start(dbmate[1]!.toLowerCase() as Section['half'], end, /\btransaction:false\b/i.test(dbmate[2]!));
    else if (goose) {
      const words = goose[1]!.trim().toUpperCase();
      if (words === 'UP' || words === 'DOWN') this.start(words === 'UP' ? 'up' : 'down', end, false);
      else if (words === 'NO TRANSACTION') this.noTransaction = true;
    } else if (rollback) this.rollback(start + rollback[0].length, end);
    else if (/^--\s*changeset\b/i.test(text)) this.start('up', end, /\brunInTransaction:false\b/i.test(text));
  }

  /** Liquibase: the SQL of the way back stands in the comment. */
  private rollback(start: number, end: number): void {
    const inner = innerSource(this.source, start, end);
    const section = this.start('down', start, false);
    section.statements.push(...readStatements(inner, 'unknown'));
    section.span.end = end;
    this.start('up', end, false);
  }

  /** The first line of a file may opt out of the runner's transaction. */
  comment(text: string): void {
    if (/^no-transaction\b/i.test(text) || /^atlas:txmode\s+none\b/.test(text)) this.noTransaction = true;
  }
}
