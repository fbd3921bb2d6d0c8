import type { FrontEndId, Span } from '../ir/index.js';
import type { Location } from './finding.js';

/** What ends a line: everywhere LF, CRLF and CR alone; JavaScript knows two more. */
const lineEnds: { [Id in FrontEndId]: RegExp } = {
  sql: /\r\n|[\n\r]/g,
  python: /\r\n|[\n\r]/g,
  config: /\r\n|[\n\r]/g,
  prisma: /\r\n|[\n\r]/g,
  typescript: /\r\n|[\n\r\u2028\u2029]/g,
};

/** Offsets of one text as lines and columns, and back to lines. */
export class LineTable {
  private readonly starts: number[] = [0];

  constructor(
    private readonly text: string,
    frontend: FrontEndId,
  ) {
    for (const match of text.matchAll(lineEnds[frontend])) this.starts.push(match.index + match[0].length);
  }

  /** The line, from 1, that an offset lies in. */
  line(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** Where a line, from 1, starts; the text's length for a line behind the last one. */
  start(line: number): number {
    return this.starts[line - 1] ?? this.text.length;
  }

  /** A span as people see it. Offsets outside of the text are moved to its ends. */
  locate({ start, end }: Span): Omit<Location, 'path'> {
    const from = Math.max(0, Math.min(start, this.text.length));
    const to = Math.max(from, Math.min(end, this.text.length));
    const line = this.line(from);
    const endLine = this.line(to);
    return {
      line,
      column: from - this.starts[line - 1]! + 1,
      endLine,
      endColumn: to - this.starts[endLine - 1]! + 1,
    };
  }
}
