import type { AnchorList, Authoring, Column, Name, Table, TextEdit } from '../../../ir/index.js';
import { indentAt } from '../indentation.js';
import { imported } from './pen-imports.js';

/** The part of the pen that writes what Drizzle understands. */
export type DrizzlePen = Pick<
  Authoring,
  'setColumnComment' | 'setTableComment' | 'addIndex' | 'nameColumn' | 'keepTimezone' | 'setOnChange' | 'addPrimaryKey'
>;

const at = (start: number, text: string): TextEdit => ({ span: { start, end: start }, text });
const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

export function drizzlePen(text: string): DrizzlePen {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';

  /** A JSDoc comment on a line above an offset that is the first on its line. */
  const jsDoc = (start: number, words: string): TextEdit[] | undefined => {
    const before = text
      .slice(0, start)
      .split(/\r\n|\r|\n/)
      .at(-1)!;
    if (before.trim() !== '') return undefined;
    return [at(start, `/** ${words.replaceAll('*/', '*\\/')} */${newline}${before}`)];
  };

  return {
    setColumnComment: ({ anchor }, words) => anchor && jsDoc(anchor.span.start, words),
    setTableComment: ({ span }, words) => {
      const head = /(?:export\s+)?(?:const|let|var)\s+$/.exec(text.slice(0, span.start))?.[0];
      return head === undefined ? undefined : jsDoc(span.start - head.length, words);
    },
    addIndex: (key, table) => addIndex(text, key.columns, table),
    nameColumn: (column, name) => nameColumn(text, column, name),
    keepTimezone: (column) => keepTimezone(text, column),
    setOnChange: (column) => setOnChange(column),
    addPrimaryKey: (table) => addPrimaryKey(text, table),
  };
}

const moduleOf = (table: Table): string | undefined => {
  const core = ['pg', 'mysql', 'sqlite', 'singlestore'].find((each) => table.anchor?.points[each] !== undefined);
  return core === undefined ? undefined : `drizzle-orm/${core}-core`;
};

/** `index().on(t.a)` in the third argument of the table, or a third argument. */
function addIndex(text: string, columns: readonly Name[], table: Table): TextEdit[] | undefined {
  const module = moduleOf(table);
  const { points, lists } = table.anchor ?? {};
  const builder = module === undefined ? undefined : imported(text, module, 'index');
  const keys = columns.map(({ value }) => {
    const column = table.columns.find(({ name }) => name.value === value);
    return column && (column.attribute ?? column.name.value);
  });
  if (!builder || !points || keys.some((key) => key === undefined)) return undefined;
  // PostgreSQL's builder makes the name by itself.
  const name = points['pg'] === undefined ? literal([table.name.name.value, ...keys, 'index'].join('_')) : '';
  const on = (parameter: string): string =>
    `${builder.name}(${name}).on(${keys.map((key) => member(parameter, key!)).join(', ')})`;
  const { extra, extraObject } = lists ?? {};
  const list = extra ?? extraObject;
  if (list) {
    const parameter = parameterOf(text, points['extra']);
    if (parameter === undefined) return undefined;
    const item = extra ? on(parameter) : `${keys.join('_').replace(/\W/g, '_')}_index: ${on(parameter)}`;
    return [...builder.edits, appended(text, list, item)];
  }
  const end = points['columnsEnd'];
  if (points['extra'] !== undefined || end === undefined) return undefined;
  return [...builder.edits, at(end, `, (t) => [${on('t')}]`)];
}

const member = (parameter: string, key: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(key) ? `${parameter}.${key}` : `${parameter}[${literal(key)}]`;

/** The name of the parameter of an arrow function. */
function parameterOf(text: string, start: number | undefined): string | undefined {
  return start === undefined ? undefined : /^\(?\s*([A-Za-z_$][\w$]*)/.exec(text.slice(start, start + 80))?.[1];
}

/** An element behind the last one, on a line of its own where the others stand so. */
function appended(text: string, { open, close, entries }: AnchorList, item: string): TextEdit {
  const last = entries.at(-1);
  if (!last) return { span: { start: open, end: close }, text: item };
  const line = /(?:\r\n|\n|\r)[ \t]*$/.exec(text.slice(open, entries[0]!.span.start))?.[0];
  return at(last.span.end, `,${line ?? ' '}${item}`);
}

/** Where the arguments of a column's builder begin: behind `text(`. */
function argumentsOf(text: string, { type }: Column): number | undefined {
  const head = /^[\w$.]+\(/.exec(text.slice(type.span.start, type.span.end))?.[0];
  return head === undefined ? undefined : type.span.start + head.length;
}

function nameColumn(text: string, column: Column, name: string): TextEdit[] | undefined {
  const { type, name: present, anchor } = column;
  const start = argumentsOf(text, column);
  if (!anchor || start === undefined) return undefined;
  if (present.span.start >= start && present.span.end <= type.span.end)
    return [{ span: present.span, text: literal(name) }];
  const empty = text[start] === ')';
  return [at(start, empty ? literal(name) : `${literal(name)}, `)];
}

/** `{ withTimezone: true }` among the options of the builder. */
function keepTimezone(text: string, column: Column): TextEdit[] | undefined {
  const { declaredAs, anchor, name, type } = column;
  const start = argumentsOf(text, column);
  if (!anchor || start === undefined || (declaredAs !== 'timestamp' && declaredAs !== 'time')) return undefined;
  const { config } = anchor.lists;
  if (config) {
    const present = config.entries.find(({ key }) => key === 'withTimezone');
    return [present ? { span: present.value, text: 'true' } : appended(text, config, 'withTimezone: true')];
  }
  if (text[start] === ')') return [at(start, '{ withTimezone: true }')];
  const isName = name.span.start >= start && text.slice(name.span.end, type.span.end).trim() === ')';
  return isName ? [at(name.span.end, ', { withTimezone: true }')] : undefined;
}

/** `.$onUpdate(() => new Date())` behind the other methods. */
function setOnChange({ anchor }: Column): TextEdit[] | undefined {
  const { dateEnd, textEnd } = anchor?.points ?? {};
  if (dateEnd !== undefined) return [at(dateEnd, '.$onUpdate(() => new Date())')];
  return textEnd === undefined ? undefined : [at(textEnd, '.$onUpdate(() => new Date().toISOString())')];
}

const keys: { readonly [core: string]: [builder: string, rest: string] } = {
  pg: ['bigint', "({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()"],
  mysql: ['bigint', "({ mode: 'number' }).autoincrement().primaryKey()"],
  singlestore: ['bigint', "({ mode: 'number' }).autoincrement().primaryKey()"],
  sqlite: ['integer', '().primaryKey({ autoIncrement: true })'],
};

function addPrimaryKey(text: string, table: Table): TextEdit[] | undefined {
  const module = moduleOf(table);
  const list = table.anchor?.lists['columns'];
  const key = Object.entries(keys).find(([core]) => table.anchor?.points[core] !== undefined)?.[1];
  const taken = table.columns.some(({ name, attribute }) => name.value === 'id' || attribute === 'id');
  if (module === undefined || !list || !key || taken) return undefined;
  const builder = imported(text, module, key[0]);
  const [first] = list.entries;
  if (!builder || !first) return undefined;
  const indent = indentAt(text, first.span.start);
  const separate = /[\r\n]/.test(text.slice(list.open, first.span.start));
  const between = separate ? `${text.includes('\r\n') ? '\r\n' : '\n'}${indent}` : ' ';
  return [...builder.edits, at(first.span.start, `id: ${builder.name}${key[1]},${between}`)];
}
