import type {
  Anchor,
  AnchorList,
  Annotation,
  Authoring,
  Column,
  Dialect,
  Engine,
  Name,
  Runner,
  Span,
  TextEdit,
} from '../../../ir/index.js';
import type { SourceFile } from '../../front-end.js';
import { sentApart } from '../../sending-call.js';
import { noPen } from '../../no-pen.js';
import { replaceName } from '../../replace-name.js';
import { indentAt } from '../indentation.js';
import { knexDowngrade } from '../knex/pen.js';
import { kyselyDowngrade } from '../kysely/pen.js';
import { quoteIdentifier } from '../../sql/authoring.js';
import { writeDowngrade } from './downgrade.js';
import { writeSequelizeDowngrade } from '../sequelize/downgrade.js';
import { addPrimaryKey } from './key.js';
import { withConcurrently, withNotValid, withoutCascade, withTables } from '../../sql/authoring-words.js';
import { addOperations, replaceOperation } from './operations.js';
import { outsideTransaction } from './outside-transaction.js';
import { withLibraryPens } from './library-pens.js';
import { boundParameters } from './parameters.js';

/** Runners whose migrations have forms of their own. */
const downgrades: { readonly [R in Runner]?: typeof writeDowngrade } = {
  knex: knexDowngrade,
  kysely: kyselyDowngrade,
  sequelize: writeSequelizeDowngrade,
};

type ConcurrentOperation = Parameters<Authoring['makeConcurrent']>[0];

/** The pen for TypeScript. It writes what the decorators of the libraries understand, at the places that the anchors name. */
export function pen(file: SourceFile, dialect: Dialect): Authoring {
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
  const base: Authoring = {
    ...noPen,
    setColumnComment: (column, text) => column.anchor && setOption(file.text, column.anchor, 'comment', quoted(text)),
    setTableComment: (table, text) => table.anchor && setOption(file.text, table.anchor, 'comment', quoted(text)),
    nameTable: (table) => table.anchor && entityName(file.text, table.anchor, quoted(table.name.name.value)),
    documentRelationship: (relationship, text) =>
      relationship.anchor && [lineAbove(file.text, relationship.anchor, `/** ${text.replaceAll('*/', '*\\/')} */`)],
    addIndex: (key) => (key.anchor && key.columns.length === 1 ? decorate(key.anchor, newline) : undefined),
    removeIndex: ({ anchor }) => {
      if (anchor?.points['item'] !== undefined) return [withoutItem(file.text, anchor.span)];
      return anchor?.points['decorator'] !== undefined ? [withoutLine(file.text, anchor)] : undefined;
    },
    makeConcurrent: (operation) => madeConcurrent(file.text, operation),
    replaceOperation: (operation, by, around) => replaceOperation(file.text, operation, by, around, dialect),
    addOperations: (operation, added, where, around) =>
      addOperations(file.text, operation, added, where, around, dialect),
    leaveTransaction: (_, { migration }) => migration && outsideTransaction(file.text, migration),
    sendApart: (statements) => sentApart(file.text, statements),
    dropCascade: (_, { statement }) => statement && withoutCascade(file.text, statement.span),
    truncateTogether: ({ table }, others, { statement }) =>
      statement && withTables(file.text, statement.span, table, others),
    addNotValid: (operation, around) => {
      if (around.statement !== undefined) return withNotValid(file.text, operation.span);
      const constraint = { ...operation.constraint, notValid: true as const };
      return replaceOperation(file.text, operation, [{ ...operation, constraint }], around, dialect);
    },
    quoteIdentifier: (name, spoken) => quoteIdentifier(file.text, name, spoken, hostQuote(file.text, name)),
    bindParameters: (site) => boundParameters(file.text, site),
    addPrimaryKey: (table) => addPrimaryKey(file.text, table, dialect),
    annotateNullable: ({ annotation }, nullable) => annotation && annotatedNullable(annotation, nullable),
    setServerDefault: (column) => column.anchor && serverDefault(file.text, column, column.anchor),
    keepTimezone: (column) => keptTimezone(file.text, column),
    writeDowngrade: (migration, operations) =>
      (downgrades[migration.runner] ?? writeDowngrade)(file.text, migration, operations, dialect),
    turnOff: (value) =>
      file.text.slice(value.start, value.end) === 'true' ? [{ span: value, text: 'false' }] : undefined,
    setEngineOption: (engine, name, value) => engineOption(file.text, engine, name, value),
    readFromEnvironment: (expression, variable) => [{ span: expression, text: `process.env.${variable}` }],
    nameColumn: (column, name) => column.anchor && setOption(file.text, column.anchor, 'name', quoted(name)),
    writeNote: (_, note) => [
      {
        span: { start: 0, end: 0 },
        text: `/*${newline}${note
          .replaceAll('*/', '* /')
          .split('\n')
          .map((line) => ` * ${line}${newline}`)
          .join('')} */${newline}`,
      },
    ],
    replaceName: (name, to) => replaceName(file.text, name, to),
  };
  return withLibraryPens(base, file.text);
}

/** The initial value of a property, for the database too. */
function serverDefault(text: string, { default: given }: Column, anchor: Anchor): TextEdit[] | undefined {
  if (given?.by !== 'client' || given.value === undefined) return undefined;
  if (given.value.kind === 'call') return setOption(text, anchor, 'default', "() => 'now()'");
  return given.value.kind === 'literal' ? setOption(text, anchor, 'default', given.text) : undefined;
}

/** `timestamptz` in the place of `timestamp`, or where no type is written. */
function keptTimezone(text: string, { type, anchor }: Column): TextEdit[] | undefined {
  const given = text.slice(type.span.start, type.span.end);
  const quote = /^(['"`])timestamp(?: without time zone)?\1$/i.exec(given)?.[1];
  if (quote !== undefined) return [{ span: type.span, text: `${quote}timestamptz${quote}` }];
  return /^['"`]/.test(given) ? undefined : anchor && setOption(text, anchor, 'type', "'timestamptz'");
}

/** `T | null`, or T alone; a promise is one of that. */
function annotatedNullable({ written, span }: Annotation, nullable: boolean): TextEdit[] | undefined {
  const promised = /^Promise<(.*)>$/s.exec(written)?.[1];
  const type = typed(promised ?? written, nullable);
  return type === undefined ? undefined : [{ span, text: promised === undefined ? type : `Promise<${type}>` }];
}

function typed(written: string, nullable: boolean): string | undefined {
  if (nullable) return written.includes('=>') ? `(${written}) | null` : `${written} | null`;
  const parts = written.split('|').map((part) => part.trim());
  return /[<({]/.test(written) ? undefined : parts.filter((part) => part !== 'null' && part !== '').join(' | ');
}

/** A string literal in single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;
}

/** Puts `key: value` into the options object of a call, or adds one to the call. */
function setOption(text: string, anchor: Anchor, key: string, value: string): TextEdit[] | undefined {
  const { options, decorator } = anchor.lists;
  if (options) {
    const present = options.entries.find((entry) => entry.key === key);
    if (present) return [{ span: present.value, text: value }];
    return [added(text, options, `${key}: ${value}`, true)];
  }
  return decorator && [added(text, decorator, `{ ${key}: ${value} }`, false)];
}

/** Puts a table name into `@Entity()` or its options. */
function entityName(text: string, { lists }: Anchor, name: string): TextEdit[] | undefined {
  const { options, decorator } = lists;
  if (options) return [added(text, options, `name: ${name}`, true)];
  return decorator?.entries.length === 0 ? [added(text, decorator, name, false)] : undefined;
}

/** `synchronize: false`, over a value that is there or behind the other options. */
function engineOption(text: string, engine: Engine, name: string, value: boolean): TextEdit[] | undefined {
  const given = engine.options.find((option) => option.name === name);
  if (given) return given.span.end === given.value.end ? [{ span: given.value, text: String(value) }] : undefined;
  const list = engine.anchor?.lists['options'];
  return list && !engine.open ? [added(text, list, `${name}: ${String(value)}`, true)] : undefined;
}

/** Adds an element behind the last one, on a line of its own where the others stand so. */
function added(text: string, list: AnchorList, element: string, padded: boolean): TextEdit {
  const last = list.entries.at(-1);
  if (!last) return { span: { start: list.open, end: list.close }, text: padded ? ` ${element} ` : element };
  const between = text.slice(list.open, list.entries[0]!.span.start);
  const line = /(\r\n|\n|\r)[ \t]*$/.exec(between)?.[0];
  return { span: { start: last.span.end, end: last.span.end }, text: `,${line ?? ' '}${element}` };
}

const lineBefore = (anchor: Anchor, line: string, newline: string): TextEdit => ({
  span: { start: anchor.span.start, end: anchor.span.start },
  text: `${line}${newline}${anchor.indent}`,
});

/** A line of its own above, where nothing stands before on the line. */
function lineAbove(text: string, { span: { start } }: Anchor, line: string): TextEdit {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return { span: { start, end: start }, text: `${line}${newline}${indentAt(text, start)}` };
}

/** Takes an item out of a list with its comma, and with its line where nothing else stands there. */
function withoutItem(text: string, { start, end }: Span): TextEdit {
  const behind = /^\s*,[ \t]*(?:\r\n|\n|\r)?[ \t]*/.exec(text.slice(end))?.[0];
  if (behind !== undefined) return { span: { start, end: end + behind.length }, text: '' };
  const before = /,?\s*$/.exec(text.slice(0, start))![0];
  return { span: { start: start - before.length, end }, text: '' };
}

/** `@Index()` on a line above, and its import where that is missing. */
function decorate(anchor: Anchor, newline: string): TextEdit[] | undefined {
  const { index, importEnd } = anchor.points;
  if (index === undefined && importEnd === undefined) return undefined;
  const edits: TextEdit[] =
    importEnd === undefined ? [] : [{ span: { start: importEnd, end: importEnd }, text: ', Index' }];
  return [...edits, lineBefore(anchor, '@Index()', newline)];
}

/** Removes what an anchor spans, with its line where nothing else stands on it. */
function withoutLine(text: string, anchor: Anchor): TextEdit {
  const { start, end } = anchor.span;
  const rest = /^[ \t]*(?:(?:\r\n|\n|\r)[ \t]*)?/.exec(text.slice(end))![0];
  return { span: { start, end: end + rest.length }, text: '' };
}

/** CONCURRENTLY in SQL text, `isConcurrent` in the options of a TableIndex, `concurrently` in those of `addIndex`. */
function madeConcurrent(text: string, operation: ConcurrentOperation): TextEdit[] | undefined {
  const anchor = operation.kind === 'CreateIndex' ? operation.index.anchor : undefined;
  const key = anchor?.points['addIndex'] === undefined ? 'isConcurrent' : 'concurrently';
  return anchor ? setOption(text, anchor, key, 'true') : withConcurrently(text, operation.span);
}

/** The quote of the literal that a name stands in. A literal that began on an earlier line is a template. */
function hostQuote(text: string, name: Name): string {
  const line = Math.max(text.lastIndexOf('\n', name.span.start - 1), text.lastIndexOf('\r', name.span.start - 1)) + 1;
  let open = '';
  for (let at = line; at < name.span.start; at++) {
    const char = text[at]!;
    if (char === '\\') at++;
    else if (open === '' ? '\'"`'.includes(char) : char === open) open = open === '' ? char : '';
  }
  return open === '' ? '`' : open;
}
