import type { Index, Name, Span } from '../../../ir/index.js';
import { isAbsent, itemsOf, property, scalarOf, textOf, type Value } from '../values/values.js';
import { predicateOf } from './conditions.js';
import { expressionIn } from './expressions.js';
import { underscore } from './inflection.js';
import type { IndexDeclaration, Model } from './model.js';
import { quoted } from '../quoted.js';

/**
 * Reads an index of a model or of `addIndex`. Its fields are columns, not attributes.
 * @param table what the name begins with where none is given
 */
export function readIndex(
  { fields, options, complete, span, anchor }: IndexDeclaration,
  table: string | undefined,
  dialect: Model['dialect'],
): Index {
  const uncertain: Index['uncertain'] = [];
  const list = itemsOf(fields);
  const keys = (list ?? []).map((each) => keyOf(each, property(options, 'operator')));
  if (!complete || !list || (fields?.kind === 'array' && !fields.complete))
    uncertain.push({ about: 'everything', reason: 'the index is computed' });
  if (keys.some((key) => !key)) uncertain.push({ about: 'columns', reason: 'the columns are computed' });
  const known = keys.flatMap((key) => key ?? []);
  const type = textOf(property(options, 'type'))?.toUpperCase();
  const unique = property(options, 'unique');
  const isUnique = scalarOf(unique) === true || type === 'UNIQUE';
  if (unique && !isAbsent(unique) && scalarOf(unique) === undefined)
    uncertain.push({ about: 'everything', reason: 'whether it is unique is computed' });
  const method = dialect === 'sqlite' ? undefined : textOf(property(options, 'using'))?.toLowerCase();
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  const where = isMysql ? undefined : predicateOf(property(options, 'where'));
  if (where === null) uncertain.push({ about: 'everything', reason: 'its predicate is computed' });
  const isConcurrent = scalarOf(property(options, 'concurrently')) === true && dialect === 'postgresql';
  const name = nameOf(property(options, 'name'), list, table, span);
  return {
    ...(name && { name }),
    keys: known,
    unique: isUnique,
    ...(method !== undefined && { method }),
    ...(isMysql && type === 'FULLTEXT' && { method: 'fulltext' }),
    ...(where !== undefined && { where: where ?? '${…}' }),
    include: [],
    ...(isConcurrent && { concurrently: true as const }),
    span,
    ...(anchor && { anchor }),
    uncertain,
  };
}

function keyOf(field: Value, operator: Value | undefined): Index['keys'][number] | undefined {
  const column = textOf(field) ?? textOf(property(field, 'attribute')) ?? textOf(property(field, 'name'));
  if (column === undefined) {
    const expression = expressionIn(field);
    return expression === undefined ? undefined : { expression };
  }
  const order = textOf(property(field, 'order'))?.toUpperCase() ?? '';
  const length = scalarOf(property(field, 'length'));
  const collation = textOf(property(field, 'collate'));
  const operatorClass = textOf(property(field, 'operator')) ?? textOf(operator);
  return {
    column,
    quoted: true,
    ...(/\bDESC\b/.test(order) && { direction: 'desc' as const }),
    ...(/\bNULLS FIRST\b/.test(order) && { nulls: 'first' as const }),
    ...(/\bNULLS LAST\b/.test(order) && { nulls: 'last' as const }),
    ...(typeof length === 'number' && { length }),
    ...(collation !== undefined && { collation }),
    ...(operatorClass !== undefined && { operatorClass }),
  };
}

/** `users_first_name`: Sequelize's own name for an index on columns; nothing where it cannot be told. */
function nameOf(
  given: Value | undefined,
  fields: readonly Value[] | undefined,
  table: string | undefined,
  span: Span,
): Name | undefined {
  if (given && !isAbsent(given)) {
    const text = textOf(given);
    return text === undefined ? { ...quoted('', given.span), unknown: true } : quoted(text, given.span);
  }
  const names = fields?.map(
    (each) => textOf(each) ?? textOf(property(each, 'name')) ?? textOf(property(each, 'attribute')),
  );
  if (table === undefined || !names?.every((each) => each !== undefined)) return undefined;
  return { ...quoted(underscore(`${table}_${names.join('_')}`), span), generated: true };
}
