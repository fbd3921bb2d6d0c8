import type { AutogenerateRead } from '../../../ir/index.js';
import type { Reading } from '../reading.js';
import { spanOf } from '../source.js';
import { nodesIn } from '../syntax/walk.js';
import type { Node, StmtOf } from '../syntax/nodes.js';

const handles = /\b(?:AttributeError|Exception|BaseException)\b/;

/** The places that read `config.cmd_opts.autogenerate`, which is there for `alembic revision` alone. */
export function autogenerateReads({ module, source }: Reading): AutogenerateRead[] {
  if (!source.includes('cmd_opts')) return [];
  const reads: AutogenerateRead[] = [];
  const tries: StmtOf<'Try'>[] = [];
  const asked: Node[] = [];
  for (const node of nodesIn(module.body)) {
    if (node.kind === 'Try') tries.push(node);
    // `hasattr(config.cmd_opts, "autogenerate")`, `"autogenerate" in config.cmd_opts`
    if (node.kind === 'Str' && node.value === 'autogenerate') asked.push(node);
    if (node.kind !== 'Attribute' || node.attr !== 'autogenerate') continue;
    const { value } = node;
    if (!/\bcmd_opts$/.test(source.slice(value.start, value.end))) continue;
    const isAsked = asked.length > 0;
    const isCaught = tries.some(
      ({ body, handlers }) =>
        body.some(({ start, end }) => start <= node.start && node.end <= end) &&
        handlers.some(({ type }) => type === undefined || handles.test(source.slice(type.start, type.end))),
    );
    reads.push({
      options: spanOf(value),
      span: spanOf(node),
      ...((isAsked || isCaught) && { guarded: true as const }),
    });
  }
  return reads;
}
