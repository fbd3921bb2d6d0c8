import type { Dialect, Migration, Operation, TextEdit } from '../../../ir/index.js';
import { statementsText } from '../../sql/authoring-downgrade.js';
import { indentAt } from '../indentation.js';
import { sqlLiteral } from '../authoring/literal.js';

/** How `down` is written beside `up`: what stands before its body, and how it is set apart. */
interface Form {
  before: string;
  after: string;
  separator: string;
}

/**
 * Writes `down` beside `up`, in the same form, with one `query()` for each statement.
 * @returns nothing where `up` has another form, or takes its parameter apart
 */
export function writeSequelizeDowngrade(
  text: string,
  { down, anchor }: Migration,
  operations: readonly Operation[],
  dialect: Dialect,
): TextEdit[] | undefined {
  const { upStart, upEnd, apiStart, apiEnd, downBody, downEnd } = anchor?.points ?? {};
  if (upStart === undefined || upEnd === undefined || apiStart === undefined || apiEnd === undefined) return undefined;
  const statements = statementsText(operations, dialect);
  if (statements === undefined) return undefined;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const api = text.slice(apiStart, apiEnd);
  const lineStart = Math.max(text.lastIndexOf('\n', upStart), text.lastIndexOf('\r', upStart)) + 1;
  const indent = indentAt(text, lineStart + (/^[ \t]*/.exec(text.slice(lineStart))?.[0].length ?? 0));
  const unit = indent === '' ? '  ' : indent;
  const lines = statements.map((sql) => `${indent}${unit}await ${api}.sequelize.query(${sqlLiteral(sql)});${newline}`);
  const body = `{${newline}${lines.join('')}${indent}}`;
  if (down.state !== 'missing') {
    const isAsync =
      downBody !== undefined && /\basync\b[^{};]*$/.test(text.slice(Math.max(0, downBody - 120), downBody));
    const takes =
      downBody !== undefined &&
      new RegExp(`\\b${api}\\b[^{};]*$`).test(text.slice(Math.max(0, downBody - 120), downBody));
    if (!isAsync || !takes || downEnd === undefined) return undefined;
    return [{ span: { start: downBody, end: downEnd }, text: body }];
  }
  const form = formOf(text.slice(lineStart, upStart), text.slice(upStart, apiStart), api);
  if (!form) return undefined;
  const added = `${form.separator}${newline}${newline}${indent}${form.before}${body}${form.after}`;
  const behind = form.separator === '' ? (/^;/.exec(text.slice(upEnd))?.[0].length ?? 0) : 0;
  return [{ span: { start: upEnd + behind, end: upEnd + behind }, text: added }];
}

/** @param head what stands on the line before the function, `begin` from its start to its first parameter */
function formOf(head: string, begin: string, api: string): Form | undefined {
  if (/^\s*$/.test(head) && /^(?:async\s+)?up\s*\($/.test(begin))
    return { before: `async down(${api}) `, after: '', separator: ',' };
  if (/^\s*(['"]?)up\1\s*:\s*$/.test(head)) return { before: `down: async (${api}) => `, after: '', separator: ',' };
  if (/^export\s+(?:async\s+)?function\s+up\s*\($/.test(begin))
    return { before: `export async function down(${api}) `, after: '', separator: '' };
  const assigned = /^\s*((?:module\.)?exports)\.up\s*=\s*$/.exec(head)?.[1];
  return assigned === undefined
    ? undefined
    : { before: `${assigned}.down = async (${api}) => `, after: ';', separator: '' };
}
