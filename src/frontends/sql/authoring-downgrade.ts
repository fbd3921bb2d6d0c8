import type { Dialect, Migration, Operation, TextEdit } from '../../ir/index.js';
import { statementText } from './rendering.js';

/** How a runner marks the way back in the file of the way there. */
const marks: { readonly [R in Migration['runner']]?: string } = { dbmate: '-- migrate:down', goose: '-- +goose Down' };

/** Operations as statements of a dialect; nothing where one of them can't be written. */
export function statementsText(operations: readonly Operation[], dialect: Dialect): string[] | undefined {
  const statements: string[] = [];
  for (const operation of operations) {
    const statement = statementText(operation, dialect);
    if (statement === undefined) return undefined;
    statements.push(statement);
  }
  return statements;
}

/** Fills the section of the way back, or adds it. A file of its own for the way back is another file: nothing then. */
export function writeDowngrade(
  text: string,
  { runner, down }: Migration,
  operations: readonly Operation[],
  dialect: Dialect,
): TextEdit[] | undefined {
  const mark = marks[runner];
  const statements = statementsText(operations, dialect);
  // Outside of a transaction is what the file says of itself as a whole: such a file is left to its author.
  if (mark === undefined || statements === undefined || / CONCURRENTLY /.test(statements.join(' '))) return undefined;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = statements.map((statement) => `${statement};`).join(newline);
  if (down.state === 'missing') {
    const end = text.trimEnd().length;
    return [
      { span: { start: end, end: text.length }, text: `${newline}${newline}${mark}${newline}${lines}${newline}` },
    ];
  }
  const at = down.span.start;
  return down.state === 'empty' ? [{ span: { start: at, end: at }, text: newline + lines }] : undefined;
}
