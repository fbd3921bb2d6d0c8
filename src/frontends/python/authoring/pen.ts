import type { AnchorList, Authoring, Column, Dialect, Table, TextEdit } from '../../../ir/index.js';
import type { SourceFile } from '../../front-end.js';
import { noPen } from '../../no-pen.js';
import { replaceName } from '../../replace-name.js';
import { bindParameters } from './bind.js';
import { makeConcurrent } from './concurrent.js';
import { writeDowngrade } from './downgrade.js';
import { appended, literal, mannerOf, replaced, type Manner } from './edits.js';
import { addPrimaryKey } from './key.js';
import { setParent } from './parent.js';
import { quoteInLiteral } from './quote.js';
import { removeIndex } from './remove-index.js';

/** The pen for one Python file. */
export function pen(file: SourceFile, dialect: Dialect): Authoring {
  const { text: source } = file;
  const manner = mannerOf(source);
  const quoted = (text: string) => literal(text, manner);
  const add = (list: AnchorList, text: string): TextEdit[] => [appended(list, text, source, manner)];
  /** Writes a value under a key, over one that is empty or None. */
  const put = (list: AnchorList, key: string, entry: string, value: string): TextEdit[] => {
    const given = list.entries.find((each) => each.key === key);
    return given ? [replaced(given.value, value)] : add(list, entry + value);
  };

  const addKeyword = (column: Column, isSqlmodel: boolean, keyword: string, value: string): TextEdit[] | undefined => {
    const anchor = column.anchor;
    if (anchor === undefined) return undefined;
    const { saColumn, saColumnKwargs, call } = anchor.lists;
    if (saColumn) return put(saColumn, keyword, `${keyword}=`, value);
    if (saColumnKwargs) return put(saColumnKwargs, keyword, `${literal(keyword, manner)}: `, value);
    const wrapped = `sa_column_kwargs={${literal(keyword, manner)}: ${value}}`;
    if (call) {
      if (isSqlmodel && call.entries.some(({ key }) => key === 'sa_column_kwargs' || key === 'sa_column'))
        return undefined;
      return isSqlmodel ? add(call, wrapped) : put(call, keyword, `${keyword}=`, value);
    }
    const end = anchor.points['annotationEnd'];
    if (end === undefined || /^\s*=/.test(source.slice(end, anchor.span.end))) return undefined;
    const maker = isSqlmodel ? 'Field' : 'mapped_column';
    if (!new RegExp(`\\bimport\\b[^#]*?\\b${maker}\\b`, 's').test(source)) return undefined;
    return [{ span: { start: end, end }, text: ` = ${maker}(${isSqlmodel ? wrapped : `${keyword}=${value}`})` }];
  };

  return {
    ...noPen,
    setColumnComment(column, text, table) {
      if (column.comment !== undefined) return [replaced(column.comment.span, quoted(text))];
      return addKeyword(column, table.declaredBy === 'sqlmodel', 'comment', quoted(text));
    },
    setTableComment(table, text) {
      if (table.comment !== undefined) return [replaced(table.comment.span, quoted(text))];
      return tableComment(table, source, quoted(text), manner, put);
    },
    documentRelationship(relationship, text) {
      if (relationship.doc !== undefined || relationship.anchor === undefined) return undefined;
      const { saRelationshipKwargs, call } = relationship.anchor.lists;
      if (saRelationshipKwargs) return put(saRelationshipKwargs, 'doc', `${literal('doc', manner)}: `, quoted(text));
      if (!call) return undefined;
      if (!/\bRelationship\s*\($/.test(source.slice(relationship.anchor.span.start, call.open)))
        return put(call, 'doc', 'doc=', quoted(text));
      if (call.entries.some(({ key }) => key === 'sa_relationship_kwargs')) return undefined;
      return add(call, `sa_relationship_kwargs={${literal('doc', manner)}: ${quoted(text)}}`);
    },
    addIndex(key, table) {
      const [name, ...others] = key.columns;
      const column = table.columns.find((each) => each.name.value === name?.value);
      if (others.length > 0 || column?.anchor === undefined || column.indexes.length > 0) return undefined;
      const { saColumn, call } = column.anchor.lists;
      const list = saColumn ?? call;
      if (list === undefined || list.entries.some((entry) => entry.key === 'index')) return undefined;
      return add(list, 'index=True');
    },
    removeIndex: (index) => removeIndex(index, source),
    makeConcurrent: (operation) => makeConcurrent(operation, source, manner),
    quoteIdentifier: (name, spoken) => quoteInLiteral(name, spoken, source),
    bindParameters: (site) => bindParameters(site, source),
    addPrimaryKey: (table) => addPrimaryKey(table, source, dialect, manner),
    writeDowngrade: (migration, operations) => writeDowngrade(migration, operations, source, dialect, manner),
    setParent: (migration, parent) => setParent(migration, parent, source),
    replaceName: (name, to) => replaceName(source, name, to),
  };
}

/** Puts a comment among the table's options: in the dict, the tuple, the `Table(…)` call, or a new `__table_args__`. */
function tableComment(
  table: Table,
  source: string,
  value: string,
  manner: Manner,
  put: (list: AnchorList, key: string, entry: string, value: string) => TextEdit[],
): TextEdit[] | undefined {
  const { anchor } = table;
  const key = `${literal('comment', manner)}: `;
  const entry = key + value;
  if (anchor === undefined || table.role !== 'table') return undefined;
  const { tableCall, tableOptions, tableArgs } = anchor.lists;
  if (tableCall) return put(tableCall, 'comment', 'comment=', value);
  if (tableOptions) return put(tableOptions, 'comment', key, value);
  if (tableArgs) return [appended(tableArgs, `{${entry}}`, source, manner, true)];
  const { points } = anchor;
  // Arguments that come from a base would be lost under new ones.
  const inherited = table.constraints.length + table.indexes.length > 0 || table.name.schema !== undefined;
  if (points['tableArgs'] !== undefined || inherited) return undefined;
  const start = points['statementStart'] ?? points['beforeStatement'];
  if (start === undefined) return undefined;
  const indent = /[ \t]*$/.exec(source.slice(0, start))?.[0] ?? '';
  const statement = `__table_args__ = {${entry}}`;
  const after = points['afterStatement'];
  if (after !== undefined)
    return [{ span: { start: after, end: after }, text: `${manner.newline}${indent}${statement}` }];
  return [{ span: { start, end: start }, text: `${statement}${manner.newline}${indent}` }];
}
