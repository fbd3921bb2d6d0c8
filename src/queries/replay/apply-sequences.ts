import type { On } from '../operations.js';
import type { Draft } from './draft.js';
import { columnKey, type SequenceState } from './state.js';

/** A sequence comes. */
export function createSequence(draft: Draft, { sequence: name, ownedBy }: On<'CreateSequence'>): void {
  const state = { name, key: draft.key(name), origin: draft.origin, uncertain: [] };
  draft.putSequence({ ...state, ...ownerOf(draft, ownedBy) });
}

/** A sequence changes; what matters of it here is the column that it goes with. */
export function alterSequence(draft: Draft, { sequence, ownedBy }: On<'AlterSequence'>): void {
  const state = draft.schema.sequence(sequence);
  if (state === undefined || ownedBy === undefined) return;
  const rest = { ...state };
  delete rest.ownedBy;
  draft.putSequence({ ...rest, ...ownerOf(draft, ownedBy) });
}

function ownerOf(draft: Draft, owner: On<'AlterSequence'>['ownedBy']): Pick<SequenceState, 'ownedBy'> {
  return owner ? { ownedBy: { table: draft.key(owner.table), column: columnKey(owner.column.value) } } : {};
}

/** A sequence gets another name or schema. */
export function renameSequence(draft: Draft, { sequence, to }: On<'RenameSequence'>): void {
  const state = draft.schema.sequence(sequence);
  if (state === undefined) return;
  draft.removeSequence(state);
  draft.putSequence({ ...state, name: to, key: draft.key(to) });
}

/** A sequence goes. */
export function dropSequence(draft: Draft, { sequence }: On<'DropSequence'>): void {
  const state = draft.schema.sequence(sequence);
  if (state) draft.removeSequence(state);
}
