import { decode } from '../../engine/decode.js';
import { scopeOf } from '../../engine/scope.js';
import type { Change } from './changes.js';
import { frontEndOf } from './reading.js';
import type { Snapshot } from '../../engine/snapshot.js';

/** Whether a changed file holds, or held, anything of the data layer. Loads no parser. */
export function touchesDataLayer({
  changes,
  before,
  after,
}: {
  changes: readonly Change[];
  before: Snapshot | undefined;
  after: Snapshot;
}): boolean {
  const readable = changes.filter(({ path }) => frontEndOf(path) !== undefined);
  before?.load(readable.filter(({ kind }) => kind === 'deleted').map(({ path }) => path));
  after.load(readable.filter(({ kind }) => kind !== 'deleted').map(({ path }) => path));
  return readable.some(({ path, kind }) => {
    const frontEnd = frontEndOf(path)!;
    const bytes = (kind === 'deleted' ? before : after)?.read(path);
    const text = bytes && decode(bytes, frontEnd.id).text;
    return text !== undefined && frontEnd.mayMatter({ path, text }, { dialect: 'unknown', scope: scopeOf(path) });
  });
}
