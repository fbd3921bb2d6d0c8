import type { Link, Value } from '../values/values.js';
import { columnDefinition } from './columns.js';
import { constraint, constraintLinks, names } from './constraints.js';
import { dataType, defaultValue, expression } from './expressions.js';
import { first, has, last, linksOf } from './links.js';
import type { SqlText } from './sql-text.js';

const ofCreate = new Set(['temporary', 'onCommit', 'ifNotExists', 'modifyFront', 'modifyEnd', 'as', 'addColumn']);

/** `createTable('t').addColumn(…)`. */
export function createTable(sql: SqlText, [verb, ...links]: readonly Link[], schema: Value | undefined): boolean {
  let isWhole = links.every(({ name = '' }) => ofCreate.has(name) || constraintLinks.has(name));
  sql.words('create ');
  modifiers(sql, links, 'modifyFront', '', ' ');
  if (has(links, 'temporary')) sql.words('temporary ');
  sql.words('table ');
  if (has(links, 'ifNotExists')) sql.words('if not exists ');
  sql.path(verb!.args?.[0], verb!.span, schema);
  if (has(links, 'as')) {
    sql.words(' as select 1');
    return isWhole;
  }
  const parts = [
    ...links.filter(({ name }) => name === 'addColumn'),
    ...links.filter(({ name }) => constraintLinks.has(name ?? '')),
  ];
  sql.words(' (').list(parts, (link) => {
    isWhole = (link.name === 'addColumn' ? columnDefinition(sql, link) : constraint(sql, link)) && isWhole;
  });
  sql.words(')');
  const commit = first(links, 'onCommit');
  if (commit) {
    sql.words(' on commit ');
    dataType(sql, commit, commit.span);
  }
  modifiers(sql, links, 'modifyEnd', ' ', '');
  return isWhole;
}

function modifiers(sql: SqlText, links: readonly Link[], name: string, before: string, after: string): void {
  for (const link of links) {
    if (link.name !== name) continue;
    sql.words(before);
    expression(sql, link.args?.[0], link.span);
    sql.words(after);
  }
}

/** Links of `alterTable` that change one thing alone; what follows them says more of it. */
const single = new Set([
  ...['renameTo', 'setSchema', 'dropConstraint', 'renameConstraint', 'addIndex', 'dropIndex', ...constraintLinks],
]);

const columnar = new Set(['addColumn', 'dropColumn', 'renameColumn', 'alterColumn', 'modifyColumn']);

/** `alterTable('t').addColumn(…).dropColumn(…)`. The links that are actions come back, each in its place. */
export function alterTable(
  sql: SqlText,
  [verb, ...links]: readonly Link[],
  schema: Value | undefined,
): { isWhole: boolean; actions: readonly Link[] } {
  sql.words('alter table ').path(verb!.args?.[0], verb!.span, schema).words(' ');
  const only = links.find(({ name }) => single.has(name ?? ''));
  if (only) return { isWhole: one(sql, only, links.slice(links.indexOf(only) + 1)), actions: [only] };
  const actions = links.filter(({ name }) => columnar.has(name ?? ''));
  let isWhole = actions.length === links.length;
  sql.list(actions, (link) => {
    isWhole = column(sql, link) && isWhole;
  });
  return { isWhole, actions };
}

function one(sql: SqlText, link: Link, behind: readonly Link[]): boolean {
  const { name = '', args = [], span } = link;
  const [given, second] = args;
  if (constraintLinks.has(name)) {
    sql.words('add ');
    return constraint(sql, link, behind);
  }
  switch (name) {
    case 'renameTo':
      sql.words('rename to ').path(given, span);
      return true;
    case 'setSchema':
      sql.words('set schema ').name(given, span);
      return true;
    case 'dropConstraint':
      sql.words('drop constraint ');
      if (has(behind, 'ifExists')) sql.words('if exists ');
      sql.name(given, span);
      if (has(behind, 'cascade')) sql.words(' cascade');
      else if (has(behind, 'restrict')) sql.words(' restrict');
      return true;
    case 'renameConstraint':
      sql.words('rename constraint ').name(given, span).words(' to ').name(second, span);
      return true;
    case 'dropIndex':
      sql.words('drop index ').name(given, span);
      return true;
    default:
      return addIndex(sql, link, behind);
  }
}

/** `alterTable('t').addIndex('i').columns(['a'])`, which MySQL has. */
function addIndex(sql: SqlText, { args = [], span }: Link, behind: readonly Link[]): boolean {
  sql.words(has(behind, 'unique') ? 'add unique index ' : 'add index ').name(args[0], span);
  const columns = last(behind, 'columns');
  const columnLinks = behind.filter(({ name }) => name === 'column');
  sql.words(' (');
  if (columns) names(sql, columns.args?.[0], columns);
  else sql.list(columnLinks, (link) => sql.name(link.args?.[0], link.span));
  sql.words(')');
  return (columns !== undefined) !== columnLinks.length > 0 && !has(behind, 'expression');
}

function column(sql: SqlText, link: Link): boolean {
  const { name, args = [], span } = link;
  switch (name) {
    case 'addColumn':
      sql.words(sql.dialect === 'tsql' ? 'add ' : 'add column ');
      return columnDefinition(sql, link);
    case 'modifyColumn':
      sql.words('modify column ');
      return columnDefinition(sql, link);
    case 'dropColumn':
      sql.words('drop column ').name(args[0], span);
      return true;
    case 'renameColumn':
      sql.words('rename column ').name(args[0], span).words(' to ').name(args[1], span);
      return true;
    default:
      return alterColumn(sql, link);
  }
}

/** `alterColumn('c', (col) => col.setDataType('text'))`. */
function alterColumn(sql: SqlText, { args = [], span }: Link): boolean {
  const [change, ...others] = linksOf(args[1]) ?? [];
  sql.words('alter column ').name(args[0], span).words(' ');
  const given = change?.args?.[0];
  switch (change?.name) {
    case 'setDataType':
      sql.words(sql.dialect === 'tsql' ? '' : 'type ');
      dataType(sql, given, change.span);
      break;
    case 'setDefault':
      sql.words('set default ');
      defaultValue(sql, given, change.span);
      break;
    case 'dropDefault':
      sql.words('drop default');
      break;
    case 'setNotNull':
      sql.words('set not null');
      break;
    case 'dropNotNull':
      sql.words('drop not null');
      break;
    default:
      sql.hole(span);
      return false;
  }
  return others.length === 0;
}
