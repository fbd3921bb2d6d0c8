import type { Span } from '../../ir/index.js';

interface Level {
  /** The key that is read, as written between its quotes; absent in a list, and before the first one. */
  key?: string;
  isList: boolean;
}

/**
 * Where the keys of objects stand in a JSON text, down to a depth, by their path joined by `/`. Of a text that is no JSON
 * it gives whatever it finds.
 */
export function keySpans(text: string, depth: number): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>();
  const levels: Level[] = [];
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}[\]]/g)) {
    if (token === '{' || token === '[') levels.push({ isList: token === '[' });
    else if (token === '}' || token === ']') levels.pop();
    else if (token.endsWith(':') && levels.length <= depth) {
      const level = levels.at(-1);
      if (level === undefined) continue;
      const end = token.lastIndexOf('"');
      level.key = token.slice(1, end);
      if (levels.some(({ isList }) => isList)) continue;
      const path = levels.map(({ key }) => key).join('/');
      spans.set(path, { start: index + 1, end: index + end });
    }
  }
  return spans;
}
