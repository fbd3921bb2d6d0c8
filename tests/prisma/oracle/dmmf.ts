import { createRequire } from 'node:module';
import type { Column, FileFacts, Index, Span, Table } from '../../../src/ir/index.js';
import { indexesOf, keysOf } from '../../../src/queries/tables.js';

interface Engine {
  get_datamodel(input: string): string;
  lint(input: string): string;
}

const require = createRequire(import.meta.url);
const engine = require('@prisma/prisma-schema-wasm') as Engine;

interface DmmfField {
  name: string;
  dbName?: string | null;
  kind: 'scalar' | 'object' | 'enum' | 'unsupported';
  type: string;
  isList: boolean;
  isRequired: boolean;
  isUnique: boolean;
  isId: boolean;
  isUpdatedAt?: boolean;
  hasDefaultValue: boolean;
  default?: unknown;
  nativeType?: [name: string, args: string[]] | null;
  relationName?: string;
  relationFromFields?: string[];
  documentation?: string;
}

interface DmmfModel {
  name: string;
  dbName: string | null;
  schema: string | null;
  fields: DmmfField[];
  documentation?: string;
}

interface DmmfIndex {
  model: string;
  type: 'id' | 'unique' | 'normal' | 'fulltext';
  dbName?: string;
  algorithm?: string;
  fields: { name: string; sortOrder?: string; length?: number; operatorClass?: string }[];
}

interface Datamodel {
  models: DmmfModel[];
  enums: { name: string; dbName: string | null; values: { name: string; dbName: string | null }[] }[];
  indexes: DmmfIndex[];
}

/** What Prisma itself reads from the files of a schema; undefined where it refuses them. */
export function datamodelOf(files: { [path: string]: string }): Datamodel | undefined {
  try {
    return JSON.parse(
      engine.get_datamodel(JSON.stringify({ prismaSchema: Object.entries(files), noColor: true })),
    ) as Datamodel;
  } catch {
    return undefined;
  }
}

/** The mistakes that Prisma itself finds in a file. */
export const mistakesOf = (text: string): string[] =>
  (JSON.parse(engine.lint(JSON.stringify([['schema.prisma', text]]))) as { text: string; is_warning: boolean }[])
    .filter((each) => !each.is_warning)
    .map((each) => each.text);

/** A schema in sorted lines that can be compared: models, fields, relations, keys, indexes, labels, documentation. */
export function linesOfDatamodel({ models, enums, indexes }: Datamodel, views: readonly string[]): string[] {
  const lines: string[] = [];
  for (const model of models) {
    const schema = model.schema === null ? '' : `${model.schema}.`;
    lines.push(`${model.name} = ${schema}${model.dbName ?? model.name} ${docLine(model.documentation)}`);
    for (const field of model.fields) {
      lines.push(
        `${model.name}.${field.kind === 'object' ? relationLine(field, model, models) : fieldLine(field, views.includes(model.name))}`,
      );
    }
  }
  for (const { model, type, dbName, algorithm, fields } of indexes) {
    // What is unique in a view is told to the client alone.
    if (views.includes(model)) continue;
    const parts = fields.map(({ name, sortOrder, length, operatorClass }) =>
      [name, length, operatorClass && plainOperators(operatorClass), sortOrder === 'desc' ? 'desc' : undefined]
        .filter((part) => part !== undefined)
        .join(' '),
    );
    const method = type === 'fulltext' ? 'fulltext' : algorithm?.toLowerCase();
    const kind = type === 'fulltext' ? 'normal' : type;
    const name = dbName === undefined ? '' : ` ${dbName}`;
    if (type === 'id') lines.push(`${model} id${name}(${fields.map((field) => field.name).join(', ')})`);
    else
      lines.push(
        `${model} ${kind}${name}(${parts.join(', ')})${method === undefined || method === 'btree' ? '' : ` ${method}`}`,
      );
  }
  for (const { name, values, dbName } of enums) {
    lines.push(`enum ${dbName ?? name}: ${values.map((label) => label.dbName ?? label.name).join(', ')}`);
  }
  return lines.sort();
}

const plainOperators = (name: string): string => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();

function fieldLine(field: DmmfField, inView: boolean): string {
  const { name, dbName, type, isList, isRequired, isUnique, isId, hasDefaultValue, isUpdatedAt } = field;
  return [
    name,
    ...(dbName != null && dbName !== name ? [`= ${dbName}`] : []),
    type,
    ...(isList ? ['list'] : isRequired ? [] : ['optional']),
    ...(isId ? ['id'] : []),
    ...(isUnique && !inView ? ['unique'] : []),
    ...(hasDefaultValue ? ['default'] : []),
    ...(isUpdatedAt ? ['updated'] : []),
    docLine(field.documentation),
  ].join(' ');
}

function relationLine(field: DmmfField, model: DmmfModel, models: readonly DmmfModel[]): string {
  const other = models
    .find(({ name }) => name === field.type)
    ?.fields.filter((each) => each !== field && each.relationName === field.relationName && each.type === model.name);
  const keys = field.relationFromFields ?? [];
  const form = field.isList ? 'list' : field.isRequired ? 'one' : 'optional';
  return `${field.name} -> ${field.type}.${other?.[0]?.name ?? '?'} ${form} by (${keys.join(', ')}) ${docLine(field.documentation)}`;
}

/** Stars at the beginning of a block comment's lines are decoration. */
const docLine = (text: string | undefined): string =>
  text === undefined
    ? ''
    : `/// ${text
        .replace(/^[ \t]*\*+ ?/gm, '')
        .trim()
        .replaceAll('\n', ' | ')}`.trimEnd();

/**
 * The same lines from ddlint's facts. Like Prisma's datamodel they leave out what the client does not see: what is
 * `Unsupported` or ignored.
 */
export function linesOfFacts(files: readonly FileFacts[], texts: { [path: string]: string }): string[] {
  const lines: string[] = [];
  for (const { path, tables, enums } of files) {
    for (const table of tables) if (table.role !== 'junction') lines.push(...tableLines(table, texts[path]!));
    for (const { name, labels } of enums) lines.push(`enum ${name.name.value}: ${labels.join(', ')}`);
  }
  return lines.sort();
}

function* tableLines(table: Table, text: string): Generator<string> {
  const model = table.className!;
  const written = ({ span }: { span: Span }): string => text.slice(span.start, span.end);
  if (/@@ignore/.test(written(table))) return;
  const schema = table.name.schema === undefined ? '' : `${table.name.schema.value}.`;
  yield `${model} = ${schema}${table.name.name.value} ${docLine(table.doc?.value)}`;
  const shown = table.columns.filter((column) => !/\bUnsupported\(|@ignore/.test(written(column)));
  for (const column of shown) yield `${model}.${columnLine(column, table, text)}`;
  for (const relationship of table.relationships) {
    if (/@ignore/.test(written(relationship))) continue;
    const { attribute, target, inverse, annotation, keyedBy = [], doc } = relationship;
    const form = annotation?.collection ? 'list' : annotation?.nullable === true ? 'optional' : 'one';
    const keys = keyedBy.join(', ');
    yield `${model}.${attribute.value} -> ${target!}.${inverse ?? '?'} ${form} by (${keys}) ${docLine(doc?.value)}`;
  }
  const fieldOf = (name: string): string => {
    const column = table.columns.find((each) => each.name.value === name)!;
    return column.attribute ?? name;
  };
  for (const key of keysOf(table)) {
    if (key.kind !== 'primary') continue;
    const fields = key.columns.map(({ value }) => fieldOf(value));
    // What sorts a key is not kept beside its columns.
    yield `${model} id${given(key.name)}(${fields.join(', ')})`;
  }
  for (const { name, keys, unique, method } of uniqueAndOther(table)) {
    const parts = keys.map(({ column, length, operatorClass, direction }) =>
      [fieldOf(column!), length, operatorClass, direction].filter((part) => part !== undefined).join(' '),
    );
    const kind = unique ? 'unique' : 'normal';
    yield `${model} ${kind}${given(name)}(${parts.join(', ')})${method === undefined ? '' : ` ${method}`}`;
  }
}

/** Indexes, and unique constraints as such. */
const uniqueAndOther = (table: Table): Index[] => [
  ...indexesOf(table),
  ...keysOf(table).flatMap((key): Index[] =>
    key.kind !== 'unique'
      ? []
      : [
          {
            ...(key.name && { name: key.name }),
            keys: key.columns.map(({ value }) => ({ column: value })),
            unique: true,
            include: [],
            span: key.span,
            uncertain: [],
          },
        ],
  ),
];

const given = (name: Index['name']): string => (name === undefined || name.generated ? '' : ` ${name.value}`);

function columnLine(column: Column, table: Table, text: string): string {
  const { name, attribute, type, default: filled, onChange, generated, uncertain, doc, span } = column;
  const isIn = (columns: readonly string[]): boolean => columns.length === 1 && columns[0] === name.value;
  const isId = column.constraints.some(({ kind }) => kind === 'primary');
  const isUnique = uniqueAndOther(table).some((index) => index.unique && isIn(index.keys.map((key) => key.column!)));
  const isList = type.name.endsWith('[]');
  // SQLite fills a row id by itself, with a default and without.
  const isFilled = generated === 'rowid' ? /@default/.test(text.slice(span.start, span.end)) : generated !== undefined;
  const isMoment = onChange !== undefined && filled?.by === 'client';
  const isUnread = uncertain.some(({ about }) => about === 'default');
  return [
    attribute ?? name.value,
    ...(attribute === undefined ? [] : [`= ${name.value}`]),
    type.written,
    ...(isList ? ['list'] : column.nullable === true ? ['optional'] : []),
    ...(isId ? ['id'] : []),
    ...(isUnique && !isId ? ['unique'] : []),
    ...((filled && !isMoment) || isFilled || isUnread ? ['default'] : []),
    ...(onChange ? ['updated'] : []),
    docLine(doc?.value),
  ].join(' ');
}
