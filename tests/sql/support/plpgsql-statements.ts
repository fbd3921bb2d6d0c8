import { parsePlPgSQLSync } from 'libpg-query';
import type { Statement } from '../../../src/ir/index.js';

/** One statement of a body: its words, or that its text is made at run time. */
export type InBody = string;

const DYNAMIC = 'EXECUTE …';

/** One gap between words, no comment, and no INTO, which PL/pgSQL takes out of what it sends. */
const plain = (sql: string): string =>
  sql
    .replace(/--[^\n]*|\/\*[^]*?\*\//g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ?\bINTO (?:STRICT )?\w+(?:\.\w+)*(?:, ?\w+(?:\.\w+)*)*/gi, '')
    .replace(/ ?([(),;]) ?/g, '$1')
    .trim()
    .toUpperCase();

/** The statements that PostgreSQL's own parser of PL/pgSQL finds in the body of a routine or DO block. */
export function statementsByPostgreSQL(sql: string): InBody[] {
  const found: InBody[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node as Record<string, Record<string, unknown>>)) {
      const text = (of: string): string | undefined =>
        (value[of] as { PLpgSQL_expr?: { query: string } } | undefined)?.PLpgSQL_expr?.query;
      const query = text('sqlstmt') ?? text('query') ?? text('expr');
      if (/^PLpgSQL_stmt_(execsql|perform|call|return_query)$/.test(key) && query !== undefined)
        found.push(plain(query));
      else if (
        /^PLpgSQL_stmt_(dynexecute|dynfors)$/.test(key) ||
        (key === 'PLpgSQL_stmt_return_query' && text('dynquery'))
      )
        found.push(DYNAMIC);
      else if (key === 'PLpgSQL_stmt_fors' && /^\s*(WITH|INSERT|UPDATE|DELETE|MERGE)\b/i.test(query ?? ''))
        found.push(plain(query!));
      walk(value);
    }
  };
  walk(parsePlPgSQLSync(sql));
  return found;
}

/** The statements that our reader finds there. */
export function statementsByReader({ children }: Statement, host: string): InBody[] {
  const found: InBody[] = [];
  for (const child of children) {
    // Text of an EXECUTE stands in quotes, or is computed.
    const before = host.slice(0, child.span.start).trimEnd().at(-1) ?? '';
    const isDynamic = child.verb === 'EXECUTE' || before === "'" || before === '$';
    if (isDynamic && found.at(-1) === DYNAMIC) continue;
    found.push(isDynamic ? DYNAMIC : plain(child.text).replace(/^PERFORM\b/, 'SELECT'));
  }
  return found;
}
