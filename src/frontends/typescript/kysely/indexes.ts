import { itemsOf, textOf, type Link, type Value } from '../values/values.js';
import { expression, writeExpression } from './expressions.js';
import { first, has, last } from './links.js';
import type { SqlText } from './sql-text.js';

/** `createIndex('i').on('t').columns(['a', 'b desc']).where(…)`. */
export function createIndex(sql: SqlText, [verb, ...links]: readonly Link[], schema: Value | undefined): boolean {
  sql.words('create ');
  if (has(links, 'unique')) sql.words('unique ');
  sql.words('index ');
  if (has(links, 'ifNotExists')) sql.words('if not exists ');
  sql.name(verb!.args?.[0], verb!.span);
  const isMysql = sql.dialect === 'mysql' || sql.dialect === 'mariadb';
  if (isMysql) using(sql, links);
  const table = last(links, 'on');
  if (table) sql.words(' on ').path(table.args?.[0], table.span, schema);
  if (!isMysql) using(sql, links);
  keys(sql, links);
  if (has(links, 'nullsNotDistinct')) sql.words(' nulls not distinct');
  conditions(sql, links);
  return links.every((link) => known.has(link.name ?? ''));
}

const known = new Set([
  ...['ifNotExists', 'unique', 'nullsNotDistinct', 'on', 'column', 'columns', 'expression', 'using', 'where'],
]);

function using(sql: SqlText, links: readonly Link[]): void {
  const method = textOf(first(links, 'using'));
  if (method !== undefined) sql.words(` using ${method}`);
}

function keys(sql: SqlText, links: readonly Link[]): void {
  const all = links.flatMap(({ name, args = [], span }): { value: Value | undefined; raw?: true; at: Link }[] => {
    const at = { span };
    if (name === 'column') return [{ value: args[0], at }];
    if (name === 'columns') return (itemsOf(args[0]) ?? [args[0]]).map((value) => ({ value, at }));
    return name === 'expression' ? [{ value: args[0], raw: true, at }] : [];
  });
  if (all.length === 0) return;
  sql.words(' (').list(all, ({ value, raw, at }) => {
    if (raw) expression(sql, value, at.span);
    else ordered(sql, value, at);
  });
  sql.words(')');
}

/** `'name'`, `'name desc'`. */
function ordered(sql: SqlText, value: Value | undefined, { span }: Link): void {
  const text = textOf(value);
  const order = text === undefined ? undefined : /^(.*\S)\s+(asc|desc)\s*$/.exec(text);
  if (!order || value?.kind !== 'text') {
    sql.name(value, span);
    return;
  }
  const [part] = value.parts;
  const cut = part && 'offsets' in part ? [{ ...part, value: order[1]! }] : value.parts;
  sql.name({ ...value, parts: cut }, span).words(` ${order[2]!}`);
}

/** `where('a', '=', 1)`, `where(sql…)`. What a callback makes of it is not worked out. */
function conditions(sql: SqlText, links: readonly Link[]): void {
  const all = links.filter(({ name }) => name === 'where');
  if (all.length === 0) return;
  sql.words(' where ').list(
    all,
    ({ args = [], span }) => {
      const [left, operator, right] = args;
      const sign = textOf(operator);
      if (!right || sign === undefined) {
        expression(sql, left, span);
        return;
      }
      if (!writeExpression(sql, left, span)) sql.path(left, span);
      sql.words(` ${sign} `);
      operand(sql, right);
    },
    ' and ',
  );
}

function operand(sql: SqlText, value: Value): void {
  const items = itemsOf(value);
  if (items)
    sql
      .words('(')
      .list(items, (item) => operand(sql, item))
      .words(')');
  else if (!writeExpression(sql, value, value.span)) sql.immediate(value);
}
