import type { Anchor, AnchorList, Authoring, Column, Name, Table, TextEdit } from '../../../ir/index.js';
import { imported } from '../drizzle/pen-imports.js';
import { indentAt } from '../indentation.js';

/** The part of the pen that writes what Sequelize understands. */
export type SequelizePen = Pick<
  Authoring,
  'setColumnComment' | 'setTableComment' | 'nameTable' | 'addIndex' | 'nameColumn'
>;

const at = (start: number, text: string): TextEdit => ({ span: { start, end: start }, text });

const literal = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;

export function sequelizePen(text: string): SequelizePen {
  return {
    setColumnComment: (column, words, table) =>
      isDecorated(table)
        ? decorate(text, column.anchor, 'Comment', literal(words))
        : columnOption(text, column, 'comment', literal(words)),
    setTableComment: (table, words) => tableOption(text, table, 'comment', literal(words)),
    nameTable: (table) => tableOption(text, table, 'tableName', literal(table.name.name.value)),
    nameColumn: (column, name, table) =>
      isDecorated(table) ? undefined : columnOption(text, column, 'field', literal(name)),
    addIndex: (key, table) => {
      if (!isDecorated(table)) return listedIndex(text, table, key.columns);
      // The decorators take the name of the property for that of the column.
      const [column] = key.columns;
      const attribute = table.columns.find(({ name }) => name.value === column?.value)?.attribute;
      return key.columns.length === 1 && attribute === undefined ? decorate(text, key.anchor, 'Index') : undefined;
    },
  };
}

/** Whether decorators declare a table, rather than a call of `define` or `init`, or a migration. */
const isDecorated = ({ anchor }: Table): boolean => anchor !== undefined && anchor.lists['call'] === undefined;

/** An option of an attribute; a data type alone becomes an object with it. */
function columnOption(text: string, { anchor }: Column, key: string, value: string): TextEdit[] | undefined {
  const options = anchor?.lists['options'];
  if (options) return option(text, options, key, value);
  const { valueStart, valueEnd } = anchor?.points ?? {};
  if (valueStart === undefined || valueEnd === undefined) return undefined;
  const type = text.slice(valueStart, valueEnd);
  return [{ span: { start: valueStart, end: valueEnd }, text: `{ type: ${type}, ${key}: ${value} }` }];
}

/** An option of a model: in the object that has them, or in a new one behind the attributes. */
function tableOption(text: string, { anchor, className }: Table, key: string, value: string): TextEdit[] | undefined {
  if (!anchor || className === undefined) return undefined;
  const { options, call, decorator } = anchor.lists;
  if (options) return option(text, options, key, value);
  const arguments_ = call?.entries.length === 2 ? call : decorator?.entries.length === 0 ? decorator : undefined;
  return arguments_ && [appended(text, arguments_, `{ ${key}: ${value} }`)];
}

function option(text: string, list: AnchorList, key: string, value: string): TextEdit[] {
  const present = list.entries.find((entry) => entry.key === key);
  return [present ? { span: present.value, text: value } : appended(text, list, `${key}: ${value}`)];
}

/** `indexes: [{ fields: ['author_id'] }]` among the options of the model. */
function listedIndex(text: string, table: Table, columns: readonly Name[]): TextEdit[] | undefined {
  const index = `{ fields: [${columns.map(({ value }) => literal(value)).join(', ')}] }`;
  const given = table.anchor?.lists['options']?.entries.find(({ key }) => key === 'indexes');
  if (!given) return tableOption(text, table, 'indexes', `[${index}]`);
  const { start, end } = given.value;
  if (text[start] !== '[' || text[end - 1] !== ']') return undefined;
  const inside = text.slice(start + 1, end - 1);
  const last = inside.trimEnd();
  const behind = start + 1 + last.length;
  if (last === '') return [{ span: { start: start + 1, end: end - 1 }, text: index }];
  const line = /(?:\r\n|\n|\r)[ \t]*(?=\S)/.exec(inside)?.[0] ?? ' ';
  return [at(behind, last.endsWith(',') ? `${line}${index},` : `,${line}${index}`)];
}

/** A decorator on a line above, and its import. */
function decorate(text: string, anchor: Anchor | undefined, name: string, argument?: string): TextEdit[] | undefined {
  if (!anchor) return undefined;
  const found =
    imported(text, 'sequelize-typescript', name) ?? imported(text, '@sequelize/core/decorators-legacy', name);
  const { start } = anchor.span;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const call = argument === undefined ? '' : `(${argument})`;
  return found && [...found.edits, at(start, `@${found.name}${call}${newline}${indentAt(text, start)}`)];
}

/** An element behind the last one, on a line of its own where the others stand so. */
function appended(text: string, { open, close, entries }: AnchorList, element: string): TextEdit {
  const last = entries.at(-1);
  if (!last) {
    const isObject = text[open - 1] === '{';
    return { span: { start: open, end: close }, text: isObject ? ` ${element} ` : element };
  }
  const line = /(?:\r\n|\n|\r)[ \t]*$/.exec(text.slice(open, entries[0]!.span.start))?.[0];
  return at(last.span.end, `,${line ?? ' '}${element}`);
}
