import type { Column, Constraint, ForeignKey, Index, QualifiedName, Table } from '../../../ir/index.js';
import { columnTypeOf } from './column-types.js';
import type { FoundEntity } from './entity-record.js';
import { keyOf, type Field, type KeyColumn } from './fields.js';
import { partName } from './names.js';
import { given, isTruth, textGiven, textsGiven, truthGiven } from './options.js';
import { ownsPivot, pinned, sameEntity } from './relations.js';
import { tableNameOf } from './table-name.js';
import type { Surroundings, World } from './world.js';
import { quoted } from '../quoted.js';

/** The table behind a many-to-many relation, on the side that owns it. */
export function pivotOf(field: Field, own: FoundEntity, world: World, around: Surroundings): Table | undefined {
  const { property: declared, target, inherited } = field;
  const { options } = declared;
  if (declared.kind !== 'm:n' || !ownsPivot(declared) || !target || given(options, 'pivotEntity')) return undefined;
  const span = inherited?.at ?? declared.nameSpan;
  const ownName = tableNameOf(own, world, around);
  const [left, right] = sidesOf(field, own, target, world, around);
  if (!left || !right) return undefined;
  const text = textGiven(options, 'pivotTable');
  const dot = text?.indexOf('.') ?? -1;
  const value = text?.slice(dot + 1) ?? `${ownName.name.value}_${around.strategy.column(declared.name)}`;
  const schema = dot > 0 ? quoted(text!.slice(0, dot), span) : ownName.schema && { ...ownName.schema, span };
  const name: QualifiedName = {
    ...(schema && { schema }),
    name: { ...quoted(value, span), ...(text === undefined && { generated: true as const }) },
    span,
  };
  const isOrdered = isTruth(options, 'fixedOrder') || given(options, 'fixedOrderColumn') !== undefined;
  const order = isOrdered ? [orderColumn(textGiven(options, 'fixedOrderColumn') ?? 'id', field, around)] : [];
  const sides = [left, right];
  const keys = (isOrdered ? order : sides.flatMap(({ columns }) => columns)).map((column) => column.name);
  const primary: Constraint = {
    kind: 'primary',
    name: quoted(partName(value, [], 'primary', around.dialect), span),
    columns: keys,
    span,
    uncertain: [],
  };
  const foreign =
    truthGiven(options, 'createForeignKeyConstraint') === false
      ? []
      : sides.map((side) => keyFor(side, value, field, around));
  return {
    name,
    declaredBy: 'mikro-orm',
    role: 'junction',
    columns: [...order, ...sides.flatMap(({ columns }) => columns)],
    constraints: [primary, ...foreign],
    indexes: around.dialect === 'postgresql' ? [] : sides.map((side) => indexFor(side, value, around)),
    relationships: [],
    ...(declared.doc && !inherited && { doc: declared.doc }),
    span,
    uncertain:
      ownName.name.unknown && text === undefined ? [{ about: 'name', reason: 'the table name is not known' }] : [],
  };
}

interface Side {
  columns: Column[];
  key: KeyColumn[];
  target: QualifiedName;
}

function sidesOf(
  { property: { options, nameSpan }, inherited }: Field,
  own: FoundEntity,
  target: FoundEntity,
  world: World,
  around: Surroundings,
): (Side | undefined)[] {
  const span = inherited?.at ?? nameSpan;
  const side = (of: FoundEntity, names: string[] | undefined, suffix: string): Side | undefined => {
    const key = keyOf(of, world, around);
    if (!key) return undefined;
    const className = world.rootOf(of).record.className + suffix;
    const columns = key.map(({ name, column }, index): Column => {
      const value = names?.[index] ?? around.strategy.joinColumn(className, name, key.length > 1);
      return {
        name: quoted(value, span),
        type: { ...column.type, span },
        nullable: false,
        constraints: [],
        indexes: [],
        span,
        uncertain: [],
      };
    });
    return { columns, key, target: pinned(tableNameOf(of, world, around), span) };
  };
  const join = textsGiven(options, 'joinColumn', 'joinColumns');
  const inverse = textsGiven(options, 'inverseJoinColumn', 'inverseJoinColumns');
  // Both sides of a relation of an entity with itself would have the same columns: MikroORM numbers them.
  const isSame = sameEntity(target, own) && join === undefined && inverse === undefined;
  return [side(own, join, isSame ? '_1' : ''), side(target, inverse, isSame ? '_2' : '')];
}

function orderColumn(name: string, { property: { nameSpan }, inherited }: Field, around: Surroundings): Column {
  const span = inherited?.at ?? nameSpan;
  const isMysql = around.dialect === 'mysql' || around.dialect === 'mariadb';
  const type = columnTypeOf('number', { unsigned: isMysql }, around.dialect);
  return {
    name: quoted(name, span),
    type: { name: type, written: 'number', span },
    nullable: false,
    generated: 'serial',
    constraints: [],
    indexes: [],
    span,
    uncertain: [],
  };
}

function keyFor(
  { columns, key, target }: Side,
  table: string,
  { property: { options } }: Field,
  around: Surroundings,
): ForeignKey {
  const names = columns.map(({ name }) => name);
  const { span } = target;
  return {
    kind: 'foreign',
    name: quoted(
      partName(
        table,
        names.map(({ value }) => value),
        'foreign',
        around.dialect,
      ),
      span,
    ),
    columns: names,
    target,
    targetColumns: key.map(({ name }) => quoted(name, span)),
    onDelete: textGiven(options, 'deleteRule', 'onDelete') ?? 'cascade',
    onUpdate: textGiven(options, 'updateRule') ?? 'cascade',
    span,
    uncertain: [],
  };
}

function indexFor({ columns, target: { span } }: Side, table: string, around: Surroundings): Index {
  const names = columns.map(({ name }) => name.value);
  return {
    name: quoted(partName(table, names, 'index', around.dialect), span),
    keys: names.map((column) => ({ column, quoted: true })),
    unique: false,
    include: [],
    span,
    uncertain: [],
  };
}
