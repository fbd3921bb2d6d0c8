import type { FileFacts, Project, Span, Text } from '../ir/index.js';
import { defineQuery } from '../rule.js';
import { documentsInCode, hasWords, isColumnCommented, isDescription, isTableCommented } from './comments.js';
import { ownColumns, ownTables } from './declarations.js';
import { isCertain } from './tables.js';

/** A table, column or relationship, and what describes it. */
export interface Described {
  kind: 'tables' | 'columns' | 'relationships';
  name: string;
  path: string;
  span: Span;
  /** In the database. */
  stored: boolean;
  /** In code; all that there is for relationships, and for libraries that give the database no comments. */
  inCode: boolean;
}

/** Everything of the project that can be described, in the order of the files; what is not known is left out. */
export const describedIn = defineQuery((project): Described[] =>
  project.files.flatMap((facts) => [...describedOf(project, facts)]),
);

function* describedOf(project: Project, facts: FileFacts): Generator<Described> {
  const { path, dialect } = facts;
  const said = (comment: Text | undefined, isCommented: boolean, doc: Text | undefined, codeOnly: boolean) => {
    const inCode = isDescription(doc);
    return { stored: hasWords(comment) || isCommented || (codeOnly && inCode), inCode };
  };
  for (const { table } of ownTables(project, facts)) {
    const { name } = table.name;
    if (name.unknown || !isCertain(table, 'comment')) continue;
    const words = said(
      table.comment,
      isTableCommented(project, table, dialect),
      table.doc,
      documentsInCode(table.declaredBy),
    );
    yield { kind: 'tables', name: name.value, path, span: name.span, ...words };
  }
  for (const { column, table } of ownColumns(project, facts)) {
    const { name } = column;
    if (name.unknown || !isCertain(column, 'comment') || !isCertain(column, 'name')) continue;
    const isCommented = isColumnCommented(project, table, column, dialect);
    const words = said(column.comment, isCommented, column.doc, documentsInCode(table.declaredBy));
    yield { kind: 'columns', name: name.value, path, span: name.span, ...words };
  }
  if (facts.scope === 'test') return;
  for (const { relationships } of facts.tables) {
    for (const relationship of relationships) {
      const { attribute, doc, generated, from } = relationship;
      if (generated || from !== undefined || attribute.unknown || !isCertain(relationship, 'doc')) continue;
      const words = said(undefined, false, doc, true);
      yield { kind: 'relationships', name: attribute.value, path, span: attribute.span, ...words };
    }
  }
}
