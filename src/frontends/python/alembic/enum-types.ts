import type { Operation } from '../../../ir/index.js';
import { columnCall } from '../models/column.js';
import { enumLabels } from '../models/enums.js';
import type { Reading } from '../reading.js';
import { anchorAt, spanOf } from '../source.js';
import { keyword, truth, type CallValue } from '../values/value.js';
import { fact, isTrue, qualified } from './call.js';

/** Enum types that a table's columns bring along: PostgreSQL creates them with the table. */
export function enumTypes(call: CallValue, reading: Reading): Operation[] {
  if (reading.dialect !== 'postgresql' && reading.dialect !== 'unknown') return [];
  return call.args.flatMap(({ value }) =>
    (columnCall(value)?.args ?? []).flatMap(({ value: type }) => {
      if (type.kind !== 'call' || !/^sqlalchemy\.(?:Enum|ENUM)$/.test(type.func)) return [];
      for (const option of ['create_type', 'native_enum']) {
        const given = keyword(type, option);
        if (given && truth(given.value) !== true) return [];
      }
      const created = createEnum(type, reading);
      return created === undefined ? [] : [created];
    }),
  );
}

function createEnum(type: CallValue, reading: Reading): Operation | undefined {
  const named = keyword(type, 'name');
  const name = named && qualified(named, type);
  if (name === undefined) return undefined;
  const labels = enumLabels(type);
  return fact({
    kind: 'CreateEnumType',
    type: {
      name,
      labels: labels ?? [],
      span: spanOf(type.node),
      uncertain: labels === undefined ? [{ about: 'everything', reason: 'the labels are not known' }] : [],
    },
    span: spanOf(type.node),
    anchor: anchorAt(reading.source, type.node),
  });
}

/** `Enum(…).create(bind)` and `.drop(bind)`. */
export function enumOperation(call: CallValue, reading: Reading): Operation | undefined {
  const match = /^sqlalchemy\.(?:Enum|ENUM)\(\)\.(create|drop)$/.exec(call.func);
  const type = call.of;
  if (match === null || type === undefined) return undefined;
  const checkFirst = isTrue(keyword(call, 'checkfirst') ?? call.args[1]);
  const span = spanOf(call.node);
  if (match[1] === 'create') {
    const created = createEnum(type, reading);
    return created && { ...created, span, ...(checkFirst && { ifNotExists: true as const }) };
  }
  const named = keyword(type, 'name');
  const name = named && qualified(named, type);
  return name && fact({ kind: 'DropType', type: name, span, ...(checkFirst && { ifExists: true as const }) });
}
