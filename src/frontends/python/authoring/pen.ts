import type { Authoring, Dialect, Table, TextEdit } from '../../../ir/index.js';
import type { SourceFile } from '../../front-end.js';
import { noPen } from '../../no-pen.js';
import { removeComments } from '../../remove-comments.js';
import { replaceName } from '../../replace-name.js';
import { sentApart } from '../../sending-call.js';
import { withoutCascade, withTables } from '../../sql/authoring-words.js';
import { annotateColumn, annotateNullable } from './annotations.js';
import { readAutogenerate, setAlembicOption, setTargetMetadata } from './alembic.js';
import { runInBatch } from './batch.js';
import { bindParameters } from './bind.js';
import { declareBase } from './base.js';
import { callAfterLoop, closeByWith, handleOutside } from './blocks.js';
import { selectInstead } from './select.js';
import { compareByMethod } from './comparison.js';
import { importName } from './imports.js';
import { describeTable } from './table-description.js';
import { makeConcurrent } from './concurrent.js';
import { makeAware, setOnChange, setServerDefault } from './defaults.js';
import { writeDowngrade } from './downgrade.js';
import { appended, literal, mannerOf, replaced, type Manner } from './edits.js';
import { doublePercent, readFromEnvironment, setEngineOption } from './engine.js';
import { addPrimaryKey } from './key.js';
import { columnKeyword, put, relationshipKeyword, type Page } from './keywords.js';
import { addInverse, declareTable } from './models.js';
import { writeNote } from './note.js';
import { addNotValid, addOperations, inAutocommitBlock, replaceOperation } from './operations.js';
import { nameColumn } from './column-name.js';
import { nameConstraint } from './constraint-name.js';
import { addTemplates, setNamingConvention } from './naming-convention.js';
import { nameIndexTable, restateColumn } from './operation-arguments.js';
import { setParent } from './parent.js';
import { classStatement } from './statements.js';
import { quoteInLiteral } from './quote.js';
import { keepTimezone, setColumnType } from './types.js';
import { removeIndex } from './remove-index.js';

/** The pen for one Python file. */
export function pen(file: SourceFile, dialect: Dialect): Authoring {
  const { text: source } = file;
  const manner = mannerOf(source);
  const quoted = (text: string) => literal(text, manner);
  const page: Page = { source, manner };

  return {
    ...noPen,
    setColumnComment(column, text, table) {
      if (column.comment !== undefined) return [replaced(column.comment.span, quoted(text))];
      return columnKeyword(column, table, 'comment', quoted(text), page);
    },
    setTableComment(table, text) {
      if (table.comment !== undefined) return [replaced(table.comment.span, quoted(text))];
      return tableComment(table, source, quoted(text), manner, page);
    },
    nameTable: (table) =>
      table.anchor && classStatement(table.anchor, `__tablename__ = ${quoted(table.name.name.value)}`, page),
    documentRelationship: (relationship, text) =>
      relationship.doc === undefined ? relationshipKeyword(relationship, 'doc', quoted(text), page) : undefined,
    addIndex(key, table) {
      const [name, ...others] = key.columns;
      const column = table.columns.find((each) => each.name.value === name?.value);
      if (others.length > 0 || column?.anchor === undefined || column.indexes.length > 0) return undefined;
      const { saColumn, call } = column.anchor.lists;
      const list = saColumn ?? call;
      if (list === undefined || list.entries.some((entry) => entry.key === 'index')) return undefined;
      return [appended(list, 'index=True', source, manner)];
    },
    removeIndex: (index) => removeIndex(index, source),
    makeConcurrent: (operation, around) => makeConcurrent(operation, around, source, manner),
    replaceOperation: (operation, by, around) => replaceOperation(operation, by, around, page, dialect),
    addOperations: (operation, added, where, around) => addOperations(operation, added, where, around, page, dialect),
    leaveTransaction: (operation, around) => inAutocommitBlock(operation, around, page),
    sendApart: (statements) => sentApart(source, statements),
    dropCascade: (_, { statement }) => statement && withoutCascade(source, statement.span),
    truncateTogether: ({ table }, others, { statement }) =>
      statement && withTables(source, statement.span, table, others),
    addNotValid: (operation, around) => addNotValid(operation, around, source, manner),
    quoteIdentifier: (name, spoken) => quoteInLiteral(name, spoken, source),
    bindParameters: (site) => bindParameters(site, source),
    addPrimaryKey: (table) => addPrimaryKey(table, source, dialect, manner),
    writeDowngrade: (migration, operations) => writeDowngrade(migration, operations, source, dialect, manner),
    declareBase: (base) => declareBase(base, source),
    selectInstead: (query) => selectInstead(query, source),
    handleOutside: (handler) => handleOutside(handler, source),
    callAfterLoop: (call) => callAfterLoop(call, source),
    closeByWith: (opened) => closeByWith(opened, source),
    compareByMethod: (comparison, method, argument) => compareByMethod(comparison, method, argument, source),
    setEngineOption: (engine, name, value) => setEngineOption(engine, name, value, source, manner),
    readFromEnvironment: (expression, variable) => readFromEnvironment(expression, variable, source, manner),
    doublePercent: (expression) => doublePercent(expression, source, manner),
    setAlembicOption: (configure, name, value) => setAlembicOption(configure, name, value, source, manner),
    setTargetMetadata: (at, metadata) => setTargetMetadata(at, metadata, source, manner),
    readAutogenerate: (read) => readAutogenerate(read, source, manner),
    setParent: (migration, parent) => setParent(migration, parent, source),
    setNamingConvention: (metadata, templates) => setNamingConvention(metadata, templates, source, manner),
    addTemplates: (convention, templates) => addTemplates(convention, templates, source, manner),
    nameConstraint: (constraint, name, how) => nameConstraint(constraint, name, source, manner, how),
    nameColumn: (column, name, table) => nameColumn(column, name, table, page),
    writeNote: (migration, note) => writeNote(migration, note, source, manner),
    nameIndexTable: (operation, table) => nameIndexTable(operation, table, page),
    restateColumn: (operation, column, parts) => restateColumn(operation, column, parts, page),
    runInBatch: (operation) => runInBatch(operation, page),
    importName: (name, from) => importName(name, from, source),
    describeTable: (statement, as, table) => describeTable(statement, as, table, page),
    removeComments: (comments) => removeComments(source, comments),
    replaceName: (name, to) => replaceName(source, name, to),
    setColumnType: (column, like, table) => setColumnType(column, like, table, page),
    annotateNullable: (fact, nullable, table) => annotateNullable(fact, nullable, table, page),
    annotateColumn: (column) => annotateColumn(column, page),
    setServerDefault: (column, table) => setServerDefault(column, table, dialect, page),
    setOnChange: (column, table) => setOnChange(column, table, page),
    makeAware: (given) => makeAware(given, page),
    keepTimezone: (column, table) => keepTimezone(column, table, page),
    setLoading: (relationship, strategy) => relationshipKeyword(relationship, 'lazy', quoted(strategy), page),
    declareTable: (table) => declareTable(table, page),
    addInverse: (relationship, from, to) => addInverse(relationship, from, to, page),
  };
}

/** Puts a comment among the table's options: in the dict, the tuple, the `Table(…)` call, or a new `__table_args__`. */
function tableComment(table: Table, source: string, value: string, manner: Manner, page: Page): TextEdit[] | undefined {
  const { anchor } = table;
  const key = `${literal('comment', manner)}: `;
  const entry = key + value;
  if (anchor === undefined || table.role !== 'table') return undefined;
  const { tableCall, tableOptions, tableArgs } = anchor.lists;
  if (tableCall) return put(tableCall, 'comment', 'comment=', value, page);
  if (tableOptions) return put(tableOptions, 'comment', key, value, page);
  if (tableArgs) return [appended(tableArgs, `{${entry}}`, source, manner, true)];
  const { points } = anchor;
  // Arguments that come from a base would be lost under new ones.
  const inherited = table.constraints.length + table.indexes.length > 0 || table.name.schema !== undefined;
  if (points['tableArgs'] !== undefined || inherited) return undefined;
  return classStatement(anchor, `__table_args__ = {${entry}}`, page);
}
