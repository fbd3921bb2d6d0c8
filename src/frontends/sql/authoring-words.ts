import type { QualifiedName, Span, TextEdit } from '../../ir/index.js';

/** The edit that takes the only CASCADE of a stretch of text away. */
export function withoutCascade(text: string, { start, end }: Span): TextEdit[] | undefined {
  const found = [...text.slice(start, end).matchAll(/\s+CASCADE\b/gi)];
  if (found.length !== 1) return undefined;
  const at = start + found[0]!.index;
  return [{ span: { start: at, end: at + found[0]![0].length }, text: '' }];
}

/** The edits that name further tables in a TRUNCATE, in place of its CASCADE; nothing where a name needs quotes. */
export function withTables(
  text: string,
  statement: Span,
  last: QualifiedName,
  others: readonly QualifiedName[],
): TextEdit[] | undefined {
  const cascade = withoutCascade(text, statement);
  const names = others.map(({ schema, name }) => [...(schema ? [schema] : []), name].map(({ value }) => value));
  const { start, end } = last.span;
  const isWritten = text.slice(start, end).replaceAll(/["\\]/g, '').endsWith(last.name.value);
  if (!cascade || !isWritten || !names.flat().every((name) => /^[a-z_][a-z0-9_]*$/.test(name))) return undefined;
  return [{ span: { start: end, end }, text: names.map((each) => `, ${each.join('.')}`).join('') }, ...cascade];
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
