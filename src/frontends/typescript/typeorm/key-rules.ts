import type { ForeignKey } from '../../../ir/index.js';
import { property, textOf, type Value } from '../values/values.js';

type Rules = Pick<ForeignKey, 'onDelete' | 'onUpdate' | 'deferrable' | 'initiallyDeferred'>;

/** What the options of a relation or of a foreign key say of its actions and of when it is checked. */
export function rulesOf(options: Value | undefined): Rules {
  const onDelete = textOf(property(options, 'onDelete'));
  const onUpdate = textOf(property(options, 'onUpdate'));
  return {
    ...(onDelete !== undefined && { onDelete }),
    ...(onUpdate !== undefined && { onUpdate }),
    ...deferralOf(options),
  };
}

/** `deferrable: 'INITIALLY DEFERRED'` of a key. */
export function deferralOf(options: Value | undefined): Pick<Rules, 'deferrable' | 'initiallyDeferred'> {
  const given = textOf(property(options, 'deferrable'))?.toUpperCase();
  if (given === undefined) return {};
  return { deferrable: true, ...(given === 'INITIALLY DEFERRED' && { initiallyDeferred: true as const }) };
}
