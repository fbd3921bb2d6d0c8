import type { Name, Operation, QualifiedName, Span } from '../../../ir/index.js';
import type { Link } from '../chains.js';
import { evaluate } from '../values/evaluate.js';
import type { Scope } from '../values/scope.js';
import { property, scalarOf, textOf, type Value } from '../values/values.js';
import { tableName } from './names.js';

const tableMethods = new Set(['from', 'into', 'table', 'with', 'queryBuilder']);

const changing = /^(?:insert|upsert|update|increment|decrement|del|delete|truncate)$/;

const filtering = /^(?:and|or)?where|^having|^join|Join$|^limit$/i;

/** What a query changes: `knex('users').where({ … }).update({ … })`. A query that only reads gives nothing. */
export function queryOperation(links: readonly Link[], scope: Scope, span: Span): Operation | undefined {
  const change = links.find(({ name, call }) => call && name !== undefined && changing.test(name));
  if (!change) return undefined;
  const table = tableOf(links, scope, span);
  const api = { table, span, provenance: 'api' as const };
  switch (change.name) {
    case 'insert':
    case 'upsert':
      return { kind: 'Insert', ...api };
    case 'truncate':
      return { kind: 'Truncate', ...api };
    default: {
      const isDelete = change.name === 'del' || change.name === 'delete';
      const filtered = links.some(({ name }) => name !== undefined && filtering.test(name));
      return {
        kind: isDelete ? 'Delete' : 'Update',
        ...api,
        where: filtered ? 'present' : 'absent',
        columns: isDelete ? [] : changedColumns(change, scope),
      };
    }
  }
}

/** The table that the builder was called with, or that `from()`, `into()` and `table()` name. */
function tableOf(links: readonly Link[], scope: Scope, span: Span): QualifiedName {
  const naming = links.findLast(({ name, args }) => args.length > 0 && (name === undefined || tableMethods.has(name)));
  const schema = links.findLast(({ name }) => name === 'withSchema')?.args[0];
  const given = naming?.args[0] && evaluate(naming.args[0], scope);
  const inSchema = schema && evaluate(schema, scope);
  const text = textOf(inSchema);
  return tableName(
    withoutAlias(given),
    span,
    inSchema && { value: text ?? '', quoted: true, span: inSchema.span, ...(text === undefined && { unknown: true }) },
  ).table;
}

/** `'users as u'` and `{ u: 'users' }`. */
function withoutAlias(value: Value | undefined): Value | undefined {
  if (value?.kind === 'object') return value.entries[0]?.value;
  const text = textOf(value);
  const alias = text === undefined ? -1 : text.search(/\s+as\s+/i);
  return alias === -1 || value?.kind !== 'text'
    ? value
    : { ...value, parts: [{ value: text!.slice(0, alias), offsets: [[0, value.span.start]] }] };
}

function changedColumns({ args, name }: Link, scope: Scope): Name[] {
  const value = args[0] && evaluate(args[0], scope);
  if (value?.kind === 'object')
    return value.entries.map(({ key, span }) => ({
      value: key,
      quoted: true,
      span: { start: span.start, end: span.start + key.length },
    }));
  const text = textOf(value);
  const single = name === 'update' ? args.length > 1 : true;
  return text !== undefined && single ? [{ value: text, quoted: true, span: value!.span }] : [];
}

/** `config.transaction` of a migration's exports. */
export const transactionOf = (config: Value | undefined): boolean | undefined => {
  const value = scalarOf(property(config, 'transaction'));
  return typeof value === 'boolean' ? value : undefined;
};
