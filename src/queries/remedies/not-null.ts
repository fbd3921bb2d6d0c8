import type { Dialect, Migration, Name, QualifiedName } from '../../ir/index.js';
import { inSql, nameInSql, sent } from './sent.js';
import { validateRemedy } from './validation.js';

/** A column that takes no NULL from now on. */
export interface Required {
  migration: Migration | undefined;
  table: QualifiedName;
  column: Name;
  /** A check that the column has already, whose rows are still to be looked at. */
  unvalidated: Name | undefined;
  dialect: Dialect;
  /** Whether nothing keeps a transaction open around it. */
  isOutside: boolean;
}

/** The name of a check that a column is not null, as it is made for a while. */
export const requiringName = (table: QualifiedName, column: Name): Name => ({
  value: `${table.name.value}_${column.value}_not_null`,
  quoted: true,
  span: column.span,
});

/** How a column becomes NOT NULL without a look at the rows. Measured on PostgreSQL 15.18: a valid check is proof enough. */
export function provenFirst({ column, unvalidated, ...at }: Required): string {
  const { migration, table, dialect } = at;
  const name = unvalidated ?? requiringName(table, column);
  const validate = validateRemedy({ ...at, name });
  if (unvalidated !== undefined) return `${validate}, before this: SET NOT NULL then reads no row`;
  const addition =
    migration?.runner === 'alembic'
      ? `op.create_check_constraint("${name.value}", "${table.name.value}", "${nameInSql(column, dialect)} IS NOT NULL", postgresql_not_valid=True)`
      : sent(
          migration?.runner,
          `ALTER TABLE ${inSql(table, dialect)} ADD CONSTRAINT ${nameInSql(name, dialect)} CHECK (${nameInSql(column, dialect)} IS NOT NULL) NOT VALID`,
        );
  return `${addition}, then ${validate}, before this: SET NOT NULL then reads no row, and the check can be dropped`;
}

/** What a primary key over an index asks for before it. */
export const notNullFirst =
  'CHECK (… IS NOT NULL) NOT VALID for its columns before, and VALIDATE it in a transaction of its own: the key then reads no row';

/** How MySQL and MariaDB write a table anew in place. */
export const rebuildRemedy =
  'ALGORITHM=INPLACE, LOCK=NONE behind it, so that the server refuses where it can do it only by keeping writers out, and run it while little else happens';
