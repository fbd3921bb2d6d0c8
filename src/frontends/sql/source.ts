import type { Dialect, Span } from '../../ir/index.js';
import type { EmbeddedText } from './embedded-text.js';
import { holesIn } from './holes.js';
import type { RawHole } from './tokens.js';

/** SQL text with the way back to the file that it stands in. */
export interface Source {
  text: string;
  dialect: Dialect;
  /** Parts of the text that the host language computes, masked in it by names of equal length. */
  holes: readonly RawHole[];
  /** Offset in the host file of a text offset. */
  host(at: number): number;
  /** Offset in the host file of the end of a stretch: never that of the next literal. */
  hostEnd(end: number): number;
  span(start: number, end: number): Span;
  /** Pairs as in Statement.offsets for a stretch of the text; nothing where it stands in the file as it is. */
  pairs(start: number, end: number): [number, number][] | undefined;
}

/** A name that takes as much room as what it stands for. */
export const mask = (length: number): string => (length <= 0 ? '' : 'h' + '_'.repeat(length - 1));

/**
 * Whether a grammar knows a placeholder, which the driver fills, as it is written, so that it need not be masked.
 * @param written its first two characters or more
 */
export const isNative = (written: string, dialect: Dialect): boolean =>
  dialect === 'sqlite' ? /^[?:@$]/.test(written) : /^\$\d/.test(written);

/** A file, or a part of one: its text is the text. */
export function fileSource(text: string, dialect: Dialect, shift = 0): Source {
  return {
    text,
    dialect,
    holes: [],
    host: (at) => at + shift,
    hostEnd: (end) => end + shift,
    span: (start, end) => ({ start: start + shift, end: end + shift }),
    pairs: () => undefined,
  };
}

/** The literals of a host language joined, holes masked. */
export function embeddedSource(parts: EmbeddedText, dialect: Dialect): Source {
  let text = '';
  const holes: RawHole[] = [];
  const pairs: [number, number][] = [];
  const firsts = new Set<number>();
  for (const part of parts) {
    firsts.add(text.length);
    if ('value' in part) {
      for (const [at, host] of part.offsets) pairs.push([text.length + at, host]);
      text += part.value;
    } else {
      const length = Math.max(1, part.span.end - part.span.start);
      pairs.push([text.length, part.span.start]);
      holes.push({ start: text.length, end: text.length + length, style: part.style, bound: part.bound });
      text += mask(length);
    }
  }
  return mappedSource(text, dialect, holes, pairs, firsts);
}

/** A stretch of another source as a source of its own, such as the body of a DO block. */
export function innerSource(outer: Source, start: number, end: number): Source {
  const within = (at: number) => start + at;
  return {
    text: outer.text.slice(start, end),
    dialect: outer.dialect,
    holes: holesIn(outer.holes, start, end)
      .filter((hole) => hole.start >= start && hole.end <= end)
      .map((hole) => ({ ...hole, start: hole.start - start, end: hole.end - start })),
    host: (at) => outer.host(within(at)),
    hostEnd: (at) => outer.hostEnd(within(at)),
    span: (from, to) => outer.span(within(from), within(to)),
    pairs: (from, to) => outer.pairs(within(from), within(to)),
  };
}

/** Text whose offsets are told by pairs; `firsts` are the offsets at which literals and holes begin. */
export function mappedSource(
  text: string,
  dialect: Dialect,
  holes: readonly RawHole[],
  pairs: readonly [number, number][],
  firsts: ReadonlySet<number>,
): Source {
  const indexAt = (at: number): number => {
    let low = 0;
    let high = pairs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (pairs[middle]![0] <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const host = (at: number): number => {
    const pair = pairs[indexAt(at)];
    return pair === undefined ? at : pair[1] + (at - pair[0]);
  };
  const hostEnd = (end: number): number => (end > 0 && firsts.has(end) ? host(end - 1) + 1 : host(end));
  return {
    text,
    dialect,
    holes,
    host,
    hostEnd,
    span: (start, end) => ({ start: host(start), end: Math.max(host(start), hostEnd(end)) }),
    pairs(start, end) {
      const first = indexAt(start);
      const base = host(start);
      const own: [number, number][] = [[0, base]];
      let straight = true;
      for (let index = first + 1; index < pairs.length && pairs[index]![0] < end; index++) {
        const [at, there] = pairs[index]!;
        // Several pairs at one offset: the last one counts (an empty literal before).
        if (own.at(-1)![0] === at - start) own.pop();
        own.push([at - start, there]);
        if (there !== base + at - start) straight = false;
      }
      return straight ? undefined : own;
    },
  };
}
