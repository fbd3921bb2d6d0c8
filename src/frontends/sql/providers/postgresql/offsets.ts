/** Gives UTF-16 offsets for the places that a tree tells in bytes of UTF-8; an absent place is the start. */
export function utf16Offsets(text: string): (location: unknown) => number {
  let table: Uint32Array | undefined;
  return (location) => {
    if (typeof location !== 'number' || location < 0) return 0;
    table ??= offsetsOfBytes(text);
    return table[location] ?? text.length;
  };
}

const encoder = new TextEncoder();

function offsetsOfBytes(text: string): Uint32Array {
  const table = new Uint32Array(encoder.encode(text).length + 1);
  let byte = 0;
  for (let at = 0; at < text.length;) {
    const point = text.codePointAt(at)!;
    const width = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    table.fill(at, byte, byte + width);
    byte += width;
    at += point > 0xffff ? 2 : 1;
  }
  table.fill(text.length, byte);
  return table;
}

/** The UTF-16 offset of a code point's index: errors count code points, from 0. */
export function offsetOfCodePoint(text: string, index: number): number {
  let at = 0;
  for (let count = 0; count < index && at < text.length; count++) at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  return at;
}
