import type { Guard, Span, Statement } from '../../ir/index.js';
import type { EmbeddedLiteral } from './embedded-text.js';
import type { Header, RunnerMark } from './marks.js';
import { embeddedSource, type Source } from './source.js';
import { readStatements } from './statements.js';

/** Statements that stand together in one half of a migration. */
export interface Section {
  half: 'up' | 'down';
  statements: Statement[];
  /** The mark says that the runner opens no transaction here. */
  noTransaction: boolean;
  /** The server gets the statements in one string. */
  oneString: boolean;
  /** Its steps are those of another changeset, which it names. */
  elsewhere?: true;
  span: Span;
}

/** One migration of a file: the file as a whole, or a Liquibase changeset. */
export interface Unit {
  /** Of a changeset: author and id. */
  name?: string;
  sections: Section[];
  /** The author says that nothing is to be taken back. */
  nothingToRevert: boolean;
  guard?: Guard;
  span: Span;
}

/** Collects the statements of a file into its migrations and their halves, as the marks of its runner tell. */
export class Sections {
  private readonly found: Unit[] = [];
  private readonly headers: Header[] = [];
  private rollback: EmbeddedLiteral[] = [];

  constructor(private readonly source: Source) {}

  /** Its comments say that the file as a whole is run outside of a transaction. */
  get noTransaction(): boolean {
    return this.headers.some((header) => header.noTransaction);
  }

  /** The file stands for the migrations before it. */
  get snapshot(): boolean {
    return this.headers.some((header) => header.snapshot);
  }

  header(header: Header): void {
    this.headers.push(header);
  }

  /** The migrations of the file, one at least. */
  finish(): Unit[] {
    this.endRollback();
    const [first, ...others] = this.found;
    if (first === undefined) return [this.unit({ start: 0, end: 0 })];
    // What stands above the first changeset is none.
    return first.name === undefined && first.sections.length === 0 && others.length > 0 ? others : this.found;
  }

  add(statement: Statement): void {
    const unit = this.last();
    const section = unit.sections.at(-1) ?? this.section('up', 0);
    const { guard } = unit;
    section.statements.push(guard && statement.guard === undefined ? { ...statement, guard } : statement);
    section.span.end = statement.span.end;
  }

  /** A comment that the runner reads. */
  mark(mark: RunnerMark, start: number, end: number): void {
    switch (mark.kind) {
      case 'section':
        this.section(mark.half, end, mark);
        break;
      case 'changeset':
        this.changeset(mark, { start, end });
        break;
      case 'rollback':
        this.collect(start + mark.start, start + mark.end);
        break;
      case 'condition':
        this.last().guard ??= { kind: 'unknown', span: { start, end } };
        break;
      case 'no-transaction':
        this.headers.push({ noTransaction: true });
        break;
      case 'boundary':
        break;
    }
  }

  private unit(span: Span): Unit {
    const unit: Unit = { sections: [], nothingToRevert: false, span };
    this.found.push(unit);
    return unit;
  }

  private last(): Unit {
    return this.found.at(-1) ?? this.unit({ start: 0, end: 0 });
  }

  private section(half: Section['half'], at: number, modes: Partial<Section> = {}): Section {
    const { noTransaction = false, oneString = false } = modes;
    const section: Section = { half, statements: [], noTransaction, oneString, span: { start: at, end: at } };
    this.last().sections.push(section);
    return section;
  }

  private changeset(mark: RunnerMark & { kind: 'changeset' }, span: Span): void {
    this.endRollback();
    const unit = this.unit(span);
    unit.name = mark.id;
    const { databases } = mark;
    if (databases) {
      const { dialects, others } = databases;
      unit.guard = others ? { kind: 'unknown', span } : { kind: 'dialect', dialects, span };
    }
    this.section('up', span.end, mark);
  }

  /** Several lines of a rollback are one text. */
  private collect(start: number, end: number): void {
    this.rollback.push({ value: this.source.text.slice(start, end), offsets: [[0, start]] });
  }

  private endRollback(): void {
    const lines = this.rollback;
    if (lines.length === 0) return;
    this.rollback = [];
    const unit = this.last();
    const words = lines
      .map(({ value }) => value)
      .join('\n')
      .trim();
    if (/^(?:not required|empty)/i.test(words)) {
      unit.nothingToRevert = true;
      return;
    }
    const start = lines[0]!.offsets[0]![1];
    const up = unit.sections[0];
    const down = this.section('down', start, up ?? {});
    const last = lines.at(-1)!;
    down.span.end = last.offsets[0]![1] + last.value.length;
    if (/changesetid/i.test(words)) down.elsewhere = true;
    else {
      // The last line may end with the file: no line break belongs to it.
      const text = lines.map((line) => (line === last ? line : { ...line, value: `${line.value}\n` }));
      down.statements = readStatements(embeddedSource(text, this.source.dialect), 'unknown');
    }
  }
}
