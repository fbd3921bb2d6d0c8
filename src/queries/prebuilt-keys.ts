import type { Constraint, Dialect, Name, Operation, QualifiedName } from '../ir/index.js';
import { bareName, bareQualified } from './bare-names.js';

type Key = Extract<Constraint, { kind: 'primary' | 'unique' }>;

/** The index of a key, built while the table is in use, and the key that takes it over. */
export function prebuiltKey(on: QualifiedName, key: Key, called: Name, dialect: Dialect): Operation[] {
  const { span, columns, include = [], options, tablespace } = key;
  const made = { span, provenance: 'api' } as const;
  const table = bareQualified(on, dialect);
  const name = bareName(called, dialect);
  const bare = columns.map((column) => bareName(column, dialect));
  return [
    {
      ...made,
      kind: 'CreateIndex',
      table,
      index: {
        name,
        keys: bare.map(({ value, quoted }) => ({ column: value, quoted })),
        unique: true,
        include: include.map(({ value }) => value),
        concurrently: true,
        ...(key.kind === 'unique' && key.nullsNotDistinct && { nullsNotDistinct: true as const }),
        ...(options !== undefined && { options }),
        ...(tablespace && { tablespace }),
        span,
        uncertain: [],
      },
    },
    { ...made, kind: 'AddConstraint', table, constraint: { ...key, name, usingIndex: name, columns: [] } },
  ];
}
