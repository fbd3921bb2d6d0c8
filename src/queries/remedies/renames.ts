import type { Dialect, Migration, Name, QualifiedName, Runner } from '../../ir/index.js';
import { spoken } from '../names.js';

/** How code gives a table another name of its own and leaves the database's; from each library's documentation. */
const tableInCode: { readonly [R in Runner]?: (table: string) => string } = {
  alembic: (table) => `write __tablename__ = "${table}" in the model`,
  typeorm: (table) => `write @Entity('${table}') above the class`,
  'mikro-orm': (table) => `write @Entity({ tableName: '${table}' }) above the class`,
  drizzle: (table) => `leave '${table}' as the first argument of the table`,
  sequelize: (table) => `write tableName: '${table}' in the options of the model`,
  prisma: (table) => `write @@map("${table}") in the model`,
};

const columnInCode: { readonly [R in Runner]?: (column: string) => string } = {
  alembic: (column) => `write mapped_column("${column}") in the model`,
  typeorm: (column) => `write @Column({ name: '${column}' }) above the property`,
  'mikro-orm': (column) => `write fieldName: '${column}' at the property`,
  drizzle: (column) => `leave '${column}' as the first argument of the column`,
  sequelize: (column) => `write field: '${column}' at the attribute`,
  prisma: (column) => `write @map("${column}") at the field`,
};

/** How code can use a new name while the table keeps the one that running code knows. */
export function keepTableName(migration: Migration | undefined, table: Name): string {
  return tableInCode[migration?.runner ?? 'plain']?.(table.value) ?? 'change the name in code alone';
}

/** How code can use a new name while the column keeps the one that running code knows. */
export function keepColumnName(migration: Migration | undefined, column: Name): string {
  return columnInCode[migration?.runner ?? 'plain']?.(column.value) ?? 'change the name in code alone';
}

/** The view that lets old code go on under the old name; nothing where the dialect's views can't be written to. */
export function viewUnderOldName(from: QualifiedName, to: QualifiedName, dialect: Dialect): string | undefined {
  if (dialect === 'sqlite') return undefined;
  return `CREATE VIEW ${spoken(from)} AS SELECT * FROM ${spoken(to)}`;
}
