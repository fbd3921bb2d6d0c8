import type { Span } from '../../../ir/index.js';
import type { Reading } from '../reading.js';
import { anchorAt, callList, nameFrom, spanOf } from '../source.js';
import { isNone, type Arg, type CallValue, type Value } from '../values/value.js';
import { collectionName } from './collection-name.js';
import { columnCall, readColumn } from './column.js';
import type { RawTable } from './raw.js';
import { addSiblings, noArgs, readOption, readSchemaItem } from './table-args.js';

/** Reads the columns, constraints and options of `Table(…)` or `op.create_table(…)`, from the given argument on. */
export function readTableCall(
  call: CallValue,
  from: number,
  reading: Reading,
): Pick<RawTable, 'columns' | 'args' | 'open'> {
  const columns: RawTable['columns'] = [];
  const args = noArgs();
  let { open } = call;
  for (const { value, node } of call.args.slice(from)) {
    const column = columnCall(value);
    const raw = column && readColumn(column, { reading, span: column.node, nullableByDefault: true });
    if (raw !== undefined) columns.push(raw);
    else if (!readSchemaItem(value, args, reading) && !isNone(value) && node.kind !== 'Starred') open = true;
  }
  for (const { name, ...arg } of call.keywords) readOption(name, arg, args);
  addSiblings(args, callList(call.node));
  return { columns, args, open };
}

/** A `Table('name', metadata, …)` object; undefined where it is no declaration, such as one that is reflected. */
export function readTableObject(
  call: CallValue,
  variable: string | undefined,
  span: Span,
  reading: Reading,
): RawTable | undefined {
  if (call.func !== 'sqlalchemy.Table' || call.args.length < 2) return undefined;
  if (call.keywords.some(({ name }) => /^(?:autoload|autoload_with|extend_existing|autoload_replace)$/.test(name)))
    return undefined;
  const [first] = call.args;
  const name = first && nameFrom(first);
  const [, second] = call.args;
  const { columns, args, open } = readTableCall(
    call,
    second !== undefined && isMetadata(second.value) ? 2 : 1,
    reading,
  );
  if (name === undefined || name.unknown === true || (columns.length === 0 && !open)) return undefined;
  const metadata = second && metadataName(second, reading);
  const isOwner = second !== undefined && isMetadata(second.value);
  const owner = isOwner ? second.node : call.node.func.kind === 'Attribute' ? call.node.func.value : undefined;
  const collection = owner && collectionName(owner, reading.interpreter.scope, reading);
  return {
    ...(variable !== undefined && { variable }),
    name: { value: name.value, span: name.span },
    columns,
    args,
    ...(metadata !== undefined && { metadata }),
    ...(collection !== undefined && { collection }),
    orm: 'sqlalchemy',
    span: spanOf(span),
    anchor: anchorAt(reading.source, span, { tableCall: callList(call.node) }),
    open,
  };
}

/** The second argument, unless it declares something: Flask-SQLAlchemy's `db.Table` does without metadata. */
const isMetadata = (value: Value): boolean =>
  value.kind !== 'call' || value.func === 'sqlalchemy.MetaData' || !value.func.startsWith('sqlalchemy.');

/** The name of the `MetaData` object that a table is put into. */
function metadataName({ value, node }: Arg, { interpreter }: Reading): string | undefined {
  if (value.kind === 'ref') return interpreter.nameOf(value);
  const isOwn = value.kind === 'call' && value.func === 'sqlalchemy.MetaData' && node.kind === 'Name';
  return isOwn ? `${interpreter.module}.${node.id}` : undefined;
}
