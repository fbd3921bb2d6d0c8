import type { ReadName, Reading } from '../provider.js';
import { node, nodes, text, typed, type Node } from './tree.js';

/** Names of WITH queries that are visible at a place, the innermost first. */
type Scope = { name: string; outer: Scope } | undefined;

function isVisible(name: string, scope: Scope): boolean {
  for (let at = scope; at !== undefined; at = at.outer) if (at.name === name) return true;
  return false;
}

/** Statements whose `relation` is written. */
const writing = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt']);
/** Statements that read and write tables by way of a query. */
const querying = new Set([...writing, 'SelectStmt', 'CreateTableAsStmt', 'ViewStmt']);

/** A value of the tree with the name of the field that it stands in, which is its type where it has one. */
interface Place {
  field: string;
  value: unknown;
  scope: Scope;
}

/**
 * The tables that a statement reads and writes, sub-queries included, names of WITH queries not; nothing for a statement
 * that holds no query. Walks without recursion: a chain of operators nests as deep as it is long.
 * @param offset gives the UTF-16 offset of a location in the tree
 */
export function relations(statement: Node, offset: (location: unknown) => number): Omit<Reading, 'operations'> {
  if (!querying.has(typed(statement)[0])) return {};
  const reads: ReadName[] = [];
  const writes: ReadName[] = [];
  const open: Place[] = [{ field: '', value: statement, scope: undefined }];
  const named = ({ schemaname, relname, location }: Node): ReadName => ({
    ...(schemaname !== undefined && { schema: text(schemaname) }),
    name: text(relname),
    at: offset(location),
  });
  for (let place = open.pop(); place; place = open.pop()) {
    const { field, value, scope } = place;
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (const each of value) open.push({ field: '', value: each as unknown, scope });
      continue;
    }
    const fields = value as Node;
    if (field === 'RangeVar') {
      if (fields.schemaname !== undefined || !isVisible(text(fields.relname), scope)) reads.push(named(fields));
      continue;
    }
    if (field === 'ViewStmt') {
      writes.push(named(node(fields.view)));
      open.push({ field: 'query', value: fields.query, scope });
      continue;
    }
    // CREATE TABLE … AS, SELECT … INTO.
    if (field === 'into' || field === 'intoClause') {
      writes.push(named(node(fields.rel)));
      continue;
    }
    const inside = fields.withClause === undefined ? scope : withQueries(node(fields.withClause), scope, open);
    if (writing.has(field)) writes.push(named(node(fields.relation)));
    for (const [name, each] of Object.entries(fields)) {
      if (name !== 'withClause' && !(name === 'relation' && writing.has(field)))
        open.push({ field: name, value: each, scope: inside });
    }
  }
  return { reads: inOrder(reads), writes: inOrder(writes) };
}

/** Opens the queries of a WITH; each sees those before it, and all of them where it is RECURSIVE. */
function withQueries({ ctes, recursive }: Node, scope: Scope, open: Place[]): Scope {
  const queries = nodes(ctes).map((each) => node(each.CommonTableExpr));
  const all = queries.reduce<Scope>((outer, { ctename }) => ({ name: text(ctename), outer }), scope);
  let before = scope;
  for (const { ctename, ctequery } of queries) {
    open.push({ field: '', value: ctequery, scope: recursive === true ? all : before });
    before = { name: text(ctename), outer: before };
  }
  return all;
}

const inOrder = (names: ReadName[]): ReadName[] => names.sort((a, b) => a.at - b.at);
