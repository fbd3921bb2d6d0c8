import type { Constraint, TextEdit } from '../../ir/index.js';

/** `CONSTRAINT name` before a constraint that has none; nothing where its text does not begin with what it is. */
export function nameConstraint({ span, name }: Constraint, to: string, text: string): TextEdit[] | undefined {
  if (name !== undefined || !/^[a-z_][a-z0-9_]*$/.test(to)) return undefined;
  if (!/^(?:foreign\s+key|unique|check|primary\s+key|references|exclude)\b/i.test(text.slice(span.start, span.end)))
    return undefined;
  return [{ span: { start: span.start, end: span.start }, text: `CONSTRAINT ${to} ` }];
}
