import { LineTable } from '../engine/positions.js';

/** The lines of a linted text, counted as findings count them. */
export class Lines {
  private readonly table: LineTable;

  constructor(
    readonly text: string,
    path: string,
  ) {
    this.table = new LineTable(text, /\.[cm]?[jt]sx?$/i.test(path) ? 'typescript' : 'sql');
  }

  get count(): number {
    return this.lineAt(this.text.length);
  }

  /** The line from 1, without its line break; empty past the end. */
  line(number: number): string {
    return this.text.slice(this.startOf(number), this.startOf(number + 1)).replace(/\r\n$|[\n\r\u2028\u2029]$/, '');
  }

  /** The line, from 1, that an offset in UTF-16 code units lies on. */
  lineAt(offset: number): number {
    return this.table.line(offset);
  }

  /** Offset of a line's first character; the text's length past the end. */
  startOf(number: number): number {
    return this.table.start(number);
  }
}
