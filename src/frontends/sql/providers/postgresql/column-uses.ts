import type { ColumnUse } from '../../../../ir/index.js';
import { node, nodes, strings, text, typed, type Node } from './tree.js';

/** A table, view, sub-query or function that a query reads from, by the name that its columns may be qualified with. */
interface Relation {
  alias: string;
  /** Absent for what is no table or view: its own query names what it takes. */
  table?: ColumnUse['of'][number];
}

/** What the names at a place may refer to. */
interface Scope {
  relations: Relation[];
  /** Names of WITH queries. */
  queries: ReadonlySet<string>;
  outer?: Scope;
}

interface Place {
  field: string;
  value: unknown;
  scope: Scope;
}

/**
 * The columns that a query names, with the tables that they may be of; nothing where a NATURAL JOIN makes that depend on
 * the columns that the tables have. Walks without recursion: a query nests as deep as it likes.
 */
export function columnUses(query: unknown): ColumnUse[] | undefined {
  const uses = new Map<string, ColumnUse>();
  const open: Place[] = [{ field: '', value: query, scope: { relations: [], queries: new Set() } }];
  for (let place = open.pop(); place; place = open.pop()) {
    const { field, value, scope } = place;
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (const each of value) open.push({ field: '', value: each as unknown, scope });
      continue;
    }
    const fields = value as Node;
    if (field === 'ColumnRef') {
      for (const use of named(fields, scope)) uses.set(JSON.stringify(use), use);
      continue;
    }
    if (field === 'JoinExpr') {
      if (fields.isNatural === true) return undefined;
      for (const column of strings(fields.usingClause))
        for (const { table } of scope.relations) {
          if (table) uses.set(JSON.stringify([column, table]), { column, of: [table] });
        }
    }
    const isQuery = field === 'SelectStmt' || field === 'larg' || field === 'rarg';
    const inside = isQuery && 'op' in fields ? inner(fields, scope) : scope;
    for (const [name, each] of Object.entries(fields)) open.push({ field: name, value: each, scope: inside });
  }
  return [...uses.values()];
}

/** What the parts of a SELECT may refer to. */
function inner({ fromClause, withClause }: Node, outer: Scope): Scope {
  const queries = new Set(outer.queries);
  for (const each of nodes(node(withClause).ctes)) queries.add(text(node(each.CommonTableExpr).ctename));
  const relations: Relation[] = [];
  const open: unknown[] = nodes(fromClause).toReversed();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [type, fields] = typed(next);
    if (type === 'JoinExpr') open.push(fields.rarg, fields.larg);
    else relations.push(relation(type, fields, queries));
  }
  return { relations, queries, outer };
}

function relation(type: string, fields: Node, queries: ReadonlySet<string>): Relation {
  const alias = node(fields.alias).aliasname;
  if (type !== 'RangeVar') return { alias: text(alias) };
  const [schema, name] = [fields.schemaname, text(fields.relname)];
  const shown = alias === undefined ? name : text(alias);
  if (schema === undefined && queries.has(name)) return { alias: shown };
  return { alias: shown, table: { ...(schema !== undefined && { schema: text(schema) }), name } };
}

/** What a reference to a column, or to all of them, may mean. */
function named({ fields }: Node, scope: Scope): ColumnUse[] {
  const parts = strings(fields);
  const isStar = nodes(fields).at(-1)?.A_Star !== undefined;
  const column = isStar ? '*' : parts.at(-1);
  // The star stands in the list as an empty text.
  const qualifier = parts.at(-2);
  if (column === undefined) return [];
  if (qualifier !== undefined) {
    const found = withAlias(qualifier, scope);
    return found?.table ? [{ column, of: [found.table] }] : [];
  }
  if (isStar) return scope.relations.flatMap(({ table }) => (table ? [{ column, of: [table] }] : []));
  const of: ColumnUse['of'] = [];
  for (let at: Scope | undefined = scope; at; at = at.outer)
    of.push(...at.relations.flatMap(({ table }) => table ?? []));
  return of.length > 0 ? [{ column, of }] : [];
}

function withAlias(alias: string, scope: Scope): Relation | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const found = at.relations.find((each) => each.alias === alias);
    if (found) return found;
  }
  return undefined;
}
