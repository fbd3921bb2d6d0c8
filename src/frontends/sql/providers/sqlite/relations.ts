import type { AstNode, QualifiedName, Stmt, With } from 'sqlite3-parser';
import type { Reading, ReadName } from '../provider.js';
import { children, folded } from './tree.js';

/** Names of WITH queries that are visible at a place, the innermost first. */
type Scope = { names: ReadonlySet<string>; outer: Scope } | undefined;

function isVisible({ dbName, objName }: QualifiedName, scope: Scope): boolean {
  if (dbName !== undefined) return false;
  const name = folded(objName.text);
  for (let at = scope; at !== undefined; at = at.outer) if (at.names.has(name)) return true;
  return false;
}

/** Statements that read and write tables by way of a query. */
const querying = new Set<Stmt['type']>([
  'CreateTableStmt',
  'CreateViewStmt',
  'DeleteStmt',
  'InsertStmt',
  'SelectStmt',
  'UpdateStmt',
]);

/**
 * The tables that a statement reads and writes, sub-queries included, names of WITH queries not; nothing for a statement
 * that holds no query. Walks without recursion: a chain of operators nests as deep as it is long.
 */
export function relations(statement: Stmt): Omit<Reading, 'operations'> {
  if (!querying.has(statement.type)) return {};
  if (statement.type === 'CreateTableStmt' && statement.body.type !== 'AsSelectCreateTableBody') return {};
  const reads: ReadName[] = [];
  const open: { node: AstNode; scope: Scope }[] = [{ node: statement, scope: undefined }];
  for (let place = open.pop(); place; place = open.pop()) {
    const { node, scope: outer } = place;
    const table = tableOf(node);
    if (table && !isVisible(table, outer)) reads.push(named(table));
    const scope = 'with' in node && node.with ? { names: namesOf(node.with), outer } : outer;
    for (const each of children(node)) open.push({ node: each, scope });
  }
  const target = targetOf(statement);
  return { reads: reads.sort((a, b) => a.at - b.at), writes: target ? [named(target)] : [] };
}

/** With or without RECURSIVE each query of a WITH sees all of them, itself and those behind it too. */
const namesOf = ({ ctes }: With): ReadonlySet<string> => new Set(ctes.map(({ tblName }) => folded(tblName.text)));

/** The table that a node reads; a function that gives rows is none. */
function tableOf(node: AstNode): QualifiedName | undefined {
  if (node.type === 'TableSelectTable') return node.tblName;
  return node.type === 'InTableExpr' && node.args === undefined ? node.rhs : undefined;
}

function targetOf(statement: Stmt): QualifiedName | undefined {
  if (statement.type === 'CreateViewStmt') return statement.viewName;
  return 'tblName' in statement && statement.tblName.type === 'QualifiedName' ? statement.tblName : undefined;
}

const named = ({ dbName, objName, span }: QualifiedName): ReadName => ({
  ...(dbName && { schema: dbName.text }),
  name: objName.text,
  at: span.offset,
});
