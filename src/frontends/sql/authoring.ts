import type { Authoring, Name, TextEdit } from '../../ir/index.js';
import type { SourceFile } from '../front-end.js';

/** Quotes a name that stands in the file bare; nothing where something else stands there. */
export function quoteIdentifier(
  file: SourceFile,
  name: Name,
  quotes: readonly [string, string] = ['"', '"'],
): TextEdit[] | undefined {
  const { start, end } = name.span;
  if (name.quoted || name.unknown || file.text.slice(start, end) !== name.value) return undefined;
  return [{ span: { start, end }, text: quotes[0] + name.value + quotes[1] }];
}

/** The pen for a file of SQL. */
export function pen(file: SourceFile): Authoring {
  return {
    setColumnComment: () => undefined,
    setTableComment: () => undefined,
    documentRelationship: () => undefined,
    addIndex: () => undefined,
    removeIndex: () => undefined,
    makeConcurrent: () => undefined,
    quoteIdentifier: (name) => quoteIdentifier(file, name),
    bindParameters: () => undefined,
  };
}
