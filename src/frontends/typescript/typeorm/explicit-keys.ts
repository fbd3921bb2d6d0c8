import type { Anchor, ForeignKey, Name, Span } from '../../../ir/index.js';
import type { Lookup } from '../linking/lookup.js';
import type { DecoratorRecord } from '../records.js';
import { textOf, textsOf, property, type Value } from '../values/values.js';
import { type ColumnContext } from './columns.js';
import { keyColumns, pinnedTo } from './foreign-keys.js';
import { rulesOf } from './key-rules.js';
import { foreignKeyName } from './names.js';
import { typeormDecorators, type Property } from './properties.js';
import { inversePath, targetOf } from './relations.js';
import { tableName } from './tables.js';
import { quoted } from '../quoted.js';

/** Where `@ForeignKey` stands. */
interface Place {
  context: ColumnContext;
  properties: readonly Property[];
  /** The property that the decorator stands at; a class names its columns. */
  own?: Property;
  /** The file of the class that has it. */
  path: string;
  /** Where it is seen from, for what a base class brings in. */
  at?: Span;
  anchor?: Anchor;
}

/** Keys that are no relation: `@ForeignKey(() => T, inverse?, options?)`, at a class `(() => T, columns, referenced, options?)`. */
export function explicitKeys(decorators: readonly DecoratorRecord[], place: Place, lookup: Lookup): ForeignKey[] {
  return typeormDecorators(decorators, 'ForeignKey').map((decorator) => explicitKey(decorator, place, lookup));
}

function explicitKey({ args, span: own }: DecoratorRecord, place: Place, lookup: Lookup): ForeignKey {
  const { context, at, path, anchor } = place;
  const span = at ?? own;
  const [to, ...rest] = args;
  const options = rest.find((value) => value.kind === 'object');
  const { found, name: targetName } = targetOf(to, path, lookup);
  const [columns, named] = place.own
    ? [place.own.columns.map(({ name }) => name), inverseOf(rest)]
    : listed(rest, place);
  const referenced = found && keyColumns(found, named ?? [], context, lookup);
  const target = found && tableName(found, context.strategy, lookup);
  const given = textOf(property(options, 'name'));
  const certain = columns !== undefined && columns.length > 0 && !columns.some(({ unknown }) => unknown);
  const derived = certain
    ? foreignKeyName(
        context.table,
        columns.map(({ value }) => value),
      )
    : undefined;
  const name = given ?? derived;
  return {
    kind: 'foreign',
    ...(name !== undefined && { name: quoted(name, span) }),
    columns: columns ?? [],
    ...(target && { target: pinnedTo(target, span) }),
    targetColumns: (referenced ?? []).map(({ column }) => quoted(column.name.value, span)),
    ...rulesOf(options),
    span,
    ...(anchor && !at && { anchor }),
    uncertain: [
      ...(target ? [] : [{ about: 'target' as const, reason: `${targetName ?? 'the target'} is not in the project` }]),
      ...(certain ? [] : [{ about: 'columns' as const, reason: 'the columns of the key are not known' }]),
    ],
  };
}

/** The property of the target that a key at a property names. */
function inverseOf(rest: readonly Value[]): string[] {
  const inverse = rest.find((value) => value.kind === 'function' || value.kind === 'text');
  const path = inverse && inversePath(inverse);
  return path === undefined ? [] : [path];
}

function listed(
  [own, referenced]: readonly Value[],
  { properties }: Place,
): [Name[] | undefined, string[] | undefined] {
  const names = textsOf(own);
  const columns = names?.map((name) => properties.find((each) => each.path === name)?.columns[0]?.name);
  return [columns?.every((column) => column !== undefined) ? columns : undefined, textsOf(referenced)];
}
