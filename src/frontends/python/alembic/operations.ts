import type { Guard, Operation, QualifiedName } from '../../../ir/index.js';
import { nameFrom } from '../source.js';
import { keyword, textOf } from '../values/value.js';
import { fact, isTrue, opaque, spot, type Handlers, type OperationCall } from './call.js';
import { columnHandlers } from './columns.js';
import { constraintHandlers } from './constraints.js';
import { entityOperation } from './entities.js';
import { syncedEnum } from './enum-types.js';
import { indexHandlers } from './indexes.js';
import { tableHandlers } from './tables.js';

const handlers: Handlers = {
  ...tableHandlers,
  ...columnHandlers,
  ...indexHandlers,
  ...constraintHandlers,
  sync_enum_values: syncedEnum,
};

/** Entities that alembic_utils manages: functions, triggers, views. They change no table. */
const entities = /^(?:create|drop|replace)_entity$|^(?:create|drop|replace)_(?:view|function|trigger|sp)$/;

/** The operations that one call of Alembic's API sends, in order. */
export function operationsOf(at: OperationCall): Operation[] {
  const handler = Object.hasOwn(handlers, at.name) ? handlers[at.name] : undefined;
  const found = handler ? handler(at) : [entityOperation(at.name, at.call.args[0]?.value) ?? unknownOperation(at)];
  const base = spot(at);
  return found.map((operation) => ({
    ...base,
    ...operation,
    ...(at.batch && { inBatch: true as const }),
    ...(isTrue(keyword(at.call, 'if_exists')) && { ifExists: true as const }),
    ...(isTrue(keyword(at.call, 'if_not_exists')) && { ifNotExists: true as const }),
  }));
}

function unknownOperation({ name, call }: OperationCall): Operation {
  const touches = [...call.args, ...call.keywords.filter((each) => /table/.test(each.name))].flatMap(
    (each): QualifiedName[] => {
      const known = textOf(each.value) === undefined ? undefined : nameFrom(each);
      return known ? [{ name: known, span: known.span }] : [];
    },
  );
  const reason = `op.${name} is not an operation of Alembic itself`;
  if (entities.test(name)) return fact({ kind: 'Opaque', reason, touches: [] });
  return opaque(reason, touches);
}

/** An operation with the circumstances that it runs under. */
export function placed(operation: Operation, guard: Guard | undefined, repeated: boolean): Operation {
  return { ...operation, ...(guard && { guard }), ...(repeated && { repeated: true as const }) };
}
