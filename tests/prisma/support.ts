import type { Column, Constraint, Dialect, FileFacts, Index, Name, Table } from '../../src/ir/index.js';
import type { SourceFile } from '../../src/frontends/front-end.js';
import { prisma } from '../../src/frontends/prisma/front-end.js';
import { sql } from '../../src/frontends/sql/front-end.js';
import { replaysOf } from '../../src/queries/replay.js';
import { indexesOf, keysOf } from '../../src/queries/tables.js';

const prismaReader = await prisma.load();
const sqlReader = await sql.load();
export const penOf = await prisma.loadPen();

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Reads the files of schemas and links them. Every result has passed through JSON, as it does in the cache. */
export function readSchemas(files: { [path: string]: string }, dialect: Dialect = 'unknown'): FileFacts[] {
  const facts = Object.entries(files).map(([path, text]) => {
    const source: SourceFile = { path, text };
    return throughJson(prismaReader.read(source, { dialect, scope: 'project' }));
  });
  return prismaReader.link(facts).map(throughJson);
}

export const readSchema = (text: string, dialect: Dialect = 'unknown'): FileFacts =>
  readSchemas({ 'prisma/schema.prisma': text }, dialect)[0]!;

/** A datasource of its own before the models. */
export const models = (text: string, provider = 'postgresql'): FileFacts =>
  readSchema(`datasource db {\n  provider = "${provider}"\n}\n\n${text}`);

export const tableOf = (facts: FileFacts, className: string): Table =>
  facts.tables.find((table) => table.className === className)!;

/** A table in lines that can be compared. */
export interface Shape {
  columns: string[];
  keys: string[];
  indexes: string[];
}

/** Tables by name. */
export type Shapes = { [table: string]: Shape };

/** The tables that a schema declares, views left out. */
export function shapesOfModels(files: readonly FileFacts[]): Shapes {
  const shapes: Shapes = {};
  for (const table of files.flatMap(({ tables }) => tables)) {
    if (table.role === 'view') continue;
    shapes[nameOf(table.name)] = shape(table.columns, keysOf(table), indexesOf(table));
  }
  return shapes;
}

/** The tables that a script of SQL leaves behind, as the replay has them. */
export function shapesOfScript(script: string, dialect: Dialect): Shapes {
  const facts = sqlReader.read({ path: 'schema.sql', text: script }, { dialect, scope: 'project' });
  const project = { files: [facts], settings: { dialect, shipped: new Set<string>() } };
  const shapes: Shapes = {};
  for (const table of replaysOf(project)[0]!.final.tables()) {
    shapes[nameOf(table.name)] = shape(
      [...table.columns.values()].map(({ column }) => column),
      table.constraints.map(({ constraint }) => constraint),
      table.indexes.filter(({ implied }) => !implied).map(({ index }) => index),
    );
  }
  return shapes;
}

const nameOf = ({ schema, name }: Table['name']): string =>
  schema === undefined || schema.value === 'public' ? name.value : `${schema.value}.${name.value}`;

const shape = (columns: readonly Column[], keys: readonly Constraint[], indexes: readonly Index[]): Shape => ({
  columns: columns.map(columnLine),
  keys: keys.map(keyLine).sort(),
  indexes: indexes.map(indexLine).sort(),
});

const columnLine = ({ name, type, nullable, default: given, generated }: Column): string =>
  [
    name.value,
    type.name,
    ...(nullable === false ? ['not null'] : []),
    ...(given?.by === 'server' ? [`default ${given.text}`] : []),
    ...(generated ? [generated] : []),
  ].join(' ');

const listed = (names: readonly Name[]): string => `(${names.map(({ value }) => value).join(', ')})`;

function keyLine(key: Constraint): string {
  const begin = `${key.kind} ${key.name?.value ?? '?'}`;
  if (key.kind === 'check' || key.kind === 'exclude') return begin;
  if (key.kind !== 'foreign') return begin + listed(key.columns);
  const target = key.target ? nameOf(key.target) : '?';
  const actions = `delete ${key.onDelete ?? ''} update ${key.onUpdate ?? ''}`;
  return `${begin}${listed(key.columns)} -> ${target}${listed(key.targetColumns)} ${actions}`;
}

function indexLine({ name, keys, unique, method, where }: Index): string {
  const parts = keys.map(({ column, direction, operatorClass, length }) =>
    [
      column,
      ...(length === undefined ? [] : [length]),
      ...(operatorClass === undefined ? [] : [operatorClass]),
      ...(direction === 'desc' ? ['desc'] : []),
    ].join(' '),
  );
  return [
    ...(unique ? ['unique'] : []),
    name?.value ?? '?',
    `(${parts.join(', ')})`,
    ...(method === undefined ? [] : [method]),
    ...(where === undefined ? [] : ['where']),
  ].join(' ');
}
