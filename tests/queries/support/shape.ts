import { folded, foldedInTable } from '../../../src/queries/names.js';
import type { Schema } from '../../../src/queries/replay.js';

/** A schema in few words, for comparisons: names alone, in a fixed order. */
export interface ShapeOfSchema {
  [table: string]: {
    /** In order, `!` behind those that take no NULL. */
    columns: string[];
    /** `name(column, …)`, `unique` in front where it is. */
    indexes: string[];
    /** `kind name(columns)`; checks have no columns. */
    constraints: string[];
  };
}

/** What the replay says stands there at the end. */
export function shapeOf(schema: Schema): ShapeOfSchema {
  return Object.fromEntries(
    [...schema.tables()]
      .filter((table) => !table.external)
      .map((table) => [
        folded(table.name.name, schema.dialect),
        {
          columns: [...table.columns.values()].map(
            ({ column }) => `${foldedInTable(column.name, schema.dialect)}${column.nullable === false ? '!' : ''}`,
          ),
          indexes: table.indexes
            .map(({ name, index }) => {
              const keys = index.keys.map(({ column, quoted = false }) =>
                column === undefined ? 'expression' : foldedInTable({ value: column, quoted }, schema.dialect),
              );
              return `${index.unique ? 'unique ' : ''}${name ?? ''}(${keys.join(', ')})`;
            })
            .sort(),
          constraints: table.constraints
            .map(({ name, constraint }) => {
              const columns =
                'columns' in constraint
                  ? constraint.columns.map((column) => foldedInTable(column, schema.dialect))
                  : [];
              return `${constraint.kind} ${name ?? ''}(${columns.join(', ')})`;
            })
            .sort(),
        },
      ])
      .sort(([a], [b]) => (a as string).localeCompare(b as string)),
  );
}
