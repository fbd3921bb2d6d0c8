import type { Anchor, Constraint, Dialect, Index, Name, QualifiedName, Span, Uncertainty } from '../../../ir/index.js';
import { isAbsent, itemsOf, property, scalarOf, textOf, textsOf, wordsOf, type Value } from '../values/values.js';
import { deferralOf, rulesOf } from './key-rules.js';
import { checkName, exclusionName, foreignKeyName, indexName, primaryKeyName, uniqueName } from './names.js';
import { madeName, nameOf, tableOf } from './schema-names.js';

const isTrue = (options: Value | undefined, key: string): boolean => scalarOf(property(options, key)) === true;

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
export function schemaIndex(options: Value | undefined, at: Span, table: QualifiedName): Index {
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
  const isKnown = columns && uncertain.length === 0 && !table.name.unknown;
  const made = name ? nameOf(name, at) : isKnown && madeName(indexName(table.name.value, columns, where?.words), at);
  return {
    ...(made && { name: made }),
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
export function schemaConstraint(
  kind: Constraint['kind'],
  options: Value | undefined,
  at: Span,
  table: QualifiedName,
  dialect: Dialect,
): Constraint {
  const given = property(options, 'name');
  const named = (make: (table: string) => string | undefined): { name?: Name } => {
    if (given) return { name: nameOf(given, at) };
    const made = table.name.unknown ? undefined : make(table.name.value);
    return made === undefined ? {} : { name: madeName(made, at) };
  };
  if (kind === 'check' || kind === 'exclude') {
    const expression = textOf(property(options, 'expression'));
    const make = kind === 'check' ? checkName : exclusionName;
    const name = named((of) => (expression === undefined ? undefined : make(of, expression)));
    return {
      kind,
      ...name,
      expression: expression ?? '',
      span: at,
      uncertain: expression === undefined ? computed : [],
    };
  }
  const columns = names(property(options, 'columnNames'));
  const texts = columns?.map(({ value }) => value);
  const base = { columns: columns ?? [], ...deferralOf(options), span: at, uncertain: columns ? [] : computed };
  if (kind === 'primary') return { kind, ...named((of) => texts && primaryKeyName(of, texts)), ...base };
  if (kind === 'unique') return { kind, ...named((of) => texts && uniqueName(of, texts, dialect)), ...base };
  const target = property(options, 'referencedTableName');
  const to = target && tableOf(target, at);
  return {
    kind,
    ...named((of) => texts && foreignKeyName(of, texts)),
    ...base,
    ...(to && !to.name.unknown && { target: to }),
    targetColumns: names(property(options, 'referencedColumnNames')) ?? [],
    ...rulesOf(options),
  };
}

const computed: Uncertainty[] = [{ about: 'everything', reason: 'the constraint is computed' }];

function names(value: Value | undefined): Name[] | undefined {
  const texts = textsOf(value);
  return texts?.map((text, index) => ({ value: text, quoted: true, span: itemsOf(value)![index]!.span }));
}
