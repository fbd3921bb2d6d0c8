import type { Dialect, Span } from '../../../ir/index.js';
import type { EmbeddedText } from '../../sql/embedded-text.js';
import { itemsOf, type Link, type Value } from '../values/values.js';
import { names } from './constraints.js';
import { createIndex } from './indexes.js';
import { first, has, last } from './links.js';
import { SqlText } from './sql-text.js';
import { alterTable, createTable } from './tables.js';

/** A statement as Kysely sends it. */
export interface Built {
  text: EmbeddedText;
  /** The links that its actions come from, in order; the first is the verb of the statement where it has none. */
  actions: readonly Link[];
  /** All that the builder was told is in the text. */
  isWhole: boolean;
  span: Span;
}

type Write = (sql: SqlText, links: readonly Link[], schema: Value | undefined) => boolean;

/** Statements that a name and a few words make. */
const simple =
  (words: string, more: Write = () => true): Write =>
  (sql, links, schema) => {
    const [verb, ...rest] = links;
    sql.words(`${words} `);
    if (has(rest, 'ifExists')) sql.words('if exists ');
    if (has(rest, 'ifNotExists')) sql.words('if not exists ');
    named(sql, words, verb!, schema);
    const isWhole = more(sql, rest, schema);
    if (has(rest, 'cascade')) sql.words(' cascade');
    return isWhole;
  };

/** A dot in the name of a schema or an index is part of it; before others a schema stands. */
function named(sql: SqlText, words: string, { args, span }: Link, schema: Value | undefined): void {
  if (words.endsWith(' index') && schema) sql.name(schema, span).words('.');
  if (/ (?:schema|index)$/.test(words)) sql.name(args?.[0], span);
  else sql.path(args?.[0], span, schema);
}

const verbs: { readonly [verb: string]: Write } = {
  createTable,
  createIndex,
  dropTable: simple('drop table'),
  dropIndex: simple('drop index', (sql, links) => {
    const table = last(links, 'on');
    if (table) sql.words(' on ').path(table.args?.[0], table.span);
    return true;
  }),
  createSchema: simple('create schema'),
  dropSchema: simple('drop schema'),
  createType: simple('create type', (sql, links) => {
    const values = last(links, 'asEnum');
    if (!values) return true;
    const list = values.args?.[0];
    const items = itemsOf(list);
    sql.words(' as enum (');
    if (items && list?.kind === 'array' && list.complete) sql.list(items, (item) => sql.immediate(item));
    else sql.hole(list?.span ?? values.span);
    sql.words(')');
    return true;
  }),
  dropType: simple('drop type'),
  createView: (sql, links, schema) => {
    sql.words(has(links, 'orReplace') ? 'create or replace ' : 'create ');
    if (has(links, 'materialized')) sql.words('materialized ');
    if (has(links, 'temporary')) sql.words('temporary ');
    sql.words('view ');
    if (has(links, 'ifNotExists')) sql.words('if not exists ');
    sql.path(links[0]!.args?.[0], links[0]!.span, schema).words(' ');
    const columns = last(links, 'columns');
    if (columns) {
      sql.words('(');
      names(sql, columns.args?.[0], columns);
      sql.words(') ');
    }
    // What it selects makes no difference to the tables.
    sql.words('as select 1');
    return first(links, 'as') !== undefined;
  },
  dropView: (sql, links, schema) =>
    simple(has(links, 'materialized') ? 'drop materialized view' : 'drop view')(sql, links, schema),
  refreshMaterializedView: (sql, links, schema) => {
    sql.words('refresh materialized view ');
    if (has(links, 'concurrently')) sql.words('concurrently ');
    sql.path(links[0]!.args?.[0], links[0]!.span, schema);
    sql.words(has(links, 'withNoData') ? ' with no data' : ' with data');
    return true;
  },
};

/**
 * The statement of a builder's links, from its verb on; nothing where that is none of the schema's.
 * @param schema what `withSchema` named
 */
export function statementOf(links: readonly Link[], schema: Value | undefined, dialect: Dialect): Built | undefined {
  const [verb] = links;
  if (!verb?.name) return undefined;
  const { span } = verb;
  const sql = new SqlText(span.start, dialect);
  if (verb.name === 'alterTable') {
    const { isWhole, actions } = alterTable(sql, links, schema);
    return { text: sql.parts, actions, isWhole, span };
  }
  const write = Object.hasOwn(verbs, verb.name) ? verbs[verb.name] : undefined;
  return write && { isWhole: write(sql, links, schema), text: sql.parts, actions: [verb], span };
}
