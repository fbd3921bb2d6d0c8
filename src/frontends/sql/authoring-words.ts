import type { Span, TextEdit } from '../../ir/index.js';

/** The edit that takes the only CASCADE of a stretch of text away. */
export function withoutCascade(text: string, { start, end }: Span): TextEdit[] | undefined {
  const found = [...text.slice(start, end).matchAll(/\s+CASCADE\b/gi)];
  if (found.length !== 1) return undefined;
  const at = start + found[0]!.index;
  return [{ span: { start: at, end: at + found[0]![0].length }, text: '' }];
}

/** The edit that ends an `ADD CONSTRAINT …` of SQL text by NOT VALID. */
export function withNotValid(text: string, { start, end }: Span): TextEdit[] | undefined {
  const action = text.slice(start, end);
  if (!/^ADD\b/i.test(action) || /\bNOT\s+VALID\b/i.test(action)) return undefined;
  return [{ span: { start: end, end }, text: ' NOT VALID' }];
}

/** The edit that puts CONCURRENTLY into a CREATE INDEX, DROP INDEX or REINDEX of SQL text. */
export function withConcurrently(text: string, { start, end }: Span): TextEdit[] | undefined {
  const head =
    /^(?:CREATE\s+(?:UNIQUE\s+)?INDEX|DROP\s+INDEX|REINDEX\s+(?:\([^)]*\)\s*)?(?:INDEX|TABLE|SCHEMA|DATABASE|SYSTEM))\b(?!\s+CONCURRENTLY\b)/i;
  const verb = head.exec(text.slice(start, end))?.[0];
  if (verb === undefined) return undefined;
  const at = start + verb.length;
  return [{ span: { start: at, end: at }, text: ' CONCURRENTLY' }];
}
