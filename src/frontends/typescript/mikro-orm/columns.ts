import type { Annotation, Column, Default, Name, Span, Text, Uncertainty } from '../../../ir/index.js';
import { serverDefault } from '../../sql/volatility.js';
import { clientDefault } from '../client-default.js';
import { isHole, property, scalarOf, textOf, type Value } from '../values/values.js';
import { columnTypeOf } from './column-types.js';
import type { PropertyRecord } from './entity-record.js';
import { type Field } from './fields.js';
import { isMikro } from './modules.js';
import { given, isTruth, numberGiven, truthGiven } from './options.js';
import { typeOfProperty } from './property-type.js';
import type { Surroundings } from './world.js';
import { quoted } from '../quoted.js';

/** What is known of a column beforehand: one of a relation has the name and type of what it references. */
interface Known {
  name: Name;
  type: Column['type'];
  uncertain: Uncertainty[];
}

/** The column of a property. */
export function readColumn(field: Field, prefix: string, around: Surroundings, known?: Known): Column {
  const { property: declared, inherited } = field;
  const { options } = declared;
  const uncertain: Uncertainty[] = [...(known?.uncertain ?? [])];
  const span = inherited?.at ?? declared.nameSpan;
  const isJson = declared.kind === 'embedded';
  const found = known || isJson ? undefined : typeOfProperty(declared, field.of.record.throws === true, around);
  if (found?.unknown !== undefined) uncertain.push({ about: 'type', reason: found.unknown });
  const type = known?.type ??
    found?.type ?? { name: columnTypeOf('json', {}, around.dialect), written: 'json', implied: true as const, span };
  const isVersion = isTruth(options, 'version');
  const server = defaultOf(declared, field, type.written, found?.of, isVersion, around, uncertain);
  const comment = textFact(property(options, 'comment'), uncertain);
  if (declared.open) uncertain.push({ about: 'everything', reason: 'its options are computed' });
  const expression = generatedBy(declared, found?.of);
  const { nullable } = field;
  const onUpdate = given(options, 'onUpdate');
  return {
    name: known?.name ?? nameOf(field, prefix, around, uncertain),
    attribute: declared.name,
    type: inherited ? { ...type, span: inherited.at } : type,
    nullable: field.primary ? false : nullable,
    ...said(declared, inherited !== undefined),
    ...(server && { default: server }),
    ...(onUpdate && { onChange: clientDefault(onUpdate, onUpdate.span) }),
    ...(isNumbered(field, found?.numeric === true) && { generated: 'serial' as const }),
    ...(expression && { generated: expression.kind, expression: expression.text }),
    constraints: [],
    indexes: [],
    ...(comment && { comment: moved(comment, inherited?.at) }),
    ...(declared.doc && { doc: moved(declared.doc, inherited?.at) }),
    ...(inherited && { from: inherited.from }),
    span,
    ...(!inherited && declared.anchor && { anchor: declared.anchor }),
    uncertain,
  };
}

const moved = (text: Text, at: Span | undefined): Text => (at ? { ...text, span: at } : text);

function nameOf(field: Field, prefix: string, around: Surroundings, uncertain: Uncertainty[]): Name {
  const { property: declared, inherited } = field;
  const option = given(declared.options, 'fieldName', 'name', 'fieldNames');
  const one = option?.kind === 'array' ? option.items[0] : option;
  const text = textOf(one);
  if (option && text === undefined) uncertain.push({ about: 'name', reason: 'the name is computed' });
  if (around.namesUnknown && text === undefined)
    uncertain.push({ about: 'name', reason: 'the naming strategy of the project is not known' });
  const value = text === undefined ? around.strategy.column(prefix + declared.name) : prefix + text;
  const at = inherited?.at ?? (text === undefined ? declared.nameSpan : one!.span);
  const isUnknown = uncertain.some(({ about }) => about === 'name');
  return { ...quoted(value, at), ...(isUnknown && { unknown: true as const }) };
}

function said(
  declared: PropertyRecord,
  isInherited: boolean,
): Pick<Column, 'annotation' | 'nullableGiven' | 'declaredAs'> {
  const { declaredAs, type, options } = declared;
  if (isInherited) return { declaredAs };
  const option = given(options, 'nullable');
  return {
    declaredAs,
    ...(type && { annotation: annotationOf(type) }),
    ...(option && { nullableGiven: { value: truthGiven(options, 'nullable')!, span: option.span } }),
  };
}

export const annotationOf = ({ written, nullable, is, span }: NonNullable<PropertyRecord['type']>): Annotation => ({
  written,
  nullable,
  ...(written === 'any' && { any: true as const }),
  ...(is === 'array' && { collection: true as const }),
  span,
});

/** The only key of a table numbers itself where its type is a number's. Whether it is the only one, its table knows. */
function isNumbered({ primary, property: { options, kind } }: Field, numeric: boolean): boolean {
  const option = truthGiven(options, 'autoincrement');
  return kind === 'scalar' && primary && numeric && option !== false && given(options, 'generated') === undefined;
}

function generatedBy(
  { options }: PropertyRecord,
  type: string | undefined,
): { kind: 'stored' | 'virtual' | 'identity'; text: string } | undefined {
  const option = given(options, 'generated');
  const text =
    option === undefined
      ? /generated always as (.*)/is.exec(type ?? '')?.[1]
      : (textOf(option) ?? (option.kind === 'function' ? wordsOfFunction(option.returns) : ''));
  if (text === undefined) return undefined;
  if (/\bas identity\b|^identity\b|^by default as identity/i.test(text)) return { kind: 'identity', text };
  return { kind: /\bvirtual\s*$/i.test(text) ? 'virtual' : 'stored', text };
}

/** `(cols) => `lower(${cols.name})``, as far as it is text. */
const wordsOfFunction = (value: Value | undefined): string =>
  value?.kind === 'text' ? value.parts.map((part) => (isHole(part) ? '${…}' : part.value)).join('') : '';

function defaultOf(
  declared: PropertyRecord,
  field: Field,
  writtenType: string,
  type: string | undefined,
  isVersion: boolean,
  around: Surroundings,
  uncertain: Uncertainty[],
): Default | undefined {
  const { options, initial, nameSpan } = declared;
  const at = field.inherited?.at;
  const server = (text: string, span: Span): Default => serverDefault(text, at ?? span, around.dialect);
  const raw = given(options, 'defaultRaw');
  if (raw) {
    const text = textOf(raw);
    if (text === undefined) uncertain.push({ about: 'default', reason: 'the default is computed' });
    return server(text ?? '', raw.span);
  }
  const option = given(options, 'default');
  if (option) {
    const text = literalText(option, around);
    if (text === undefined) uncertain.push({ about: 'default', reason: 'the default is computed' });
    return server(text ?? '', option.span);
  }
  if (isVersion) {
    const isDate = type === 'Date' || /^(?:timestamp|datetime)/i.test(writtenType);
    const length = numberGiven(options, 'length') ?? 3;
    return server(isDate ? `current_timestamp(${String(length)})` : '1', nameSpan);
  }
  if (declared.kind === 'scalar' && initial && around.infersDefaults && !isNull(initial.value)) {
    const text = stableText(initial.value);
    // A constructor that fails without arguments keeps MikroORM from seeing what a property begins with.
    if (field.of.record.throws && text !== undefined)
      uncertain.push({ about: 'default', reason: 'the constructor may fail without arguments' });
    else if (text !== undefined) return server(text, initial.value.span);
    if (text === undefined && initial.value.kind === 'unknown' && !field.of.record.throws)
      uncertain.push({ about: 'default', reason: 'the initial value is computed' });
  }
  const onCreate = given(options, 'onCreate');
  const client = onCreate ?? initial?.value;
  if (!client || isNull(client)) return undefined;
  const found = clientDefault(client, at ?? client.span);
  return onCreate || !initial ? found : { ...found, text: initial.text };
}

const isNull = (value: Value): boolean =>
  value.kind === 'undefined' || (value.kind === 'known' && value.value === null);

/** A value that each new object has alike. */
function stableText(value: Value): string | undefined {
  const scalar = scalarOf(value);
  if (typeof scalar === 'string') return `'${scalar}'`;
  return typeof scalar === 'number' || typeof scalar === 'boolean' ? String(scalar) : undefined;
}

/** Literals become SQL literals; `raw('now()')` and `` sql`now()` `` are SQL already. */
function literalText(value: Value, { dialect }: Surroundings): string | undefined {
  const stable = stableText(value);
  if (stable !== undefined) return stable;
  if (value.kind === 'made' && isMikro(value.origin, 'raw')) return textOf(value.args[0]);
  if (value.kind === 'tagged' && value.tag.kind === 'reference') return textOf(value.text);
  if (value.kind !== 'array' || !value.complete) return undefined;
  const items = value.items.map(scalarOf);
  if (!items.every((item) => typeof item === 'string' || typeof item === 'number')) return undefined;
  return dialect === 'postgresql' ? `'{${items.join(',')}}'` : `'${items.join(',')}'`;
}

/** A comment that is text; computed text leaves the fact uncertain. */
export function textFact(value: Value | undefined, uncertain: Uncertainty[]): Text | undefined {
  if (!value || isNull(value)) return undefined;
  const text = textOf(value);
  if (text !== undefined) return text.trim() === '' ? undefined : { value: text, span: value.span };
  uncertain.push({ about: 'comment', reason: 'the comment is computed' });
  return undefined;
}
