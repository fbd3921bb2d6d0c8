import type { Reading } from '../reading.js';
import { exactName, spanOf } from '../source.js';
import { isNone, itemsOf, keyword, textOf, type CallValue } from '../values/value.js';
import { enumLabels, enumName, isNativeEnum } from './types.js';

/** The labels that SQLAlchemy takes from an enum class: its members' names, or what `values_callable` makes of them. */
function labelsOf(type: CallValue, { interpreter }: Reading): string[] | undefined {
  const [first] = type.args;
  const made = keyword(type, 'values_callable');
  const members = first && interpreter.membersOf(first.value);
  if (members === undefined) return made ? undefined : enumLabels(type);
  if (made === undefined || isNone(made.value)) return members.map(({ name }) => name);
  const labels = interpreter.apply(made.value, [first!.value], made.node);
  const texts = labels && itemsOf(labels)?.map((label) => textOf(label));
  return texts?.every((text) => text !== undefined) === true ? texts : undefined;
}

/** Notes the enum type that `Enum(…)` declares, under the name that the database knows it by. */
export function noteEnum(type: CallValue, reading: Reading): void {
  if (!/^sqlalchemy\.(?:Enum|ENUM)$/.test(type.func) || !isNativeEnum(type, reading.dialect)) return;
  const name = enumName(type);
  if (name === 'unknown' || reading.enums.has(name)) return;
  const labels = labelsOf(type, reading);
  const span = spanOf(type.node);
  const schema = textOf(keyword(type, 'schema')?.value);
  reading.enums.set(name, {
    name: { ...(schema !== undefined && { schema: exactName(schema, span) }), name: exactName(name, span), span },
    labels: labels ?? [],
    span,
    uncertain: labels === undefined ? [{ about: 'everything', reason: 'the labels of the enum are not known' }] : [],
  });
}
