import type { Column, Constraint, Index, Span, Table } from '../../../ir/index.js';
import { entriesFrom, given, textGiven } from './options.js';
import { columnTypeOf, isTexts } from './column-types.js';
import type { FoundEntity } from './entity-record.js';
import { labelCheck } from './extras.js';
import { ownFieldsOf, type Field, type Fields } from './fields.js';
import { partName } from './names.js';
import { relationshipOf } from './relations.js';
import { addExtras, addKeys, extrasOf } from './table-parts.js';
import { discriminatorOf, type Surroundings, type World } from './world.js';
import { textOf } from '../values/values.js';
import { quoted } from '../quoted.js';

/** A hierarchy in one table: the children's columns are nullable there, and one column tells the classes apart. */
export function addHierarchy(
  table: Table,
  root: FoundEntity,
  fields: Fields,
  world: World,
  around: Surroundings,
): void {
  const name = table.name.name.value;
  const children = world.descendantsOf(root);
  addDiscriminator(table, root, fields.list, children, around);
  const inherited: Field[] = [...fields.list];
  for (const child of children) {
    const own = ownFieldsOf(child, world, around, true);
    const extras = extrasOf(child, own, name, world, around, false, [...inherited, ...own.list]);
    const part: Table = {
      ...table,
      columns: [],
      constraints: [],
      indexes: [],
      relationships: [],
      uncertain: own.uncertain,
    };
    addKeys(part, own, name, world, around);
    addExtras(part, extras);
    const { span } = table;
    for (const column of own.list.flatMap((field) => field.columns)) {
      if (!table.columns.some((each) => each.name.value === column.name.value))
        table.columns.push(movedColumn(column, child.record.className, span));
    }
    table.constraints.push(...part.constraints.map((each) => movedFact(each, span)));
    table.indexes.push(...part.indexes.map((each) => movedFact(each, span)));
    table.uncertain.push(...part.uncertain);
    inherited.push(...own.list.filter((field) => relationshipOf(field) === undefined || field.columns.length > 0));
  }
}

/** A fact of a child as one of the root's table, placed where the root is. */
function movedFact<Fact extends Constraint | Index>(fact: Fact, span: Span): Fact {
  const moved = { ...fact, ...(fact.name && { name: { ...fact.name, span } }), span };
  if ('columns' in moved) moved.columns = moved.columns.map((column) => ({ ...column, span }));
  delete moved.anchor;
  return moved;
}

function movedColumn(column: Column, from: string, span: Span): Column {
  const { doc, comment } = column;
  const moved: Column = {
    ...column,
    name: { ...column.name, span },
    nullable: true,
    ...(comment && { comment: { ...comment, span } }),
    ...(doc && { doc: { ...doc, span } }),
    from,
    span,
  };
  delete moved.annotation;
  delete moved.nullableGiven;
  delete moved.anchor;
  return moved;
}

/** The column that no property declares, its labels, and its index. */
function addDiscriminator(
  table: Table,
  root: FoundEntity,
  fields: readonly Field[],
  children: readonly FoundEntity[],
  around: Surroundings,
): void {
  const { record } = root;
  const path = textOf(discriminatorOf(record));
  const span = discriminatorOf(record)?.span ?? record.nameSpan;
  if (path === undefined) {
    table.uncertain.push({ about: 'columns', reason: 'the column that tells the classes apart is computed' });
    return;
  }
  const declared = fields.find((field) => field.path === path);
  const existing = declared?.columns[0]?.name;
  const column = existing ?? quoted(around.strategy.column(path), span);
  const name = table.name.name.value;
  if (!existing) {
    const labels = discriminatorLabels(root, children, around);
    const kind = columnTypeOf('enum', { labels }, around.dialect);
    table.columns.push({
      name: column,
      type: { name: kind, written: 'enum', implied: true, span },
      nullable: false,
      constraints: [],
      indexes: [],
      span,
      uncertain: [],
    });
    const isMysql = around.dialect === 'mysql' || around.dialect === 'mariadb';
    if (!isMysql && isTexts(labels)) table.constraints.push(labelCheck(name, column, labels, span));
  }
  if (declared && given(declared.property.options, 'index')) return;
  table.indexes.push({
    name: quoted(partName(name, [column.value], 'index', around.dialect), span),
    keys: [{ column: column.value, quoted: true }],
    unique: false,
    include: [],
    span,
    uncertain: [],
  });
}

/** The values of the column: those of the map, or one for each class that is not abstract. */
function discriminatorLabels(root: FoundEntity, children: readonly FoundEntity[], around: Surroundings): string[] {
  const map = given(root.record.options, 'discriminatorMap');
  if (map) return entriesFrom(map).map(({ key }) => key);
  return [root, ...children]
    .filter(({ record }) => !isAbstract(record.options))
    .map(({ record }) => textGiven(record.options, 'discriminatorValue') ?? around.strategy.table(record.className));
}

const isAbstract = (options: FoundEntity['record']['options']): boolean => {
  const value = given(options, 'abstract');
  return value?.kind === 'known' && value.value === true;
};
