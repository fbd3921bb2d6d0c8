import type { Constraint, Name, Operation, Span } from '../../../ir/index.js';
import { deferral, foreignKey, namesFrom, validity } from '../models/column.js';
import { sqlText } from '../source.js';
import { itemsOf, keyword, textOf, type Value } from '../values/value.js';
import { coreText } from './core-text.js';
import {
  arg,
  fact,
  nameArg,
  noTable,
  opaque,
  qualified,
  speaksPostgresql,
  spot,
  tableOf,
  type Handlers,
  type OperationCall,
} from './call.js';

function addConstraint(
  at: OperationCall,
  make: (name: Name | undefined) => Constraint | undefined,
  parameter = 'table_name',
): Operation[] {
  const table = tableOf(at, parameter);
  if (table === undefined) return noTable(at);
  const constraint = make(nameArg(at, 'constraint_name'));
  if (constraint === undefined) return [opaque('the columns of the constraint are not known', [table])];
  return [fact({ kind: 'AddConstraint', table, constraint })];
}

const keyed = (kind: 'unique' | 'primary') => (at: OperationCall) =>
  addConstraint(at, (name) => {
    const columns = namesFrom(arg(at, 'columns'));
    return columns && { kind, columns, ...(name && { name }), ...deferral(at.call), ...spot(at), uncertain: [] };
  });

function createForeignKey(at: OperationCall): Operation[] {
  return addConstraint(
    at,
    (name) => {
      const columns = namesFrom(arg(at, 'local_cols'));
      const remote = namesFrom(arg(at, 'remote_cols'));
      const target = qualified(arg(at, 'referent_table'), at.call, 'referent_schema');
      if (columns === undefined) return undefined;
      const key = foreignKey(at.call, columns, { ...(target && { target }), targetColumns: remote ?? [] });
      if (!speaksPostgresql(at.reading.dialect)) delete key.notValid;
      return { ...key, ...(name && { name }), ...spot(at) };
    },
    'source_table',
  );
}

/** What an exclusion constraint compares, as SQL has it. */
function exclusion({ call, reading }: OperationCall): string {
  const given = call.args.filter(({ value }) => value.kind === 'tuple');
  const elements = given.map(({ value, node }) => {
    const [column, operator] = itemsOf(value) ?? [];
    return column && operator ? `${elementText(column, reading.source, node)} WITH ${textOf(operator) ?? '?'}` : '?';
  });
  const using = textOf(keyword(call, 'using')?.value) ?? 'gist';
  const where = keyword(call, 'where');
  const condition = where ? ` WHERE (${sqlText(where.value, reading.source, where.node)})` : '';
  return `USING ${using} (${elements.join(', ')})${condition}`;
}

const elementText = (value: Value, source: string, at: Span): string =>
  value.kind === 'ref' ? (value.name.split('.').at(-1) ?? '') : sqlText(value, source, at);

const constraintKinds: { [type: string]: Constraint['kind'] } = {
  foreignkey: 'foreign',
  unique: 'unique',
  check: 'check',
  primary: 'primary',
};

function dropConstraint(at: OperationCall): Operation[] {
  const table = tableOf(at);
  if (table === undefined) return noTable(at);
  const given = nameArg(at, 'constraint_name');
  const kind = constraintKinds[textOf(arg(at, 'type_')?.value) ?? ''];
  const constraint = given?.unknown === true ? undefined : given;
  return [
    fact({ kind: 'DropConstraint', table, ...(constraint && { constraint }), ...(kind && { constraintKind: kind }) }),
  ];
}

export const constraintHandlers: Handlers = {
  create_unique_constraint: keyed('unique'),
  create_primary_key: keyed('primary'),
  create_foreign_key: createForeignKey,
  drop_constraint: dropConstraint,
  create_check_constraint: (at) =>
    addConstraint(at, (name) => {
      const condition = arg(at, 'condition');
      const expression = condition
        ? (coreText(condition.node) ?? sqlText(condition.value, at.reading.source, condition.node))
        : '';
      const notValid = speaksPostgresql(at.reading.dialect) ? validity(at.call) : {};
      return { kind: 'check', expression, ...(name && { name }), ...notValid, ...spot(at), uncertain: [] };
    }),
  create_exclude_constraint: (at) =>
    addConstraint(at, (name) => ({
      kind: 'exclude',
      expression: exclusion(at),
      ...(name && { name }),
      ...spot(at),
      uncertain: [],
    })),
};
