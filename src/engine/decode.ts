import { TextDecoder } from 'node:util';
import type { FileProblem } from '../ir/index.js';

/** A file's text without byte order mark, with what was wrong with it. `text` is absent where nothing can be read. */
export interface Decoded {
  text?: string;
  problem?: FileProblem;
}

const nowhere = { start: 0, end: 0 };
const utf8 = new TextDecoder('utf-8', { fatal: true });

const failed = (code: FileProblem['code'], message: string): Decoded => ({
  problem: { code, message, span: nowhere },
});

/** Python's own way to name another encoding, on the first or second line (PEP 263). */
const declaration = /^(?:[^\n]*\n)?[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

function declaredEncoding(bytes: Uint8Array): TextDecoder | undefined {
  const head = Buffer.from(bytes.subarray(0, 400)).toString('latin1');
  const name = declaration.exec(head)?.[1];
  try {
    return name === undefined
      ? undefined
      : new TextDecoder(name.replaceAll('_', '-').replace(/^latin-/i, 'latin'), { fatal: true });
  } catch {
    return undefined;
  }
}

/** Where the first bytes stand that are no UTF-8, counted from 0. */
function firstInvalidByte(bytes: Uint8Array): number {
  const loose = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  let offset = 0;
  for (const [index, part] of loose.split('\uFFFD').entries()) {
    // A replacement character that really stands in the file is three bytes of valid UTF-8.
    if (index > 0 && !(bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd)) break;
    offset += (index > 0 ? 3 : 0) + Buffer.byteLength(part);
  }
  return offset;
}

/** Reads bytes as text: UTF-8, UTF-16 with a byte order mark, or the encoding that a Python file declares. */
export function decode(bytes: Uint8Array, language?: string): Decoded {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    try {
      // What SQL Server Management Studio saves.
      return blanked(new TextDecoder(first === 0xff ? 'utf-16le' : 'utf-16be', { fatal: true }).decode(bytes));
    } catch {
      return failed('encoding', 'The file is not valid UTF-16, which its first two bytes say it is.');
    }
  }
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    const declared = language === 'python' ? declaredEncoding(bytes) : undefined;
    if (declared === undefined) {
      const binary = bytes.subarray(0, 8000).includes(0);
      return binary
        ? failed('encoding', 'The file is binary.')
        : failed('encoding', `The file is not valid UTF-8: byte ${firstInvalidByte(bytes)} begins no character.`);
    }
    try {
      text = declared.decode(bytes);
    } catch {
      return failed('encoding', `The file is not valid ${declared.encoding}, the encoding that it declares.`);
    }
  }
  return blanked(text, language);
}

/** Text with blanks for NUL characters, so that offsets stay true and what stands behind them is read. */
function blanked(text: string, language?: string): Decoded {
  const nul = text.indexOf('\0');
  if (nul < 0) return { text };
  const count = text.split('\0').length - 1;
  if (count * 8 > text.length) return failed('encoding', 'The file is binary, or UTF-16 without a byte order mark.');
  // A literal of JavaScript may hold one, and what it is for is not known.
  if (language === 'typescript') return { text: text.replaceAll('\0', ' ') };
  const message = `The file holds ${count === 1 ? 'a NUL character' : `${count} NUL characters`}, which databases refuse; what stands behind is read as if it were a blank.`;
  return {
    text: text.replaceAll('\0', ' '),
    problem: { code: 'nul', message, span: { start: nul, end: nul + 1 } },
  };
}
