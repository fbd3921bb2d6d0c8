import type { Dialect, FileFacts, Table } from '../../../../src/ir/index.js';
import { canonical } from '../../../../src/frontends/typescript/mikro-orm/column-types.js';
import type { TargetTable } from './orm.js';

/** The tables that the database gets. */
export const tablesOf = (files: readonly FileFacts[]): Table[] =>
  files.flatMap(({ tables }) => tables.filter(({ role }) => role === 'table' || role === 'junction'));

/** A table in lines, with what a catalog does not tell: defaults as written, rules of keys, names of everything. */
export interface Lines {
  columns: string[];
  keys: string[];
  comment?: string;
}

/** Tables in an order that does not hang on that of their declaration. */
export const byName = (tables: [string, Lines][]): { [name: string]: Lines } =>
  Object.fromEntries(
    tables
      .map(([name, lines]): [string, Lines] => [
        name,
        { ...lines, columns: lines.columns.toSorted(), keys: lines.keys.toSorted() },
      ])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

/** A table as MikroORM wants it. */
export function expected(table: TargetTable, dialect: Dialect): [string, Lines] {
  const name = table.schema === undefined || table.schema === 'public' ? table.name : `${table.schema}.${table.name}`;
  const isMysql = dialect === 'mysql';
  const primary = table.indexes.find((index) => index.primary);
  return [
    name,
    {
      columns: Object.values(table.columns).map((column) => {
        const labels = column.enumItems?.map((label) => `'${label.replaceAll("'", "''")}'`).join(',');
        // Knex writes the labels, whatever MikroORM calls the type.
        const isEnum = isMysql && (column.type.startsWith('enum') || column.type === column.nativeEnumName);
        const sign = isMysql && column.unsigned && !/unsigned/.test(column.type) ? ' unsigned' : '';
        const type = isEnum
          ? `enum(${labels ?? ''})`
          : canonical(column.type.replace(/^serial$/, 'int').replace('bigserial', 'bigint') + sign, dialect);
        const counts = column.autoincrement && primary?.columnNames.length === 1;
        return [
          column.name,
          type,
          column.nullable ? 'null' : 'not null',
          ...(counts ? ['counts'] : []),
          ...(column.default === undefined || column.default === null || counts ? [] : [`default ${column.default}`]),
          ...(column.generated === undefined ? [] : ['generated']),
          ...(column.comment === undefined ? [] : [`-- ${column.comment}`]),
        ].join(' ');
      }),
      keys: [
        ...table.indexes.map((index) =>
          index.expression === undefined && !index.columnNames.some((column) => column.includes('.'))
            ? `${index.primary ? 'primary' : index.constraint ? 'unique' : 'index'} ${index.keyName}(${index.columnNames.join(', ')})`
            : `index ${index.keyName}`,
        ),
        ...table.checks.map(({ name: check, expression }) => `check ${check} ${expression}`),
        ...Object.values(table.foreignKeys).map(
          (key) =>
            `foreign ${key.constraintName}(${key.columnNames.join(', ')}) -> ${key.referencedTableName.replace(/^public\./, '')}` +
            `(${key.referencedColumnNames.join(', ')}) ${key.deleteRule ?? '-'} ${key.updateRule ?? '-'}`,
        ),
      ],
      ...(table.comment !== undefined && { comment: table.comment }),
    },
  ];
}

/** A table as it is read. */
export function described(table: Table): [string, Lines] {
  const { schema, name } = table.name;
  return [
    schema ? `${schema.value}.${name.value}` : name.value,
    {
      columns: table.columns.map((column) =>
        [
          column.name.value,
          column.type.name,
          column.nullable === true ? 'null' : column.nullable === false ? 'not null' : 'unknown',
          ...(column.generated === 'serial' ? ['counts'] : []),
          ...(column.default?.by === 'server' ? [`default ${column.default.text}`] : []),
          ...(column.generated === 'stored' ? ['generated'] : []),
          ...(column.comment ? [`-- ${column.comment.value}`] : []),
        ].join(' '),
      ),
      keys: [
        ...table.indexes.map((index) =>
          index.keys.some((key) => key.column === undefined)
            ? `index ${index.name?.value ?? '?'}`
            : `index ${index.name?.value ?? '?'}(${index.keys.map((key) => key.column).join(', ')})`,
        ),
        ...table.constraints.flatMap((constraint) => {
          const given = `${constraint.kind} ${constraint.name?.value ?? '?'}`;
          if (constraint.kind === 'check')
            return constraint.name?.generated ? [] : [`${given} ${constraint.expression}`];
          if (constraint.kind === 'exclude') return [given];
          const list = `${given}(${constraint.columns.map((column) => column.value).join(', ')})`;
          if (constraint.kind !== 'foreign') return [list];
          const to = constraint.target;
          const target = to === undefined ? '?' : to.schema ? `${to.schema.value}.${to.name.value}` : to.name.value;
          const columns = constraint.targetColumns.map((column) => column.value).join(', ');
          return [`${list} -> ${target}(${columns}) ${constraint.onDelete ?? '-'} ${constraint.onUpdate ?? '-'}`];
        }),
      ],
      ...(table.comment && { comment: table.comment.value }),
    },
  ];
}
