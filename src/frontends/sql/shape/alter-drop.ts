import { type Action, tableOption, unknownAction } from './action.js';
import type { Constraint, Name } from '../../../ir/index.js';
import { isMysql } from '../names.js';
import type { Cursor } from './cursor.js';
import { base, cascadeOf, hasPlainWords, ifExists } from './shape.js';

const constraintKinds: Readonly<Record<string, Constraint['kind'] | undefined>> = {
  PRIMARY: 'primary',
  FOREIGN: 'foreign',
  CHECK: 'check',
  UNIQUE: 'unique',
};

/**
 * DROP of a column, constraint, key or partition.
 * @param object the word behind DROP
 * @param from tokens before that word
 */
export function readDropAction(action: Action, object: string, from: number): void {
  const { cursor, shape, table, flags } = action;
  const cascade = cascadeOf(cursor, 1);
  const common = () => ({ ...base(cursor.span(0, cursor.length)), ...flags, ...cascade, table });
  cursor.at = from;
  const isColumn = hasPlainWords(cursor.source.dialect);
  if (!isColumn && (object === 'INDEX' || object === 'KEY')) {
    cursor.at++;
    const exists = ifExists(cursor);
    const index = cursor.qualified();
    if (index && isPrimary(index.name, cursor))
      shape.operations.push({ kind: 'DropConstraint', ...common(), ...exists, constraintKind: 'primary' });
    else if (index) shape.operations.push({ kind: 'DropIndex', ...common(), ...exists, index });
    else unknownAction(action);
    return;
  }
  if (!isColumn && object === 'PARTITION') {
    cursor.at++;
    readPartition(action, 'DROP');
    return;
  }
  if (object === 'CONSTRAINT' && cursor.length > 1) {
    cursor.take('CONSTRAINT');
    const exists = ifExists(cursor);
    const constraint = cursor.name();
    if (constraint) shape.operations.push({ kind: 'DropConstraint', ...common(), ...exists, constraint });
    else unknownAction(action);
    return;
  }
  const constraintKind = constraintKinds[object];
  if (constraintKind && cursor.word() === object && (constraintKind === 'check' || cursor.word(1) === 'KEY')) {
    cursor.at += constraintKind === 'check' ? 1 : 2;
    const exists = ifExists(cursor);
    const constraint = cursor.name();
    shape.operations.push({
      kind: 'DropConstraint',
      ...common(),
      ...exists,
      constraintKind,
      ...(constraint && { constraint }),
    });
    return;
  }
  if (cursor.is('PERIOD', 'FOR') || cursor.is('SYSTEM', 'VERSIONING')) return tableOption(action);
  if (cursor.is('COLUMN') && cursor.isName(1)) cursor.at++;
  else if (isForeignObject(cursor)) return unknownAction(action);
  dropColumns(action, cascade);
}

/** A word for a kind of object before a name, such as ClickHouse's PROJECTION: what is dropped is no column. */
const isForeignObject = (cursor: Cursor): boolean =>
  /^[A-Z]+$/.test(cursor.word()) &&
  cursor.word() !== 'IF' &&
  cursor.isName(1) &&
  !/^(?:CASCADE|RESTRICT)$/.test(cursor.word(1));

/** MySQL: the primary key is an index of that name. */
export const isPrimary = ({ value }: Name, { source }: Cursor): boolean =>
  isMysql(source.dialect) && value.toUpperCase() === 'PRIMARY';

/** A partition that is dropped or emptied, also behind a comma; others keep their rows. */
export function readPartition({ cursor, shape, table, flags }: Action, verb: string): void {
  const exists = ifExists(cursor);
  const partition = cursor.name();
  const common = { ...base(cursor.span(0, cursor.length)), ...flags, ...exists, table };
  if (verb === 'DROP' || verb === 'TRUNCATE') {
    shape.operations.push({
      kind: verb === 'DROP' ? 'DropPartition' : 'Truncate',
      ...common,
      ...(partition && { partition }),
    });
  }
}

function dropColumns(action: Action, cascade: { cascade?: true }): void {
  const { cursor, shape, table, flags } = action;
  const exists = ifExists(cursor);
  const span = cursor.span(0, cursor.length);
  const columns = cursor.is('(') ? cursor.within(cursor.parenthesis()!).list() : [cursor];
  for (const item of columns) {
    const column = item.name();
    // SQLite drops one column and has no more to say of it: `DROP INDEX i` is no column called index.
    const isMore = cursor.source.dialect === 'sqlite' && !item.done;
    const own = base(columns.length > 1 && column ? column.span : span);
    if (column && !isMore)
      shape.operations.push({ kind: 'DropColumn', ...own, ...flags, ...exists, ...cascade, table, column });
    else unknownAction(action);
  }
}
