import type { ForeignKey, Span, Uncertainty } from '../../../ir/index.js';
import { itemsOf, property, textOf, type Value } from '../values/values.js';
import { foreignKeyName } from './names.js';
import type { ColumnPlace, DeclaredTable, KeyedColumn, Schema } from './schema.js';
import { quoted } from '../quoted.js';

/** A foreign key as it is written at a column or in the third argument of a table. */
interface Written {
  columns: readonly KeyedColumn[];
  /** The column that it points to, or a list of them; or a function that gives one. */
  target: Value | undefined;
  /** `{ onDelete, onUpdate }`. */
  actions: Value | undefined;
  name?: Value;
  span: Span;
}

/** A foreign key with the name that Drizzle gives it. */
export function foreignKey(written: Written, table: DeclaredTable, schema: Schema): ForeignKey {
  const { columns, actions, name, span } = written;
  const places = targetColumns(written.target, table, schema);
  const [first] = places ?? [];
  const uncertain: Uncertainty[] = [];
  if (!places) uncertain.push({ about: 'target', reason: 'the table that it points to is not known' });
  const given = textOf(name);
  const isGiven = name !== undefined && name.kind !== 'undefined';
  const known = isGiven ? given !== undefined : places !== undefined && first!.table.uncertain.length === 0;
  const value =
    known && places
      ? foreignKeyName(
          given,
          { table: table.name.value, columns },
          { table: first!.table.name.value, columns: places.map(({ column }) => column) },
          table.casing,
        )
      : given;
  if (isGiven && given === undefined) uncertain.push({ about: 'name', reason: 'its name is computed' });
  return {
    kind: 'foreign',
    ...(value !== undefined && {
      name: { ...quoted(value, isGiven ? name.span : span), ...(!isGiven && { generated: true as const }) },
    }),
    columns: columns.map((column) => quoted(column.name, column.nameSpan)),
    ...(first && { target: targetName(first.table, span) }),
    targetColumns: (places ?? []).map(({ column }) => quoted(column.name, span)),
    ...action('onDelete', actions, uncertain),
    ...action('onUpdate', actions, uncertain),
    span,
    uncertain,
  };
}

const targetName = ({ name, schema }: DeclaredTable, span: Span): NonNullable<ForeignKey['target']> => ({
  ...(schema && { schema: quoted(schema.value, span) }),
  name: quoted(name.value, span),
  span,
});

function action(
  when: 'onDelete' | 'onUpdate',
  actions: Value | undefined,
  uncertain: Uncertainty[],
): Pick<ForeignKey, 'onDelete' | 'onUpdate'> {
  const given = property(actions, when);
  const text = textOf(given);
  if (text !== undefined) return { [when]: text };
  const open = actions !== undefined && actions.kind !== 'undefined' && actions.kind !== 'object';
  if (open || (given !== undefined && given.kind !== 'undefined'))
    uncertain.push({ about: 'everything', reason: 'what it does on a change is computed' });
  return {};
}

/** The columns that a key points to, all of one table. */
function targetColumns(target: Value | undefined, table: DeclaredTable, schema: Schema): ColumnPlace[] | undefined {
  const inner = target?.kind === 'function' ? target.returns : target;
  if (!inner) return undefined;
  const places = (itemsOf(inner) ?? [inner]).map((each) => schema.columnOf(each, table.path));
  return places.length > 0 && places.every((place) => place !== undefined) ? places : undefined;
}
