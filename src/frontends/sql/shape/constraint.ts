import type { Constraint, ForeignKey, Name } from '../../../ir/index.js';
import type { Cursor } from './cursor.js';
import { endsInRange, readColumns } from './keys.js';

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
      const list = cursor.at + 1;
      const columns = readColumns(cursor);
      const period = endsInRange(cursor, [list, cursor.at - 1]);
      const key = cursor.take('REFERENCES') ? readReference(cursor, columns) : undefined;
      // MariaDB names the constraint as the index; MySQL gives it a name of its own.
      if (key && own && cursor.source.dialect !== 'mysql') key.name = own;
      if (key && period) key.period = true;
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
  const distinct = !cursor.take('NULLS', 'NOT', 'DISTINCT');
  if (distinct) cursor.take('NULLS', 'DISTINCT');
  cursor.take('IF', 'NOT', 'EXISTS');
  const hashed = cursor.source.dialect === 'tsql' && cursor.take('HASH');
  let name: Name | undefined;
  if (cursor.isName() && !cursor.is('USING')) name = cursor.name();
  if (cursor.take('USING')) cursor.at++;
  if (!cursor.is('(')) return undefined;
  const list = cursor.at + 1;
  const common = {
    columns: readColumns(cursor),
    ...(name && { name }),
    ...(hashed && { method: 'hash' }),
    span: nowhere,
    uncertain: [],
  };
  const ranged = endsInRange(cursor, [list, cursor.at - 1]) ? ({ withoutOverlaps: true } as const) : {};
  if (kind === 'primary' || distinct) return { kind, ...common, ...ranged };
  return { kind, ...common, ...ranged, nullsNotDistinct: true };
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
    if (cursor.take('MATCH')) readMatch(cursor, key);
    else if (cursor.take('ON', 'DELETE')) {
      key.onDelete = action(cursor);
      if (cursor.is('(')) key.onDeleteColumns = readColumns(cursor);
    } else if (cursor.take('ON', 'UPDATE')) key.onUpdate = action(cursor);
    else return key;
  }
}

function readMatch(cursor: Cursor, key: ForeignKey): void {
  if (!cursor.is('SIMPLE')) key.match = cursor.word().toLowerCase();
  cursor.at++;
}

/** `CASCADE`, `SET NULL`, `NO ACTION` … */
function action(cursor: Cursor): string {
  const first = cursor.word();
  cursor.at++;
  let value = first;
  if (first === 'SET' || first === 'NO') {
    value = `${first} ${cursor.word()}`;
    cursor.at++;
  }
  return value.toLowerCase();
}

/** Takes the next word or two about when a constraint is checked and for whom; false where they are about something else. */
export function readCharacter(cursor: Cursor, constraint: Constraint | undefined): boolean {
  if (cursor.take('NOT', 'VALID')) {
    if (constraint) constraint.notValid = true;
    return true;
  }
  if (cursor.take('NOT', 'ENFORCED')) {
    if (constraint) constraint.notEnforced = true;
    return true;
  }
  if (cursor.take('DEFERRABLE')) {
    if (constraint) constraint.deferrable = true;
    return true;
  }
  if (cursor.take('INITIALLY', 'DEFERRED')) {
    if (constraint) Object.assign(constraint, { deferrable: true, initiallyDeferred: true });
    return true;
  }
  if (cursor.take('NO', 'INHERIT')) {
    if (constraint?.kind === 'check') constraint.noInherit = true;
    return true;
  }
  return cursor.take('NOT', 'DEFERRABLE') || cursor.take('INITIALLY', 'IMMEDIATE') || cursor.take('ENFORCED');
}

/** Takes what is said of the index behind a key; false where something else comes. */
export function readStorage(cursor: Cursor, constraint: Constraint | undefined): boolean {
  const key = constraint?.kind === 'primary' || constraint?.kind === 'unique' ? constraint : undefined;
  if (cursor.is('WITH', '(')) {
    cursor.at++;
    const options = cursor.between(...cursor.parenthesis()!);
    if (key) key.options = options;
    return true;
  }
  if (!cursor.take('USING', 'INDEX', 'TABLESPACE')) return false;
  const tablespace = cursor.name();
  if (key && tablespace) key.tablespace = tablespace;
  return true;
}

/** What stands behind a constraint: when it is checked, and the storage of its index. */
function readTrailer(cursor: Cursor, constraint: Constraint): void {
  for (;;) {
    if (readCharacter(cursor, constraint) || readStorage(cursor, constraint)) continue;
    if (cursor.take('VALID')) continue;
    if (cursor.take('INCLUDE')) {
      const include = readColumns(cursor);
      if (constraint.kind === 'primary' || constraint.kind === 'unique') constraint.include = include;
    } else if (cursor.take('WITH')) cursor.parenthesis();
    else if (cursor.take('WHERE')) cursor.parenthesis();
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
