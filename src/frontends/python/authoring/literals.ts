/** A string literal of a Python file, by the offsets of its opening quote's end and its closing quote's start. */
export interface StringLiteral {
  start: number;
  end: number;
  quote: string;
  raw: boolean;
}

interface Open extends StringLiteral {
  formatted: boolean;
  /** Brackets that are open inside of a replacement field; 0 outside of one. */
  depth: number;
}

const opening = /([A-Za-z]{0,3})("""|'''|"|')/y;

/** The innermost string literal around an offset; undefined where it stands in no string, or in a replacement field. */
export function literalAround(source: string, offset: number): StringLiteral | undefined {
  const open: Open[] = [];
  let at = 0;
  while (at < source.length) {
    const inside = open.at(-1);
    if (inside === undefined || inside.depth > 0) {
      if (at >= offset) return undefined;
      const start = startAt(source, at);
      if (start !== undefined) {
        open.push(start);
        at = start.start;
      } else if (source[at] === '#') at = lineEnd(source, at);
      else {
        if (inside !== undefined) inside.depth += bracketOf(source[at]);
        at += 1;
      }
      continue;
    }
    if (source.startsWith(inside.quote, at)) {
      if (offset >= inside.start && offset < at) return { ...inside, end: at };
      open.pop();
      at += inside.quote.length;
    } else if (source[at] === '\\') at += 2;
    else if (inside.quote.length === 1 && source[at] === '\n') {
      // A string that is not closed on its line is an error: what follows is no part of it.
      open.pop();
      at += 1;
    } else if (inside.formatted && source[at] === '{') {
      if (source[at + 1] === '{') at += 1;
      else if (offset >= inside.start && offset < at) return { ...inside, end: endOf(source, inside) };
      else inside.depth = 1;
      at += 1;
    } else at += 1;
  }
  return undefined;
}

/** The closing quote of a literal, replacement fields not looked into: good enough to tell what stands before it. */
function endOf(source: string, { start, quote }: Open): number {
  const end = source.indexOf(quote, start);
  return end < 0 ? source.length : end;
}

function startAt(source: string, at: number): Open | undefined {
  if (/\w/.test(source[at - 1] ?? '') && /[A-Za-z]/.test(source[at] ?? '')) return undefined;
  opening.lastIndex = at;
  const match = opening.exec(source);
  if (match === null) return undefined;
  const [whole, prefix = '', quote = ''] = match;
  return {
    start: at + whole.length,
    end: source.length,
    quote,
    raw: /r/i.test(prefix),
    formatted: /[ft]/i.test(prefix),
    depth: 0,
  };
}

function lineEnd(source: string, at: number): number {
  const end = source.indexOf('\n', at);
  return end < 0 ? source.length : end;
}

const bracketOf = (sign: string | undefined): number =>
  sign === undefined ? 0 : '([{'.includes(sign) ? 1 : ')]}'.includes(sign) ? -1 : 0;
