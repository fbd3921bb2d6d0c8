import type { Around, Operation, Statement, TextEdit } from '../../../ir/index.js';
import { sendingCall } from '../../sending-call.js';
import { isWhole } from '../../sql/authoring-operations.js';
import { withConcurrently } from '../../sql/authoring-words.js';
import { appended, applied, type Manner } from './edits.js';

/**
 * Builds or drops an index without blocking anyone: `postgresql_concurrently=True`, in a block of its own outside of the
 * revision's transaction.
 */
export function makeConcurrent(
  operation: Extract<Operation, { kind: 'CreateIndex' | 'DropIndex' | 'Reindex' }>,
  around: Around | undefined,
  source: string,
  manner: Manner,
): TextEdit[] | undefined {
  if (around?.statement !== undefined) return concurrentStatement(around.statement, source, manner);
  const { anchor, kind } = operation;
  const list = anchor?.lists['call'];
  const start = anchor?.points['statementStart'];
  const end = anchor?.points['statementEnd'];
  if (anchor === undefined || list === undefined || start === undefined || end === undefined) return undefined;
  const isSet = (kind === 'CreateIndex' ? operation.index : operation).concurrently === true;
  const keywordIsGiven = list.entries.some(({ key }) => key === 'postgresql_concurrently');
  if (!isSet && keywordIsGiven) return undefined;
  const edit = isSet ? [] : [appended(list, 'postgresql_concurrently=True', source, manner)];
  if (anchor.points['outsideTransaction'] !== undefined) return edit.length > 0 ? edit : undefined;
  const call = applied(source.slice(start, end), start, edit);
  const receiver = /^([\w.]+)\.(?:create|drop)_index\s*\(/.exec(call)?.[1];
  if (receiver === undefined) return undefined;
  return [{ span: { start, end }, text: inBlock(call, receiver, anchor.indent, manner) }];
}

/** The same for a statement of SQL text, where a call sends nothing else. */
function concurrentStatement(statement: Statement, source: string, manner: Manner): TextEdit[] | undefined {
  const edits = isWhole(statement) ? withConcurrently(source, statement.span) : undefined;
  if (edits === undefined || statement.inTransaction === 'no') return edits;
  const call = sendingCall(source, statement.span);
  if (call === undefined) return undefined;
  const { span, indent } = call;
  const text = applied(source.slice(span.start, span.end), span.start, edits);
  const receiver = /^([\w.]+)\.execute\s*\(/.exec(text)?.[1];
  // Further lines of the text would move with the block.
  if (receiver === undefined || text.includes('\n')) return undefined;
  return [{ span, text: inBlock(text, receiver, indent, manner) }];
}

/** A call in a block that leaves the revision's transaction. */
function inBlock(call: string, receiver: string, indent: string, { newline }: Manner): string {
  const unit = indent.includes('\t') ? '\t' : '    ';
  const inner = call.replace(/\n(?=[^\r\n])/g, `\n${unit}`);
  return `with ${receiver}.get_context().autocommit_block():${newline}${indent}${unit}${inner}`;
}
