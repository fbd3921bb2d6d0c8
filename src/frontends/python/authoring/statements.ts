import type { Anchor, TextEdit } from '../../../ir/index.js';
import type { Page } from './keywords.js';

/** Puts a statement into the body of a class, behind its docstring or its table name. */
export function classStatement(
  { points }: Anchor,
  statement: string,
  { source, manner }: Page,
): TextEdit[] | undefined {
  const start = points['statementStart'] ?? points['beforeStatement'];
  if (start === undefined) return undefined;
  const indent = /[ \t]*$/.exec(source.slice(0, start))?.[0] ?? '';
  const after = points['afterStatement'];
  if (after !== undefined)
    return [{ span: { start: after, end: after }, text: `${manner.newline}${indent}${statement}` }];
  return [{ span: { start, end: start }, text: `${statement}${manner.newline}${indent}` }];
}
