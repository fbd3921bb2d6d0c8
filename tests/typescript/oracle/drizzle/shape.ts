import type { Column, Constraint, FileFacts, Index, Name, QualifiedName, Table } from '../../../../src/ir/index.js';
import { keysOf, indexesOf } from '../../../../src/queries/tables.js';
import { plainType, type Shape, type TableShape } from './snapshots.js';

/** What ddlint read, in the lines of `snapshots.ts`. */
export function shapeOfFacts(files: readonly FileFacts[]): Shape {
  const tables = files.flatMap((facts) => facts.tables);
  const entries = tables
    .filter(({ role }) => role === 'table')
    .map((table): [string, TableShape] => [qualified(table.name), tableShape(table)]);
  return {
    tables: Object.fromEntries(entries),
    enums: files
      .flatMap((facts) => facts.enums)
      .map(({ name, labels }) => `${qualified(name)}: ${labels.join('|')}`)
      .sort(),
    views: tables
      .filter(({ role }) => role === 'view')
      .map(({ name }) => name.name.value)
      .sort(),
  };
}

const qualified = ({ schema, name }: QualifiedName): string =>
  schema === undefined ? name.value : `${schema.value}.${name.value}`;

function tableShape(table: Table): TableShape {
  return {
    columns: table.columns.map(columnLine),
    constraints: keysOf(table).map(constraintLine).sort(),
    indexes: indexesOf(table).map(indexLine).sort(),
  };
}

function columnLine(column: Column): string {
  const { generated, expression, identity } = column;
  const isStored = generated === 'stored' || generated === 'virtual';
  return [
    column.name.value,
    plainType(column.type.written.replaceAll('"', '')),
    ...(column.nullable === false ? ['not null'] : []),
    ...(column.nullable === 'unknown' ? ['null?'] : []),
    ...(column.default?.by === 'server' ? [`default ${column.default.text}`] : []),
    ...(isStored ? [`${generated} ${expression ?? '?'}`] : []),
    ...(identity ? [`identity ${identity.always ? 'always' : 'byDefault'}`] : []),
    ...(generated === 'identity' && !identity ? ['autoincrement'] : []),
    ...(column.onUpdate === undefined ? [] : ['on update']),
    ...(column.uncertain.length > 0 ? [`(${column.uncertain.map(({ reason }) => reason).join(', ')})`] : []),
  ].join(' ');
}

const list = (names: readonly Name[]): string => `(${names.map(({ value }) => value).join(', ')})`;

function constraintLine(constraint: Constraint): string {
  const name = constraint.name === undefined ? '' : ` ${constraint.name.value}`;
  switch (constraint.kind) {
    case 'primary':
      return `primary${name} ${list(constraint.columns)}`;
    case 'unique':
      return `unique${name} ${list(constraint.columns)}${constraint.nullsNotDistinct ? ' nulls not distinct' : ''}`;
    case 'foreign': {
      const target = constraint.target ? qualified(constraint.target) : '?';
      const actions = `delete ${constraint.onDelete ?? 'no action'} update ${constraint.onUpdate ?? 'no action'}`;
      return `foreign${name} ${list(constraint.columns)} -> ${target} ${list(constraint.targetColumns)} ${actions}`;
    }
    default:
      return `${constraint.kind}${name} ${constraint.expression}`;
  }
}

function indexLine(index: Index): string {
  const keys = index.keys.map((key) => {
    if (key.column === undefined) return `<${key.expression ?? '?'}>`;
    const order = key.direction === 'desc' ? ' desc' : '';
    const nulls = key.nulls === undefined ? '' : ` nulls ${key.nulls}`;
    return key.column + order + nulls + (key.operatorClass === undefined ? '' : ` ${key.operatorClass}`);
  });
  return [
    `${index.unique ? 'unique ' : ''}${index.name?.value ?? '?'} (${keys.join(', ')})`,
    ...(index.method === undefined ? [] : [`using ${index.method}`]),
    ...(index.where === undefined ? [] : [`where ${index.where}`]),
    ...(index.concurrently ? ['concurrently'] : []),
  ].join(' ');
}
