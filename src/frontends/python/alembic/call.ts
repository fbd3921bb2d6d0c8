import type { Anchor, Dialect, Name, Operation, QualifiedName, Span } from '../../../ir/index.js';
import type { Reading } from '../reading.js';
import { anchorAt, callList, nameFrom, spanOf } from '../source.js';
import { isNone, keyword, truth, type Arg, type CallValue } from '../values/value.js';
import { signatures, synonyms } from './signatures.js';

/** One call of an Alembic operation, with its arguments by parameter name. */
export interface OperationCall {
  reading: Reading;
  call: CallValue;
  name: string;
  /** The `batch_alter_table(…)` call that the operation is a method of. */
  batch?: CallValue;
  /** The statement that the call stands in. */
  statement: Span;
  /** It stands in an `autocommit_block`. */
  outsideTransaction: boolean;
}

type Facts = { [key: string]: unknown };

/** Operation facts without what all of one call share. */
export const fact = (facts: Facts): Operation => ({ ...facts, provenance: 'api' }) as unknown as Operation;

/** An argument by its parameter's name. */
export function arg({ call, name, batch }: OperationCall, parameter: string): Arg | undefined {
  for (const each of [parameter, ...(synonyms[parameter] ?? [])]) {
    const found = keyword(call, each);
    if (found !== undefined) return found;
  }
  const parameters = (signatures[name] ?? []).filter(
    (each) => batch === undefined || !/^(?:table_name|source_table)$/.test(each),
  );
  const at = parameters.indexOf(parameter);
  return at < 0 ? undefined : call.args[at];
}

export const isTrue = (found: Arg | undefined) => found !== undefined && truth(found.value) === true;

/** A table by an argument, in the schema that the call names. */
export function qualified(
  found: Arg | undefined,
  call: CallValue,
  schemaKeyword = 'schema',
): QualifiedName | undefined {
  if (found === undefined) return undefined;
  const name = nameFrom(found);
  if (name === undefined || name.unknown === true) return undefined;
  const schemaArg = keyword(call, schemaKeyword);
  const schema = schemaArg && !isNone(schemaArg.value) ? nameFrom(schemaArg) : undefined;
  return { ...(schema && { schema }), name, span: name.span };
}

export function tableOf(at: OperationCall, parameter = 'table_name'): QualifiedName | undefined {
  return at.batch === undefined
    ? qualified(arg(at, parameter), at.call, parameter === 'source_table' ? 'source_schema' : 'schema')
    : qualified(keyword(at.batch, 'table_name') ?? at.batch.args[0], at.batch);
}

export const opaque = (reason: string, touches: QualifiedName[] = []): Operation =>
  fact({ kind: 'Opaque', reason, touches, ...(touches.length === 0 && { anything: true }) });

export const noTable = (at: OperationCall) => [opaque(`the table of ${at.name} is not known`)];

/** A name that only the run knows. */
export const unknownName = (at: OperationCall, parameter: string): Name => ({
  value: '',
  quoted: true,
  span: spanOf(arg(at, parameter)?.node ?? at.call.node),
  unknown: true,
});

/** The table that loses something; it does so even where its name is not known. */
export function losingTable(at: OperationCall): QualifiedName {
  const name = unknownName(at, 'table_name');
  return tableOf(at) ?? { name, span: name.span };
}

/** A name that is given, or absent where the database or a convention chooses it. */
export const nameArg = (at: OperationCall, parameter: string): Name | undefined => {
  const found = arg(at, parameter);
  return found && nameFrom(found);
};

export const spot = (at: OperationCall): { span: Span; anchor: Anchor } => ({
  span: spanOf(at.call.node),
  anchor: operationAnchor(at),
});

/** Where the pen may write: the call's arguments, and the statement if the call is all of it. */
function operationAnchor({ call, reading, statement, batch, outsideTransaction }: OperationCall): Anchor {
  const isStatement = statement.start === call.node.start && statement.end === call.node.end && batch === undefined;
  const text = reading.source.slice(call.node.start, call.node.end);
  return anchorAt(
    reading.source,
    call.node,
    { call: callList(call.node) },
    isStatement && !/"""|'''/.test(text)
      ? {
          statementStart: statement.start,
          statementEnd: statement.end,
          ...(outsideTransaction && { outsideTransaction: statement.start }),
        }
      : {},
  );
}

/** Whether options with the prefix `postgresql_` count. */
export const speaksPostgresql = (dialect: Dialect): boolean =>
  dialect === 'postgresql' || dialect === 'cockroachdb' || dialect === 'unknown';

/** The operations that one call sends, in order. */
export type Handler = (at: OperationCall) => Operation[];

export type Handlers = { [operation: string]: Handler };
