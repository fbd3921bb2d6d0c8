import type { Column, Constraint, IndexKey, Name, Operation, QualifiedName, Statement } from '../../../src/ir/index.js';
import { readSql } from '../brief.js';

const folded = ({ value, quoted }: Pick<Name, 'value' | 'quoted'>): string => (quoted ? value : value.toLowerCase());
const relation = ({ schema, name }: QualifiedName): string => (schema ? `${folded(schema)}/` : '') + folded(name);
const listed = (names: string[]): string => `(${names.join(',')})`;
const flags = (...all: (string | false | undefined)[]): string =>
  all
    .filter(Boolean)
    .map((each) => ` ${String(each)}`)
    .join('');

function constraint(value: Constraint): string {
  const columns = 'columns' in value ? value.columns.map(folded) : [];
  const foreign = value.kind === 'foreign';
  const action = (name: string | undefined): string | undefined =>
    name?.toLowerCase() === 'no action' ? undefined : name?.toLowerCase();
  return (
    `${value.kind} ${value.name ? folded(value.name) : ''}${listed(columns)}` +
    (foreign ? `->${value.target ? relation(value.target) : ''}${listed(value.targetColumns.map(folded))}` : '') +
    flags(
      foreign && action(value.onDelete) && `del ${action(value.onDelete)!}`,
      foreign && action(value.onUpdate) && `upd ${action(value.onUpdate)!}`,
      value.notValid && 'notValid',
      'usingIndex' in value && value.usingIndex && `using ${folded(value.usingIndex)}`,
    )
  );
}

const column = (value: Column): string =>
  folded(value.name) +
  flags(
    value.nullable === false && 'required',
    value.default && 'default',
    ...value.constraints.map((each) => `{${constraint(each)}}`),
  );

const indexKey = (key: IndexKey): string =>
  (key.column === undefined ? 'expression' : folded({ value: key.column, quoted: key.quoted ?? false })) +
  flags(key.operatorClass, key.direction === 'desc' && 'desc', key.nulls);

function line(operation: Operation): string {
  const { kind } = operation;
  const marks = flags(
    operation.ifNotExists && 'ifNotExists',
    operation.ifExists && 'ifExists',
    operation.cascade && 'cascade',
  );
  const target = 'table' in operation && operation.table ? relation(operation.table) : '';
  switch (operation.kind) {
    case 'CreateTable': {
      const { columns, constraints, temporary, partitioned, partitionOf, asSelect } = operation.definition;
      const traits = flags(
        temporary && 'temporary',
        partitioned && 'partitioned',
        partitionOf && `of ${relation(partitionOf)}`,
        asSelect && 'asSelect',
      );
      return `${kind} ${target}${marks}${traits}: ${[...columns.map(column), ...constraints.map(constraint)].join('; ')}`;
    }
    case 'AddColumn':
      return `${kind} ${target} ${column(operation.column)}${marks}`;
    case 'AlterColumnType':
      return `${kind} ${target} ${folded(operation.column)}${flags(operation.using !== undefined && 'using')}`;
    case 'SetNotNull':
    case 'DropNotNull':
    case 'SetDefault':
    case 'DropDefault':
      return `${kind} ${target} ${folded(operation.column)}`;
    case 'DropColumn':
      return `${kind} ${target} ${folded(operation.column)}${marks}`;
    case 'AddConstraint':
      return `${kind} ${target} ${constraint(operation.constraint)}`;
    case 'ValidateConstraint':
      return `${kind} ${target} ${folded(operation.constraint)}`;
    case 'DropConstraint':
      return `${kind} ${target} ${operation.constraint ? folded(operation.constraint) : ''}${marks}`;
    case 'RenameTable':
      return `${kind} ${target} ${relation(operation.to)}`;
    case 'RenameColumn':
      return `${kind} ${target} ${folded(operation.column)} ${folded(operation.to)}`;
    case 'RenameConstraint':
      return `${kind} ${target} ${folded(operation.constraint)} ${folded(operation.to)}`;
    case 'CreateIndex': {
      const { index } = operation;
      const parts = flags(
        index.name && folded(index.name),
        index.unique && 'unique',
        index.concurrently && 'concurrently',
        operation.ifNotExists && 'ifNotExists',
        index.method,
      );
      // Whether an included column stands in quotes is no part of the fact.
      const include = index.include.map((value) => value.toLowerCase());
      const where = index.where === undefined ? 'absent' : 'present';
      return `${kind} ${target}${parts} ${listed(index.keys.map(indexKey))} ${listed(include)} ${where}`;
    }
    case 'DropIndex':
      return `${kind} ${relation(operation.index)}${marks}${flags(operation.concurrently && 'concurrently')}`;
    case 'DropView':
    case 'DropMaterializedView':
      return `${kind} ${relation(operation.view)}${marks}`;
    case 'DropSequence':
      return `${kind} ${relation(operation.sequence)}${marks}`;
    case 'DropType':
      return `${kind} ${relation(operation.type)}${marks}`;
    case 'Update':
      return `${kind} ${target} ${listed(operation.columns.map(folded))} ${operation.where}`;
    case 'Delete':
      return `${kind} ${target} ${operation.where}`;
    case 'SetSchema':
      return `${kind} ${target} ${folded(operation.schema)}`;
    case 'AlterConstraint':
      return `${kind} ${target} ${folded(operation.constraint)}`;
    case 'SetStorage':
    case 'SetGenerated':
      return `${kind} ${target} ${folded(operation.column)}`;
    case 'SetRowSecurity':
      return `${kind} ${target} ${String(operation.enabled)}`;
    case 'AttachPartition':
      return `${kind} ${target} ${relation(operation.partition)}`;
    case 'DetachPartition':
      return `${kind} ${target} ${relation(operation.partition)}${flags(operation.concurrently && 'concurrently')}`;
    case 'CommentOn': {
      const on = operation.column ? ` ${folded(operation.column)}` : '';
      return `${kind} ${operation.object} ${target}${on} ${JSON.stringify(operation.comment?.value ?? null)}`;
    }
    case 'CreateEnumType':
      return `${kind} ${relation(operation.type.name)} ${JSON.stringify(operation.type.labels)}`;
    case 'AddEnumValue':
      return `${kind} ${relation(operation.type)} ${operation.value}${marks}`;
    case 'RenameEnumValue':
      return `${kind} ${relation(operation.type)} ${operation.value} ${operation.to}`;
    case 'RenameType':
      return `${kind} ${relation(operation.type)} ${folded(operation.to)}`;
    case 'RenameIndex':
      return `${kind} ${relation(operation.index)} ${folded(operation.to)}${marks}`;
    case 'CreateView':
    case 'CreateMaterializedView':
    case 'RefreshMaterializedView': {
      const concurrently = operation.kind === 'RefreshMaterializedView' && operation.concurrently && 'concurrently';
      return `${kind} ${relation(operation.view)}${marks}${flags(concurrently)}`;
    }
    case 'CreateSequence':
    case 'AlterSequence':
      return `${kind} ${relation(operation.sequence)}${marks}`;
    case 'CreateSchema':
    case 'DropSchema':
      return `${kind} ${folded(operation.schema)}${marks}`;
    case 'DropRoutine':
      return `${kind} ${relation(operation.routine)}${marks}`;
    case 'DropTrigger':
      return `${kind} ${target} ${operation.name ? folded(operation.name) : ''}${marks}`;
    case 'Lock':
      return `${kind} ${target} ${operation.mode}`;
    default:
      return `${kind} ${target}${marks}`;
  }
}

const names = (all: readonly QualifiedName[]): string => [...new Set(all.map(relation))].sort().join(' ');

/** The tables that a statement reads and writes. */
export const tablesOf = ({ reads, writes }: Statement): string => `${names(reads)} > ${names(writes)}`;

/** What a statement does, a line for each operation. */
export const linesOf = ({ operations }: Statement): string[] => operations.map(line);

/** What ddlint says that a statement of PostgreSQL does, in the words of the other summary. */
export function ours(sql: string): string[] {
  return readSql(sql).flatMap(linesOf);
}
