import type { Operation, TextEdit } from '../../../ir/index.js';
import { appended, applied, type Manner } from './edits.js';

/**
 * Builds or drops an index without blocking anyone: `postgresql_concurrently=True`, in a block of its own outside of the
 * revision's transaction.
 */
export function makeConcurrent(
  operation: Extract<Operation, { kind: 'CreateIndex' | 'DropIndex' | 'Reindex' }>,
  source: string,
  manner: Manner,
): TextEdit[] | undefined {
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
  const unit = anchor.indent.includes('\t') ? '\t' : '    ';
  const inner = call.replace(/\n(?=[^\r\n])/g, `\n${unit}`);
  const head = `with ${receiver}.get_context().autocommit_block():`;
  return [{ span: { start, end }, text: `${head}${manner.newline}${anchor.indent}${unit}${inner}` }];
}
