import type { Dialect, Migration, Operation, TextEdit } from '../../../ir/index.js';
import { statementsText } from '../../sql/authoring-downgrade.js';
import { sqlLiteral } from './literal.js';

/**
 * Writes `down()` as a copy of the head of `up()` and one `query()` or `addSql()` for each statement.
 * @returns nothing where `up` is no method, or takes no query runner where it needs one
 */
export function writeDowngrade(
  text: string,
  { down, anchor, runner: library }: Migration,
  operations: readonly Operation[],
  dialect: Dialect,
): TextEdit[] | undefined {
  const { upStart, upName, upBody, runnerStart, runnerEnd, downStart } = anchor?.points ?? {};
  if (upStart === undefined || upName === undefined || upBody === undefined) return undefined;
  const statements = statementsText(operations, dialect);
  if (statements === undefined) return undefined;
  const isMikro = library === 'mikro-orm';
  if (!isMikro && (runnerStart === undefined || runnerEnd === undefined)) return undefined;
  const head = `${text.slice(upStart, upName)}down${text.slice(upName + 'up'.length, upBody)}`;
  if (!isMikro && !/\basync\b/.test(text.slice(upStart, upName))) return undefined;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = /(?:^|[\r\n])([ \t]*)$/.exec(text.slice(Math.max(0, upStart - 200), upStart))?.[1];
  if (indent === undefined) return undefined;
  const unit = indent.includes('\t') || indent === '' ? '\t' : indent;
  const call = isMikro ? 'this.addSql' : `await ${text.slice(runnerStart, runnerEnd)}.query`;
  const lines = statements.map((sql) => `${indent}${unit}${call}(${sqlLiteral(sql)});${newline}`);
  const method = `${head}{${newline}${lines.join('')}${indent}}`;
  if (down.state === 'missing') {
    const { start } = down.span;
    const closed = /[ \t]*$/.exec(text.slice(0, start))![0].length;
    return [{ span: { start: start - closed, end: start }, text: `${newline}${indent}${method}${newline}` }];
  }
  return downStart === undefined ? undefined : [{ span: { start: downStart, end: down.span.end }, text: method }];
}
