import { itemsOf, type Link, type Value } from '../values/values.js';
import { actions } from './columns.js';
import { expression } from './expressions.js';
import { has, linksOf } from './links.js';
import type { SqlText } from './sql-text.js';

/** The links of `addUniqueConstraint(name, columns, build)` and its relatives. */
export const constraintLinks = new Set([
  'addPrimaryKeyConstraint',
  'addUniqueConstraint',
  'addForeignKeyConstraint',
  'addCheckConstraint',
]);

/**
 * Writes a constraint. In ALTER TABLE a foreign key takes its actions from the links behind it.
 * @returns whether all of it is written
 */
export function constraint(sql: SqlText, link: Link, behind: readonly Link[] = []): boolean {
  const { name, args = [], span } = link;
  const [called, columns, target, targetColumns, build] = args;
  sql.words('constraint ').name(called, span).words(' ');
  switch (name) {
    case 'addPrimaryKeyConstraint':
    case 'addUniqueConstraint': {
      const links = linksOf(args[2]);
      sql.words(name === 'addUniqueConstraint' ? 'unique' : 'primary key');
      if (has(links ?? [], 'nullsNotDistinct')) sql.words(' nulls not distinct');
      sql.words(' (');
      names(sql, columns, link);
      sql.words(')');
      deferring(sql, links ?? []);
      return links !== undefined;
    }
    case 'addForeignKeyConstraint': {
      const links = linksOf(build);
      const all = [...(links ?? []), ...behind];
      sql.words('foreign key (');
      names(sql, columns, link);
      sql.words(') references ').path(target, span).words(' (');
      names(sql, targetColumns, link);
      sql.words(')');
      actions(sql, all);
      deferring(sql, all);
      return links !== undefined;
    }
    default:
      sql.words('check (');
      expression(sql, columns, span);
      sql.words(')');
      return true;
  }
}

/** A list of columns. */
export function names(sql: SqlText, value: Value | undefined, { span }: Link): void {
  const items = itemsOf(value);
  if (items && value?.kind === 'array' && value.complete) sql.list(items, (item) => sql.name(item, span));
  else sql.hole(value?.span ?? span);
}

function deferring(sql: SqlText, links: readonly Link[]): void {
  if (has(links, 'deferrable')) sql.words(' deferrable');
  else if (has(links, 'notDeferrable')) sql.words(' not deferrable');
  if (has(links, 'initiallyDeferred')) sql.words(' initially deferred');
  else if (has(links, 'initiallyImmediate')) sql.words(' initially immediate');
}
