import type { BulkWrite } from '../../../ir/index.js';
import { spanOf } from '../source.js';
import { aroundIn } from './code.js';
import type { Desk } from './desk.js';

const forms: { [method: string]: BulkWrite['form'] } = {
  bulk_save_objects: 'bulk_save_objects',
  bulk_insert_mappings: 'bulk_insert_mappings',
  bulk_update_mappings: 'bulk_update_mappings',
  add: 'add-in-loop',
};

/** Many rows through an API for many, or added one after another. */
export function bulkWrites(desk: Desk): void {
  for (const place of desk.code.calls) {
    const { node, around } = place;
    if (node.func.kind !== 'Attribute') continue;
    const form = Object.hasOwn(forms, node.func.attr) ? forms[node.func.attr] : undefined;
    if (form === undefined) continue;
    const inLoop = [...aroundIn(around)].some((each) => each.kind === 'loop' && each.node.kind === 'For');
    if (form === 'add-in-loop' && !inLoop) continue;
    const session = desk.sessionOf(node.func.value, place);
    if (session === undefined) continue;
    desk.add(
      { kind: 'bulk-write', form, api: `${desk.written(node.func)}()`, context: desk.context, span: spanOf(node) },
      session,
    );
  }
}
