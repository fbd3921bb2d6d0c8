import type { RawHole } from './tokens.js';

/** The holes that a range touches; the holes ascend. */
export function holesIn(holes: readonly RawHole[], start: number, end: number): readonly RawHole[] {
  if (holes.length === 0) return holes;
  let low = 0;
  let high = holes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holes[middle]!.end <= start) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while (last < holes.length && holes[last]!.start < end) last++;
  return holes.slice(low, last);
}
