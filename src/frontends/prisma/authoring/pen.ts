import type { Authoring, Dialect } from '../../../ir/index.js';
import type { SourceFile } from '../../front-end.js';
import { noPen } from '../../no-pen.js';
import { replaceName } from '../../replace-name.js';
import { addAttribute, addField, fieldsOf } from './blocks.js';
import { addToField, filledByDatabase, keptTimezone, named, optional, retyped, withoutAttribute } from './fields.js';
import { above, quoted } from './places.js';

/** The pen for Prisma schemas. */
export function pen({ text }: SourceFile, dialect: Dialect): Authoring {
  const documented = (words: string): string[] => words.split(/\r\n|\r|\n/).map((line) => `/// ${line}`.trimEnd());
  return {
    ...noPen,
    setColumnComment: (column, words) => above(text, column.anchor, documented(words)),
    setTableComment: (table, words) => above(text, table.anchor, documented(words)),
    documentRelationship: (relationship, words) => above(text, relationship.anchor, documented(words)),
    nameTable: (table) =>
      table.name.name.generated && addAttribute(text, table, `@@map(${quoted(table.name.name.value)})`),
    addIndex(key, table) {
      const fields = fieldsOf(table, key.columns);
      return fields && addAttribute(text, table, `@@index([${fields.join(', ')}])`);
    },
    removeIndex: (index) => withoutAttribute(text, index),
    addPrimaryKey: (table) =>
      addField(text, table, `id ${dialect === 'sqlite' ? 'Int' : 'BigInt'} @id @default(autoincrement())`),
    nameColumn: (column, name) =>
      column.attribute === undefined
        ? addToField(column, `@map(${quoted(name)})`)
        : replaceName(text, column.name, name),
    nameConstraint: (constraint, name) => named(text, constraint, name),
    replaceName: (name, to) => replaceName(text, name, to),
    setColumnType: (column, like) => retyped(text, column, like),
    setServerDefault: (column) => filledByDatabase(column),
    annotateNullable: ({ annotation }, nullable) => annotation && optional(annotation, nullable),
    keepTimezone: (column) => keptTimezone(text, column),
    setOnChange: (column) => addToField(column, '@updatedAt'),
    readFromEnvironment: (expression, variable) => [{ span: expression, text: `env(${quoted(variable)})` }],
  };
}
