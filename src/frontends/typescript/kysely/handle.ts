import type { Span } from '../../../ir/index.js';
import type { ReferenceValue, Value } from '../values/values.js';

/** No module exports such a name, so that nothing else evaluates to it. */
const name = '(instance)';

/** The Kysely instance or transaction that a migration gets. */
export const handle = (span: Span): ReferenceValue => ({ kind: 'reference', module: 'kysely', name, path: [], span });

export const isHandle = (value: Value): value is ReferenceValue =>
  value.kind === 'reference' && value.module === 'kysely' && value.name === name;
