import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Column, Constraint, Dialect, FileFacts, Name, QualifiedName, Table } from '../../../src/ir/index.js';
import { indexesOf, keysOf } from '../../../src/queries/tables.js';
import { loadReader } from '../../../src/frontends/python/read.js';
import type { Line } from './expected.js';

const reader = await loadReader();

/** Reads and links files by their paths. */
export const linkFiles = (files: { [path: string]: string }, dialect: Dialect): FileFacts[] =>
  reader.link(Object.entries(files).map(([path, text]) => reader.read({ path, text }, { dialect, scope: 'project' })));

/** Reads and links a package of models. */
export function readPackage(folder: string, dialect: Dialect): FileFacts[] {
  const name = folder.split('/').at(-1) ?? folder;
  const files = readdirSync(folder).filter((file) => file.endsWith('.py'));
  return linkFiles(
    Object.fromEntries(files.map((file) => [`${name}/${file}`, readFileSync(join(folder, file), 'utf8')])),
    dialect,
  );
}

const qualified = ({ schema, name }: QualifiedName) => (schema ? `${schema.value}.${name.value}` : name.value);
const list = (names: readonly Name[]) => names.map(({ value }) => value).join(',');
const named = ({ name }: { name?: Name }) => (name === undefined ? undefined : `named ${name.value}`);

/** The same lines of ddlint's facts as `expectedLines` makes of SQLAlchemy's. */
export function factLines(files: readonly FileFacts[], dialect: Dialect): Line[] {
  const lines: Line[] = [];
  for (const table of files.flatMap(({ tables }) => tables)) {
    if (table.role === 'table') lines.push(...tableLines(table));
  }
  if (dialect === 'postgresql') {
    for (const { name, labels } of files.flatMap(({ enums }) => enums))
      lines.push(`enum ${name.name.value} ${labels.join(',')}`);
  }
  return [...new Set(lines)].sort();
}

function tableLines(table: Table): Line[] {
  const lines: Line[] = [];
  const say = (...words: (string | undefined | false)[]) =>
    lines.push(
      [qualified(table.name), ...words.filter((word) => word !== undefined && word !== false && word !== '')].join(' '),
    );
  if (table.comment) say('comment', JSON.stringify(table.comment.value));
  say(
    'columns',
    table.columns
      .map(({ name }) => name.value)
      .sort()
      .join(','),
  );
  for (const column of table.columns) sayColumn(column, say);
  for (const key of keysOf(table)) sayKey(key, say);
  for (const index of indexesOf(table)) {
    say(
      index.unique ? 'unique index' : 'index',
      index.keys
        .map(({ column, expression, direction, nulls }) =>
          [column ?? `(${expression ?? ''})`, direction, nulls && `nulls ${nulls}`].filter(Boolean).join(' '),
        )
        .join(', '),
      named(index),
      index.method !== undefined && `using ${index.method}`,
      index.where !== undefined && `where ${index.where}`,
      index.include.length > 0 && `include ${index.include.join(',')}`,
    );
  }
  for (const { attribute, kind, target, collection, inverse, loading, through } of table.relationships) {
    const lazy = loading === undefined || loading === 'True' ? 'select' : loading === 'False' ? 'joined' : loading;
    say(
      `.${attribute.value}`,
      kind,
      (collection ?? kind.endsWith('-many')) ? 'of many' : 'of one',
      target ?? '?',
      inverse !== undefined && `inverse ${inverse}`,
      `loading ${lazy}`,
      through !== undefined && `through ${qualified(through)}`,
    );
  }
  for (const { about, reason } of table.uncertain) say('uncertain', about, reason);
  for (const each of [...table.columns, ...table.constraints, ...table.indexes])
    for (const { about, reason } of each.uncertain) say('uncertain', about, reason);
  return lines;
}

function sayColumn(column: Column, say: (...words: (string | undefined | false)[]) => void): void {
  const { name, type, nullable, attribute, generated, default: value, comment } = column;
  const at = `.${name.value}`;
  say(at, 'type', type.name);
  say(at, nullable === 'unknown' ? '?' : nullable ? 'NULL' : 'NN');
  if (attribute !== undefined) say(at, 'attribute', attribute);
  if (generated !== undefined) say(at, 'generated', generated);
  if (value?.by === 'server') say(at, 'server default', value.text);
  if (value?.by === 'client') say(at, 'client default');
  if (comment) say(at, 'comment', JSON.stringify(comment.value));
}

function sayKey(key: Constraint, say: (...words: (string | undefined | false)[]) => void): void {
  switch (key.kind) {
    case 'primary':
    case 'unique':
      say(key.kind, list(key.columns), named(key));
      break;
    case 'foreign':
      say(
        'foreign',
        list(key.columns),
        `-> ${key.target ? qualified(key.target) : '?'} ${list(key.targetColumns)}`,
        key.onDelete !== undefined && `delete ${key.onDelete}`,
        key.onUpdate !== undefined && `update ${key.onUpdate}`,
        key.deferrable === true && 'deferrable',
        named(key),
      );
      break;
    case 'check':
      say('check', key.expression, named(key));
      break;
    case 'exclude':
      say('exclude', key.name?.value);
  }
}
