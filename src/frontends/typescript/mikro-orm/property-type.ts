import type { ColumnType, Dialect } from '../../../ir/index.js';
import { globals } from '../values/evaluate.js';
import { itemsOf, scalarOf, textOf, type Value } from '../values/values.js';
import { canonical, columnTypeOf, isMysql, isNumeric, type Measures } from './column-types.js';
import type { PropertyRecord } from './entity-record.js';
import { given, isTruth, numberGiven, returned, textGiven } from './options.js';
import type { Surroundings } from './world.js';

/** A column type, or why it is not known. */
export interface TypeFound {
  type: ColumnType;
  /** The name that MikroORM has for it: `string`, `Date`, `varchar(20)`. */
  of?: string;
  unknown?: string;
  labels?: (string | number)[];
  /** Numbers itself where it is the only key. */
  numeric?: boolean;
}

/** The labels of an enum: a list, an enum object, or a function that gives one. */
export function labelsOf(value: Value | undefined): (string | number)[] | undefined {
  const items = returned(value);
  if (items?.kind !== 'array' && items?.kind !== 'object') return undefined;
  if (!items.complete) return undefined;
  const values = items.kind === 'array' ? itemsOf(items)! : items.entries.map((entry) => entry.value);
  const labels = values.map(scalarOf);
  return labels.every((label) => typeof label === 'string' || typeof label === 'number') ? labels : undefined;
}

function measuresOf(options: Value): Measures {
  const [length, precision, scale] = ['length', 'precision', 'scale'].map((key) => numberGiven(options, key));
  return {
    ...(length !== undefined && { length }),
    ...(precision !== undefined && { precision }),
    ...(scale !== undefined && { scale }),
    ...(isTruth(options, 'unsigned') || isTruth(options, 'primary') ? { unsigned: true } : {}),
  };
}

/** The type of a property that is neither a relation nor embedded. */
export function typeOfProperty(each: PropertyRecord, throws: boolean, around: Surroundings): TypeFound {
  const { options } = each;
  const { dialect } = around;
  const explicit = given(options, 'columnType') ?? firstOf(given(options, 'columnTypes'));
  const measures = measuresOf(options);
  if (explicit) return ofColumnType(explicit, measures, dialect);
  if (isTruth(options, 'enum') || given(options, 'items')) {
    const found = ofEnum(each, measures, around);
    if (found) return found;
  }
  const named = namedType(given(options, 'type'));
  if (named) {
    if ('unknown' in named) return nothing(each, named.unknown, named.span);
    return known(named.name, measures, dialect, named.written, named.span);
  }
  return ofCode(each, throws, measures, around);
}

const firstOf = (value: Value | undefined): Value | undefined => itemsOf(value)?.[0];

function ofColumnType(value: Value, { unsigned }: Measures, dialect: Dialect): TypeFound {
  const written = textOf(value);
  if (written === undefined)
    return { type: { name: 'unknown', written: '', span: value.span }, unknown: 'the column type is computed' };
  const [, plain = written] = /^(.*?) generated always as /i.exec(written) ?? [];
  const numeric = isNumeric(plain, dialect);
  const isSigned = !unsigned || !numeric || !isMysql(dialect) || /unsigned/i.test(plain);
  const name = canonical(isSigned ? plain : `${plain} unsigned`, dialect);
  return { type: { name, written, span: value.span }, of: written, numeric };
}

const known = (
  name: string,
  measures: Measures,
  dialect: Dialect,
  written: string,
  span: ColumnType['span'],
): TypeFound => ({
  type: { name: columnTypeOf(name, measures, dialect), written, span },
  of: name,
  numeric: isNumeric(name, dialect),
});

const nothing = (each: PropertyRecord, why: string, span = each.type?.span ?? each.nameSpan): TypeFound => ({
  type: { name: 'unknown', written: each.type?.written ?? '', span },
  unknown: why,
});

function ofEnum(each: PropertyRecord, measures: Measures, around: Surroundings): TypeFound | undefined {
  const { options } = each;
  const native = textGiven(options, 'nativeEnumName');
  const items = given(options, 'items');
  const labels = labelsOf(items);
  const span = items?.span ?? each.nameSpan;
  const isArray = isTruth(options, 'array');
  const written = native ?? 'enum';
  if (native !== undefined && around.dialect === 'postgresql')
    return {
      type: { name: native + (isArray ? '[]' : ''), written, span },
      ...(labels && { labels }),
    };
  if (isArray) return { type: { name: columnTypeOf('array', {}, around.dialect), written, span } };
  if (!isTruth(options, 'enum')) return undefined;
  if (labels === undefined) return nothing(each, 'the labels of the enum are computed', span);
  const kind = labels.every((label) => typeof label === 'string') ? 'enum' : 'tinyint';
  const name = columnTypeOf(kind, { ...measures, unsigned: false, labels }, around.dialect);
  return { type: { name, written, span }, of: kind, labels };
}

type Named =
  { name: string; written: string; span: ColumnType['span'] } | { unknown: string; span: ColumnType['span'] };

const constructors = new Map([
  ['String', 'string'],
  ['Number', 'number'],
  ['Boolean', 'boolean'],
  ['Date', 'Date'],
  ['Buffer', 'Buffer'],
  ['Array', 'array'],
  ['Object', 'object'],
]);

/** What `type` is given: text, `types.decimal`, `DecimalType`, `new DecimalType('number')`, `Date`. */
function namedType(value: Value | undefined): Named | undefined {
  if (!value) return undefined;
  const { span } = value;
  const text = textOf(value);
  if (text !== undefined) return { name: text, written: text, span };
  const to = returned(value);
  if (to?.kind === 'reference' && to.module === globals) {
    const name = constructors.get(to.name);
    if (name !== undefined) return { name, written: to.name, span };
  }
  const origin = to?.kind === 'made' ? { ...to.origin, path: [] } : to?.kind === 'reference' ? to : undefined;
  if (origin?.module?.startsWith('@mikro-orm/')) {
    const name = ofLibrary(origin.name, origin.path);
    if (name !== undefined) return { name, written: [origin.name, ...origin.path].join('.'), span };
  }
  const written = origin === undefined ? 'the type' : `the custom type ${origin.name}`;
  return { unknown: `${written} says at run time what the column is`, span };
}

const ownTypes = new Map([
  ['dateTime', 'Date'],
  ['datetime', 'Date'],
  ['fullText', 'tsvector'],
  ['character', 'character'],
]);

function ofLibrary(name: string, path: readonly string[]): string | undefined {
  const inner = /^(?:t|types)$/.test(name) ? path[0] : /^(\w+)Type$/.exec(name)?.[1];
  if (inner === undefined) return undefined;
  const key = inner.charAt(0).toLowerCase() + inner.slice(1);
  const own = ownTypes.get(key) ?? key.toLowerCase();
  return /^(?:enumarray|unknown|encryptedtext)$/.test(own) ? undefined : own;
}

/** Types of TypeScript that only tell the compiler something: `Opt<string>`, `string & Opt`. */
const marks = /^(?:Opt|Hidden|RequiredNullable)$/;

/** A type that nothing but the code tells: the initial value first, then the annotation as far as the provider sees it. */
function ofCode(each: PropertyRecord, throws: boolean, measures: Measures, around: Surroundings): TypeFound {
  const { initial, type } = each;
  const span = type?.span ?? each.nameSpan;
  const written = type?.written ?? initial?.text ?? '';
  const found = (name: string): TypeFound => {
    const { type: is, ...rest } = known(name, measures, around.dialect, written, span);
    return { type: { ...is, implied: true }, ...rest };
  };
  const begun = initial && typeOfValue(initial.value);
  if (begun !== undefined && !throws && around.provider !== 'ts-morph') return found(begun);
  const reflected = type && runtimeNames[type.is];
  if (reflected !== undefined) return found(reflected);
  const plain = type && withoutMarks(type.written);
  if (around.provider === 'ts-morph') {
    const name = plain === undefined ? begun : (keywords[plain] ?? undefined);
    return name === undefined ? nothing(each, sayNothing(each)) : found(name);
  }
  if (around.provider === 'reflect' && type && /^(?:mixed|object)$/.test(type.is)) {
    // All that reflection sees is an object: MikroORM takes that for a text.
    const value = scalarOf(given(each.options, 'default'));
    return found(value === undefined || value === null ? 'string' : typeof value);
  }
  const agreed = plain === undefined ? undefined : keywords[plain];
  return agreed === 'string' ? found('string') : nothing(each, sayNothing(each));
}

const runtimeNames: { [is: string]: string | undefined } = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  bigint: 'bigint',
  Date: 'Date',
  Buffer: 'Buffer',
  array: 'array',
};

const keywords: { [word: string]: string | undefined } = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  bigint: 'bigint',
  Date: 'Date',
  Buffer: 'Buffer',
};

/** `string & Opt`, `Opt<string>`, `string | null`: the member that tells the type. */
function withoutMarks(written: string): string {
  const inner = /^(?:Opt|Hidden)<(.+)>$/.exec(written)?.[1] ?? written;
  return inner
    .split(/[&|]/)
    .map((part) => part.trim())
    .filter((part) => !marks.test(part) && !/^(?:null|undefined)$/.test(part))
    .join(' & ');
}

const sayNothing = ({ type }: PropertyRecord): string =>
  type ? `the type ${type.written} says nothing about the column` : 'the property has no type';

/** What kind of value a property begins with. */
function typeOfValue(value: Value): string | undefined {
  if (value.kind === 'text') return 'string';
  if (value.kind === 'array') return 'array';
  if (value.kind === 'object') return 'object';
  if (value.kind === 'known' && value.value !== null) return typeof value.value;
  const made = value.kind === 'made' ? value.origin : undefined;
  return made?.module === globals && made.name === 'Date' ? 'Date' : undefined;
}
