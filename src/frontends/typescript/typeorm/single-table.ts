import type { Column, Constraint, Index, Span, Table } from '../../../ir/index.js';
import type { FoundClass, Lookup } from '../linking/lookup.js';
import type { ClassRecord } from '../records.js';
import { property, text, textOf, type Value } from '../values/values.js';
import { readColumn, type ColumnContext } from './columns.js';
import { indexName } from './names.js';
import { lineageOf, propertiesOf, typeormDecorators, type Lineage, type Property } from './properties.js';
import { relationOf } from './relations.js';
import { extrasOf, ownedConstraints, uniques } from './table-parts.js';
import { singleTableRoot } from './tables.js';
import { quoted } from '../quoted.js';

/** Only what the child adds: the rest stands at the root, whose table it shares. */
export function childLineage(found: FoundClass, lookup: Lookup): Lineage {
  const { chain, missing } = lineageOf(found, lookup);
  const root = singleTableRoot(found, lookup);
  const index = chain.findIndex((each) => each.record === root?.record);
  return { chain: chain.slice(index + 1), ...(missing !== undefined && { missing }) };
}

/** Children keep their columns in the root's table, where they are nullable, beside a column that tells the classes apart. */
export function addSingleTable(
  table: Table,
  found: FoundClass,
  record: ClassRecord,
  inherited: readonly Property[],
  context: ColumnContext,
  lookup: Lookup,
): void {
  const { name, span } = addDiscriminator(table, record, context);
  for (const column of inherited.flatMap(({ path, columns }) => (path.includes('.') ? columns : [])))
    column.nullable = true;
  const isIndexed = table.indexes.some(({ keys }) => keys.length === 1 && keys[0]?.column === name);
  if (!isIndexed)
    table.indexes.push({
      name: quoted(indexName(context.table, [name]), span),
      keys: [{ column: name, quoted: true }],
      unique: false,
      include: [],
      span,
      uncertain: [],
    });
  for (const child of descendants(found, lookup)) addChild(table, child, inherited, context, lookup);
}

/** The column that tells the classes apart, as the options of `@TableInheritance` describe it. */
function addDiscriminator(table: Table, record: ClassRecord, context: ColumnContext): { name: string; span: Span } {
  const [decorator] = typeormDecorators(record.decorators, 'TableInheritance');
  const given = property(decorator?.args[0], 'column');
  const span = decorator?.span ?? record.nameSpan;
  const name = textOf(given) ?? textOf(property(given, 'name')) ?? 'type';
  const declared = table.columns.find((each) => (each.attribute ?? each.name.value) === name);
  if (declared) return { name: declared.name.value, span };
  const member = { name, nameSpan: span, span, decorators: [], unresolved: [], anchor: record.anchor };
  const args: Value[] = given?.kind === 'object' ? [given] : [text('varchar', span)];
  const column = { origin: { module: 'typeorm', name: 'Column' }, args, span };
  const read = readColumn(member, column, context, {
    prefixes: [],
    inherited: { from: '@TableInheritance', at: span },
  });
  table.columns.push(read.column);
  return { name, span };
}

function descendants(found: FoundClass, lookup: Lookup): FoundClass[] {
  const all: FoundClass[] = [];
  const queue = [found];
  for (let at = queue.shift(); at && all.length < 1_000; at = queue.shift()) {
    const next = lookup.derivedFrom(at).filter((each) => !all.some((known) => known.record === each.record));
    all.push(...next);
    queue.push(...next);
  }
  return all;
}

/** A fact of a child as one of the root's table, placed where the root is. */
function movedTo<Fact extends Constraint | Index>(fact: Fact, span: Span): Fact {
  const moved = { ...fact, ...(fact.name && { name: { ...fact.name, span } }), span };
  if ('columns' in moved) moved.columns = moved.columns.map((column) => ({ ...column, span }));
  delete moved.anchor;
  return moved;
}

function addChild(
  table: Table,
  child: FoundClass,
  inherited: readonly Property[],
  context: ColumnContext,
  lookup: Lookup,
): void {
  const properties = propertiesOf({ chain: [child] }, context, lookup);
  const declared = new Set(properties.list.flatMap((each) => each.columns));
  const columns = [...declared];
  const relations = properties.list.flatMap((each) => relationOf(each, child, lookup) ?? []);
  const span = table.span;
  const keys = ownedConstraints(relations, columns, table.name, context, lookup);
  const extras = extrasOf({ chain: [child] }, properties, context, lookup, inherited);
  for (const constraint of [...keys, ...uniques(properties, context), ...extras.constraints])
    table.constraints.push(movedTo(constraint, span));
  for (const index of extras.indexes) table.indexes.push(movedTo(index, span));
  for (const column of columns) {
    if (table.columns.some((each) => each.name.value === column.name.value)) continue;
    const { doc, comment } = column;
    const moved: Column = {
      ...column,
      name: { ...column.name, span },
      // A join column that no property declares keeps what its relation says.
      ...(declared.has(column) && { nullable: true }),
      ...(comment && { comment: { ...comment, span } }),
      ...(doc && { doc: { ...doc, span } }),
      from: child.record.name,
      span,
    };
    delete moved.anchor;
    table.columns.push(moved);
  }
  table.uncertain.push(...properties.uncertain, ...extras.uncertain);
}
