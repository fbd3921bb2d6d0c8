import type { Column, ColumnPart, ColumnType, Default, Name, Operation, QualifiedName } from '../../../ir/index.js';
import { serverDefault } from '../../sql/volatility.js';
import { typeCheck } from '../models/column.js';
import { columnType } from '../models/types.js';
import type { Reading } from '../reading.js';
import { nameFrom, spanOf, sqlText, textFrom } from '../source.js';
import { isNone, keyword, textOf, truth, type Arg } from '../values/value.js';
import { arg, fact, nameArg, noTable, opaque, speaksPostgresql, tableOf, type OperationCall } from './call.js';

/** What one call says of a column: an argument that is absent changes nothing, None is a value of its own. */
interface Change {
  at: OperationCall;
  table: QualifiedName;
  column: Name;
  type?: Arg;
  nullable?: Arg;
  default?: Arg;
  comment?: Arg;
  renamed?: Arg;
  autoincrement?: Arg;
}

/** An argument, unless it is the value that stands for leaving it out. */
const unless = (found: Arg | undefined, left: null | false): Arg | undefined =>
  found?.value.kind === 'const' && found.value.value === left ? undefined : found;

const pick = <K extends string>(key: K, found: Arg | undefined) => found && ({ [key]: found } as { [key in K]: Arg });

/** The changes of one `alter_column`, in the order in which Alembic sends them. */
export function alterColumn(at: OperationCall): Operation[] {
  const { call, reading } = at;
  const table = tableOf(at);
  if (table === undefined) return noTable(at);
  const column = nameArg(at, 'column_name');
  if (column === undefined || column.unknown === true || call.open)
    return [opaque('the change of the column is not known', [table])];
  const change: Change = {
    at,
    table,
    column,
    ...pick('type', unless(arg(at, 'type_'), null)),
    ...pick('nullable', unless(keyword(call, 'nullable'), null)),
    ...pick('default', unless(keyword(call, 'server_default'), false)),
    ...pick('comment', unless(keyword(call, 'comment'), false)),
    ...pick('renamed', unless(keyword(call, 'new_column_name'), null)),
    ...pick('autoincrement', unless(keyword(call, 'autoincrement'), null)),
  };
  const isMysql = reading.dialect === 'mysql' || reading.dialect === 'mariadb';
  const operations = (isMysql ? modified(change) : undefined) ?? oneByOne(change);
  // SQLite can add a check only where the table is made anew.
  const isPossible = reading.dialect !== 'sqlite' || at.batch !== undefined;
  const check = change.type && isPossible && typeCheck(change.type, column, reading.dialect);
  const altering = { changed: changedParts.filter((part) => change[keys[part]]), restated: restatedIn(at) };
  const all = check ? [...operations, fact({ kind: 'AddConstraint', table, constraint: check })] : operations;
  return all.map((operation) => ({ ...operation, altering }));
}

const keys = {
  name: 'renamed',
  type: 'type',
  nullable: 'nullable',
  default: 'default',
  comment: 'comment',
  autoincrement: 'autoincrement',
} as const satisfies { [P in ColumnPart]: keyof Change };

const changedParts = Object.keys(keys) as ColumnPart[];

/** What the call says of the column as it is. */
function restatedIn({ call }: OperationCall): ColumnPart[] {
  const given = (name: string, left: null | false) => unless(keyword(call, name), left) !== undefined;
  return [
    ...(given('existing_type', null) ? (['type'] as const) : []),
    ...(given('existing_nullable', null) ? (['nullable'] as const) : []),
    ...(given('existing_server_default', false) ? (['default'] as const) : []),
    ...(given('existing_comment', false) ? (['comment'] as const) : []),
    ...(given('existing_autoincrement', null) ? (['autoincrement'] as const) : []),
  ];
}

/** What `existing_type` says. */
function typeBefore({ call, reading }: OperationCall): ColumnType | undefined {
  const given = unless(keyword(call, 'existing_type'), null);
  const type = given && columnType(given.value, reading.source, given.node, reading.dialect);
  return type?.name === 'unknown' ? undefined : type;
}

/** One statement for each change. */
function oneByOne({ at, table, column, ...change }: Change): Operation[] {
  const { call, reading } = at;
  const out: Operation[] = [];
  const put = (facts: { [key: string]: unknown }) => out.push(fact({ table, column, ...facts }));
  const { type, nullable, comment, renamed } = change;
  const using = speaksPostgresql(reading.dialect) ? keyword(call, 'postgresql_using') : undefined;
  if (type !== undefined) {
    const to = columnType(type.value, reading.source, type.node, reading.dialect);
    const was = typeBefore(at);
    put({ kind: 'AlterColumnType', type: to, ...(using && { using: textOf(using.value) ?? '' }), ...(was && { was }) });
  }
  if (nullable !== undefined) {
    const known = truth(nullable.value);
    if (known === undefined) out.push(opaque('whether the column takes NULL is not known', [table]));
    else put({ kind: known ? 'DropNotNull' : 'SetNotNull' });
  }
  const given = change.default;
  const generator = [given, keyword(call, 'existing_server_default')].find((each) => isCall(each, 'Identity'));
  if (given !== undefined && generator !== undefined) {
    const always = given === generator && given.value.kind === 'call' && keyword(given.value, 'always');
    if (given !== generator) put({ kind: 'SetGenerated', dropped: true });
    else put({ kind: 'SetGenerated', identity: { always: Boolean(always && truth(always.value)) } });
  } else if (given !== undefined) {
    put(isNone(given.value) ? { kind: 'DropDefault' } : { kind: 'SetDefault', default: defaultOf(given, reading) });
  }
  if (comment !== undefined) {
    const text = isNone(comment.value) ? null : (textFrom(comment) ?? null);
    put({ kind: 'CommentOn', object: 'column', comment: text });
  }
  if (renamed !== undefined) {
    const to = nameFrom(renamed);
    if (to && to.unknown !== true) put({ kind: 'RenameColumn', to });
    else out.push(opaque('the new name is not known', [table]));
  }
  return out;
}

/**
 * MySQL's MODIFY and CHANGE state the column anew, so what the call does not repeat is lost; undefined where another
 * statement does, or where the type that they need is not given and Alembic refuses.
 */
function modified({ at, table, column, ...change }: Change): Operation[] | undefined {
  const { call, reading } = at;
  const { renamed, comment, autoincrement, nullable } = change;
  const type = change.type ?? unless(keyword(call, 'existing_type'), null);
  if (type === undefined) return undefined;
  const to = columnType(type.value, reading.source, type.node, reading.dialect);
  // What MySQL lets a moment default to is not told by SET DEFAULT.
  const isMoment =
    /^(?:datetime|timestamp)\b/.test(to.name) && change.default !== undefined && !isNone(change.default.value);
  if (!renamed && !change.type && !nullable && !autoincrement && !comment && !isMoment) return undefined;
  const name = renamed ? nameFrom(renamed) : column;
  if (name === undefined || name.unknown === true) return [opaque('the new name is not known', [table])];
  const takesNull = nullable ?? unless(keyword(call, 'existing_nullable'), null);
  const value = unless(change.default ?? keyword(call, 'existing_server_default'), false);
  const numbered = autoincrement ?? unless(keyword(call, 'existing_autoincrement'), null);
  const said = comment ?? unless(keyword(call, 'existing_comment'), false);
  const text = said && textFrom(said);
  const definition: Column = {
    name,
    type: to,
    nullable: takesNull === undefined ? true : (truth(takesNull.value) ?? 'unknown'),
    ...(value && !isNone(value.value) && { default: defaultOf(value, reading) }),
    ...(numbered && truth(numbered.value) === true && { generated: 'identity' as const }),
    ...(text && text.value !== '' && { comment: text }),
    constraints: [],
    indexes: [],
    span: spanOf(call.node),
    uncertain: to.name === 'unknown' ? [{ about: 'type', reason: 'the type is not one that is known' }] : [],
  };
  const was = change.type && typeBefore(at);
  return [
    ...(renamed ? [fact({ kind: 'RenameColumn', table, column, to: name })] : []),
    fact({ kind: 'ModifyColumn', table, column: name, definition, ...(was && { was }) }),
  ];
}

const isCall = (found: Arg | undefined, name: string): boolean =>
  found?.value.kind === 'call' && found.value.func === `sqlalchemy.${name}`;

function defaultOf(found: Arg, { source, dialect }: Reading): Default {
  const text = textOf(found.value);
  const sql = text === undefined ? sqlText(found.value, source, found.node) : `'${text.replace(/'/g, "''")}'`;
  return serverDefault(sql, spanOf(found.node), dialect);
}
