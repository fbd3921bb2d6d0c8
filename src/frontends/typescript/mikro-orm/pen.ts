import type { Anchor, AnchorList, Authoring, Column, TextEdit } from '../../../ir/index.js';

/** The part of the pen that writes what MikroORM understands: options of decorators and schemas, links of builders. */
export type MikroPen = Pick<
  Authoring,
  'setColumnComment' | 'setTableComment' | 'nameTable' | 'addIndex' | 'nameColumn' | 'setOnChange' | 'keepTimezone'
>;

const literal = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;

export function mikroPen(text: string): MikroPen {
  const set = (anchor: Anchor | undefined, key: string, value: string): TextEdit[] | undefined =>
    anchor && withOption(text, anchor, key, value);
  return {
    setColumnComment: ({ anchor }, words) => set(anchor, 'comment', literal(words)),
    setTableComment: ({ anchor }, words) => set(anchor, 'comment', literal(words)),
    nameTable: ({ anchor, name }) => set(anchor, 'tableName', literal(name.name.value)),
    addIndex: ({ anchor }) => set(anchor, 'index', 'true'),
    nameColumn: ({ anchor }, name) => set(anchor, 'fieldName', literal(name)),
    setOnChange: ({ anchor }) => set(anchor, 'onUpdate', '() => new Date()'),
    keepTimezone: (column) => keptTimezone(text, column) ?? set(column.anchor, 'columnType', literal('timestamptz')),
  };
}

/** `timestamptz` in the place of `timestamp`, where that is written as text. */
function keptTimezone(text: string, { type: { span } }: Column): TextEdit[] | undefined {
  const found = /^(['"`])timestamp(?: without time zone)?(\(\d+\))?\1$/i.exec(text.slice(span.start, span.end));
  return found ? [{ span, text: `${found[1]!}timestamptz${found[2] ?? ''}${found[1]!}` }] : undefined;
}

/** `key: value` among the options of a decorator or a schema, or `.key(value)` behind a builder. */
function withOption(text: string, anchor: Anchor, key: string, value: string): TextEdit[] | undefined {
  const { chainEnd } = anchor.points;
  if (chainEnd !== undefined) {
    const link = `.${key}(${value === 'true' ? '' : value})`;
    return [{ span: { start: chainEnd, end: chainEnd }, text: link }];
  }
  const { options, decorator } = anchor.lists;
  if (options) {
    const present = options.entries.find((entry) => entry.key === key);
    return [present ? { span: present.value, text: value } : added(text, options, `${key}: ${value}`, true)];
  }
  if (!decorator) return undefined;
  const [only, ...others] = decorator.entries;
  // `@Enum(() => Role)` takes options in the place of the labels.
  if (only && others.length === 0 && /@Enum\s*\($/.test(text.slice(anchor.span.start, decorator.open))) {
    const labels = text.slice(only.span.start, only.span.end);
    return [{ span: only.span, text: `{ items: ${labels}, ${key}: ${value} }` }];
  }
  return [added(text, decorator, `{ ${key}: ${value} }`, false)];
}

/** Adds an element behind the last one, on a line of its own where the others stand so. */
function added(text: string, list: AnchorList, element: string, padded: boolean): TextEdit {
  const last = list.entries.at(-1);
  if (!last) return { span: { start: list.open, end: list.close }, text: padded ? ` ${element} ` : element };
  const line = /(\r\n|\n|\r)[ \t]*$/.exec(text.slice(list.open, list.entries[0]!.span.start))?.[0];
  return { span: { start: last.span.end, end: last.span.end }, text: `,${line ?? ' '}${element}` };
}
