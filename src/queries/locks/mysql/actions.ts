import type { Column, Name, Operation, QualifiedName } from '../../../ir/index.js';
import type { On } from '../../operations.js';
import { indexesHolding } from '../../replay.js';
import { columnKey } from '../../replay/state.js';
import { isCertain } from '../../tables.js';
import type { Circumstances } from '../circumstances.js';
import type { Reading } from '../effect.js';
import type { MysqlAction } from '../mysql.js';
import { typeChange } from './types.js';

type Read = Reading<MysqlAction>;
type Reader<K extends Operation['kind']> = (operation: On<K>, circumstances: Circumstances) => Read | undefined;
type Readers = { [K in Operation['kind']]?: Reader<K> };

const doing = (table: QualifiedName, ...names: MysqlAction[]): Read => ({
  actions: names.map((name) => ({ name, table })),
});

const alone =
  (name: MysqlAction) =>
  ({ table }: { table: QualifiedName }): Read =>
    doing(table, name);

const addColumn: Reader<'AddColumn'> = ({ table, column }, { schema }) => {
  const { generated, default: given } = column;
  const made: MysqlAction[] = [];
  if (generated === 'stored') made.push('compute new column');
  else if (generated === 'identity' || generated === 'serial') made.push('number new column');
  else if (given?.by === 'server' && given.volatility !== 'immutable' && given.volatility !== 'stable') {
    if (schema?.dialect !== 'mariadb' || !/\b(?:uuid|uuid_short|sys_guid)\s*\(/i.test(given.text)) return undefined;
    made.push('fill new column with expression');
  }
  for (const { kind } of column.constraints) {
    if (kind === 'primary') made.push('replace primary key');
    if (kind === 'unique') made.push('add index');
    // MySQL reads REFERENCES behind a column and leaves it at that.
    if (kind === 'foreign' && schema?.dialect === 'mariadb') made.push('add foreign key');
  }
  return doing(table, 'add column', ...made);
};

const dropColumn: Reader<'DropColumn'> = ({ table, column }, circumstances) => {
  const { schema } = circumstances;
  if (schema === undefined) return undefined;
  if (isInPrimaryKey(table, column, circumstances)) return doing(table, 'drop primary key');
  const isIndexed = indexesHolding(schema, table, column.value).length > 0;
  return doing(table, 'drop column', ...(isIndexed ? (['drop index with column'] as const) : []));
};

const modifyColumn: Reader<'ModifyColumn'> = ({ table, column, definition, position }, circumstances) => {
  const before = columnBefore(table, column, circumstances);
  if (before === undefined) return undefined;
  const type = ofType(before, definition, circumstances);
  if (type === undefined) return undefined;
  if (definition.generated !== before.generated && definition.generated !== undefined) {
    return definition.generated === 'stored' ? doing(table, 'compute new column') : undefined;
  }
  const nulls = before.nullable !== definition.nullable && !isInPrimaryKey(table, column, circumstances);
  return doing(
    table,
    type,
    ...(nulls ? (['change nullability'] as const) : []),
    ...(position === undefined ? [] : (['move column'] as const)),
  );
};

const alterColumnType: Reader<'AlterColumnType'> = ({ table, column, type, collation }, circumstances) => {
  const before = columnBefore(table, column, circumstances);
  const to = before && { ...before, type, ...(collation !== undefined && { collation }) };
  const name = to && ofType(before, to, circumstances);
  return name && doing(table, name);
};

function columnBefore(table: QualifiedName, column: Name, { schema }: Circumstances): Column | undefined {
  const state = schema?.table(table);
  const found = state?.columns.get(columnKey(column.value));
  return state && found && isCertain(state, 'everything') && found.uncertain.length === 0 ? found.column : undefined;
}

function ofType(before: Column, after: Column, { schema }: Circumstances): MysqlAction | undefined {
  if (before.collation !== after.collation && schema?.dialect !== 'mariadb') return undefined;
  switch (typeChange(before, after)) {
    case 'none':
    case 'appended':
      return 'change description';
    case 'longer':
      return 'lengthen text';
    case 'copied':
      return 'change type';
    case 'unknown':
      return undefined;
  }
}

const isInPrimaryKey = (table: QualifiedName, column: Name, { schema }: Circumstances): boolean =>
  schema
    ?.table(table)
    ?.constraints.some(
      ({ constraint }) =>
        constraint.kind === 'primary' &&
        constraint.columns.some(({ value }) => columnKey(value) === columnKey(column.value)),
    ) === true;

const addConstraint: Reader<'AddConstraint'> = ({ table, constraint }) => {
  switch (constraint.kind) {
    case 'primary':
      return doing(table, 'replace primary key');
    case 'unique':
      return doing(table, 'add index');
    case 'foreign':
      return doing(table, 'add foreign key');
    case 'check':
      return doing(table, 'add check');
    default:
      return undefined;
  }
};

const dropConstraint: Reader<'DropConstraint'> = ({ table, constraintKind }, { placed }) => {
  if (constraintKind === 'unique') return doing(table, 'drop index');
  if (constraintKind !== 'primary') return undefined;
  const replaced = placed.statement?.operations.some(
    (each) =>
      (each.kind === 'AddConstraint' && each.constraint.kind === 'primary') ||
      (each.kind === 'AddColumn' && each.column.constraints.some(({ kind }) => kind === 'primary')),
  );
  return doing(table, replaced ? 'replace primary key' : 'drop primary key');
};

const createIndex: Reader<'CreateIndex'> = ({ table, index }) => {
  if (index.method === 'fulltext') return { ...doing(table, 'add full-text index'), unsure: true };
  return index.method === 'spatial' ? undefined : doing(table, 'add index');
};

const tableOption: Reader<'TableOption'> = ({ table, text }) => {
  const isRebuilt = /^(?:engine\s*=?\s*innodb|force|row_format\b.*|key_block_size\b.*)$/i.test(text.trim());
  const isDescription = /^(?:auto_increment|comment|stats_\w+|(?:default )?(?:character set|charset|collate))\b/i;
  if (isRebuilt) return doing(table, 'rebuild table');
  return isDescription.test(text.trim()) ? doing(table, 'change description') : undefined;
};

const readers: Readers = {
  AddColumn: addColumn,
  DropColumn: dropColumn,
  RenameColumn: alone('rename column'),
  ModifyColumn: modifyColumn,
  AlterColumnType: alterColumnType,
  SetNotNull: alone('change nullability'),
  DropNotNull: alone('change nullability'),
  SetDefault: alone('change description'),
  DropDefault: alone('change description'),
  AddConstraint: addConstraint,
  DropConstraint: dropConstraint,
  CreateIndex: createIndex,
  DropIndex: ({ table }) => table && doing(table, 'drop index'),
  RenameIndex: ({ table }) => table && doing(table, 'rename index'),
  AlterIndexVisibility: alone('change description'),
  ConvertCharset: alone('convert character set'),
  RenameTable: alone('rename table'),
  CommentOn: ({ table, object }) => (table && object === 'table' ? doing(table, 'change description') : undefined),
  TableOption: tableOption,
};

/** An operation as the actions that the lock table of InnoDB has; undefined where that is not known. */
export function mysqlActions(operation: Operation, circumstances: Circumstances): Read | undefined {
  const read = readers[operation.kind] as ((operation: Operation, circumstances: Circumstances) => Read) | undefined;
  return read?.(operation, circumstances);
}
