import type { Text } from '../../../ir/index.js';
import type { Reading } from '../reading.js';
import { bracketList, callList, textFrom } from '../source.js';
import { constant, isNone, keyword, type CallValue, type NamedArg, type Value } from '../values/value.js';
import { columnCall, keywordSpan, readColumn, type ColumnContext } from './column.js';
import type { RawColumn } from './raw.js';
import { annotationFact } from './annotation.js';
import { clientSide } from './defaults.js';
import { columnType, typeName } from './types.js';

export const fieldCall = (value: Value | undefined): CallValue | undefined =>
  value?.kind === 'call' && value.func === 'sqlmodel.Field' ? value : undefined;

const passed = ['primary_key', 'index', 'unique', 'nullable', 'default'];

/** What `Field` does not take beside `sa_column`: older versions leave it out without a word, newer ones raise. */
const besideColumn =
  /^(?:primary_key|nullable|foreign_key|ondelete|unique|index|sa_type|sa_column_args|sa_column_kwargs)$/;

/** A `Field(…)` as the `Column(…)` that SQLModel makes of it. */
function asColumn(field: CallValue): CallValue {
  const keywords: NamedArg[] = field.keywords.filter(({ name }) => passed.includes(name));
  const factory = keyword(field, 'default_factory');
  if (factory !== undefined) keywords.push({ ...factory, name: 'insert_default' });
  const kwargs = keyword(field, 'sa_column_kwargs');
  if (kwargs?.value.kind === 'dict') {
    for (const [key, value] of kwargs.value.entries) {
      if (key.kind !== 'str' || key.parts[0] === undefined || 'hole' in key.parts[0]) continue;
      keywords.push({ name: key.parts[0].value, value, node: kwargs.node, start: kwargs.start, end: kwargs.end });
    }
  }
  const type = keyword(field, 'sa_type');
  const target = keyword(field, 'foreign_key');
  const ondelete = keyword(field, 'ondelete');
  const args = keyword(field, 'sa_column_args');
  const extra = args && (args.value.kind === 'list' || args.value.kind === 'tuple') ? args.value.items : [];
  return {
    kind: 'call',
    func: 'sqlalchemy.Column',
    args: [
      ...(type ? [type] : []),
      ...(target && !isNone(target.value)
        ? [
            {
              value: {
                kind: 'call' as const,
                func: 'sqlalchemy.ForeignKey',
                args: [target],
                keywords: ondelete ? [ondelete] : [],
                node: field.node,
                open: false,
              },
              node: target.node,
            },
          ]
        : []),
      ...extra.map((value) => ({ value, node: args?.node ?? field.node })),
    ],
    keywords,
    node: field.node,
    open: field.open || (kwargs !== undefined && kwargs.value.kind !== 'dict'),
  };
}

/** What `description=` says: it goes into the schema of the API, and not into the database. */
function description(field: CallValue | undefined): Text | undefined {
  const given = field && keyword(field, 'description');
  const text = given && textFrom(given);
  return text && text.value !== '' ? text : undefined;
}

/** Reads an annotated attribute of a SQLModel class; `field` is absent where it has no `Field(…)`. */
export function readField(
  field: CallValue | undefined,
  context: ColumnContext,
  hasNoneDefault: boolean,
): RawColumn | undefined {
  const { reading, annotation } = context;
  const own = columnCall(field && keyword(field, 'sa_column')?.value);
  if (own !== undefined) {
    const { reading: file, span, attribute, annotationEnd } = context;
    const raw = readColumn(own, {
      reading: file,
      span,
      ...(attribute && { attribute }),
      ...(annotationEnd !== undefined && { annotationEnd }),
      nullableByDefault: true,
    });
    const described = description(field);
    const refused = (field?.keywords ?? []).filter(({ name }) => besideColumn.test(name));
    const said = {
      ...(refused.length > 0 && { refused: refused.map(({ name, start, end }) => ({ name, span: { start, end } })) }),
      ...(annotation && { annotation: annotationFact(annotation) }),
      ...(raw && !raw.column.doc && described && { doc: described }),
      declaredAs: 'Column',
    };
    return raw && { ...raw, column: { ...raw.column, ...anchorOf(raw, own), ...said } };
  }
  const call = field && asColumn(field);
  const raw = readColumn(call, context);
  if (raw === undefined) return undefined;
  const { column } = raw;
  if (field !== undefined) column.declaredAs = 'Field';
  const described = description(field);
  if (described !== undefined) column.doc ??= described;
  const positional = field?.args[0];
  if (positional && !isNone(positional.value) && column.default === undefined)
    column.default = clientSide(positional, reading);
  const kwargs = field && keyword(field, 'sa_column_kwargs');
  const list = kwargs && bracketList(kwargs.node, reading.source);
  if (list && column.anchor) column.anchor.lists['saColumnKwargs'] = list;
  for (const constraint of column.constraints) {
    if (constraint.kind === 'foreign') constraint.span = keywordSpan(field, 'foreign_key');
  }
  if (!raw.nullableGiven) {
    const given = field && (keyword(field, 'default') ?? field.args[0]);
    const isOptional = annotation?.optional === true || hasNoneDefault || (given !== undefined && isNone(given.value));
    column.nullable = isOptional;
  }
  const [digits, places] = ['max_digits', 'decimal_places'].map((name) => numberOf(field, name));
  if (column.type.implied && digits !== undefined && /^(?:numeric|decimal)$/.test(column.type.name))
    column.type.name += places === undefined ? `(${String(digits)})` : `(${String(digits)},${String(places)})`;
  if (column.type.implied && raw.pythonType === 'str')
    column.type.name = typeName({ kind: 'ref', name: 'sqlalchemy.AutoString' }, reading.dialect);
  const length = field && keyword(field, 'max_length');
  if (length !== undefined && /^varchar(?:\(255\))?$/.test(column.type.name) && length.value.kind === 'const') {
    column.type.name = lengthType(length.value, reading, length);
  }
  return raw;
}

function numberOf(field: CallValue | undefined, name: string): number | undefined {
  const value = field && keyword(field, name)?.value;
  return value?.kind === 'const' && typeof value.value === 'number' ? value.value : undefined;
}

const lengthType = (value: Value, reading: Reading, at: NamedArg): string =>
  columnType(
    {
      kind: 'call',
      func: 'sqlalchemy.String',
      args: [{ value: value.kind === 'const' ? value : constant(null), node: at.node }],
      keywords: [],
      node: {
        kind: 'Call',
        start: at.start,
        end: at.end,
        func: at.node,
        args: [],
        keywords: [],
        open: at.start,
        close: at.end,
      },
      open: false,
    },
    reading.source,
    at,
    reading.dialect,
  ).name;

/** `sa_column=Column(…)`: the pen writes into that call. */
function anchorOf(raw: RawColumn, call: CallValue) {
  const { anchor } = raw.column;
  return anchor === undefined
    ? {}
    : { anchor: { ...anchor, lists: { ...anchor.lists, saColumn: callList(call.node) } } };
}
