import type { Constraint, Span, Table } from '../../../ir/index.js';
import { textOf } from '../values/values.js';
import { isTexts } from './column-types.js';
import type { FoundEntity } from './entity-record.js';
import { labelCheck, readCheckOption, readExtra, type Extras, type TableParts } from './extras.js';
import { ownsKey, type Field, type Fields } from './fields.js';
import { partName } from './names.js';
import { given, isTruth, truthGiven } from './options.js';
import { labelsOf } from './property-type.js';
import { foreignKeyOf } from './relations.js';
import type { Surroundings, World } from './world.js';
import { quoted } from '../quoted.js';

export function addExtras(table: Table, { indexes, constraints, uncertain }: Extras): void {
  table.indexes.push(...indexes);
  table.constraints.push(...constraints);
  table.uncertain.push(...uncertain);
}

/** The primary key and the foreign keys. */
export function addKeys(
  table: Table,
  { list }: Pick<Fields, 'list'>,
  name: string,
  world: World,
  around: Surroundings,
): void {
  const keyed = list.filter((field) => field.primary && field.columns.length > 0);
  const columns = keyed.flatMap((field) => field.columns.map((column) => column.name));
  const [first] = columns;
  if (first) {
    const value = partName(name, [], 'primary', around.dialect);
    table.constraints.push({
      kind: 'primary',
      name: quoted(value, first.span),
      columns,
      span: first.span,
      uncertain: [],
    });
  }
  if (columns.length > 1) {
    for (const column of table.columns) if (column.generated === 'serial') delete column.generated;
  }
  for (const field of list) {
    if (!ownsKey(field.property) || field.columns.length === 0) continue;
    const sole = keyed.length === 1 && keyed[0] === field;
    const key = foreignKeyOf(field, name, sole, world, around);
    if (key) table.constraints.push(key);
  }
}

/** What the class itself, its bases, its embeddables and the options of its properties add. */
export function extrasOf(
  found: FoundEntity,
  fields: Fields,
  table: string,
  world: World,
  around: Surroundings,
  inherits: boolean,
  all: readonly Field[] = fields.list,
): Extras {
  const extras: Extras = { indexes: [], constraints: [], uncertain: [] };
  const shared: TableParts = { table, fields: all, around };
  const own = found.record;
  for (const { record } of inherits ? world.lineageOf(found).chain : [found]) {
    const at = record === own ? undefined : (own.base?.span ?? own.nameSpan);
    for (const extra of record.extras) readExtra(extra, undefined, { ...shared, ...(at && { at }) }, extras);
  }
  for (const { of, at } of fields.embedded) {
    const span = at.inherited?.at ?? at.property.nameSpan;
    for (const extra of of.record.extras) {
      if (extra.kind !== 'check') readExtra(extra, undefined, { ...shared, at: span, within: at.path }, extras);
    }
  }
  const keyed = fields.list.filter(({ primary }) => primary);
  for (const field of fields.list) {
    const at = field.inherited?.at;
    const parts = { ...shared, ...(at && { at }) };
    addOptions(field, keyed.length > 1, parts, extras);
    for (const extra of field.property.extras) readExtra(extra, field, parts, extras);
    readCheckOption(field, field.property, parts, extras);
  }
  return extras;
}

const isPostgres = (around: Surroundings): boolean =>
  around.dialect === 'postgresql' || around.dialect === 'cockroachdb';

/** `index: true`, `unique: 'name'`, and the index that MikroORM gives a key by itself. */
function addOptions(field: Field, composite: boolean, parts: TableParts, extras: Extras): void {
  const { property: declared, columns, inherited } = field;
  const { kind } = declared;
  if (columns.length === 0) return;
  const span = inherited?.at ?? declared.nameSpan;
  const names = columns.map(({ name }) => name);
  const values = names.map(({ value }) => value);
  const known = names.every((name) => !name.unknown);
  const ownKind = kind === 'm:1' && !isPostgres(parts.around) && !hasOwnIndex(field);
  const index = flagOf(field, 'index') ?? ownKind;
  if (index === 'unknown')
    extras.uncertain.push({ about: 'indexes', reason: `whether ${field.path} is indexed is computed` });
  else if (index !== false) {
    const value = index === true ? partName(parts.table, values, 'index', parts.around.dialect) : index;
    extras.indexes.push({
      ...(known && { name: quoted(value, span) }),
      keys: names.map((name) => (name.unknown ? { expression: name.value } : { column: name.value, quoted: true })),
      unique: false,
      include: [],
      span,
      uncertain: [],
    });
  }
  const isUnique = flagOf(field, 'unique') ?? (kind === '1:1' && ownsKey(declared));
  if (isUnique === 'unknown')
    extras.uncertain.push({ about: 'constraints', reason: `whether ${field.path} is unique is computed` });
  else if (isUnique !== false && !(field.primary && !composite)) {
    const value = isUnique === true ? partName(parts.table, values, 'unique', parts.around.dialect) : isUnique;
    extras.constraints.push({
      kind: 'unique',
      ...(known && { name: quoted(value, span) }),
      columns: names,
      span,
      uncertain: [],
    } satisfies Constraint);
  }
  addLabelCheck(field, span, parts, extras);
}

/** `true`, `false` or a name. */
function flagOf({ property: { options } }: Field, key: string): boolean | string | undefined {
  const value = given(options, key);
  return textOf(value) ?? truthGiven(options, key);
}

const hasOwnIndex = ({ property: { extras, options } }: Field): boolean =>
  extras.some(({ kind }) => kind === 'index') || given(options, 'index') !== undefined;

/** On PostgreSQL and SQLite an enum of texts is a text with a check. */
function addLabelCheck(field: Field, span: Span, parts: TableParts, extras: Extras): void {
  const { options } = field.property;
  const { dialect } = parts.around;
  const [column] = field.columns;
  if (!column || !isTruth(options, 'enum') || isTruth(options, 'array')) return;
  if (dialect === 'mysql' || dialect === 'mariadb' || (isPostgres(parts.around) && given(options, 'nativeEnumName')))
    return;
  const labels = labelsOf(given(options, 'items'));
  if (isTexts(labels) && labels.length > 0) extras.constraints.push(labelCheck(parts.table, column.name, labels, span));
}
