import {
  type ColumnDefinition,
  type Expr,
  type ForeignKeyClause,
  type Name,
  parseStmt,
  type QualifiedName,
  type SortedColumn,
  type Stmt,
  type TableConstraint,
} from 'sqlite3-parser';
import { type ColumnFacts, constraintFact, type Facts, type IndexFacts, withPrimary } from './facts.js';

const lower = ({ text }: Name): string => text.toLowerCase();
const relation = ({ dbName, objName }: QualifiedName): string => (dbName ? `${lower(dbName)}.` : '') + lower(objName);
const words = (action: string): string => action.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

/** The column of an index's key or of a key's list, behind a collation. */
function columnOf(expr: Expr): string | undefined {
  if (expr.type === 'CollateExpr') return columnOf(expr.expr);
  if (expr.type === 'ParenthesizedExpr') return expr.exprs.length === 1 ? columnOf(expr.exprs[0]!) : undefined;
  if (expr.type === 'Id') return expr.name.toLowerCase();
  return expr.type === 'StringLiteral' ? expr.value.toLowerCase() : undefined;
}

const columnsOf = (columns: readonly SortedColumn[]): string[] =>
  columns.map(({ expr }) => columnOf(expr) ?? 'expression');

function foreign(
  name: Name | undefined,
  columns: string[],
  { tblName, columns: theirs, args }: ForeignKeyClause,
): string {
  const action = (type: string) => {
    const found = args.findLast((each) => each.type === type);
    return found && 'action' in found ? words(found.action) : undefined;
  };
  return constraintFact('foreign', {
    name: name?.text,
    columns,
    target: lower(tblName),
    theirs: theirs?.map(({ colName }) => lower(colName)) ?? [],
    onDelete: action('OnDeleteRefArg'),
    onUpdate: action('OnUpdateRefArg'),
  });
}

function tableConstraint(name: Name | undefined, constraint: TableConstraint): string {
  switch (constraint.type) {
    case 'PrimaryKeyTableConstraint':
      return constraintFact('primary', { name: name?.text, columns: columnsOf(constraint.columns) });
    case 'UniqueTableConstraint':
      return constraintFact('unique', { name: name?.text, columns: columnsOf(constraint.columns) });
    case 'CheckTableConstraint':
      return constraintFact('check', { name: name?.text });
    case 'ForeignKeyTableConstraint':
      return foreign(
        name,
        constraint.columns.map(({ colName }) => lower(colName)),
        constraint.clause,
      );
  }
}

function column({ colName, constraints }: ColumnDefinition): ColumnFacts {
  const name = lower(colName);
  const facts: ColumnFacts = { name, required: false, filled: false, computed: false, constraints: [] };
  for (const { constraint } of constraints) {
    switch (constraint.type) {
      case 'NotNullColumnConstraint':
        facts.required = !constraint.nullable;
        break;
      case 'DefaultColumnConstraint':
        facts.filled = true;
        break;
      case 'GeneratedColumnConstraint':
        facts.computed = true;
        break;
      case 'PrimaryKeyColumnConstraint':
        facts.constraints.push(constraintFact('primary', { columns: [name] }));
        break;
      case 'UniqueColumnConstraint':
        facts.constraints.push(constraintFact('unique', { columns: [name] }));
        break;
      case 'CheckColumnConstraint':
        facts.constraints.push(constraintFact('check', {}));
        break;
      case 'ForeignKeyColumnConstraint':
        facts.constraints.push(foreign(undefined, [name], constraint.clause));
        break;
      default:
    }
  }
  facts.constraints.sort();
  return withPrimary([facts], facts.constraints)[0]!;
}

const flagsOf = (statement: { [key: string]: unknown }): string[] =>
  ['ifExists', 'ifNotExists', 'temporary'].filter((flag) => statement[flag] === true);

/** SQLite writes the schema of the table at what is made for it. */
const beside = (own: QualifiedName, table: Name): string => (own.dbName ? `${lower(own.dbName)}.` : '') + lower(table);

function factsOf(statement: Stmt): Facts | undefined {
  const flags = flagsOf(statement as unknown as { [key: string]: unknown });
  switch (statement.type) {
    case 'CreateTableStmt': {
      const { body } = statement;
      const fact = { kind: 'CreateTable' as const, on: relation(statement.tblName), flags, indexes: [] };
      if (body.type === 'AsSelectCreateTableBody') return [{ ...fact, columns: [], constraints: [] }];
      const constraints = (body.constraints ?? []).map(({ name, constraint }) => tableConstraint(name, constraint));
      return [{ ...fact, columns: withPrimary(body.columns.map(column), constraints), constraints }];
    }
    case 'CreateVirtualTableStmt': {
      const on = relation(statement.tblName);
      return [{ kind: 'CreateTable', on, flags, columns: [], constraints: [], indexes: [] }];
    }
    case 'AlterTableStmt': {
      const on = relation(statement.tblName);
      const { body } = statement;
      switch (body.type) {
        case 'AddColumnAlterTableBody':
          return [{ kind: 'AddColumn', on, flags, columns: [column(body.column)] }];
        case 'DropColumnAlterTableBody':
          return [{ kind: 'DropColumn', on, flags, names: [lower(body.column)] }];
        case 'RenameColumnAlterTableBody':
          return [{ kind: 'RenameColumn', on, flags, names: [lower(body.old), lower(body.new)] }];
        case 'RenameToAlterTableBody':
          return [{ kind: 'RenameTable', on, flags, names: [lower(body.name)] }];
        case 'SetColumnNotNullAlterTableBody':
          return [{ kind: 'SetNotNull', on, flags, names: [lower(body.column)] }];
        case 'DropColumnNotNullAlterTableBody':
          return [{ kind: 'DropNotNull', on, flags, names: [lower(body.column)] }];
        case 'DropConstraintAlterTableBody':
          return [{ kind: 'DropConstraint', on, flags, names: ['', lower(body.name)] }];
        case 'AddConstraintAlterTableBody': {
          const { name, constraint } = body.constraint;
          return [{ kind: 'AddConstraint', on, flags, constraints: [tableConstraint(name, constraint)] }];
        }
        default:
          return undefined;
      }
    }
    case 'CreateIndexStmt': {
      const { idxName, tblName, unique, columns, whereClause } = statement;
      const index: IndexFacts = {
        name: lower(idxName.objName),
        unique,
        keys: columns.map(({ expr, order }) => `${columnOf(expr) ?? 'expression'}${order === 'Desc' ? ' desc' : ''}`),
        where: whereClause !== undefined,
      };
      return [{ kind: 'CreateIndex', on: beside(idxName, tblName), flags, indexes: [index] }];
    }
    case 'DropTableStmt':
      return [{ kind: 'DropTable', on: relation(statement.tblName), flags }];
    case 'DropIndexStmt':
      return [{ kind: 'DropIndex', flags, names: [relation(statement.idxName)] }];
    case 'DropViewStmt':
      return [{ kind: 'DropView', on: relation(statement.viewName), flags }];
    case 'DropTriggerStmt':
      return [{ kind: 'DropTrigger', flags, names: [lower(statement.triggerName.objName)] }];
    case 'CreateViewStmt':
      return [
        { kind: 'CreateView', on: relation(statement.viewName), flags: flags.filter((each) => each !== 'temporary') },
      ];
    case 'CreateTriggerStmt': {
      const { triggerName, tblName } = statement;
      const on = beside(triggerName, tblName.objName);
      const own = flags.filter((each) => each !== 'temporary');
      return [{ kind: 'CreateTrigger', on, flags: own, names: [lower(triggerName.objName)] }];
    }
    case 'UpdateStmt': {
      const { tblName, sets, whereClause, limit } = statement as typeof statement & { limit?: unknown };
      const names = sets.flatMap(({ colNames }) => colNames.map(lower));
      const where = whereClause !== undefined || limit !== undefined;
      return [{ kind: 'Update', on: relation(tblName), flags, names, where }];
    }
    case 'DeleteStmt':
      return [{ kind: 'Delete', on: relation(statement.tblName), flags, where: statement.whereClause !== undefined }];
    case 'InsertStmt':
      return [{ kind: 'Insert', on: relation(statement.tblName), flags }];
    case 'SelectStmt':
      return [{ kind: 'Select', flags }];
    default:
      return undefined;
  }
}

/** What SQLite's own grammar makes of a statement; nothing where it refuses it or these words have no place for it. */
export function theirs(sql: string): Facts | undefined {
  const result = parseStmt(sql);
  return result.status === 'ok' ? factsOf(result.root) : undefined;
}
