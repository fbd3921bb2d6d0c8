import type { Column, ColumnType } from '../../../ir/index.js';
import { exactName } from '../source.js';
import { checkOf, chosen, enumFact, enumTypeName, isChecked, type RawEnum } from '../models/enums.js';
import { conventionalName, nameConstraint } from '../models/naming.js';
import type { RawColumn } from '../models/raw.js';
import { typeNameOfPython } from '../models/types.js';
import { followAlias, followMakers } from './said.js';
import { relocated } from './relocate.js';
import { mappedType } from './type-map.js';
import type { Context } from './context.js';
import { resolveTargets } from './keys.js';

/** A column with everything that other files know of it. */
export function columnOf(raw: RawColumn, table: { name: string; schema?: string }, context: Context): Column {
  const column = structuredClone(raw.column);
  const { world, module } = context;
  let alias: RawColumn | undefined;
  resolveTargets(column.constraints, raw.targets, context);
  const reference = raw.typeRef ?? raw.pythonType;
  if (reference !== undefined) {
    const mapped = mappedType(raw.pythonType, context.typeMap, module, world);
    const found = column.type.name === 'unknown' ? world.find(reference, module.module) : undefined;
    if (found?.kind === 'annotated') {
      adopt(column, raw, found.raw, mapped, context);
      alias = found.raw;
    } else if (mapped !== undefined) column.type.name = mapped.name;
    else if (found?.kind === 'class' && found.raw.enumMembers !== undefined && raw.enumeration === undefined) {
      const { names } = found.raw.enumMembers;
      const name = found.raw.name.toLowerCase();
      takeEnum(column, { name, labels: names, by: 'name', native: true, span: column.type.span }, context);
    }
  }
  const enumeration = raw.enumeration ?? (alias?.enumeration && relocated(alias.enumeration, column.span));
  if (enumeration !== undefined && (raw.enumeration !== undefined || column.type.name === 'unknown'))
    takeEnum(column, enumeration, context);
  followAlias(column, raw, context);
  const isSaid = raw.nullableGiven || alias?.nullableGiven === true || column.declaredAs === 'Column';
  if (column.annotation?.nullable === 'unknown' && !isSaid) column.nullable = 'unknown';
  followMakers(column, context);
  if (column.type.name === 'unknown' && !column.uncertain.some(({ about }) => about === 'everything')) {
    column.uncertain.push({ about: 'type', reason: 'the type is not one that is known' });
  }
  for (const constraint of column.constraints) nameConstraint(constraint, context.convention, table);
  const given = raw.index ?? (alias?.index && relocated(alias.index, column.span));
  if (given !== undefined) {
    const index = structuredClone(given);
    index.keys = [{ column: column.name.value, quoted: true }];
    if (column.constraints.some(({ kind }) => kind === 'unique')) {
      index.unique = true;
      column.constraints = column.constraints.filter(({ kind }) => kind !== 'unique');
    }
    const name = conventionalName('ix', context.convention, {
      table: table.name,
      ...(table.schema !== undefined && { schema: table.schema }),
      columns: [column.name.value],
    });
    if (name !== undefined) index.name = { ...exactName(name, index.span), generated: true, final: true };
    column.indexes.push(index);
  }
  const keys = column.constraints.map(({ kind }) => kind);
  const isNumbered = raw.autoincrement !== false && alias?.autoincrement !== false;
  if (isNumbered && column.generated === undefined && isInteger(column) && keys.includes('primary')) {
    const isFree = !keys.includes('foreign') || raw.autoincrement === 'always';
    if (isFree && column.default === undefined) column.generated = 'serial';
  }
  return column;
}

/** Gives a column its enum type, now that the class of the members is known. */
function takeEnum(column: Column, given: RawEnum, { enums, world, module, dialect }: Context): void {
  const found =
    given.labels === undefined && given.ref !== undefined ? world.find(given.ref, module.module) : undefined;
  const members = found?.kind === 'class' ? found.raw.enumMembers : undefined;
  const labels = given.labels ?? (members && given.by !== 'unknown' ? chosen(members, given.by) : undefined);
  column.type.name = enumTypeName(given, labels, dialect);
  const fact = enumFact(given, labels, dialect);
  if (fact !== undefined && !enums.has(fact.name.name.value)) enums.set(fact.name.name.value, fact);
  // The labels of a class in another file make its CHECK too.
  if (labels !== undefined && given.labels === undefined && isChecked(given, dialect)) {
    const name = given.name === undefined ? undefined : exactName(given.name, given.span);
    const expression = checkOf(column.name.value, labels);
    column.constraints.push({ kind: 'check', expression, ...(name && { name }), span: given.span, uncertain: [] });
  }
}

/** What an alias of `Annotated[type, mapped_column(…)]` adds to a column that names it. */
function adopt(
  column: Column,
  raw: RawColumn,
  alias: RawColumn,
  mapped: ColumnType | undefined,
  context: Context,
): void {
  const given = structuredClone(alias.column);
  const { world, module, typeMap, dialect } = context;
  const byMap = mapped ?? mappedType(alias.pythonType, typeMap, module, world);
  if (alias.pythonType === undefined) column.type.name = given.type.name;
  else column.type.name = byMap?.name ?? typeNameOfPython(alias.pythonType, dialect);
  for (const constraint of given.constraints) {
    if ('columns' in constraint) constraint.columns = [column.name];
    if (!column.constraints.some(({ kind }) => kind === constraint.kind))
      column.constraints.push(relocated(constraint, column.span));
  }
  if (!raw.nullableGiven && (alias.nullableGiven || given.nullable === true)) column.nullable = given.nullable;
  if (column.default === undefined && given.default !== undefined)
    column.default = relocated(given.default, column.span);
  if (column.comment === undefined && given.comment !== undefined)
    column.comment = relocated(given.comment, column.span);
}

const isInteger = ({ type }: Column): boolean => /^(?:integer|bigint|smallint|int)(?: unsigned)?$/.test(type.name);
