import type { Constraint, Dialect, Migration, Name, QualifiedName } from '../../ir/index.js';
import { profileOf } from '../runners.js';
import { inSql, nameInSql, sent } from './sent.js';

type Unvalidated = Extract<Constraint, { kind: 'foreign' | 'check' }>;

/** Where a statement goes that must not share the transaction of another one. */
export function apart(migration: Migration | undefined, isOutside: boolean): string {
  if (migration?.runner === 'alembic') return 'inside with op.get_context().autocommit_block()';
  if (isOutside) return 'as the next statement';
  switch (migration && profileOf(migration.runner).transaction) {
    case 'all':
      return 'in a migration of the next release';
    case 'each':
    case 'statement':
      return 'in the next migration';
    default:
      return 'in a transaction of its own';
  }
}

/** How PostgreSQL looks at the rows of a constraint that was added NOT VALID, while the table is in use. */
export function validateRemedy({
  migration,
  table,
  name,
  dialect,
  isOutside,
}: Omit<Added, 'constraint' | 'isCall' | 'atColumn'>): string {
  const statement = `ALTER TABLE ${inSql(table, dialect)} VALIDATE CONSTRAINT ${nameInSql(name, dialect)}`;
  return `${sent(migration?.runner, statement)} ${apart(migration, isOutside)}`;
}

/** A constraint as a migration adds it. */
export interface Added {
  migration: Migration | undefined;
  table: QualifiedName;
  constraint: Unvalidated;
  /** The name that it has in the end, where that is known. */
  name: Name | undefined;
  /** Whether a call of the migration API adds it, in place of SQL. */
  isCall: boolean;
  /** It is written at a column that is added. */
  atColumn: boolean;
  dialect: Dialect;
  /** Whether nothing keeps a transaction open around it. */
  isOutside: boolean;
}

/** How to add a foreign key or check without looking at the rows that are there, and to look at them afterwards. */
export function notValidRemedy(added: Added): string {
  return `${additionOf(added)}, then ${validateRemedy(added)}`;
}

function additionOf({ migration, table, constraint, name, isCall, atColumn, dialect }: Added): string {
  if (isCall && migration?.runner === 'alembic') {
    const call = constraint.kind === 'foreign' ? 'create_foreign_key' : 'create_check_constraint';
    return `${atColumn ? 'the column without it, then ' : ''}op.${call}(…, postgresql_not_valid=True)`;
  }
  const head = `ALTER TABLE ${inSql(table, dialect)} ADD CONSTRAINT ${nameInSql(name, dialect)}`;
  const statement = `${head} ${definitionOf(constraint, dialect)} NOT VALID`;
  return `${atColumn ? 'the column without it, then ' : ''}${sent(migration?.runner, statement)}`;
}

/** An expression, if it is not too long for a message. */
const shortened = (expression: string): string =>
  expression === '' || expression.length > 60 || /[\r\n]/.test(expression) ? '…' : expression;

function definitionOf(constraint: Unvalidated, dialect: Dialect): string {
  if (constraint.kind === 'check') return `CHECK (${shortened(constraint.expression)})`;
  const { columns, target, targetColumns } = constraint;
  const list = (names: readonly Name[]): string => `(${names.map((each) => nameInSql(each, dialect)).join(', ')})`;
  const to = target === undefined ? '…' : inSql(target, dialect);
  return `FOREIGN KEY ${list(columns)} REFERENCES ${to}${targetColumns.length > 0 ? ` ${list(targetColumns)}` : ''}`;
}

/** How a partitioned table gets a foreign key before PostgreSQL 18. Measured on 15.18: the last step checks nothing. */
export const partitionsFirst =
  'the key on each partition first, NOT VALID and validated afterwards: the partitioned table then takes it over without a check (it refuses NOT VALID itself)';

/** How MySQL and MariaDB add a foreign key in place. Measured on MariaDB 10.11.19: ALGORITHM=INPLACE, LOCK=NONE. */
export function uncheckedKeyRemedy(migration: Migration | undefined): string {
  const [off, on] = [0, 1].map((value) => sent(migration?.runner, `SET foreign_key_checks = ${String(value)}`));
  return `${off!} before it and ${on!} behind it, which adds the key in place with LOCK=NONE, and look for rows without a parent yourself: they are not checked then`;
}

/** How a table that would be copied as a whole is changed while it is in use. */
export const copiedTableRemedy =
  'it with gh-ost or pt-online-schema-change, which copy the table in small steps, or run it while nobody writes';
