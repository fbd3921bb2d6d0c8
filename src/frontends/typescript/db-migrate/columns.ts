import type {
  Column,
  Constraint,
  Default,
  Dialect,
  ForeignKey,
  Name,
  QualifiedName,
  Span,
  Uncertainty,
} from '../../../ir/index.js';
import { serverDefault } from '../../sql/volatility.js';
import { property, scalarOf, textOf, wordsOf, type Value } from '../values/values.js';
import { typeNamed } from '../types-in-text.js';

/** Constants of `dbm.dataType`, which migrations keep in a variable `type`. */
const constants: { readonly [name: string]: string } = {
  CHAR: 'char',
  STRING: 'string',
  TEXT: 'text',
  SMALLINT: 'smallint',
  BIGINT: 'bigint',
  INTEGER: 'int',
  SMALL_INTEGER: 'smallint',
  BIG_INTEGER: 'bigint',
  REAL: 'real',
  DATE: 'date',
  DATE_TIME: 'datetime',
  TIME: 'time',
  BLOB: 'blob',
  TIMESTAMP: 'timestamp',
  BINARY: 'binary',
  BOOLEAN: 'boolean',
  DECIMAL: 'decimal',
};

/** What the drivers make of the types that SQL does not know; all others are sent as they are. */
const words: { readonly [type: string]: { readonly [D in Dialect]?: string } | undefined } = {
  string: {},
  int: {},
  datetime: { postgresql: 'TIMESTAMP', mysql: 'DATETIME', mariadb: 'DATETIME', sqlite: 'DATETIME' },
  blob: { postgresql: 'BYTEA' },
};

const plainWords: { readonly [type: string]: string } = { string: 'VARCHAR', int: 'INTEGER' };

/** What the columns of a call are read with. */
export interface Surroundings {
  dialect: Dialect;
  /** The text of the file, in which `type.STRING` can be read. */
  text: string;
}

const named = (value: string, span: Span): Name => ({ value, quoted: true, span });

export function nameOf(value: Value | undefined, at: Span): Name {
  const text = textOf(value);
  if (text === undefined) return { value: '', quoted: true, span: value?.span ?? at, unknown: true };
  return named(text, value!.span);
}

export function tableOf(value: Value | undefined, at: Span): QualifiedName {
  const name = nameOf(value, at);
  return { name, span: name.span };
}

/** The `type` of a specification, which may be a text alone. */
function typeText(spec: Value, { text }: Surroundings): { text?: string; span: Span } {
  const value = spec.kind === 'object' ? property(spec, 'type') : spec;
  if (!value) return { span: spec.span };
  const known = textOf(value);
  if (known !== undefined) return { text: known, span: value.span };
  const constant = /^\w+(?:\.dataType)?\.([A-Z_]+)$/.exec(text.slice(value.span.start, value.span.end))?.[1];
  const type = constant !== undefined && Object.hasOwn(constants, constant) ? constants[constant] : undefined;
  return { ...(type !== undefined && { text: type }), span: value.span };
}

/** The type as the driver writes it, its length included. */
export function columnType(spec: Value, around: Surroundings): Column['type'] {
  const { text, span } = typeText(spec, around);
  if (text === undefined) return { name: 'unknown', written: '', span };
  const { dialect } = around;
  const zoned = /^(time|timestamp)tz$/.exec(text);
  const zone = (zoned || isTrue(spec, 'timezone')) && dialect === 'postgresql' ? ' WITH TIME ZONE' : '';
  const type = zoned ? zoned[1]! : text;
  const word = words[type]?.[dialect] ?? plainWords[type] ?? type.toUpperCase();
  const length = scalarOf(property(spec, 'length'));
  const size = length === undefined || length === null || length === '' ? '' : `(${String(length)})`;
  return typeNamed(`${word}${size}${zone}`, dialect, span);
}

const isTrue = (spec: Value, key: string): boolean => scalarOf(property(spec, key)) === true;

/** Truthy, as the drivers ask for it. */
export const isSet = (spec: Value, key: string): boolean => Boolean(scalarOf(property(spec, key)));

/**
 * A column, with its keys where the driver sends them.
 * @param alone the only primary key of a table that is created
 */
export function columnOf(name: Name, spec: Value, alone: boolean, around: Surroundings): Column {
  const uncertain: Uncertainty[] = [];
  if (spec.kind !== 'object' && textOf(spec) === undefined)
    uncertain.push({ about: 'everything', reason: 'the column is computed' });
  if (spec.kind === 'object' && !spec.complete)
    uncertain.push({ about: 'everything', reason: 'the column is computed' });
  const primary = isSet(spec, 'primaryKey');
  const counting = primary && isSet(spec, 'autoIncrement');
  const type = columnType(spec, around);
  if (type.name === 'unknown') uncertain.push({ about: 'type', reason: 'the column type is computed' });
  const fallback = defaultOf(property(spec, 'defaultValue'), around.dialect, uncertain);
  const comment = property(spec, 'comment');
  const said = wordsOf(comment);
  const constraints: Constraint[] = [];
  const part = { columns: [name], span: spec.span, uncertain: [] };
  if (primary && alone) constraints.push({ kind: 'primary', ...part });
  if (isSet(spec, 'unique')) constraints.push({ kind: 'unique', ...part });
  const stored = around.dialect !== 'sqlite' && said?.known === true && said.words !== '';
  return {
    name,
    type,
    nullable: !(primary && (alone || counting)) && !isTrue(spec, 'notNull'),
    ...(fallback && { default: fallback }),
    ...(counting && {
      generated: around.dialect === 'postgresql' ? 'serial' : around.dialect === 'sqlite' ? 'rowid' : 'identity',
    }),
    constraints,
    indexes: [],
    ...(stored && { comment: { value: said.words, span: comment!.span } }),
    span: spec.span,
    uncertain,
  };
}

/** A text is quoted, `{ raw }` and `{ special }` are SQL. */
export function defaultOf(value: Value | undefined, dialect: Dialect, uncertain: Uncertainty[]): Default | undefined {
  if (!value || value.kind === 'undefined') return undefined;
  const raw = value.kind === 'object' ? textOf(property(value, 'raw') ?? property(value, 'special')) : undefined;
  const scalar = scalarOf(value);
  const text = raw ?? (typeof scalar === 'string' ? `'${scalar}'` : scalar === undefined ? undefined : String(scalar));
  if (text === undefined) {
    uncertain.push({ about: 'default', reason: 'the default is computed' });
    return { by: 'server', text: '', span: value.span };
  }
  return text === 'null' ? undefined : serverDefault(text, value.span, dialect);
}

/** The foreign key of a column's specification. */
export function foreignKeyOf(column: Name, spec: Value): ForeignKey | undefined {
  const given = property(spec, 'foreignKey');
  if (given?.kind !== 'object') return undefined;
  const mapping = property(given, 'mapping');
  const single = textOf(mapping);
  return foreignKey({
    name: nameOf(property(given, 'name'), given.span),
    table: property(given, 'table'),
    columns: single === undefined ? undefined : [[column, named(single, mapping!.span)]],
    mapping,
    rules: property(given, 'rules'),
    span: given.span,
  });
}

/** A foreign key as `addForeignKey` takes it: columns by the columns that they point to. */
export function foreignKey({
  name,
  table,
  columns,
  mapping,
  rules,
  span,
}: {
  name: Name;
  table: Value | undefined;
  columns?: [Name, Name][] | undefined;
  mapping: Value | undefined;
  rules: Value | undefined;
  span: Span;
}): ForeignKey {
  const pairs =
    columns ??
    (mapping?.kind === 'object'
      ? mapping.entries.map(({ key, value, span: at }): [Name, Name] => [named(key, at), nameOf(value, at)])
      : []);
  const target = tableOf(table, span);
  const action = (key: string): string | undefined => textOf(property(rules, key))?.toLowerCase();
  const [onDelete, onUpdate] = [action('onDelete'), action('onUpdate')];
  const isKnown = pairs.length > 0 && (columns !== undefined || (mapping?.kind === 'object' && mapping.complete));
  return {
    kind: 'foreign',
    ...(!name.unknown && { name }),
    columns: pairs.map(([own]) => own),
    ...(!target.name.unknown && { target }),
    targetColumns: pairs.map(([, other]) => other),
    ...(onDelete !== undefined && { onDelete }),
    ...(onUpdate !== undefined && { onUpdate }),
    span,
    uncertain: isKnown ? [] : [{ about: 'everything', reason: 'the key is computed' }],
  };
}
