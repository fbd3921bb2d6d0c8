import type { Column, Constraint } from '../../../ir/index.js';
import { exactName } from '../source.js';
import type { RawColumn, RawMember, RawTableArgs } from '../models/raw.js';
import { lineageOf } from './lineage.js';
import { type Context, metadataSchema, schemaOfObject } from './context.js';
import { givers, identityOf, hasArgs } from './identity.js';

/** A target that is named without a schema is in that of the metadata. */
export function placeTargets(columns: readonly Column[], args: RawTableArgs, schema: string): void {
  for (const constraint of [...args.constraints, ...columns.flatMap(({ constraints }) => constraints)]) {
    if (constraint.kind === 'foreign' && constraint.target)
      constraint.target.schema ??= exactName(schema, constraint.target.span);
  }
}

/** Columns that are numbered even in a key of several ones. */
export const numbered = (members: readonly RawMember[]): string[] =>
  members.flatMap((member) =>
    member.kind === 'column' && member.autoincrement === 'always' ? [member.column.name.value] : [],
  );

/** A key of several columns numbers none of them that does not ask for it. */
export function finishKeys(columns: Column[], args: RawTableArgs, always: readonly string[]): void {
  const primary = columns.filter((column) => column.constraints.some(({ kind }) => kind === 'primary'));
  const named = args.constraints.flatMap((constraint) => (constraint.kind === 'primary' ? constraint.columns : []));
  for (const column of columns) {
    if (named.some(({ value }) => value === column.name.value)) column.nullable = false;
  }
  if (primary.length > 1) {
    for (const column of primary) {
      if (column.generated === 'serial' && !always.includes(column.name.value)) delete column.generated;
    }
  }
}

/** Keys to a class attribute get the class's table and the attribute's column. */
export function resolveTargets(constraints: Constraint[], targets: RawColumn['targets'], context: Context): void {
  const { world, module } = context;
  for (const { constraint: at, ref } of targets) {
    const constraint = constraints[at];
    if (constraint?.kind !== 'foreign') continue;
    const parts = ref.split('.');
    const attribute = parts.pop() ?? '';
    const owner = parts.at(-1) === 'c' ? parts.slice(0, -1) : parts;
    const found = world.find(owner.join('.'), module.module);
    let table: string | undefined;
    let schema: string | undefined;
    let column = attribute;
    if (found?.kind === 'table') {
      table = found.raw.name.value;
      schema = schemaOfObject(found.raw, { ...context, module: found.module })?.value;
    } else if (found?.kind === 'class') {
      const lineage = lineageOf(found, world);
      const { own } = givers(lineage, world);
      const identity = identityOf(found.raw, lineage, own, false, { ...context, module: found.module });
      if (identity !== undefined && identity !== 'computed') table = identity.name;
      const given = own.find(({ raw }) => hasArgs(raw.args))?.raw.args.schema?.value;
      schema = given ?? metadataSchema(lineage, world);
      const member = own
        .flatMap(({ raw }) => raw.members)
        .find((each) => each.kind === 'column' && each.attribute === attribute);
      if (member?.kind === 'column') column = member.column.name.value;
    }
    if (table === undefined) continue;
    const { span } = constraint;
    constraint.target = {
      ...(schema !== undefined && { schema: exactName(schema, span) }),
      name: exactName(table, span),
      span,
    };
    constraint.targetColumns = [exactName(column, constraint.span)];
    constraint.uncertain = constraint.uncertain.filter(({ about }) => about !== 'target');
  }
}
