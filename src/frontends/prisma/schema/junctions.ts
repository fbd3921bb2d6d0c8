import type { Column, ForeignKey, Index, Name, PrimaryKey, Span, Table, UniqueConstraint } from '../../../ir/index.js';
import type { Block } from '../syntax/tree.js';
import { columnOf } from './columns.js';
import { keyFields } from './keys.js';
import { generated, madeName, objectName, pinned } from './names.js';
import { byCodePoint, isImplicit, joinTableName, type RelationField } from './relations.js';
import type { Schema } from './schema.js';

/** One side of the table: a column with the key of a model. */
interface Side {
  column: Column;
  model: Block;
  /** The model's key column; absent where that is not one column. */
  key?: Column;
}

/**
 * The table that Prisma makes behind a relation of many to many, with a column A for the key of the model that comes
 * first and B for the other's. It is said by the first one; the other side gives nothing.
 */
export function junctionOf(field: RelationField, schema: Schema): Table | undefined {
  const { member, block, target, opposite } = field;
  if (block.keyword !== 'model' || opposite === undefined || !isImplicit(field)) return undefined;
  const order =
    byCodePoint(block.name.value, target.block.name.value) || byCodePoint(member.name.value, opposite.name.value);
  if (order > 0) return undefined;
  const { span } = member.name;
  const table = joinTableName(field, schema);
  const sides = [sideOf('A', block, schema, span), sideOf('B', target.block, schema, span)] as const;
  const key = keyOf(table, sides, schema, span);
  const second = {
    ...indexOver(sides.slice(1), span),
    name: generated(madeName([table], '_B_index', schema.dialect), span),
  };
  const isKnown = sides.every(({ key }) => key !== undefined);
  return {
    name: { ...pinned(objectName(block), span), name: generated(table, span) },
    declaredBy: 'prisma',
    role: 'junction',
    columns: sides.map(({ column }) => column),
    constraints: [
      ...('kind' in key ? [key] : []),
      ...(schema.foreignKeys ? sides.map((side) => foreignKeyOf(side, table, schema, span)) : []),
    ],
    indexes: 'kind' in key ? [second] : [key, second],
    relationships: [],
    span,
    uncertain: isKnown ? [] : [{ about: 'columns', reason: 'the key of a model is not one column' }],
  };
}

function sideOf(letter: 'A' | 'B', model: Block, schema: Schema, span: Span): Side {
  const [field, ...others] = keyFields(model);
  const member = others.length === 0 ? model.members.find(({ name }) => name.value === field) : undefined;
  const key = member && columnOf(member, model, schema);
  const column: Column = {
    name: generated(letter, span),
    type: key ? { ...key.type, span } : { name: 'unknown', written: '', span },
    nullable: false,
    constraints: [],
    indexes: [],
    span,
    uncertain: key ? [] : [{ about: 'type', reason: `the key of ${model.name.value} is not one column` }],
  };
  return { column, model, ...(key && { key }) };
}

/** What keeps a pair from being there twice: a primary key, a unique constraint (MySQL), or a unique index. */
function keyOf(
  table: string,
  sides: readonly Side[],
  { dialect, joinKey }: Schema,
  span: Span,
): PrimaryKey | UniqueConstraint | Index {
  const columns = sides.map(({ column }) => column.name);
  const named = (suffix: string): Name => generated(madeName([table], suffix, dialect), span);
  if (joinKey === 'primary') return { kind: 'primary', name: named('_AB_pkey'), columns, span, uncertain: [] };
  const isUnique = joinKey === 'unique';
  const name = named('_AB_unique');
  if (dialect === 'mysql' || dialect === 'mariadb') return { kind: 'unique', name, columns, span, uncertain: [] };
  const reason = 'the version of Prisma decides between a primary key and a unique index';
  return {
    ...(isUnique && { name }),
    ...indexOver(sides, span),
    unique: true,
    uncertain: isUnique ? [] : [{ about: 'name', reason }],
  };
}

const indexOver = (sides: readonly Side[], span: Span): Index => ({
  keys: sides.map(({ column }) => ({ column: column.name.value, quoted: true })),
  unique: false,
  include: [],
  span,
  uncertain: [],
});

function foreignKeyOf({ column, model, key }: Side, table: string, { dialect }: Schema, span: Span): ForeignKey {
  return {
    kind: 'foreign',
    name: generated(madeName([table], `_${column.name.value}_fkey`, dialect), span),
    columns: [column.name],
    target: pinned(objectName(model), span),
    targetColumns: key ? [{ ...key.name, span }] : [],
    onDelete: 'cascade',
    onUpdate: 'cascade',
    span,
    uncertain: [],
  };
}
