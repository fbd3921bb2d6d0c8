import type { Column, Constraint, Dialect, Name, Operation, QualifiedName, Span } from '../../../ir/index.js';
import { property, textOf, type Value } from '../values/values.js';
import { readColumn, typeOperations } from './schema-objects.js';
import { dataTypeOf } from './types.js';

/** The call of `changeColumn` with its arguments. */
interface Change {
  table: QualifiedName;
  column: Value | undefined;
  attribute: Value | undefined;
  dialect: Dialect;
  span: Span;
}

/**
 * `changeColumn(table, column, attribute)`. MySQL gets the whole column anew. PostgreSQL gets one statement for each
 * part: what the attribute leaves out is taken away, unless it refers to a table, which leaves all else as it is.
 */
export function changeColumn({ table, column: key, attribute: given, dialect, span }: Change): Operation[] {
  const isType = dataTypeOf(given) !== undefined || textOf(given) !== undefined;
  const value: Value | undefined =
    given && isType
      ? { kind: 'object', entries: [{ key: 'type', span: given.span, value: given }], complete: true, span: given.span }
      : given;
  const { column, enums, attribute } = readColumn(table, key, value, dialect, span);
  const { name } = column;
  const api = { span, provenance: 'api' as const };
  const added = (constraint: Constraint): Operation => {
    delete constraint.name;
    return { kind: 'AddConstraint', table, constraint, ...api };
  };
  const foreign = column.constraints.filter(({ kind }) => kind === 'foreign');
  // What is not known may restate what would be taken away.
  if (value?.kind !== 'object' || !value.complete)
    return [{ kind: 'Opaque', reason: 'the new column is computed', touches: [table], ...api }];
  if (dialect === 'mysql' || dialect === 'mariadb') {
    if (foreign.length > 0) return foreign.map(added);
    return [{ kind: 'ModifyColumn', table, column: name, definition: column, ...api }];
  }
  const operations: Operation[] = [];
  const isPostgresql = dialect === 'postgresql' || dialect === 'cockroachdb';
  const resets = isPostgresql && foreign.length === 0;
  const { allowNull } = attribute;
  if (allowNull === false) operations.push({ kind: 'SetNotNull', table, column: name, ...api });
  else if (allowNull === true || (allowNull === undefined && resets))
    operations.push({ kind: 'DropNotNull', table, column: name, ...api });
  const isServer = column.default?.by === 'server';
  if (isServer) operations.push({ kind: 'SetDefault', table, column: name, default: column.default!, ...api });
  else if (resets && !column.uncertain.some(({ about }) => about === 'default'))
    operations.push({ kind: 'DropDefault', table, column: name, ...api });
  operations.push(...typeOperations(enums, span));
  const unique = column.constraints.filter(({ kind }) => kind === 'unique');
  // Behind a reference or a comment the library does not see the word.
  if (resets && !column.comment) operations.push(...unique.map(added));
  if (foreign.length > 0 && isPostgresql) operations.push(...foreign.map(added));
  else if (property(value, 'type')) operations.push(typeChange(table, name, column, api, enums.length > 0));
  if (column.comment && isPostgresql) operations.push(commentOn(table, name, column, api));
  return operations;
}

type Api = Pick<Operation, 'span' | 'provenance'>;

function typeChange(table: QualifiedName, column: Name, { type }: Column, api: Api, isEnum: boolean): Operation {
  const using = isEnum ? { using: `"${column.value}"::"${type.name}"` } : {};
  return { kind: 'AlterColumnType', table, column, type, ...using, ...api };
}

const commentOn = (table: QualifiedName, column: Name, { comment }: Column, api: Api): Operation => ({
  kind: 'CommentOn',
  object: 'column',
  table,
  column,
  comment: comment!,
  ...api,
});

/** Where MySQL puts an added column. */
export function positionOf(attribute: Value | undefined, dialect: Dialect): { position?: 'first' | { after: Name } } {
  if (dialect !== 'mysql' && dialect !== 'mariadb') return {};
  const after = property(attribute, 'after');
  const text = textOf(after);
  if (text !== undefined) return { position: { after: { value: text, quoted: true, span: after!.span } } };
  return property(attribute, 'first') ? { position: 'first' } : {};
}
