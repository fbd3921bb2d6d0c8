import type { SchemaDescription, TableDescription } from './description.js';

/** What differs between two schemas: of each object, what it is in the one and in the other. */
export interface SchemaDifference {
  addedTables: TableDescription[];
  removedTables: TableDescription[];
  changedTables: TableDifference[];
  /** Types, views and sequences. */
  others: Change[];
}

export interface TableDifference {
  table: string;
  changes: Change[];
}

/** `before` is absent of what comes, `after` of what goes. */
export interface Change {
  object: 'column' | 'constraint' | 'index' | 'comment' | 'type' | 'view' | 'sequence';
  name: string;
  before?: string;
  after?: string;
}

/** Compares two schemas, tables by name; either may be absent for an empty one. */
export function difference(
  before: SchemaDescription | undefined,
  after: SchemaDescription | undefined,
): SchemaDifference {
  const old = new Map(before?.tables.map((table) => [table.name, table]));
  const fresh = new Map(after?.tables.map((table) => [table.name, table]));
  const changedTables = [...fresh.values()].flatMap((table) => {
    const was = old.get(table.name);
    const changes = was ? changesOf(was, table) : [];
    return changes.length > 0 ? { table: table.name, changes } : [];
  });
  return {
    addedTables: [...fresh.values()].filter(({ name }) => !old.has(name)),
    removedTables: [...old.values()].filter(({ name }) => !fresh.has(name)),
    changedTables,
    others: [
      ...between('type', typeTexts(before), typeTexts(after)),
      ...between('view', viewTexts(before), viewTexts(after)),
      ...between('sequence', sequenceTexts(before), sequenceTexts(after)),
    ],
  };
}

const typeTexts = (schema: SchemaDescription | undefined): Map<string, string> =>
  new Map(schema?.types.map(({ name, values }) => [name, values ? `ENUM (${values.join(', ')})` : 'of another kind']));

const viewTexts = (schema: SchemaDescription | undefined): Map<string, string> =>
  new Map(
    schema?.views.map(({ name, materialized, reads }) => [
      name,
      `${materialized ? 'materialized, ' : ''}reads ${reads.join(', ')}`,
    ]),
  );

const sequenceTexts = (schema: SchemaDescription | undefined): Map<string, string> =>
  new Map(schema?.sequences.map((name) => [name, name]));

export const isEmpty = ({ addedTables, removedTables, changedTables, others }: SchemaDifference): boolean =>
  addedTables.length + removedTables.length + changedTables.length + others.length === 0;

function changesOf(before: TableDescription, after: TableDescription): Change[] {
  const comment =
    before.comment === after.comment
      ? []
      : [
          {
            object: 'comment' as const,
            name: after.name,
            ...(before.comment !== undefined && { before: before.comment }),
            ...(after.comment !== undefined && { after: after.comment }),
          },
        ];
  return [
    ...comment,
    ...between('column', columnTexts(before), columnTexts(after)),
    ...between('constraint', constraintTexts(before), constraintTexts(after)),
    ...between('index', indexTexts(before), indexTexts(after)),
  ];
}

function between(
  object: Change['object'],
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Change[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    if (was === is) return [];
    return { object, name, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) };
  });
}

/** The columns of a table in words, by name. */
export const columnTexts = ({ columns }: TableDescription): Map<string, string> =>
  new Map(
    columns.map(({ name, type, nullable, generated, comment, ...rest }) => {
      const parts = [type];
      if (generated !== undefined) parts.push(generated);
      if (nullable === false) parts.push('NOT NULL');
      if (rest.default !== undefined) parts.push(`DEFAULT ${rest.default}`);
      if (comment !== undefined) parts.push(`COMMENT '${comment}'`);
      return [name, parts.join(' ')];
    }),
  );

const kinds = { primary: 'PRIMARY KEY', unique: 'UNIQUE', foreign: 'FOREIGN KEY', check: 'CHECK', exclude: 'EXCLUDE' };

/** The constraints of a table in words, by name; by what they say where the database's name is not known. */
export const constraintTexts = ({ constraints }: TableDescription): Map<string, string> =>
  new Map(
    constraints.map(({ name, kind, columns, expression, references, onDelete, onUpdate, deferrable, notValid }) => {
      const parts = [kinds[kind], columns === undefined ? `(${expression ?? ''})` : `(${columns.join(', ')})`];
      if (references) parts.push(`REFERENCES ${references.table} (${references.columns.join(', ')})`);
      if (onDelete !== undefined) parts.push(`ON DELETE ${onDelete}`);
      if (onUpdate !== undefined) parts.push(`ON UPDATE ${onUpdate}`);
      if (deferrable) parts.push('DEFERRABLE');
      if (notValid) parts.push('NOT VALID');
      const text = parts.join(' ');
      return [name ?? text, text];
    }),
  );

/** The indexes of a table in words, by name; by what they say where the database's name is not known. */
export const indexTexts = ({ indexes }: TableDescription): Map<string, string> =>
  new Map(
    indexes.map(({ name, keys, unique, method, include, where }) => {
      const parts = [unique ? 'UNIQUE ' : '', method === undefined ? '' : `${method} `, `(${keys.join(', ')})`];
      if (include) parts.push(` INCLUDE (${include.join(', ')})`);
      if (where !== undefined) parts.push(` WHERE ${where}`);
      const text = parts.join('');
      return [name ?? text, text];
    }),
  );
