import { loadReader } from '../../src/frontends/python/read.js';
import type { ReadContext } from '../../src/frontends/front-end.js';
import type { Column, FileFacts, Operation, Step, Table } from '../../src/ir/index.js';

const reader = await loadReader();

/** Reads one file, or several that are linked; the facts of the first. */
export function read(text: string, context: Partial<ReadContext> & { path?: string } = {}): FileFacts {
  const { path = 'app/models.py', ...rest } = context;
  return reader.read({ path, text }, { dialect: 'postgresql', scope: 'project', ...rest });
}

/** Reads and links a small project. */
export function link(files: { [path: string]: string }): { [path: string]: FileFacts } {
  const facts = Object.entries(files).map(([path, text]) => read(text, { path }));
  return Object.fromEntries(reader.link(facts).map((file) => [file.path, file]));
}

export function table(facts: FileFacts, name: string): Table {
  const found = facts.tables.find((each) => each.name.name.value === name);
  if (found === undefined)
    throw new Error(`No table ${name} among ${facts.tables.map((each) => each.name.name.value).join(', ')}`);
  return found;
}

/** A column in a few words: `integer NN primary unique fk:user.id index:ix_t_c`. */
export function say(column: Column): string {
  const keys = column.constraints.map((constraint) => {
    if (constraint.kind !== 'foreign') return constraint.kind;
    const { target, targetColumns, onDelete } = constraint;
    const schema = target?.schema === undefined ? '' : `${target.schema.value}.`;
    const action = onDelete === undefined ? '' : `/${onDelete}`;
    return target === undefined
      ? 'fk:?'
      : `fk:${schema}${target.name.value}.${targetColumns.map(({ value }) => value).join('+')}${action}`;
  });
  const indexes = column.indexes.map(({ name, unique }) => `${unique ? 'unique-' : ''}index:${name?.value ?? '-'}`);
  const nullable = column.nullable === 'unknown' ? '?' : column.nullable ? 'NULL' : 'NN';
  return [column.type.name, nullable, ...keys, ...indexes].join(' ');
}

export const columns = (of: Table): { [name: string]: string } =>
  Object.fromEntries(of.columns.map((column) => [column.name.value, say(column)]));

/** An operation in a few words, with what it stands under. */
export function sayStep(step: Step): string {
  if ('statement' in step) {
    const { verb, text, inTransaction, guard } = step.statement;
    return [
      `SQL ${verb}`,
      ...(inTransaction === 'no' ? ['outside'] : []),
      ...(guard ? [guard.kind] : []),
      `"${text}"`,
    ].join(' ');
  }
  const { operation, inTransaction } = step;
  return [
    sayOperation(operation),
    ...(operation.ifExists ? ['if-exists'] : []),
    ...(operation.ifNotExists ? ['if-not-exists'] : []),
    ...(operation.guard
      ? [operation.guard.kind + (operation.guard.dialects ? `:${operation.guard.dialects.join('+')}` : '')]
      : []),
    ...(operation.repeated ? ['repeated'] : []),
    ...(inTransaction === 'no' ? ['outside'] : []),
  ].join(' ');
}

function sayOperation(operation: Operation): string {
  const on =
    'table' in operation && operation.table
      ? `${operation.table.schema ? `${operation.table.schema.value}.` : ''}${operation.table.name.value}`
      : '';
  switch (operation.kind) {
    case 'CreateTable':
      return `CreateTable ${on}(${operation.definition.columns.map((column) => `${column.name.value} ${say(column)}`).join(', ')})${operation.definition.constraints.map((c) => ` ${c.kind}${c.name ? `:${c.name.value}` : ''}(${'columns' in c ? c.columns.map(({ value }) => value).join('+') : c.expression})`).join('')}`;
    case 'AddColumn':
      return `AddColumn ${on}.${operation.column.name.value} ${say(operation.column)}`;
    case 'CreateIndex': {
      const { index } = operation;
      const keys = index.keys.map(({ column, expression }) => column ?? `(${expression ?? ''})`).join('+');
      return `CreateIndex ${index.name?.value ?? '-'} ${on}(${keys})${index.unique ? ' unique' : ''}${index.concurrently ? ' concurrently' : ''}${index.where === undefined ? '' : ` where ${index.where}`}`;
    }
    case 'DropIndex':
      return `DropIndex ${operation.index.name.value} ${on}`;
    case 'AddConstraint': {
      const { constraint } = operation;
      const what =
        'columns' in constraint ? constraint.columns.map(({ value }) => value).join('+') : constraint.expression;
      const to =
        constraint.kind === 'foreign'
          ? `->${constraint.target?.name.value ?? '?'}.${constraint.targetColumns.map(({ value }) => value).join('+')}`
          : '';
      return `AddConstraint ${on} ${constraint.kind}:${constraint.name?.value ?? '-'}(${what})${to}`;
    }
    case 'DropConstraint':
      return `DropConstraint ${on}.${operation.constraint?.value ?? '?'} ${operation.constraintKind ?? '-'}`;
    case 'AlterColumnType':
      return `AlterColumnType ${on}.${operation.column.value} ${operation.type.name}`;
    case 'SetDefault':
      return `SetDefault ${on}.${operation.column.value} ${operation.default.text}`;
    case 'RenameColumn':
      return `RenameColumn ${on}.${operation.column.value} ${operation.to.value}`;
    case 'RenameTable':
      return `RenameTable ${on} ${operation.to.name.value}`;
    case 'SetNotNull':
    case 'DropNotNull':
    case 'DropDefault':
    case 'DropColumn':
      return `${operation.kind} ${on}.${operation.column.value}`;
    case 'CommentOn':
      return `CommentOn ${on}${operation.column ? `.${operation.column.value}` : ''} ${operation.comment?.value ?? 'null'}`;
    case 'CreateEnumType':
      return `CreateEnumType ${operation.type.name.name.value}(${operation.type.labels.join('+')})`;
    case 'DropType':
      return `DropType ${operation.type.name.value}`;
    case 'Update':
    case 'Delete':
      return `${operation.kind} ${on} where:${operation.where}`;
    case 'Opaque':
      return `Opaque ${operation.touches.map((each) => each.name.value).join('+')}${operation.anything ? 'anything' : ''}`;
    default:
      return `${operation.kind} ${on}`;
  }
}
