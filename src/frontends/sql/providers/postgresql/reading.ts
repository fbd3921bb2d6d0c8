import type { Condition } from '../../../../ir/index.js';
import type { ReadColumn, Reading, ReadOperation } from '../provider.js';
import { columnUses } from './column-uses.js';
import { condition, expression, type Relation } from './expression.js';
import { relations } from './relations.js';
import { node, nodes, strings, text, typed, type Node } from './tree.js';
import { typeName } from './types.js';
import { volatilityOf } from './volatility.js';

/**
 * What a parse tree tells of a statement.
 * @param offset gives the UTF-16 offset of a location in the tree
 */
export function reading(statement: Node, offset: (location: unknown) => number): Reading {
  const [type, fields] = typed(statement);
  const operations = readers[type]?.(fields);
  return { ...(operations && { operations }), ...relations(statement, offset) };
}

const tableOf = (relation: unknown): NonNullable<ReadOperation['table']> => {
  const { schemaname, relname } = node(relation);
  return { ...(schemaname !== undefined && { schema: text(schemaname) }), name: text(relname) };
};

const readers: { readonly [type: string]: ((fields: Node) => ReadOperation[] | undefined) | undefined } = {
  CreateStmt: (fields) => [createTable(fields)],
  AlterTableStmt: ({ objtype, relation, cmds }) =>
    objtype === 'OBJECT_TABLE'
      ? nodes(cmds).map((each) => ({ table: tableOf(relation), ...command(node(each.AlterTableCmd)) }))
      : undefined,
  IndexStmt: ({ relation, indexParams, whereClause }) => [
    {
      kind: 'CreateIndex',
      table: tableOf(relation),
      keys: nodes(indexParams).map(({ IndexElem }) => {
        const { expr } = node(IndexElem);
        return expr === undefined ? {} : expression(expr);
      }),
      ...(whereClause !== undefined && { condition: condition(whereClause) }),
    },
  ],
  UpdateStmt: (fields) => change('Update', fields, fields.fromClause),
  DeleteStmt: (fields) => change('Delete', fields, fields.usingClause),
  InsertStmt: (fields) => change('Insert', fields, undefined),
  MergeStmt: (fields) => change('Merge', fields, undefined),
  TruncateStmt: ({ relations: tables }) =>
    nodes(tables).map(({ RangeVar }) => ({ kind: 'Truncate', table: tableOf(RangeVar) })),
  RenameStmt: ({ renameType, relationType, relation }) => {
    const kind =
      relationType === 'OBJECT_TABLE' || renameType === 'OBJECT_TABLE' ? renames[text(renameType)] : undefined;
    return kind && [{ kind, table: tableOf(relation) }];
  },
  ViewStmt: ({ query }) => [{ kind: 'CreateView', ...used(query) }],
  CreateTableAsStmt: ({ objtype, into, query }) =>
    objtype === 'OBJECT_MATVIEW'
      ? [{ kind: 'CreateMaterializedView', ...used(query) }]
      : [{ kind: 'CreateTable', table: tableOf(node(into).rel) }],
  DropStmt: ({ removeType, objects }) => {
    const kind = drops[text(removeType)];
    if (kind !== 'DropTable') return kind && nodes(objects).map(() => ({ kind }));
    return nodes(objects).map(({ List }) => {
      const [name = '', schema] = strings(node(List).items).reverse();
      return { kind, table: { ...(schema !== undefined && { schema }), name } };
    });
  },
};

function used(query: unknown): Pick<ReadOperation, 'uses'> {
  const uses = columnUses(query);
  return uses ? { uses } : {};
}

const renames: { readonly [type: string]: ReadOperation['kind'] | undefined } = {
  OBJECT_TABLE: 'RenameTable',
  OBJECT_COLUMN: 'RenameColumn',
  OBJECT_TABCONSTRAINT: 'RenameConstraint',
};

const drops: { readonly [type: string]: ReadOperation['kind'] | undefined } = {
  OBJECT_TABLE: 'DropTable',
  OBJECT_FOREIGN_TABLE: 'DropTable',
  OBJECT_INDEX: 'DropIndex',
  OBJECT_VIEW: 'DropView',
  OBJECT_MATVIEW: 'DropMaterializedView',
  OBJECT_SEQUENCE: 'DropSequence',
  OBJECT_TYPE: 'DropType',
  OBJECT_SCHEMA: 'DropSchema',
};

const changes = /^(?:Insert|Update|Delete|Merge)Stmt$/;

function change(
  kind: 'Insert' | 'Update' | 'Delete' | 'Merge',
  fields: Node,
  others: unknown,
): ReadOperation[] | undefined {
  // A change in a WITH query is an operation too; their order is not that of the tree.
  const queries = nodes(node(fields.withClause).ctes).map((each) => node(each.CommonTableExpr).ctequery);
  if (queries.some((query) => changes.test(typed(query)[0]))) return undefined;
  const table = tableOf(fields.relation);
  if (kind === 'Insert' || kind === 'Merge' || fields.whereClause === undefined) return [{ kind, table }];
  const { aliasname } = node(node(fields.relation).alias);
  const relation: Relation = {
    name: aliasname === undefined ? table.name : text(aliasname),
    ...(nodes(others).length > 0 && { joined: true }),
  };
  return [{ kind, table, condition: condition(fields.whereClause, relation) }];
}

function createTable({ relation, tableElts, constraints }: Node): ReadOperation {
  const elements = nodes(tableElts);
  const own = [
    ...elements.flatMap(({ Constraint }) => (Constraint ? [node(Constraint)] : [])),
    ...nodes(constraints).map((each) => node(each.Constraint)),
  ];
  return {
    kind: 'CreateTable',
    table: tableOf(relation),
    columns: elements.flatMap(({ ColumnDef }) => (ColumnDef ? [column(node(ColumnDef))] : [])),
    checks: own.flatMap(checkOf),
    excludes: own.flatMap(({ contype, exclusions }) =>
      contype === 'CONSTR_EXCLUSION' ? [expression(exclusions)] : [],
    ),
  };
}

const checkOf = ({ contype, raw_expr: value }: Node): Condition[] =>
  contype === 'CONSTR_CHECK' ? [condition(value)] : [];

function column({ colname, typeName: type, constraints }: Node): ReadColumn {
  const own = nodes(constraints).map((each) => node(each.Constraint));
  const of = (kind: string): unknown => own.find(({ contype }) => contype === kind)?.raw_expr;
  const initial = of('CONSTR_DEFAULT');
  const generated = of('CONSTR_GENERATED');
  return {
    name: text(colname),
    ...typeOf(type),
    ...(initial !== undefined && steadiness(initial)),
    ...(generated !== undefined && { generatedFrom: expression(generated) }),
    checks: own.flatMap(checkOf),
  };
}

function typeOf(value: unknown): Pick<ReadColumn, 'type'> {
  const type = value === undefined ? undefined : typeName(value);
  return type === undefined ? {} : { type };
}

function steadiness(value: unknown): Pick<ReadColumn, 'volatility'> {
  const volatility = volatilityOf(value);
  return volatility === undefined ? {} : { volatility };
}

const commands: { readonly [subtype: string]: ReadOperation['kind'] | undefined } = {
  AT_AddColumn: 'AddColumn',
  AT_DropColumn: 'DropColumn',
  AT_AlterColumnType: 'AlterColumnType',
  AT_SetNotNull: 'SetNotNull',
  AT_DropNotNull: 'DropNotNull',
  AT_AddConstraint: 'AddConstraint',
  AT_DropConstraint: 'DropConstraint',
  AT_ValidateConstraint: 'ValidateConstraint',
  AT_AlterConstraint: 'AlterConstraint',
  AT_SetStorage: 'SetStorage',
  AT_SetCompression: 'SetStorage',
  AT_AttachPartition: 'AttachPartition',
  AT_DetachPartition: 'DetachPartition',
  AT_DetachPartitionFinalize: 'DetachPartition',
};

/** One action of an ALTER TABLE. */
function command({ subtype, name, def }: Node): ReadOperation {
  const { ColumnDef, Constraint } = node(def);
  switch (subtype) {
    case 'AT_AddColumn':
      return { kind: 'AddColumn', columns: [column(node(ColumnDef))] };
    case 'AT_AlterColumnType': {
      const { typeName: type, raw_default: using } = node(ColumnDef);
      const columns = [{ name: text(name), ...typeOf(type) }];
      return { kind: 'AlterColumnType', columns, ...(using !== undefined && { using: expression(using) }) };
    }
    case 'AT_ColumnDefault':
      if (def === undefined) return { kind: 'DropDefault' };
      return { kind: 'SetDefault', columns: [{ name: text(name), ...steadiness(def) }] };
    case 'AT_AddConstraint': {
      const own = node(Constraint);
      if (own.contype === 'CONSTR_NOTNULL') return { kind: 'SetNotNull' };
      if (own.contype === 'CONSTR_EXCLUSION') return { kind: 'AddConstraint', excludes: [expression(own.exclusions)] };
      return { kind: 'AddConstraint', checks: checkOf(own) };
    }
    default: {
      const kind = commands[text(subtype)];
      return kind === undefined ? {} : { kind };
    }
  }
}
