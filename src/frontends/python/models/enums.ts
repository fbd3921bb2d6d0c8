import type { Reading } from '../reading.js';
import { exactName, spanOf } from '../source.js';
import { keyword, textOf, type CallValue, type Value } from '../values/value.js';
import { enumLabels, enumName, isNativeEnum } from './types.js';

/** The names of an enum class's members in this file, which SQLAlchemy takes for labels. */
function memberNames(value: Value, reading: Reading): string[] | undefined {
  if (value.kind !== 'class' || !reading.interpreter.isEnum(value.node, value.scope)) return undefined;
  return value.node.body.flatMap((stmt) =>
    stmt.kind === 'Assign' && stmt.targets[0]?.kind === 'Name' && !stmt.targets[0].id.startsWith('_')
      ? [stmt.targets[0].id]
      : [],
  );
}

/** Notes the enum type that `Enum(…)` declares, under the name that the database knows it by. */
export function noteEnum(type: CallValue, reading: Reading): void {
  if (!/^sqlalchemy\.(?:Enum|ENUM)$/.test(type.func) || !isNativeEnum(type, reading.dialect)) return;
  const name = enumName(type);
  if (name === 'unknown' || reading.enums.has(name)) return;
  // With `values_callable` the labels are not the member names.
  const labels = keyword(type, 'values_callable')
    ? undefined
    : enumLabels(type, (value) => memberNames(value, reading));
  const span = spanOf(type.node);
  const schema = textOf(keyword(type, 'schema')?.value);
  reading.enums.set(name, {
    name: { ...(schema !== undefined && { schema: exactName(schema, span) }), name: exactName(name, span), span },
    labels: labels ?? [],
    span,
    uncertain: labels === undefined ? [{ about: 'everything', reason: 'the labels of the enum are not known' }] : [],
  });
}
