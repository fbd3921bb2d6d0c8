import type { Around, Dialect, Operation, Span, TextEdit } from '../../../ir/index.js';
import { sendingCall } from '../../sending-call.js';
import { isWhole } from '../../sql/authoring-operations.js';
import { withNotValid } from '../../sql/authoring-words.js';
import { appended, type Manner } from './edits.js';
import type { Page } from './keywords.js';
import { operationLines } from './operation-lines.js';

/** The statement that does nothing but an operation: a call of `op`, or `op.execute()` of one SQL statement. */
function statementOf({ anchor }: Operation, { statement }: Around, source: string): Place | undefined {
  if (statement !== undefined) {
    const call = isWhole(statement) ? sendingCall(source, statement.span) : undefined;
    return call && { span: call.span, indent: call.indent, isOutside: statement.inTransaction === 'no' };
  }
  const { statementStart: start, statementEnd: end, outsideTransaction } = anchor?.points ?? {};
  if (anchor === undefined || start === undefined || end === undefined) return undefined;
  return { span: { start, end }, indent: anchor.indent, isOutside: outsideTransaction !== undefined };
}

interface Place {
  span: Span;
  indent: string;
  /** In an autocommit block. */
  isOutside: boolean;
}

/** Writes calls of `op` in the place of a statement. */
export function replaceOperation(
  operation: Operation,
  by: readonly Operation[],
  around: Around,
  { source, manner }: Page,
  dialect: Dialect,
): TextEdit[] | undefined {
  const place = statementOf(operation, around, source);
  const lines = place && operationLines(by, source, dialect, manner, place.isOutside);
  if (place === undefined || lines === undefined || lines.length === 0) return undefined;
  return [{ span: place.span, text: lines.join(manner.newline + place.indent) }];
}

/** Writes calls of `op` on lines before or behind a statement. */
export function addOperations(
  operation: Operation,
  added: readonly Operation[],
  where: 'before' | 'behind',
  around: Around,
  { source, manner }: Page,
  dialect: Dialect,
): TextEdit[] | undefined {
  const place = statementOf(operation, around, source);
  const lines = place && operationLines(added, source, dialect, manner, place.isOutside);
  if (place === undefined || lines === undefined || lines.length === 0) return undefined;
  const separator = manner.newline + place.indent;
  const { start, end } = place.span;
  return where === 'before'
    ? [{ span: { start, end: start }, text: lines.join(separator) + separator }]
    : [{ span: { start: end, end }, text: separator + lines.join(separator) }];
}

/** Puts a statement into a block that commits what is open and begins the next transaction behind it. */
export function inAutocommitBlock(
  operation: Operation,
  around: Around,
  { source, manner }: Page,
): TextEdit[] | undefined {
  const place = statementOf(operation, around, source);
  const call = place && source.slice(place.span.start, place.span.end);
  const receiver = /^([\w.]+)\.\w+\s*\(/.exec(call ?? '')?.[1];
  // Text over several lines would be moved too.
  if (place === undefined || call === undefined || receiver === undefined || /"{3}|'{3}/.test(call)) return undefined;
  const unit = place.indent.includes('\t') ? '\t' : '    ';
  const inner = call.replace(/\n(?=[^\r\n])/g, `\n${unit}`);
  const head = `with ${receiver}.get_context().autocommit_block():`;
  return [{ span: place.span, text: `${head}${manner.newline}${place.indent}${unit}${inner}` }];
}

/** `postgresql_not_valid=True`, or NOT VALID in SQL text. */
export function addNotValid(
  { anchor, span }: Operation,
  { statement }: Around,
  source: string,
  manner: Manner,
): TextEdit[] | undefined {
  if (statement !== undefined) return withNotValid(source, span);
  const list = anchor?.lists['call'];
  if (list === undefined || list.entries.some(({ key }) => key === 'postgresql_not_valid')) return undefined;
  return [appended(list, 'postgresql_not_valid=True', source, manner)];
}
