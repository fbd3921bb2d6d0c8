import type { QualifiedName } from '../../../ir/index.js';
import type { FoundEntity } from './entity-record.js';
import { given, textGiven } from './options.js';
import { discriminatorOf, type Surroundings, type World } from './world.js';
import { quoted } from '../quoted.js';

/** The table of an entity: that of its root, where a hierarchy shares one. */
export function tableNameOf(found: FoundEntity, world: World, around: Surroundings): QualifiedName {
  const root = world.rootOf(found);
  const { record } = root;
  const { options, className, nameSpan } = record;
  const option = given(options, 'tableName', 'collection');
  const text = textGiven(options, 'tableName', 'collection');
  const isComputed = option !== undefined && text === undefined;
  const span = text === undefined ? nameSpan : option!.span;
  const dot = text?.indexOf('.') ?? -1;
  const schemaOption = given(options, 'schema');
  const schema = textGiven(options, 'schema') ?? (dot > 0 ? text!.slice(0, dot) : undefined);
  const isPlain = schema === undefined || schema === '*' || schema === 'public';
  const isUnknown = isComputed || (around.namesUnknown && text === undefined);
  return {
    ...(!isPlain && { schema: quoted(schema, schemaOption?.span ?? span) }),
    name: {
      ...quoted(text?.slice(dot + 1) ?? around.strategy.table(className), span),
      ...(option === undefined && { generated: true as const }),
      ...(isUnknown && { unknown: true as const }),
    },
    span,
  };
}

/** Whether an entity shares the table of another one. */
export const isChild = (found: FoundEntity, world: World): boolean =>
  world.rootOf(found) !== found && discriminatorOf(world.rootOf(found).record) !== undefined;
