import type { Constraint, Dialect, FileFacts, Migration, Name, QualifiedName } from '../../ir/index.js';
import { enumerated } from '../lock-words.js';
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

function definitionOf(constraint: Unvalidated, dialect: Dialect): string {
  if (constraint.kind === 'check') return 'CHECK (…)';
  const { columns, target, targetColumns } = constraint;
  const list = (names: readonly Name[]): string => `(${names.map((each) => nameInSql(each, dialect)).join(', ')})`;
  const to = target === undefined ? '…' : inSql(target, dialect);
  return `FOREIGN KEY ${list(columns)} REFERENCES ${to}${targetColumns.length > 0 ? ` ${list(targetColumns)}` : ''}`;
}
