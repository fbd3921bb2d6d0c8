import type { Table, Uncertainty } from '../../../ir/index.js';
import { exactName } from '../source.js';
import { indexName, nameConstraint } from '../models/naming.js';
import type { RawTable } from '../models/raw.js';
import { nameByKey, rememberKeys } from './column-keys.js';
import { type Context, schemaOfObject } from './context.js';
import { outsideOf } from './outside.js';
import { columnOf } from './columns.js';
import { numbered, finishKeys, resolveTargets } from './keys.js';

/** What a table may have that is not seen where it is declared. */
const hidden = ['constraints', 'indexes', 'comment'] as const;

const doubt = (abouts: readonly Uncertainty['about'][], reason: string): Uncertainty[] =>
  abouts.map((about) => ({ about, reason }));

function isStray({ metadata }: RawTable, { world, module }: Context): boolean {
  const found = metadata === undefined ? undefined : world.find(metadata, module.module);
  return found?.kind === 'metadata' && world.stray.has(found.metadata);
}

/** A `Table(…)` object. */
export function tableObject(raw: RawTable, context: Context): Table {
  const args = structuredClone(raw.args);
  const schema = schemaOfObject(raw, context);
  const where = { name: raw.name.value, ...(schema && { schema: schema.value }) };
  const columns = raw.columns.map((column) => columnOf(column, where, context));
  args.indexes.push(...outsideOf(raw, columns, raw.name.span, context));
  const keys = nameByKey(args, raw.columns);
  resolveTargets(args.constraints, args.targets, context);
  finishKeys(columns, args, numbered(raw.columns));
  for (const constraint of args.constraints) nameConstraint(constraint, context.convention, where);
  for (const index of args.indexes) {
    const name = index.name ?? indexName(index, context.convention, where, index.span);
    if (name !== undefined) index.name = name;
  }
  const reason = 'the table is declared with arguments that are not known';
  const table: Table = {
    name: {
      ...(schema && { schema: exactName(schema.value, schema.span) }),
      name: exactName(raw.name.value, raw.name.span),
      span: raw.name.span,
    },
    declaredBy: raw.orm,
    role: 'table',
    columns,
    constraints: args.constraints,
    indexes: args.indexes,
    relationships: [],
    ...(args.comment && { comment: args.comment }),
    span: raw.span,
    anchor: raw.anchor,
    uncertain: [
      ...(raw.open || args.unknown !== undefined ? doubt(['columns', ...hidden], args.unknown ?? reason) : []),
      ...(isStray(raw, context) ? doubt(hidden, 'its MetaData is the target of no base and no env.py') : []),
    ],
  };
  return rememberKeys(table, keys);
}
