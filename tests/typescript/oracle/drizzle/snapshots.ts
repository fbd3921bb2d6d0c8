import {
  generateDrizzleJson,
  generateMigration,
  generateMySQLDrizzleJson,
  generateMySQLMigration,
  generateSQLiteDrizzleJson,
  generateSQLiteMigration,
} from 'drizzle-kit/api';

export type DrizzleDialect = 'postgresql' | 'mysql' | 'sqlite';
export type Casing = 'snake_case' | 'camelCase';

/** Tables by `schema.name`, each in lines that can be compared; see `shape.ts` for what stands in a line. */
export interface Shape {
  tables: { [table: string]: TableShape };
  enums: string[];
  views: string[];
}

export interface TableShape {
  columns: string[];
  /** Keys, uniques, foreign keys and checks, sorted. */
  constraints: string[];
  /** Sorted. */
  indexes: string[];
}

type Exports = Record<string, unknown>;

const generators = {
  postgresql: {
    json: (exports: Exports, casing?: Casing) => generateDrizzleJson(exports, undefined, undefined, casing),
    sql: generateMigration as (from: unknown, to: unknown) => Promise<string[]>,
  },
  mysql: {
    json: (exports: Exports, casing?: Casing) => generateMySQLDrizzleJson(exports, undefined, casing),
    sql: generateMySQLMigration as (from: unknown, to: unknown) => Promise<string[]>,
  },
  sqlite: {
    json: (exports: Exports, casing?: Casing) => generateSQLiteDrizzleJson(exports, undefined, casing),
    sql: generateSQLiteMigration as (from: unknown, to: unknown) => Promise<string[]>,
  },
};

/** The snapshot that drizzle-kit makes of a schema. */
export async function snapshotOf(exports: Exports, dialect: DrizzleDialect, casing?: Casing): Promise<Snapshot> {
  return (await generators[dialect].json(exports, casing)) as unknown as Snapshot;
}

/** The statements of the migration that drizzle-kit generates from one schema to another. */
export async function migrationOf(
  exports: Exports,
  dialect: DrizzleDialect,
  casing?: Casing,
  from: Exports = {},
): Promise<string[]> {
  const { json, sql } = generators[dialect];
  return sql(await json(from, casing), await json(exports, casing));
}

interface SnapshotColumn {
  name: string;
  type: string;
  typeSchema?: string;
  primaryKey: boolean;
  notNull: boolean;
  autoincrement?: boolean;
  onUpdate?: boolean;
  default?: unknown;
  generated?: { as: string; type: string };
  identity?: { type: string };
}

interface SnapshotIndex {
  name: string;
  columns: (string | { expression: string; isExpression: boolean; asc: boolean; nulls: string; opclass?: string })[];
  isUnique: boolean;
  where?: string;
  concurrently?: boolean;
  method?: string;
  using?: string;
}

interface SnapshotKey {
  name: string;
  columns: string[];
  nullsNotDistinct?: boolean;
}

interface SnapshotForeignKey {
  name: string;
  tableTo: string;
  schemaTo?: string;
  columnsFrom: string[];
  columnsTo: string[];
  onDelete?: string;
  onUpdate?: string;
}

interface SnapshotTable {
  name: string;
  schema?: string;
  columns: { [name: string]: SnapshotColumn };
  indexes: { [name: string]: SnapshotIndex };
  foreignKeys: { [name: string]: SnapshotForeignKey };
  compositePrimaryKeys: { [name: string]: SnapshotKey };
  uniqueConstraints: { [name: string]: SnapshotKey };
  checkConstraints?: { [name: string]: { name: string; value: string } };
  checkConstraint?: { [name: string]: { name: string; value: string } };
}

/** What a snapshot of drizzle-kit holds, as far as it is compared. */
export interface Snapshot {
  tables: { [table: string]: SnapshotTable };
  enums?: { [name: string]: { name: string; schema: string; values: string[] } };
  views?: { [name: string]: { name: string; schema?: string } };
  internal?: { indexes?: { [index: string]: { columns: { [expression: string]: { isExpression?: boolean } } } } };
}

/** A snapshot in lines. A key column takes no NULL, nor does a serial one, whatever the snapshot says of them. */
export function shapeOfSnapshot(snapshot: Snapshot, dialect: DrizzleDialect): Shape {
  const tables = Object.values(snapshot.tables).map((table): [string, TableShape] => [
    table.schema ? `${table.schema}.${table.name}` : table.name,
    tableShape(table, snapshot, dialect),
  ]);
  return {
    tables: Object.fromEntries(tables),
    enums: Object.values(snapshot.enums ?? {})
      .map(({ name, schema, values }) => `${schema === 'public' ? '' : `${schema}.`}${name}: ${values.join('|')}`)
      .sort(),
    views: Object.values(snapshot.views ?? {})
      .map(({ name }) => name)
      .sort(),
  };
}

function tableShape(table: SnapshotTable, snapshot: Snapshot, dialect: DrizzleDialect): TableShape {
  const primary = Object.values(table.compositePrimaryKeys);
  const keyed = new Set(primary.flatMap(({ columns }) => columns));
  const columns = Object.values(table.columns);
  const checks = Object.values(table.checkConstraints ?? table.checkConstraint ?? {});
  const expressions = snapshot.internal?.indexes ?? {};
  // SQLite and MySQL write a unique index where PostgreSQL has a constraint; SQLite's snapshot tells no difference.
  const indexes = Object.values(table.indexes);
  return {
    columns: columns.map((column) => columnLine(column, keyed.has(column.name), dialect)),
    constraints: [
      ...columns.filter(({ primaryKey }) => primaryKey).map(({ name }) => `primary (${name})`),
      ...primary.map(({ name, columns: key }) => `primary ${name} (${key.join(', ')})`),
      ...Object.values(table.uniqueConstraints).map(
        ({ name, columns: key, nullsNotDistinct }) =>
          `unique ${name} (${key.join(', ')})${nullsNotDistinct ? ' nulls not distinct' : ''}`,
      ),
      ...Object.values(table.foreignKeys).map(foreignKeyLine),
      ...checks.map(({ name, value }) => `check ${name} ${value}`),
    ].sort(),
    indexes: indexes.map((index) => indexLine(index, expressions[index.name]?.columns ?? {}, dialect)).sort(),
  };
}

/** A type without the blanks that drizzle-kit writes in some of them. */
export const plainType = (type: string): string => type.replace(/ \(/g, '(').replace(/, /g, ',');

function columnLine(column: SnapshotColumn, keyed: boolean, dialect: DrizzleDialect): string {
  const serial = /^(?:big|small)?serial$/.test(column.type);
  const schema = column.typeSchema && column.typeSchema !== 'public' ? `${column.typeSchema}.` : '';
  return [
    column.name,
    schema + plainType(column.type),
    ...(column.notNull || column.primaryKey || keyed || serial ? ['not null'] : []),
    ...(column.default === undefined ? [] : [`default ${String(column.default)}`]),
    ...(column.generated ? [`${column.generated.type} ${column.generated.as.replace(/^\((.*)\)$/, '$1')}`] : []),
    ...(column.identity ? [`identity ${column.identity.type}`] : []),
    // SQLite numbers a key of one integer with AUTOINCREMENT and without.
    ...(column.autoincrement && dialect !== 'sqlite' ? ['autoincrement'] : []),
    ...(column.onUpdate ? ['on update'] : []),
  ].join(' ');
}

function foreignKeyLine(key: SnapshotForeignKey): string {
  const target = key.schemaTo && key.schemaTo !== 'public' ? `${key.schemaTo}.${key.tableTo}` : key.tableTo;
  return [
    `foreign ${key.name} (${key.columnsFrom.join(', ')}) -> ${target} (${key.columnsTo.join(', ')})`,
    `delete ${key.onDelete ?? 'no action'}`,
    `update ${key.onUpdate ?? 'no action'}`,
  ].join(' ');
}

function indexLine(
  index: SnapshotIndex,
  expressions: { [expression: string]: { isExpression?: boolean } },
  dialect: DrizzleDialect,
): string {
  const keys = index.columns.map((key) => {
    if (typeof key === 'string') return expressions[key]?.isExpression ? `<${key}>` : key;
    if (key.isExpression) return `<${key.expression}>`;
    const order = key.asc ? '' : ' desc';
    const nulls = key.nulls === (key.asc ? 'last' : 'first') ? '' : ` nulls ${key.nulls}`;
    return key.expression + order + nulls + (key.opclass ? ` ${key.opclass}` : '');
  });
  const method = dialect === 'mysql' ? index.using : index.method;
  return [
    `${index.isUnique ? 'unique ' : ''}${index.name} (${keys.join(', ')})`,
    ...(method && method !== 'btree' ? [`using ${method}`] : []),
    ...(index.where ? [`where ${index.where}`] : []),
    ...(index.concurrently ? ['concurrently'] : []),
  ].join(' ');
}
