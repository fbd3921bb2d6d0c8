import type { Column, Constraint, Dialect, Index, Name, Span, Table } from '../../../ir/index.js';
import type { ClassRecord } from '../records.js';
import { isHole, property, textOf, type Value } from '../values/values.js';
import { type ColumnContext } from './columns.js';
import { foreignKeyName, indexName } from './names.js';
import { primaryKeyOn } from './primary-keys.js';
import { typeormDecorators, type Properties } from './properties.js';
import { forgetNames } from './table-parts.js';
import { quoted } from '../quoted.js';

const column = (name: string, type: string, span: Span): Column => ({
  name: quoted(name, span),
  type: { name: type, written: type, span },
  nullable: false,
  constraints: [],
  indexes: [],
  from: '@Tree',
  span,
  uncertain: [],
});

const integer = (dialect: Dialect): string => (dialect === 'mysql' || dialect === 'mariadb' ? 'int' : 'integer');

/** Adds the columns in which `@Tree` keeps a row's place in the tree. Gives the table of all ancestors where it has one. */
export function addTree(
  table: Table,
  record: ClassRecord,
  properties: Properties,
  { dialect }: ColumnContext,
): Table[] {
  const [decorator] = typeormDecorators(record.decorators, 'Tree');
  if (!decorator || table.role !== 'table') return [];
  const { span } = decorator;
  const kind = textOf(decorator.args[0]);
  if (kind === 'materialized-path') {
    const path = column('mpath', 'varchar', span);
    table.columns.push({ ...path, nullable: true, default: { by: 'server', text: "''", span } });
  } else if (kind === 'nested-set') {
    for (const [name, text] of [
      ['nsleft', '1'],
      ['nsright', '2'],
    ] as const)
      table.columns.push({ ...column(name, integer(dialect), span), default: { by: 'server', text, span } });
  } else if (kind === 'closure-table') {
    const name = textOf(property(decorator.args[1], 'closureTableName')) ?? table.name.name.value;
    if (properties.list.some((each) => each.primary))
      return [closureOf(table, `${name}_closure`, properties, decorator.args[1], span, dialect)];
  } else if (kind === undefined) table.uncertain.push({ about: 'columns', reason: 'the kind of tree is computed' });
  return [];
}

/** What `(column) => …` gives for a column of the key. */
function nameBy(given: Value, attribute: string, name: string): string | undefined {
  const returned = given.kind === 'function' ? given.returns : undefined;
  if (returned?.kind === 'parameter') return pathName(returned.path, attribute, name);
  if (returned?.kind !== 'text') return undefined;
  const parts = returned.parts.map((part) => {
    if (!isHole(part)) return part.value;
    return part.of?.kind === 'parameter' ? pathName(part.of.path, attribute, name) : undefined;
  });
  return parts.includes(undefined) ? undefined : parts.join('');
}

function pathName([key, ...rest]: readonly string[], attribute: string, name: string): string | undefined {
  if (rest.length > 0) return undefined;
  return key === 'propertyName' ? attribute : key === 'databaseName' ? name : undefined;
}

function closureOf(
  table: Table,
  name: string,
  properties: Properties,
  options: Value | undefined,
  span: Span,
  dialect: Dialect,
): Table {
  const primary = properties.list.filter((each) => each.primary);
  const ends = ['ancestor', 'descendant'].map((end) =>
    primary.flatMap(({ member, columns }) =>
      columns.map((key): Column => {
        const given = property(options, `${end}ColumnName`);
        const named = given === undefined ? `${member.name}_${end}` : nameBy(given, member.name, key.name.value);
        const made = column(named ?? '', key.type.name, span);
        return named === undefined ? { ...made, name: { ...made.name, unknown: true } } : made;
      }),
    ),
  );
  const level = properties.list.some(
    ({ member }) => typeormDecorators(member.decorators, 'TreeLevelColumn').length > 0,
  );
  const keys = ends.flat().map((each) => each.name);
  const values = (names: readonly Name[]): string[] => names.map((each) => each.value);
  const foreign = (end: readonly Column[]): Constraint => ({
    kind: 'foreign',
    name: quoted(foreignKeyName(name, values(end.map((each) => each.name))), span),
    columns: end.map((each) => each.name),
    target: { ...table.name, name: { ...table.name.name, span }, span },
    targetColumns: primary.flatMap(({ columns }) => columns.map((each) => quoted(each.name.value, span))),
    onDelete: 'CASCADE',
    span,
    uncertain: [],
  });
  const index = (end: readonly Column[]): Index => ({
    name: quoted(indexName(name, values(end.map((each) => each.name))), span),
    keys: end.map((each) => ({ column: each.name.value, quoted: true })),
    unique: false,
    include: [],
    span,
    uncertain: [],
  });
  const closure: Table = {
    name: { ...(table.name.schema && { schema: { ...table.name.schema, span } }), name: quoted(name, span), span },
    declaredBy: 'typeorm',
    role: 'junction',
    columns: [...ends.flat(), ...(level ? [column('level', integer(dialect), span)] : [])],
    constraints: [primaryKeyOn(name, keys, dialect, span), ...ends.map(foreign)],
    indexes: ends.map(index),
    relationships: [],
    span,
    uncertain: [],
  };
  if (keys.some((key) => key.unknown)) forgetNames([...closure.constraints, ...closure.indexes]);
  return closure;
}
