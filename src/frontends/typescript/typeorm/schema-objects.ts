import type {
  Anchor,
  Column,
  Constraint,
  Default,
  Dialect,
  Index,
  Name,
  Span,
  Table,
  Uncertainty,
} from '../../../ir/index.js';
import { isAbsent, itemsOf, property, scalarOf, textOf, textsOf, wordsOf, type Value } from '../values/values.js';
import { textFact } from './columns.js';
import { nameOf, optionsOf, tableOf } from './schema-api.js';
import { sized } from './types.js';

const isTrue = (options: Value | undefined, key: string): boolean => scalarOf(property(options, key)) === true;

/** `new TableColumn({…})`. Its default is SQL text, unlike that of `@Column`. */
export function readSchemaColumn(
  options: Value | undefined,
  at: Span,
  dialect: Dialect,
): { column: Column; primary: boolean; unique: boolean } {
  const uncertain: Uncertainty[] = [];
  const name = nameOf(property(options, 'name'), at);
  if (name.unknown) uncertain.push({ about: 'name', reason: 'the name is computed' });
  if (options?.kind !== 'object' || !options.complete)
    uncertain.push({ about: 'everything', reason: 'the column is computed' });
  const type = property(options, 'type');
  const written = textOf(type);
  if (written === undefined) uncertain.push({ about: 'type', reason: 'the column type is computed' });
  const primary = isTrue(options, 'isPrimary');
  const fallback = defaultOf(property(options, 'default'), uncertain);
  const comment = textFact(property(options, 'comment'), 'comment', uncertain);
  const generated = generatedBy(options);
  const nullable = property(options, 'isNullable');
  const column: Column = {
    name,
    type: {
      name: written === undefined ? 'unknown' : sized(written.toLowerCase(), options, dialect),
      written: written ?? '',
      span: type?.span ?? at,
    },
    nullable: primary
      ? false
      : !nullable
        ? false
        : scalarOf(nullable) === undefined
          ? 'unknown'
          : scalarOf(nullable) === true,
    ...(fallback && { default: fallback }),
    ...(generated && { generated }),
    constraints: [],
    indexes: [],
    ...(comment && { comment }),
    span: at,
    uncertain,
  };
  if (primary) column.constraints.push({ kind: 'primary', columns: [name], span: at, uncertain: [] });
  if (isTrue(options, 'isUnique'))
    column.constraints.push({ kind: 'unique', columns: [name], span: at, uncertain: [] });
  return { column, primary, unique: isTrue(options, 'isUnique') };
}

function defaultOf(value: Value | undefined, uncertain: Uncertainty[]): Default | undefined {
  if (!value || value.kind === 'undefined') return undefined;
  const known = scalarOf(value);
  if (known === null) return undefined;
  if (known === undefined) uncertain.push({ about: 'default', reason: 'the default is computed' });
  return { by: 'server', text: known === undefined ? '' : String(known), span: value.span };
}

function generatedBy(options: Value | undefined): Column['generated'] {
  if (property(options, 'asExpression'))
    return scalarOf(property(options, 'generatedType')) === 'STORED' ? 'stored' : 'virtual';
  if (!isTrue(options, 'isGenerated')) return undefined;
  const strategy = textOf(property(options, 'generationStrategy'));
  if (strategy === 'identity' || strategy === 'rowid') return strategy;
  return strategy === 'increment' || strategy === undefined ? 'serial' : undefined;
}

/** `new Table({ name, columns, indices, uniques, foreignKeys, checks, exclusions })`. */
export function readSchemaTable(value: Value | undefined, at: Span, dialect: Dialect): Table {
  const options = optionsOf(value);
  const name = tableOf(property(options, 'name'), at);
  const span = value?.span ?? at;
  const uncertain: Uncertainty[] = [];
  if (name.name.unknown) uncertain.push({ about: 'name', reason: 'the table name is computed' });
  if (options?.kind !== 'object' || !options.complete)
    uncertain.push({ about: 'everything', reason: 'the table is computed' });
  const list = (key: string, about: Uncertainty['about']): Value[] => {
    const items = property(options, key);
    if (items && (items.kind !== 'array' || !items.complete)) uncertain.push({ about, reason: `${key} are computed` });
    return itemsOf(items) ?? [];
  };
  const columns = list('columns', 'columns').map(
    (each) => readSchemaColumn(optionsOf(each), each.span, dialect).column,
  );
  const constraints = (key: string, kind: Constraint['kind']): Constraint[] =>
    list(key, 'constraints').map((each) => schemaConstraint(kind, optionsOf(each), each.span));
  const comment = textFact(property(options, 'comment'), 'comment', uncertain);
  return {
    name,
    declaredBy: 'typeorm',
    role: 'table',
    columns,
    constraints: [
      ...constraints('uniques', 'unique'),
      ...constraints('foreignKeys', 'foreign'),
      ...constraints('checks', 'check'),
      ...constraints('exclusions', 'exclude'),
    ],
    indexes: list('indices', 'indexes').map((each) => schemaIndex(optionsOf(each), each.span)),
    relationships: [],
    ...(comment && { comment }),
    span,
    uncertain,
  };
}

/** Role `options`: the object that holds the options. */
function optionsAnchor(options: Extract<Value, { kind: 'object' }>, span: Span): Anchor {
  const entries = options.entries.map((entry) => ({ key: entry.key, span: entry.span, value: entry.value.span }));
  return {
    span,
    indent: '',
    lists: { options: { open: options.span.start + 1, close: options.span.end - 1, entries } },
    points: {},
  };
}

/** `new TableIndex({…})`. */
export function schemaIndex(options: Value | undefined, at: Span): Index {
  const name = property(options, 'name');
  const columns = textsOf(property(options, 'columnNames'));
  const where = wordsOf(property(options, 'where'));
  const method = isTrue(options, 'isSpatial') ? 'gist' : isTrue(options, 'isFulltext') ? 'fulltext' : undefined;
  const uncertain: Uncertainty[] = [];
  if (!columns) uncertain.push({ about: 'columns', reason: 'the columns are computed' });
  if (options?.kind !== 'object' || !options.complete)
    uncertain.push({ about: 'everything', reason: 'the index is computed' });
  if (where?.known === false) uncertain.push({ about: 'everything', reason: 'its predicate is computed' });
  for (const option of ['isUnique', 'isSpatial', 'isFulltext']) {
    const value = property(options, option);
    if (value && !isAbsent(value) && scalarOf(value) === undefined)
      uncertain.push({ about: 'everything', reason: `its option ${option} is computed` });
  }
  return {
    ...(name && { name: nameOf(name, at) }),
    keys: (columns ?? []).map((column) => ({ column, quoted: true })),
    unique: isTrue(options, 'isUnique'),
    ...(method !== undefined && { method }),
    ...(where && { where: where.words }),
    include: [],
    ...(isTrue(options, 'isConcurrent') && { concurrently: true as const }),
    span: at,
    ...(options?.kind === 'object' && { anchor: optionsAnchor(options, at) }),
    uncertain,
  };
}

/** `new TableForeignKey({…})`, `TableUnique`, `TableCheck`, `TableExclusion`. */
export function schemaConstraint(kind: Constraint['kind'], options: Value | undefined, at: Span): Constraint {
  const given = property(options, 'name');
  const base = { ...(given && { name: nameOf(given, at) }), span: at };
  if (kind === 'check' || kind === 'exclude') {
    const expression = textOf(property(options, 'expression'));
    return { kind, ...base, expression: expression ?? '', uncertain: expression === undefined ? computed : [] };
  }
  const columns = names(property(options, 'columnNames'));
  const uncertain = columns ? [] : computed;
  if (kind !== 'foreign') return { kind, ...base, columns: columns ?? [], uncertain };
  const target = property(options, 'referencedTableName');
  const onDelete = textOf(property(options, 'onDelete'));
  const onUpdate = textOf(property(options, 'onUpdate'));
  const named = target && tableOf(target, at);
  return {
    kind,
    ...base,
    columns: columns ?? [],
    ...(named && !named.name.unknown && { target: named }),
    targetColumns: names(property(options, 'referencedColumnNames')) ?? [],
    ...(onDelete !== undefined && { onDelete }),
    ...(onUpdate !== undefined && { onUpdate }),
    uncertain,
  };
}

const computed: Uncertainty[] = [{ about: 'everything', reason: 'the constraint is computed' }];

function names(value: Value | undefined): Name[] | undefined {
  const texts = textsOf(value);
  return texts?.map((text, index) => ({ value: text, quoted: true, span: itemsOf(value)![index]!.span }));
}
