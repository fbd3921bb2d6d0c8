import type { Operation, QualifiedName } from '../../../ir/index.js';
import { columnCall } from '../models/column.js';
import { enumLabels } from '../models/enums.js';
import type { Reading } from '../reading.js';
import { anchorAt, nameFrom, spanOf } from '../source.js';
import { argument, itemsOf, keyword, textOf, truth, unknown, type CallValue } from '../values/value.js';
import { fact, isTrue, opaque, qualified, type OperationCall } from './call.js';

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

/** Of the alembic-postgresql-enum package: makes the type anew, with other labels, under the same name. */
export function syncedEnum({ call, name }: OperationCall): Operation[] {
  const own = argument(call, 1, 'enum_name');
  const label = own && nameFrom(own);
  if (label === undefined || label.unknown) return [opaque(`op.${name} is not an operation of Alembic itself`)];
  const space = argument(call, 0, 'enum_schema');
  const schema = space && nameFrom(space);
  const type: QualifiedName = { ...(schema && { schema }), name: label, span: label.span };
  const pairs = itemsOf(argument(call, 4, 'enum_values_to_rename')?.value ?? unknown('none are given')) ?? [];
  const renamed = pairs.flatMap((pair) => {
    const [value, to] = (itemsOf(pair) ?? []).map((each) => textOf(each));
    return value === undefined || to === undefined ? [] : [fact({ kind: 'RenameEnumValue', type, value, to })];
  });
  return [...renamed, opaque(`op.${name} is not an operation of Alembic itself`, [type])];
}
