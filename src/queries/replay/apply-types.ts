import type { QualifiedName } from '../../ir/index.js';
import { folded } from '../names.js';
import type { On } from '../operations.js';
import { dropColumn } from './apply-columns.js';
import type { Draft } from './draft.js';
import { withColumn } from './outcomes.js';
import type { EnumValue, TableState, TypeState } from './state.js';
import { renamedType, typeKey } from './type-names.js';

/** An enum type comes, with its labels. */
export function createEnumType(draft: Draft, { type }: On<'CreateEnumType'>): void {
  const { name, labels, uncertain } = type;
  const values = labels.map((value): EnumValue => ({ value, origin: draft.origin }));
  draft.putType({ name, key: draft.key(name), values, origin: draft.origin, uncertain });
}

/** A domain, composite, range or base type comes. */
export function createType(draft: Draft, { type: name }: On<'CreateType'>): void {
  draft.putType({ name, key: draft.key(name), origin: draft.origin, uncertain: [] });
}

/** An enum type gets one more label; where a label that it is to stand beside is not known, its place is not either. */
export function addEnumValue(draft: Draft, { type: name, value, before, after }: On<'AddEnumValue'>): void {
  const type = draft.schema.type(name);
  if (type?.values === undefined) return;
  const { values } = type;
  if (values.some((each) => each.value === value)) return;
  const beside = before ?? after;
  const place = values.findIndex((each) => each.value === beside);
  const at = place < 0 ? values.length : before === undefined ? place + 1 : place;
  draft.putType({ ...type, values: values.toSpliced(at, 0, { value, origin: draft.origin }) });
}

/** A label gets another name, and stays at its place. */
export function renameEnumValue(draft: Draft, { type: name, value, to }: On<'RenameEnumValue'>): void {
  const type = draft.schema.type(name);
  if (type?.values === undefined) return;
  const values = type.values.map((each) => (each.value === value ? { value: to, origin: draft.origin } : each));
  draft.putType({ ...type, values });
}

/** Columns of a type go by its new name from then on, in arrays too. */
export function renameType(draft: Draft, { type, to }: On<'RenameType'>): void {
  moveType(draft, type, { ...type, name: to });
}

/** A type of which something else changes; where it moves to another schema, its columns follow. */
export function alterType(draft: Draft, { type, schema }: On<'AlterType'>): void {
  if (schema) moveType(draft, type, { ...type, schema });
}

/** A type gets another name or schema. */
export function moveType(draft: Draft, from: QualifiedName, to: QualifiedName): void {
  const { dialect } = draft;
  const type = draft.schema.type(from);
  // Comes first, so that the columns find it.
  if (type) {
    draft.removeType(type);
    draft.putType({ ...type, name: to, key: draft.key(to) });
  }
  const next = { ...to, name: { ...to.name, value: folded(to.name, dialect) } };
  for (const table of tablesOf(draft, draft.key(from), type)) {
    let changed = table;
    for (const [key, state] of columnsOf(table, draft.key(from), draft)) {
      const name = renamedType(state.column.type.name, next);
      changed = withColumn(changed, key, {
        ...state,
        column: { ...state.column, type: { ...state.column.type, name } },
      });
    }
    if (changed !== table) draft.put(changed);
  }
}

/** A type goes, and with CASCADE the columns that are of it and the defaults that are values of it. */
export function dropType(draft: Draft, { type: name, cascade, span, provenance }: On<'DropType'>): void {
  const type = draft.schema.type(name);
  if (cascade) {
    for (const table of tablesOf(draft, draft.key(name), type)) {
      for (const [, { column }] of columnsOf(table, draft.key(name), draft)) {
        dropColumn(draft, { kind: 'DropColumn', table: table.name, column: column.name, cascade, span, provenance });
      }
      dropDefaults(draft, table.name, draft.key(name));
    }
  }
  if (type) draft.removeType(type);
}

function dropDefaults(draft: Draft, name: QualifiedName, type: string): void {
  let table = draft.table(name);
  for (const [key, state] of table?.columns ?? []) {
    if (table === undefined || state.defaultType !== type) continue;
    const column = { ...state.column };
    delete column.default;
    table = withColumn(table, key, draft.withDefaultType({ ...state, column }));
  }
  if (table) draft.put(table);
}

/** Where nothing here made the type, any table may have a column of it. */
const tablesOf = (draft: Draft, key: string, type: TypeState | undefined): TableState[] =>
  type ? draft.usersOf(key) : [...draft.schema.tables()];

const columnsOf = (table: TableState, key: string, { dialect }: Draft) =>
  [...table.columns].filter(([, { column }]) => typeKey(column.type.name, dialect) === key);
