import type { Name, TextEdit } from '../ir/index.js';

/**
 * Writes another name in the place of one.
 * @returns nothing where the text at its span is not the name itself, in quotes or bare
 */
export function replaceName(
  text: string,
  { span, value, unknown, generated }: Name,
  to: string,
): TextEdit[] | undefined {
  if (unknown || generated) return undefined;
  const written = text.slice(span.start, span.end);
  const at = written.indexOf(value);
  if (at < 0 || !/^["'`[]?$/.test(written.slice(0, at)) || !/^["'`\]]?$/.test(written.slice(at + value.length)))
    return undefined;
  const start = span.start + at;
  return [{ span: { start, end: start + value.length }, text: to }];
}
