/** Splits text into lines at LF, CRLF and lone CR, which is where editors and `Location.line` count one. */
export class Lines {
  private readonly starts: number[] = [0];

  constructor(readonly text: string) {
    for (const { index, 0: mark } of text.matchAll(/\r\n|\r|\n/g)) this.starts.push(index + mark.length);
  }

  get count(): number {
    return this.starts.length;
  }

  /** The line from 1, without its line break; empty past the end. */
  line(number: number): string {
    const start = this.starts[number - 1];
    if (start === undefined) return '';
    return this.text.slice(start, this.starts[number]).replace(/\r?\n$|\r$/, '');
  }

  /** The line, from 1, that an offset in UTF-16 code units lies on. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** Offset of a line's first character; the text's length past the end. */
  startOf(number: number): number {
    return this.starts[number - 1] ?? this.text.length;
  }
}
