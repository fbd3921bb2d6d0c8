import type { Column, Constraint, Dialect } from '../../../ir/index.js';
import type { RawColumn } from '../models/raw.js';

/** How a database fills an integer key that nobody gives a value. */
const ways: { [dialect in Dialect]: NonNullable<Column['generated']> } = {
  postgresql: 'serial',
  cockroachdb: 'serial',
  mysql: 'identity',
  mariadb: 'identity',
  tsql: 'identity',
  oracle: 'identity',
  sqlite: 'rowid',
  unknown: 'serial',
};

const isInteger = ({ type }: Column): boolean =>
  /^(?:(?:tiny|small|medium|big)?int|integer)\b(?!\(1\))/.test(type.name);

/** Marks the key that SQLAlchemy lets the database number: a single integer without a reference or a default. */
export function numberKey(columns: readonly RawColumn[], constraints: readonly Constraint[], dialect: Dialect): void {
  const keyed = new Set(
    [...columns.flatMap(({ column }) => column.constraints), ...constraints].flatMap((each) =>
      each.kind === 'primary' ? each.columns.map(({ value }) => value) : [],
    ),
  );
  const [only] = columns.filter(({ column }) => keyed.has(column.name.value));
  if (only === undefined || keyed.size !== 1) return;
  if (numbersItself(only, constraints, dialect)) only.column.generated = ways[dialect];
}

/** Whether a column that is the whole key is numbered by the database. */
function numbersItself(raw: RawColumn, constraints: readonly Constraint[], dialect: Dialect): boolean {
  const { column, autoincrement } = raw;
  // SQLite has no other INTEGER PRIMARY KEY than the row's own number.
  if (dialect === 'sqlite') return column.type.name === 'integer';
  const refers = [...column.constraints, ...constraints].some(
    (each) => each.kind === 'foreign' && each.columns.some(({ value }) => value === column.name.value),
  );
  return (
    autoincrement && !refers && column.generated === undefined && column.default?.by !== 'server' && isInteger(column)
  );
}
