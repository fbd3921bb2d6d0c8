import type { EnumType, Table, Uncertainty } from '../../../ir/index.js';
import type { Block, Member } from '../syntax/tree.js';
import { columnOf, isColumn } from './columns.js';
import { junctionOf } from './junctions.js';
import { keysOfBlock } from './keys.js';
import { columnName, objectName } from './names.js';
import { foreignKeyOf, isRelation, relationField, relationshipOf } from './relations.js';
import type { Schema } from './schema.js';

/** The table of a model or the view of a `view`, and the tables behind its relations of many to many. */
export function tablesOf(block: Block, schema: Schema): Table[] {
  const relations = block.members
    .filter((member) => isRelation(member, schema))
    .map((member) => relationField(member, block, schema));
  const keys = keysOfBlock(block, schema);
  const isView = block.keyword === 'view';
  const table: Table = {
    name: objectName(block),
    declaredBy: 'prisma',
    className: block.name.value,
    role: isView ? 'view' : 'table',
    columns: block.members
      .filter((member) => isColumn(member, schema))
      .map((member) => columnOf(member, block, schema)),
    constraints: [
      ...keys.constraints,
      ...(isView ? [] : relations.flatMap((relation) => foreignKeyOf(relation, schema) ?? [])),
    ],
    indexes: keys.indexes,
    relationships: relations.map((relation) => relationshipOf(relation, schema)),
    ...(block.doc && { doc: block.doc }),
    span: block.span,
    anchor: {
      span: block.span,
      indent: '',
      lists: {},
      points: {
        open: block.open,
        ...(block.close !== undefined && { close: block.close }),
        ...lastOf(block),
      },
    },
    uncertain: uncertaintyOf(block, schema),
  };
  return [table, ...relations.flatMap((relation) => junctionOf(relation, schema) ?? [])];
}

/** The end of what stands last in a block. */
function lastOf({ members, attributes }: Block): { last?: number } {
  const ends = [...members, ...attributes].map(({ span }) => span.end);
  return ends.length > 0 ? { last: Math.max(...ends) } : {};
}

function uncertaintyOf(block: Block, schema: Schema): Uncertainty[] {
  if (block.broken) return [{ about: 'everything', reason: `a line of ${block.name.value} can't be read` }];
  const isKnown = (member: Member): boolean => isColumn(member, schema) || isRelation(member, schema);
  const strange = block.members.find((member) => !isKnown(member))?.type?.name;
  return strange === undefined ? [] : [{ about: 'everything', reason: `the type ${strange} is not in the schema` }];
}

/** The type that an enum is in a database that has such types. */
export function enumTypeOf(block: Block, { dialect }: Schema): EnumType[] {
  if (dialect !== 'postgresql' && dialect !== 'cockroachdb') return [];
  const labels = block.members.map((label) => columnName(label).value);
  return [
    {
      name: objectName(block),
      labels,
      span: block.span,
      uncertain: block.broken ? [{ about: 'everything', reason: `a line of ${block.name.value} can't be read` }] : [],
    },
  ];
}
