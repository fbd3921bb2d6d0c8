import type { Anchor, Constraint, Dialect, Index, IndexKey, Name, Span, Uncertainty } from '../../../ir/index.js';
import type { DecoratorRecord } from '../records.js';
import { isAbsent, itemsOf, property, scalarOf, textOf, wordsOf, type Value } from '../values/values.js';
import { deferralOf } from './key-rules.js';
import { checkName, exclusionName, indexName, uniqueName } from './names.js';
import { typeormDecorators, type Property } from './properties.js';
import { quoted } from '../quoted.js';

/** What the decorators of a class or of a property add to a table. */
export interface Extras {
  indexes: Index[];
  constraints: Constraint[];
  uncertain: Uncertainty[];
}

interface Place {
  table: string;
  dialect: Dialect;
  properties: readonly Property[];
  /** The property that the decorator stands at. */
  own?: Property;
  /** Where it is seen from, for what a base class brings in. */
  at?: Span;
  anchor?: Anchor;
}

/** Reads `@Index`, `@Unique`, `@Check` and `@Exclusion`. Their fields name properties, which are mapped to columns. */
export function readExtras(decorators: readonly DecoratorRecord[], place: Place, extras: Extras): void {
  for (const decorator of typeormDecorators(decorators, 'Index', 'Unique', 'Check', 'Exclusion')) {
    if (decorator.origin.name === 'Index') addIndex(decorator, place, extras);
    else if (decorator.origin.name === 'Unique') addUnique(decorator, place, extras);
    else if (takesExpression(decorator.origin.name, place.dialect)) addExpression(decorator, place, extras);
  }
}

/** TypeORM makes no checks in MySQL, and exclusions in PostgreSQL only. */
function takesExpression(decorator: string, dialect: Dialect): boolean {
  if (decorator === 'Exclusion') return dialect === 'postgresql' || dialect === 'unknown';
  return dialect !== 'mysql' && dialect !== 'mariadb';
}

interface Arguments {
  name?: Value;
  fields?: Value;
  options?: Value;
}

/** `(name?, fields?, options?)`, each of which may be left out. A class-level decorator can't do without fields. */
function argumentsOf(args: readonly Value[], place: Place): Arguments {
  const result: Arguments = {};
  args.forEach((argument, position) => {
    if (isAbsent(argument)) return;
    const ahead = position === 0 && args.length > 1;
    if (argument.kind === 'array' || argument.kind === 'function') result.fields = argument;
    else if (argument.kind === 'object') result.options = argument;
    else if (position === 0 && (ahead || argument.kind === 'text')) result.name = argument;
    else if (result.fields || place.own) result.options = argument;
  });
  return result;
}

function addIndex(decorator: DecoratorRecord, place: Place, extras: Extras): void {
  const { name, fields, options } = argumentsOf(decorator.args, place);
  const span = place.at ?? decorator.span;
  const keys = keysOf(fields, place);
  if (!keys) {
    extras.uncertain.push({ about: 'indexes', reason: 'the columns of an index are computed' });
    return;
  }
  const uncertain: Uncertainty[] = [];
  const where = wordsOf(property(options, 'where'));
  const flag = (option: string): boolean => scalarOf(property(options, option)) === true;
  const columns = keys.map((key) => key.column ?? '');
  const certain = keys.every((key) => key.column !== undefined);
  const method = flag('spatial') ? 'gist' : flag('fulltext') ? 'fulltext' : textOf(property(options, 'type'));
  const given = textOf(name);
  const wholeOptions = !options || (options.kind === 'object' && options.complete);
  const derived =
    certain && !name && wholeOptions && where?.known !== false
      ? indexName(place.table, columns, where?.words)
      : undefined;
  if (!certain) uncertain.push({ about: 'columns', reason: 'a column of the index is not known' });
  if (name && given === undefined) uncertain.push({ about: 'name', reason: 'its name is computed' });
  if (!wholeOptions) uncertain.push({ about: 'everything', reason: 'its options are computed' });
  if (where?.known === false) uncertain.push({ about: 'everything', reason: 'its predicate is computed' });
  for (const option of ['unique', 'spatial', 'fulltext', 'type']) {
    const value = property(options, option);
    if (value && !isAbsent(value) && scalarOf(value) === undefined)
      uncertain.push({ about: 'everything', reason: `its option ${option} is computed` });
  }
  const value = given ?? derived;
  extras.indexes.push({
    ...(value !== undefined && { name: quoted(value, span) }),
    keys,
    unique: flag('unique'),
    ...(method !== undefined && { method: method.toLowerCase() }),
    ...(where && { where: where.words }),
    include: [],
    ...(flag('concurrent') && { concurrently: true as const }),
    span,
    ...(!place.at && { anchor: indexAnchor(decorator, place) }),
    uncertain,
  });
}

/** The pen removes the whole decorator. */
function indexAnchor(decorator: DecoratorRecord, place: Place): Anchor {
  return {
    span: decorator.span,
    indent: place.anchor?.indent ?? '',
    lists: {},
    points: { decorator: decorator.span.start },
  };
}

/** Columns of the fields; an unknown property gives a key without a column. Nothing where the list itself is computed. */
function keysOf(fields: Value | undefined, place: Place): IndexKey[] | undefined {
  if (!fields) return place.own ? columnsOf(place.own).map(keyOf) : undefined;
  const paths = fieldPaths(fields);
  return paths?.flatMap(({ path, direction }) => {
    const found = place.properties.find((each) => each.path === path);
    const columns = found ? columnsOf(found) : [];
    if (columns.length === 0) return [{ expression: path, ...(found === undefined && { absent: true as const }) }];
    return columns.map((column) => ({ ...keyOf(column), ...(direction && { direction }) }));
  });
}

const columnsOf = (property: Property): Name[] => property.columns.map((column) => column.name);

const keyOf = (name: Name): IndexKey =>
  name.unknown ? { expression: name.value } : { column: name.value, quoted: true };

/** `['a', 'b']`, `(t) => [t.a]`, `(t) => ({ a: 1, b: 'DESC' })`. */
function fieldPaths(fields: Value): { path: string; direction?: 'asc' | 'desc' }[] | undefined {
  const inner = fields.kind === 'function' ? fields.returns : fields;
  if (inner?.kind === 'object' && inner.complete) {
    return inner.entries.map(({ key, value }) => ({
      path: key,
      direction: /^(?:-1|desc)$/i.test(String(scalarOf(value))) ? 'desc' : 'asc',
    }));
  }
  const items = itemsOf(inner);
  if (!items || inner?.kind !== 'array' || !inner.complete) return undefined;
  const paths = items.map((item) => (item.kind === 'parameter' ? item.path.join('.') : textOf(item)));
  return paths.every((path) => path !== undefined) ? paths.map((path) => ({ path })) : undefined;
}

function addUnique(decorator: DecoratorRecord, place: Place, extras: Extras): void {
  const { name, fields, options } = argumentsOf(decorator.args, place);
  const span = place.at ?? decorator.span;
  const keys = keysOf(fields, place);
  if (!keys || keys.some((key) => key.column === undefined)) {
    extras.uncertain.push({ about: 'constraints', reason: 'the columns of a unique constraint are not known' });
    return;
  }
  const columns = keys.map((key) => quoted(key.column!, span));
  const given = textOf(name);
  const constraint: Constraint =
    name && given === undefined
      ? { kind: 'unique', columns, span, uncertain: [{ about: 'name', reason: 'its name is computed' }] }
      : uniqueConstraint(place.table, columns, place.dialect, span, given);
  extras.constraints.push({ ...constraint, ...deferralOf(options) });
}

export function uniqueConstraint(
  table: string,
  columns: Name[],
  dialect: Dialect,
  span: Span,
  name?: string,
): Constraint {
  const value =
    name ??
    uniqueName(
      table,
      columns.map((column) => column.value),
      dialect,
    );
  return { kind: 'unique', name: quoted(value, span), columns, span, uncertain: [] };
}

/** `@Check(expression)` and `@Check(name, expression)`. */
function addExpression(decorator: DecoratorRecord, place: Place, extras: Extras): void {
  const span = place.at ?? decorator.span;
  const kind = decorator.origin.name === 'Check' ? ('check' as const) : ('exclude' as const);
  const given = decorator.args.length > 1 ? textOf(decorator.args[0]) : undefined;
  const expression = textOf(decorator.args.at(-1));
  const derived =
    expression === undefined || decorator.args.length > 1
      ? undefined
      : kind === 'check'
        ? checkName(place.table, expression)
        : exclusionName(place.table, expression);
  const name = given ?? derived;
  extras.constraints.push({
    kind,
    ...(name !== undefined && { name: quoted(name, span) }),
    expression: expression ?? '',
    span,
    uncertain: expression === undefined ? [{ about: 'everything', reason: 'the expression is computed' }] : [],
  });
}
