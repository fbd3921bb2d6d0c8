import type { Column, EnumType, Name, Table } from '../../../ir/index.js';
import type { LinkedFile, Models } from '../library.js';
import { settled, type Lookup } from '../linking/lookup.js';
import { textOf, type Value } from '../values/values.js';
import { tableAnchor } from './anchors.js';
import { usagesOf } from './changes.js';
import { readColumn } from './columns.js';
import type { DeclarationRecord } from './declare.js';
import { readExtras } from './extras.js';
import { relationships } from './relations.js';
import { Schema, type DeclaredTable } from './schema.js';
import { labelsOf } from './types.js';
import { callsOf } from './values.js';
import { quoted } from '../quoted.js';

/** The tables, views and enum types of all files, by the path of the file that declares them. */
export function models(files: readonly LinkedFile[], lookup: Lookup): Map<string, Models> {
  const schema = new Schema(files, lookup);
  const related = relationships(schema);
  const all = new Map<string, Models>();
  for (const [path, { declared }] of schema.files) {
    const tables = declared.tables.flatMap((record): Table[] => {
      const table = schema.table(path, record);
      return table ? [{ ...tableOf(table, schema), relationships: related.get(table) ?? [] }] : [];
    });
    for (const record of declared.helpers) {
      const helper = schema.helper(path, record);
      if (helper) tables.push(helperOf(helper, schema));
    }
    const enums = declared.enums.flatMap((record) => enumOf(settled(record.value, path, lookup), record));
    const usages = usagesOf(declared.changes, path, declared.scope, schema);
    if (tables.length + enums.length + usages.length > 0) all.set(path, { tables, enums, usages });
  }
  return all;
}

function tableOf(table: DeclaredTable, schema: Schema): Table {
  const { record, head, name } = table;
  const columns = [...table.columns.values()].map((column) => readColumn(column, table, schema));
  const extras = readExtras(table, schema);
  const uncertain = [...table.uncertain, ...extras.uncertain];
  const isUnknown = uncertain.some(({ about }) => about === 'name');
  const facts: Table = {
    name: {
      ...(table.schema && { schema: quoted(table.schema.value, table.schema.span) }),
      name: { ...quoted(name.value, name.span), ...(isUnknown && { unknown: true as const }) },
      span: name.span,
    },
    declaredBy: 'drizzle',
    className: record.name,
    role: head.isView ? 'view' : 'table',
    columns,
    constraints: extras.constraints,
    indexes: extras.indexes,
    relationships: [],
    ...(record.doc && { doc: record.doc }),
    span: record.span,
    anchor: tableAnchor(table),
    uncertain,
  };
  for (const { columns: key } of extras.constraints.flatMap((each) => (each.kind === 'primary' ? [each] : [])))
    keyed(columns, key, table);
  return facts;
}

/** An object of columns that tables spread in: it gives columns to others and is no table itself. */
function helperOf(table: DeclaredTable, schema: Schema): Table {
  const { record, name } = table;
  return {
    name: { name: { ...quoted(name.value, name.span), generated: true }, span: name.span },
    declaredBy: 'drizzle',
    className: record.name,
    role: 'abstract',
    columns: [...table.columns.values()]
      .filter(({ builder, entry }) => builder && entry.from === undefined)
      .map((column) => readColumn(column, table, schema)),
    constraints: [],
    indexes: [],
    relationships: [],
    ...(record.doc && { doc: record.doc }),
    span: record.span,
    uncertain: table.uncertain,
  };
}

/** A column of the primary key takes no NULL; SQLite's row ids are a key of one integer. */
function keyed(columns: readonly Column[], key: readonly Name[], { head }: DeclaredTable): void {
  const members = columns.filter(({ name }) => key.some(({ value }) => value === name.value));
  for (const column of members) column.nullable = false;
  const [only, ...others] = members;
  if (head.core === 'sqlite' && only?.type.name === 'integer' && others.length === 0) only.generated = 'rowid';
}

/** `pgEnum('role', ['a', 'b'])`, of a schema too. */
function enumOf(value: Value, { span }: DeclarationRecord): EnumType[] {
  const { root, links } = callsOf(value);
  if (root.kind !== 'made') return [];
  const [call] = links;
  const [name, labels] = call ? (call.args ?? []) : root.args;
  const schema = call ? root.args[0] : undefined;
  const text = textOf(name);
  const schemaText = textOf(schema);
  if (!name || text === undefined || (schema && schemaText === undefined)) return [];
  const known = labelsOf(labels);
  return [
    {
      name: {
        ...(schema && schemaText !== undefined && { schema: quoted(schemaText, schema.span) }),
        name: quoted(text, name.span),
        span: name.span,
      },
      labels: known ?? [],
      span,
      uncertain: known ? [] : [{ about: 'everything', reason: 'the labels are computed' }],
    },
  ];
}
