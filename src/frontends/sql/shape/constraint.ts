import type { Constraint, ForeignKey, Name } from '../../../ir/index.js';
import type { Cursor } from './cursor.js';
import { readColumns } from './keys.js';

const kinds = new Set(['PRIMARY', 'UNIQUE', 'FOREIGN', 'CHECK', 'EXCLUDE']);

/** Whether a table-level constraint comes next. */
export function isConstraint(cursor: Cursor): boolean {
  if (cursor.is('CONSTRAINT')) return true;
  const word = cursor.word();
  if (!kinds.has(word)) return false;
  // A column may be called `check`, but then no parenthesis or key word follows.
  const next = cursor.word(1);
  return word === 'PRIMARY' || word === 'FOREIGN'
    ? next === 'KEY'
    : next === '(' ||
        word === 'UNIQUE' ||
        (word === 'EXCLUDE' && next === 'USING') ||
        (word === 'CHECK' && next === 'NOT' && cursor.word(2) === 'FOR');
}

/** Reads a table-level constraint, its name included. Nothing where it is of a kind that is not read. */
export function readConstraint(cursor: Cursor): Constraint | undefined {
  const from = cursor.at;
  let name: Name | undefined;
  if (cursor.take('CONSTRAINT') && !kinds.has(cursor.word())) name = cursor.name();
  const kind = cursor.word();
  cursor.at++;
  const constraint = byKind(cursor, kind);
  if (constraint === undefined) {
    cursor.at = cursor.length;
    return undefined;
  }
  if (name) constraint.name = name;
  readTrailer(cursor, constraint);
  constraint.span = cursor.span(from);
  return constraint;
}

const nowhere = { start: 0, end: 0 };

function byKind(cursor: Cursor, kind: string): Constraint | undefined {
  switch (kind) {
    case 'PRIMARY': {
      cursor.take('KEY');
      return keyConstraint(cursor, 'primary');
    }
    case 'UNIQUE':
      return keyConstraint(cursor, 'unique');
    case 'FOREIGN': {
      cursor.take('KEY');
      cursor.take('IF', 'NOT', 'EXISTS');
      const own = cursor.isName() ? cursor.name() : undefined;
      const columns = readColumns(cursor);
      const key = cursor.take('REFERENCES') ? readReference(cursor, columns) : undefined;
      // MariaDB names the constraint as the index; MySQL gives it a name of its own.
      if (key && own && cursor.source.dialect !== 'mysql') key.name = own;
      return key;
    }
    case 'CHECK': {
      cursor.take('NOT', 'FOR', 'REPLICATION');
      const inside = cursor.parenthesis();
      if (inside === undefined) return undefined;
      return { kind: 'check', expression: cursor.between(...inside), span: nowhere, uncertain: [] };
    }
    case 'EXCLUDE': {
      const from = cursor.at;
      cursor.until('DEFERRABLE', 'INITIALLY', 'NOT');
      return { kind: 'exclude', expression: cursor.between(from, cursor.at), span: nowhere, uncertain: [] };
    }
    default:
      return undefined;
  }
}

function keyConstraint(cursor: Cursor, kind: 'primary' | 'unique'): Constraint | undefined {
  if (cursor.take('USING', 'INDEX')) {
    const usingIndex = cursor.name();
    return { kind, columns: [], ...(usingIndex && { usingIndex }), span: nowhere, uncertain: [] };
  }
  cursor.oneOf('KEY', 'INDEX');
  cursor.oneOf('CLUSTERED', 'NONCLUSTERED');
  if (!cursor.take('NULLS', 'NOT', 'DISTINCT')) cursor.take('NULLS', 'DISTINCT');
  cursor.take('IF', 'NOT', 'EXISTS');
  if (cursor.source.dialect === 'tsql') cursor.take('HASH');
  let name: Name | undefined;
  if (cursor.isName() && !cursor.is('USING')) name = cursor.name();
  if (cursor.take('USING')) cursor.at++;
  if (!cursor.is('(')) return undefined;
  return { kind, columns: readColumns(cursor), ...(name && { name }), span: nowhere, uncertain: [] };
}

/** Reads what stands behind REFERENCES. */
export function readReference(cursor: Cursor, columns: Name[]): ForeignKey {
  const target = cursor.qualified();
  const targetColumns = cursor.is('(') ? readColumns(cursor) : [];
  const key: ForeignKey = { kind: 'foreign', columns, targetColumns, span: nowhere, uncertain: [] };
  if (target) key.target = target;
  if (target === undefined || target.name.unknown)
    key.uncertain.push({ about: 'target', reason: 'the referenced table is computed' });
  for (;;) {
    if (cursor.take('MATCH')) cursor.at++;
    else if (cursor.take('ON', 'DELETE')) key.onDelete = action(cursor);
    else if (cursor.take('ON', 'UPDATE')) key.onUpdate = action(cursor);
    else return key;
  }
}

/** `CASCADE`, `SET NULL`, `NO ACTION` …; the columns of `SET NULL (a)` are passed over. */
function action(cursor: Cursor): string {
  const first = cursor.word();
  cursor.at++;
  let value = first;
  if (first === 'SET' || first === 'NO') {
    value = `${first} ${cursor.word()}`;
    cursor.at++;
    if (cursor.is('(')) cursor.parenthesis();
  }
  return value.toLowerCase();
}

/** DEFERRABLE, NOT VALID and the storage options of a key. */
function readTrailer(cursor: Cursor, constraint: Constraint): void {
  for (;;) {
    if (cursor.take('NOT', 'VALID')) constraint.notValid = true;
    else if (
      cursor.take('NOT', 'DEFERRABLE') ||
      cursor.take('DEFERRABLE') ||
      cursor.take('INITIALLY', 'DEFERRED') ||
      cursor.take('INITIALLY', 'IMMEDIATE') ||
      cursor.take('NO', 'INHERIT') ||
      cursor.take('NOT', 'ENFORCED') ||
      cursor.take('ENFORCED') ||
      cursor.take('VALID')
    )
      continue;
    else if (cursor.is('INCLUDE') || cursor.is('WITH')) {
      cursor.at++;
      cursor.parenthesis();
    } else if (cursor.take('USING', 'INDEX')) {
      cursor.take('TABLESPACE');
      cursor.at++;
    } else if (cursor.take('WHERE')) cursor.parenthesis();
    else if (cursor.take('USING')) cursor.at++;
    else if (cursor.take('ON', 'CONFLICT')) cursor.at++;
    else if (cursor.take('ON')) cursor.at++;
    else if (cursor.take('COMMENT')) cursor.at++;
    else return;
  }
}

/** Sets nullability of the columns of a primary key and of nothing else. */
export function primaryColumns(constraints: readonly Constraint[]): Name[] {
  return constraints.flatMap((constraint) => (constraint.kind === 'primary' ? constraint.columns : []));
}
