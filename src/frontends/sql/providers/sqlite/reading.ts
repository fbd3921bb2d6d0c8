import type {
  AlterTableBody,
  ColumnDefinition,
  CreateTableStmt,
  Expr,
  Name,
  QualifiedName,
  Stmt,
  TableConstraint,
} from 'sqlite3-parser';
import type { Condition, Expression } from '../../../../ir/index.js';
import type { ReadColumn, Reading, ReadOperation } from '../provider.js';
import { bare, condition, expression, type Relation } from './expression.js';
import { relations } from './relations.js';
import { folded } from './tree.js';
import { typeName } from './types.js';
import { volatilityOfDefault } from './volatility.js';

/**
 * What a parse tree tells of a statement.
 * @param text that of the statement
 */
export function reading(statement: Stmt, text: string): Reading {
  const operation = operationOf(statement, text);
  return { ...(operation && { operations: [operation] }), ...relations(statement) };
}

const tableOf = ({ dbName, objName }: QualifiedName): NonNullable<ReadOperation['table']> => ({
  ...(dbName && { schema: dbName.text }),
  name: objName.text,
});

/** The table of an index or trigger, which stands in the same schema. */
const beside = ({ dbName }: QualifiedName, table: Name, schema?: Name): NonNullable<ReadOperation['table']> => {
  const own = dbName ?? schema;
  return { ...(own && { schema: own.text }), name: table.text };
};

function operationOf(statement: Stmt, text: string): ReadOperation | undefined {
  switch (statement.type) {
    case 'CreateTableStmt':
      return createTable(statement, text);
    case 'CreateVirtualTableStmt':
      return { kind: 'CreateTable', table: tableOf(statement.tblName) };
    case 'DropTableStmt':
      return { kind: 'DropTable', table: tableOf(statement.tblName) };
    case 'AlterTableStmt':
      return { table: tableOf(statement.tblName), ...alteration(statement.body, text) };
    case 'CreateIndexStmt': {
      const { idxName, tblName, columns, whereClause } = statement;
      return {
        kind: 'CreateIndex',
        table: beside(idxName, tblName),
        keys: columns.map(({ expr }) => key(expr)),
        ...(whereClause && { condition: condition(whereClause, {}) }),
      };
    }
    case 'CreateTriggerStmt': {
      const { triggerName, tblName } = statement;
      return { kind: 'CreateTrigger', table: beside(triggerName, tblName.objName, tblName.dbName) };
    }
    case 'UpdateStmt':
      return change('Update', statement.tblName, statement.whereClause, statement.from !== undefined);
    case 'DeleteStmt':
      return change('Delete', statement.tblName, statement.whereClause, false);
    case 'InsertStmt':
      return { kind: 'Insert', table: tableOf(statement.tblName) };
    default: {
      const kind = kinds[statement.type];
      return kind && { kind };
    }
  }
}

const kinds: { readonly [T in Stmt['type']]?: ReadOperation['kind'] } = {
  CreateViewStmt: 'CreateView',
  DropIndexStmt: 'DropIndex',
  DropTriggerStmt: 'DropTrigger',
  DropViewStmt: 'DropView',
  SelectStmt: 'Select',
};

function change(
  kind: 'Update' | 'Delete',
  target: QualifiedName,
  where: Expr | undefined,
  joined: boolean,
): ReadOperation {
  const relation: Relation = { name: (target.alias ?? target.objName).text, ...(joined && { joined }) };
  return { kind, table: tableOf(target), ...(where && { condition: condition(where, relation) }) };
}

/** Empty for a plain column: in parentheses, with a collation, or in quotes of a string it still is one. */
function key(value: Expr): Expression {
  let inner = bare(value);
  while (inner.type === 'CollateExpr') inner = bare(inner.expr);
  return inner.type === 'Id' || inner.type === 'StringLiteral' ? {} : expression(value, {});
}

function createTable({ tblName, body }: CreateTableStmt, text: string): ReadOperation {
  const table = { kind: 'CreateTable', table: tableOf(tblName) } as const;
  if (body.type === 'AsSelectCreateTableBody') return table;
  const names = body.columns.map(({ colName }) => colName.text);
  const relation: Relation = { columns: new Map(names.map((name) => [folded(name), name])) };
  return {
    ...table,
    columns: body.columns.map((each) => column(each, text, relation)),
    checks: (body.constraints ?? []).flatMap(({ constraint }) => checkOf(constraint, relation)),
  };
}

const checkOf = (constraint: TableConstraint, relation: Relation): Condition[] =>
  constraint.type === 'CheckTableConstraint' ? [condition(constraint.expr, relation)] : [];

function column({ colName, colType, constraints }: ColumnDefinition, text: string, relation: Relation): ReadColumn {
  const found: ReadColumn = { name: colName.text };
  const checks: Condition[] = [];
  for (const { constraint } of constraints) {
    if (constraint.type === 'CheckColumnConstraint') checks.push(condition(constraint.expr, relation));
    if (constraint.type === 'GeneratedColumnConstraint') found.generatedFrom = expression(constraint.expr, relation);
    if (constraint.type !== 'DefaultColumnConstraint') continue;
    // Of more than one the last counts.
    delete found.volatility;
    const volatility = volatilityOfDefault(constraint.expr);
    if (volatility !== undefined) found.volatility = volatility;
  }
  const type = colType && typeName(colType, text, found.generatedFrom !== undefined);
  return { ...found, ...(type !== undefined && { type }), checks };
}

/** What ALTER TABLE does; each does one thing. */
function alteration(body: AlterTableBody, text: string): ReadOperation {
  switch (body.type) {
    case 'AddColumnAlterTableBody':
      return { kind: 'AddColumn', columns: [column(body.column, text, {})] };
    case 'AddConstraintAlterTableBody':
      return { kind: 'AddConstraint', checks: checkOf(body.constraint.constraint, {}) };
    default:
      return { kind: alterations[body.type] };
  }
}

const alterations = {
  RenameToAlterTableBody: 'RenameTable',
  RenameColumnAlterTableBody: 'RenameColumn',
  DropColumnAlterTableBody: 'DropColumn',
  SetColumnNotNullAlterTableBody: 'SetNotNull',
  DropColumnNotNullAlterTableBody: 'DropNotNull',
  DropConstraintAlterTableBody: 'DropConstraint',
} as const;
