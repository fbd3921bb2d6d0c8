import type { Column, Name } from '../../../ir/index.js';
import { provenNotNull, viewsOver, type Schema, type TableState } from '../../replay.js';
import { indexHolds } from '../../replay/apply-columns.js';
import { columnKey, isEnum } from '../../replay/state.js';
import { typeKey } from '../../replay/type-names.js';
import { isCertain } from '../../tables.js';
import { foreignKeysWith, keysReferringTo } from '../circumstances.js';
import { added } from './constraints.js';
import { toOthers, type On, type Read, type Reader } from './reading.js';
import { castsOf, isBuiltIn, typeChanges } from './types.js';

/** A column comes, with the constraints that are written at it. */
export const addColumn: Reader<'AddColumn'> = ({ table, column }, { schema, placed }) => {
  const filled = fillOf(column, schema);
  // Alembic sends a foreign key as a statement of its own, which reads all rows; SQL adds it with the column, all NULL.
  const isApart = placed.statement === undefined && placed.migration?.runner === 'alembic';
  const isFilled = isApart || filled === 'computed' || hasDefault(column);
  const constraints = column.constraints.flatMap((constraint): Read['actions'] => {
    switch (constraint.kind) {
      case 'check':
        return constraint.notValid || filled === 'computed' ? [] : [{ name: 'check new column', table }];
      case 'foreign':
        return added(table, isFilled ? constraint : { ...constraint, notValid: true });
      default:
        return [{ name: 'index new column', table }];
    }
  });
  return {
    actions: [
      { name: 'add column', table },
      ...(filled === 'computed' ? [{ name: 'compute new column' as const, table }] : []),
      ...(column.nullable === false && filled === 'null' ? [{ name: 'look for nulls' as const, table }] : []),
      ...(filled === 'constant' || (filled === 'unknown' && isFilled)
        ? [{ name: 'fill new column with constant' as const, table }]
        : []),
      ...constraints,
    ],
    ...(filled === 'unknown' && { unsure: true }),
  };
};

const hasDefault = ({ default: given }: Column): boolean => given?.by === 'server' && !/^\s*null\s*$/i.test(given.text);

/** What a new column holds in the rows that are there. */
function fillOf(column: Column, schema: Schema | undefined): 'null' | 'constant' | 'computed' | 'unknown' {
  const { default: given, generated, type } = column;
  if (generated === 'virtual') return 'null';
  if (generated !== undefined) return 'computed';
  if (given?.by === 'server' && given.volatility === 'volatile') return 'computed';
  // The checks of a domain are made row by row.
  if (!isBuiltIn(type.name) && !isEnumType(schema, type.name)) return 'unknown';
  if (!hasDefault(column)) return 'null';
  return given?.volatility === undefined ? 'unknown' : 'constant';
}

function isEnumType(schema: Schema | undefined, type: string): boolean {
  const key = schema && typeKey(type, schema.dialect);
  const state = key === undefined ? undefined : schema?.typeByKey(key);
  return state !== undefined && isEnum(state);
}

/** A column goes, and with it the foreign keys that hold it. */
export const dropColumn: Reader<'DropColumn'> = ({ table, column, cascade }, { schema }) => {
  const own = foreignKeysWith(schema?.table(table), column.value).map(({ target }) => target);
  const referring = cascade ? keysReferringTo(schema, table, [column.value]).map((each) => each.table) : [];
  const views = cascade && schema ? viewsOver(schema, table, column.value).map(({ name }) => name) : [];
  return {
    actions: [
      { name: 'drop column', table },
      ...toOthers('drop foreign keys', [...own, ...referring]),
      ...toOthers('drop dependent views', views),
    ],
  };
};

/** A column takes no NULL from now on. */
export const setNotNull: Reader<'SetNotNull'> = ({ table, column, notValid }, { schema }) => {
  const looks = !notValid && !(schema && provenNotNull(schema, table, column.value));
  return {
    actions: [{ name: 'set not null', table }, ...(looks ? [{ name: 'look for nulls' as const, table }] : [])],
  };
};

/** A column takes NULL from now on. */
export const dropNotNull: Reader<'DropNotNull'> = ({ table }) => ({
  actions: [
    { name: 'drop not null', table },
    { name: 'drop not null of partitions', table },
  ],
});

/** A column becomes one that the database fills, or is worked out in another way. */
export const setGenerated: Reader<'SetGenerated'> = ({ table, column, expression }, { schema }) => {
  if (expression === undefined) return { actions: [{ name: 'set identity', table }] };
  const generated = schema?.table(table)?.columns.get(columnKey(column.value))?.column.generated;
  if (generated === 'stored') return { actions: [{ name: 'set generation expression', table }] };
  return { actions: [{ name: 'set identity', table }], ...(generated !== 'virtual' && { unsure: true }) };
};

/** A column gets another type: the rows stay as they are or not, by the type that it has had. */
export const alterColumnType: Reader<'AlterColumnType'> = (operation, { schema, timeZone }) => {
  const { table, column } = operation;
  const state = schema?.table(table);
  const change = changeOfRows(operation, schema, timeZone);
  const referring = keysReferringTo(schema, table, [column.value]);
  const own = foreignKeysWith(state, column.value);
  const isValidated = [...own, ...referring.map(({ key }) => key)].some(({ notValid }) => !notValid);
  const actions: Read['actions'] = [
    { name: 'change type', table },
    ...toOthers('make foreign keys anew', [...own.map(({ target }) => target), ...referring.map((each) => each.table)]),
    ...(change === 'rewrite' ? [{ name: 'convert rows' as const, table }] : []),
    ...(change === 'rewrite' && isValidated ? [{ name: 'validate foreign keys anew' as const, table }] : []),
    ...(/none|resort/.test(change) && isChecked(state, column) ? [{ name: 'check rows anew' as const, table }] : []),
    ...(change === 'resort' && isIndexed(state, column) ? [{ name: 'sort indexes anew' as const, table }] : []),
  ];
  if (change === 'zone') return { actions, unsure: 'time zone' };
  return { actions, ...(change === 'unknown' && { unsure: true }) };
};

/** What happens to the rows, as far as the type that the column has had is known. */
function changeOfRows(
  { table: name, type, was, using, column, collation }: On<'AlterColumnType'>,
  schema: Schema | undefined,
  timeZone: string | undefined,
): 'none' | 'resort' | 'rewrite' | 'zone' | 'unknown' {
  const casts = using === undefined ? [] : castsOf(using, column.value);
  if (casts === undefined) return 'rewrite';
  const table = schema?.table(name);
  const before = table?.columns.get(columnKey(column.value));
  const isKnown = before !== undefined && isCertain(table!, 'everything') && isCertain(before, 'type');
  const from = isKnown ? before.column.type : was;
  if (from === undefined) return 'unknown';
  const change = typeChanges(from.name, [...casts, type.name], (name) => isEnumType(schema, name));
  if (change === 'utc') {
    if (timeZone === undefined) return 'zone';
    return /^(?:utc|etc\/utc|gmt|etc\/gmt|zulu)$/i.test(timeZone) ? 'resort' : 'rewrite';
  }
  return change === 'none' && collation !== before?.column.collation ? 'resort' : change;
}

const isColumn = (name: string, column: Name): boolean => columnKey(name) === columnKey(column.value);

/** Whether a check that has been validated is about the column. */
const isChecked = (table: TableState | undefined, column: Name): boolean =>
  (table?.constraints ?? []).some(
    ({ constraint }) =>
      constraint.kind === 'check' && !constraint.notValid && constraint.uses?.some((each) => isColumn(each, column)),
  );

/** Whether an index or key on the column is known. */
const isIndexed = (table: TableState | undefined, column: Name): boolean =>
  table !== undefined &&
  (table.indexes.some(({ index }) => indexHolds(index, column.value)) ||
    table.constraints.some(
      ({ constraint }) =>
        /^(?:primary|unique)$/.test(constraint.kind) &&
        'columns' in constraint &&
        constraint.columns.some(({ value }) => isColumn(value, column)),
    ));
