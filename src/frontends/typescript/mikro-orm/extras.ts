import type { Condition, Constraint, Index, IndexKey, Name, Span, Uncertainty } from '../../../ir/index.js';
import { readEmbedded } from '../../sql/embedded.js';
import { isHole, itemsOf, property, textOf, type TextPart, type Value } from '../values/values.js';
import type { Extra, PropertyRecord } from './entity-record.js';
import { type Field } from './fields.js';
import { partName } from './names.js';
import { given, returned, textGiven } from './options.js';
import type { Surroundings } from './world.js';
import { quoted } from '../quoted.js';

/** What indexes, unique constraints and checks add to a table. */
export interface Extras {
  indexes: Index[];
  constraints: Constraint[];
  uncertain: Uncertainty[];
}

export interface TableParts {
  table: string;
  fields: readonly Field[];
  around: Surroundings;
  /** Where what a base or an embedded class brings in is seen from. */
  at?: Span;
  /** The path of the embedded property that the fields are named within. */
  within?: string;
}

/** Reads one `@Index`, `@Unique` or `@Check`, or its like in the lists of a schema. */
export function readExtra(extra: Extra, own: Field | undefined, parts: TableParts, extras: Extras): void {
  if (extra.kind === 'check') addCheck(extra, own, parts, extras);
  else addIndex(extra, own, parts, extras);
}

function addIndex(
  { kind, options, span, anchor }: Extra,
  own: Field | undefined,
  parts: TableParts,
  extras: Extras,
): void {
  const at = parts.at ?? span;
  const expression = options && given(options, 'expression');
  if (expression) return addWritten(expression, at, parts, extras);
  const paths = own ? [own.path] : pathsOf(options && given(options, 'properties'), parts.within);
  const keys = paths?.flatMap((path) => keysOf(path, parts));
  if (!keys || keys.some((key) => key.absent || (key.column === undefined && key.expression === undefined))) {
    if (keys?.some((key) => key.absent)) extras.indexes.push(brokenIndex(keys, kind === 'unique', at));
    extras.uncertain.push({
      about: kind === 'unique' ? 'constraints' : 'indexes',
      reason:
        kind === 'unique' ? 'the columns of a unique constraint are not known' : 'the columns of an index are computed',
    });
    return;
  }
  if (keys.length === 0) return;
  const name = options && given(options, 'name');
  const text = textOf(name);
  const uncertain: Uncertainty[] =
    name && text === undefined ? [{ about: 'name', reason: 'its name is computed' }] : [];
  const isJson = keys.some((key) => key.json);
  const columns = keys.map((key) => key.json ?? key.column ?? '');
  const value =
    text ??
    (name ? undefined : partName(parts.table, columns, kind === 'unique' ? 'unique' : 'index', parts.around.dialect));
  const deferMode = options && textGiven(options, 'deferMode');
  if (kind === 'unique' && !isJson && !(options && given(options, 'where'))) {
    extras.constraints.push({
      kind: 'unique',
      ...(value !== undefined && { name: quoted(value, at) }),
      columns: keys.map((key) => quoted(key.column!, at)),
      ...(deferMode !== undefined && { deferrable: true as const }),
      ...(deferMode === 'deferred' && { initiallyDeferred: true as const }),
      span: at,
      uncertain,
    });
    return;
  }
  const type = options && textGiven(options, 'type');
  const where = options && given(options, 'where');
  const whereText = textOf(where);
  if (where && whereText === undefined) uncertain.push({ about: 'everything', reason: 'its predicate is computed' });
  extras.indexes.push({
    ...(value !== undefined && { name: quoted(value, at) }),
    keys: keys.map(plainKey),
    unique: kind === 'unique',
    ...(type !== undefined && {
      method: type.toLowerCase() === 'fulltext' && parts.around.dialect === 'postgresql' ? 'gin' : type.toLowerCase(),
    }),
    ...(whereText !== undefined && { where: whereText }),
    include: [],
    span: at,
    ...(anchor && !parts.at && { anchor }),
    uncertain,
  });
}

/** An index over a property that the class lacks: MikroORM refuses it, so that nothing but the keys counts. */
const brokenIndex = (keys: readonly Key[], unique: boolean, span: Span): Index => ({
  keys: keys.map((key) => (key.absent ? { expression: key.expression ?? '', absent: true } : plainKey(key))),
  unique,
  include: [],
  span,
  uncertain: [],
});

/** `expression` is the whole statement that makes the index. */
function addWritten(expression: Value, at: Span, { around }: TableParts, extras: Extras): void {
  const parts = expression.kind === 'text' && !expression.parts.some(isHole) ? expression.parts : undefined;
  const [statement] = parts
    ? readEmbedded(
        parts.flatMap((part) => (isHole(part) ? [] : [part])),
        { dialect: around.dialect, inTransaction: 'unknown' },
      )
    : [];
  const found = statement?.operations.flatMap((operation) =>
    operation.kind === 'CreateIndex' ? [operation.index] : [],
  );
  if (!found?.[0]) {
    extras.uncertain.push({ about: 'indexes', reason: 'the statement of an index is not read' });
    return;
  }
  for (const index of found) {
    const placed = { ...index, span: at };
    delete placed.anchor;
    extras.indexes.push(placed);
  }
}

function pathsOf(value: Value | undefined, within: string | undefined): string[] | undefined {
  const items = value === undefined ? undefined : (itemsOf(value) ?? [value]);
  const paths = items?.map(textOf);
  if (!paths?.every((path) => path !== undefined) || (value?.kind === 'array' && !value.complete)) return undefined;
  return within === undefined ? paths : paths.map((path) => `${within}.${path}`);
}

type Key = IndexKey & {
  /** Dotted path in a JSON column. */
  json?: string;
};

const plainKey = ({ column, expression }: Key): IndexKey =>
  column === undefined ? { ...(expression !== undefined && { expression }) } : { column, quoted: true };

/** The columns of a property; for one that is kept in a JSON column, an expression that reads it; for none, its name. */
function keysOf(path: string, { fields, around }: TableParts): Key[] {
  const field = fields.find((each) => each.path === path);
  if (field?.inJson !== undefined) return [jsonKey(field.inJson, around)];
  if (field && field.columns.length > 0)
    return field.columns.map(({ name }) =>
      name.unknown ? { expression: name.value } : { column: name.value, quoted: true },
    );
  const root = fields.find((each) => each.path === path.split('.')[0]);
  const column = root?.columns[0]?.name;
  if (column && path.includes('.')) return [jsonKey([column.value, ...path.split('.').slice(1)].join('.'), around)];
  return [root === undefined ? { expression: path, absent: true } : {}];
}

function jsonKey(path: string, { dialect }: Surroundings): Key {
  const [column = '', ...rest] = path.split('.');
  const last = rest.pop() ?? '';
  const steps = rest.map((step) => `->'${step}'`).join('');
  const expression =
    dialect === 'postgresql'
      ? `("${column}"${steps}->>'${last}')`
      : `(json_value(${column}, '$.${[...rest, last].join('.')}'))`;
  return { expression, json: path };
}

function addCheck({ options, span }: Extra, own: Field | undefined, parts: TableParts, extras: Extras): void {
  if (!options) return;
  const expression = given(options, 'expression');
  const named = own ?? parts.fields.find(({ path }) => path === textGiven(options, 'property'));
  addCheckOf(expression, textOf(property(options, 'name')), named, parts.at ?? span, parts, extras);
}

/** `check: 'age > 0'` of a property. MikroORM looks at that of `@Property` alone. */
export function readCheckOption(field: Field, declared: PropertyRecord, parts: TableParts, extras: Extras): void {
  const check = declared.declaredAs === '@Property' ? given(declared.options, 'check') : undefined;
  if (check) addCheckOf(check, undefined, field, parts.at ?? check.span, parts, extras);
}

function addCheckOf(
  expression: Value | undefined,
  name: string | undefined,
  field: Field | undefined,
  at: Span,
  parts: TableParts,
  extras: Extras,
): void {
  const columns = field?.columns.slice(0, 1).map((column) => column.name.value) ?? [];
  const text = expressionText(returned(expression), parts.fields);
  extras.constraints.push({
    kind: 'check',
    name: quoted(name ?? partName(parts.table, columns, 'check', parts.around.dialect), at),
    expression: text ?? '',
    span: at,
    uncertain: text === undefined ? [{ about: 'everything', reason: 'the expression is computed' }] : [],
  });
}

/** `(columns) => `${columns.age} > 0`` names columns by their properties. */
function expressionText(value: Value | undefined, fields: readonly Field[]): string | undefined {
  if (value?.kind !== 'text') return undefined;
  const texts = value.parts.map((part) => textOfPart(part, fields));
  return texts.every((text) => text !== undefined) ? texts.join('') : undefined;
}

function textOfPart(part: TextPart, fields: readonly Field[]): string | undefined {
  if (!isHole(part)) return part.value;
  const of = part.of;
  if (of?.kind !== 'parameter') return undefined;
  return fields.find(({ path }) => path === of.path.join('.'))?.columns[0]?.name.value;
}

/** `check ("role" in ('a', 'b'))`, which keeps the labels of an enum that is no type of the database. */
export function labelCheck(table: string, column: Name, labels: readonly string[], at: Span): Constraint & Condition {
  const list = labels.map((label) => `'${label.replaceAll("'", "''")}'`).join(', ');
  return {
    kind: 'check',
    name: { ...quoted(`${table}_${column.value}_check`, at), generated: true },
    expression: `"${column.value}" in (${list})`,
    span: at,
    uncertain: [],
  };
}
