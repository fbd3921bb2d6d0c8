import type { Dialect, FileFacts, Migration, Name, Orm, QualifiedName, Runner, Table } from '../ir/index.js';
import { isReserved } from './reserved-words.js';

/** What a file's author writes migrations and schema changes with. */
export function writerOf(facts: FileFacts, migration: Migration | undefined): Orm {
  if (migration?.runner === 'alembic' || facts.frontend === 'python') return 'alembic';
  const runner = migration?.runner;
  return runner !== undefined && hasSchemaApi(runner) ? runner : 'sql';
}

const schemaApis = ['typeorm', 'sequelize', 'knex', 'kysely', 'db-migrate'] as const;

/** Whether migrations of a runner are mostly written with calls; those of the others send SQL. */
const hasSchemaApi = (runner: Runner): runner is (typeof schemaApis)[number] =>
  (schemaApis as readonly Runner[]).includes(runner);

const quotes: { readonly [D in Dialect]?: readonly [string, string] } = {
  mysql: ['`', '`'],
  mariadb: ['`', '`'],
  tsql: ['[', ']'],
};

/** A name as SQL needs it written: quoted only where it would not stand bare. */
export function sqlName(name: Pick<Name, 'value' | 'quoted'>, dialect: Dialect): string {
  if (!name.quoted || (/^[a-z_][a-z0-9_]*$/.test(name.value) && !isReserved(name.value, dialect))) return name.value;
  const [open, close] = quotes[dialect] ?? ['"', '"'];
  return `${open}${name.value}${close}`;
}

/** A name with its schema as SQL needs it written. */
export const sqlTable = ({ schema, name }: QualifiedName, dialect: Dialect): string =>
  `${schema ? `${sqlName(schema, dialect)}.` : ''}${sqlName(name, dialect)}`;

const listed = (names: readonly Name[], quote: string): string =>
  names.map(({ value }) => `${quote}${value}${quote}`).join(', ');

/** What columns are called where a table is declared: Prisma's attributes name fields, all others columns. */
export function namesFor(writer: Orm, declaration: Table | undefined, columns: readonly Name[]): readonly Name[] {
  if (writer !== 'prisma') return columns;
  return columns.map((name) => {
    const field = declaration?.columns.find((column) => column.name.value === name.value)?.attribute;
    return field === undefined ? name : { ...name, value: field };
  });
}

/** How to index columns of a table where a model or a migration declares it. */
export function indexRemedy(writer: Orm, table: Name, columns: readonly Name[], dialect: Dialect): string {
  const one = columns.length === 1;
  const name = ['ix', table.value, ...columns.map(({ value }) => value)].join('_');
  switch (writer) {
    case 'sqlalchemy':
    case 'flask-sqlalchemy':
      return one ? 'index=True on the column' : `Index("${name}", ${listed(columns, '"')}) in __table_args__`;
    case 'sqlmodel':
      return one ? 'Field(index=True)' : `Index("${name}", ${listed(columns, '"')}) in __table_args__`;
    case 'alembic':
      return `op.create_index("${name}", "${table.value}", [${listed(columns, '"')}])`;
    case 'prisma':
      return `@@index([${columns.map(({ value }) => value).join(', ')}]) in the model`;
    case 'typeorm':
      return one ? '@Index() above the property' : `@Index([${listed(columns, "'")}]) above the class`;
    case 'mikro-orm':
      return one
        ? 'index: true at the relation, or .index() in defineEntity'
        : `@Index({ properties: [${listed(columns, "'")}] }) above the class`;
    case 'knex':
      return `table.index(${one ? listed(columns, "'") : `[${listed(columns, "'")}]`})`;
    case 'kysely':
      return `db.schema.createIndex('${name}').on('${table.value}').columns([${listed(columns, "'")}])`;
    case 'db-migrate':
      return `db.addIndex('${table.value}', '${name}', [${listed(columns, "'")}])`;
    case 'sequelize': {
      const fields = `[${listed(columns, "'")}]`;
      return `indexes: [{ fields: ${fields} }] in the options of the model, or queryInterface.addIndex('${table.value}', ${fields}) in a migration`;
    }
    case 'drizzle':
      return `index().on(…) for ${listed(columns, '"')} in the third argument of the table`;
    default: {
      const keys = columns.map((column) => sqlName(column, dialect)).join(', ');
      return `CREATE INDEX ${sqlName({ value: name, quoted: true }, dialect)} ON ${sqlName(table, dialect)} (${keys})`;
    }
  }
}

/** How to give a table a key of its own. */
export function primaryKeyRemedy(writer: Orm, dialect: Dialect): string {
  switch (writer) {
    case 'sqlalchemy':
    case 'flask-sqlalchemy':
    case 'sqlmodel':
    case 'alembic':
      return 'Column("id", BigInteger, Identity(), primary_key=True)';
    case 'drizzle':
      return drizzleKeys[dialect] ?? "id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()";
    case 'typeorm':
      return "a column with isPrimary: true, such as { name: 'id', type: 'bigint', isPrimary: true, isGenerated: true, generationStrategy: 'identity' }";
    case 'sequelize':
      return 'id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true }';
    case 'mikro-orm':
      return '@PrimaryKey() id!: number, or id: p.integer().primary() in defineEntity';
    case 'knex':
      return "table.bigIncrements('id')";
    case 'kysely':
      return "addColumn('id', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity())";
    case 'db-migrate':
      return "id: { type: 'bigint', primaryKey: true, autoIncrement: true }";
    case 'prisma':
      return `@id or @@id for the fields that name a row, or id ${dialect === 'sqlite' ? 'Int' : 'BigInt'} @id @default(autoincrement())`;
    default:
      return keyColumns[dialect] ?? 'id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY';
  }
}

const drizzleKeys: { readonly [D in Dialect]?: string } = {
  mysql: "id: bigint({ mode: 'number' }).autoincrement().primaryKey()",
  mariadb: "id: bigint({ mode: 'number' }).autoincrement().primaryKey()",
  sqlite: 'id: integer().primaryKey({ autoIncrement: true })',
};

const keyColumns: { readonly [D in Dialect]?: string } = {
  mysql: 'id bigint unsigned AUTO_INCREMENT PRIMARY KEY',
  mariadb: 'id bigint unsigned AUTO_INCREMENT PRIMARY KEY',
  sqlite: 'id integer PRIMARY KEY',
  tsql: 'id bigint IDENTITY PRIMARY KEY',
};

/** How to put a table out of use without losing its rows. */
export function renameTableRemedy(writer: Orm, from: Name, dialect: Dialect): string {
  const table = from.unknown ? { ...from, value: '…', quoted: false } : from;
  const to = { ...table, value: `${table.value}_old` };
  switch (writer) {
    case 'alembic':
      return `op.rename_table("${table.value}", "${to.value}")`;
    case 'sequelize':
      return `queryInterface.renameTable('${table.value}', '${to.value}')`;
    case 'typeorm':
      return `queryRunner.renameTable('${table.value}', '${to.value}')`;
    case 'knex':
      return `knex.schema.renameTable('${table.value}', '${to.value}')`;
    case 'kysely':
      return `db.schema.alterTable('${table.value}').renameTo('${to.value}')`;
    case 'db-migrate':
      return `db.renameTable('${table.value}', '${to.value}')`;
    default:
      return dialect === 'tsql'
        ? `EXEC sp_rename '${table.value}', '${to.value}'`
        : `ALTER TABLE ${sqlName(table, dialect)} RENAME TO ${sqlName(to, dialect)}`;
  }
}

/** How code stops reading a column while the column is still there. */
export function unreadColumnRemedy(writer: Orm): string {
  switch (writer) {
    case 'alembic':
      return 'take the attribute out of the SQLAlchemy model (or mark it deferred())';
    case 'typeorm':
      return 'take the property out of the entity (or mark it select: false)';
    default:
      return 'take it out of every query and model';
  }
}
