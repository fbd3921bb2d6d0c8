import type { OtherSide } from '../../../ir/index.js';
import { resolvedRecord, type FoundClass, type Lookup } from '../linking/lookup.js';
import { textOf, type Value } from '../values/values.js';
import { lineageOf, relationDecorators, typeormDecorators } from './properties.js';

/** What the property that a relation names as its inverse is on the other class, its bases included. */
export function otherSideOf(
  target: FoundClass,
  inverse: string,
  own: FoundClass,
  lookup: Lookup,
): OtherSide | undefined {
  const { chain, missing } = lineageOf(target, lookup);
  const place = { path: target.path, className: target.record.name, span: target.record.nameSpan };
  for (const found of chain) {
    const member = resolvedRecord(found, lookup).members.find(({ name }) => name === inverse);
    if (member === undefined) continue;
    const [decorator] = typeormDecorators(member.decorators, ...relationDecorators);
    if (decorator === undefined) return member.unresolved.length > 0 ? undefined : { is: 'other', ...place };
    const [to, ...rest] = decorator.args;
    const name = nameOf(to);
    const back = rest.find(({ kind }) => kind === 'function' || kind === 'text');
    const named = back && (back.kind === 'function' ? pathOf(back.returns) : textOf(back));
    const returns = name === undefined ? undefined : leadsTo(name, found, own, lookup);
    return {
      is: 'relationship',
      ...(name !== undefined && { target: name.name }),
      ...(named !== undefined && { inverse: named }),
      ...(returns !== undefined && { returns }),
      ...place,
    };
  }
  return missing !== undefined || inverse.includes('.') ? undefined : { is: 'missing', ...place };
}

function nameOf(to: Value | undefined): { name: string; module?: string } | undefined {
  const reference = to?.kind === 'function' ? to.returns : to;
  if (reference?.kind === 'reference')
    return { name: reference.name, ...(reference.module !== undefined && { module: reference.module }) };
  const name = textOf(reference);
  return name === undefined ? undefined : { name };
}

const pathOf = (value: Value | undefined): string | undefined =>
  value?.kind === 'parameter' ? value.path.join('.') : textOf(value);

/** Whether a class is the own one, or one above or below it. */
function leadsTo(
  { name, module }: { name: string; module?: string },
  from: FoundClass,
  own: FoundClass,
  lookup: Lookup,
): boolean | undefined {
  const found = lookup.classOf(name, module, from.path);
  if (found === undefined) return undefined;
  const above = (start: FoundClass) => lineageOf(start, lookup).chain.map(({ record }) => record);
  const isSame = (one: FoundClass['record'], other: FoundClass['record']) =>
    one.name === other.name && one.nameSpan.start === other.nameSpan.start;
  return (
    above(own).some((record) => isSame(record, found.record)) ||
    above(found).some((record) => isSame(record, own.record))
  );
}
