import type { Around, Dialect, Operation, Statement, TextEdit } from '../../ir/index.js';
import { statementsText } from './authoring-downgrade.js';

/** Drizzle sends the pieces between its marks one by one. */
const mark = '--> statement-breakpoint';

/** What stands between two statements of a file: the delimiter, Drizzle's mark where the file has them, a new line. */
const between = (text: string): string => `;${text.includes(mark) ? mark : ''}${text.includes('\r\n') ? '\r\n' : '\n'}`;

/** Writes statements in the place of one that does nothing but an operation. */
export function replaceOperation(
  text: string,
  by: readonly Operation[],
  { statement }: Around,
  dialect: Dialect,
): TextEdit[] | undefined {
  const statements = statementsText(by, dialect);
  if (!isWhole(statement) || statements === undefined || statements.length === 0) return undefined;
  const { start, end } = statement.span;
  return [{ span: { start, end }, text: statements.join(between(text) + indentOf(text, start)) }];
}

/** Writes statements before one, or gives them to `append`, which knows where it ends. */
export function addOperations(
  text: string,
  added: readonly Operation[],
  where: 'before' | 'behind',
  { statement }: Around,
  dialect: Dialect,
  append: (statement: Statement, text: string) => TextEdit[],
): TextEdit[] | undefined {
  const statements = statementsText(added, dialect);
  if (statement === undefined || statements === undefined || statements.length === 0) return undefined;
  const separator = between(text) + indentOf(text, statement.span.start);
  const lines = statements.join(separator);
  const { start } = statement.span;
  if (where === 'behind') return append(statement, `${indentOf(text, start)}${lines};`);
  return [{ span: { start, end: start }, text: lines + separator }];
}

/** A statement of one operation. */
export const isWhole = (statement: Statement | undefined): statement is Statement =>
  statement !== undefined && statement.operations.length === 1 && statement.children.length === 0;

/** The white space that a line begins with, where nothing else stands before the offset. */
const indentOf = (text: string, at: number): string =>
  /(?:^|[\r\n])([ \t]*)$/.exec(text.slice(Math.max(0, at - 200), at))?.[1] ?? '';
