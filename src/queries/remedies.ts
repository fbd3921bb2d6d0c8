import type { Dialect, FileFacts, Orm } from '../ir/index.js';

/** How a thing is written where the finding stands: in a model of some ORM, in a migration API, or in SQL. */
export type Writer = Orm;

/** What a file's author writes migrations and schema changes with. */
export function writerOf(facts: FileFacts, declaredBy: Orm | undefined): Writer {
  if (facts.frontend === 'python' && facts.migrations.length > 0) return 'alembic';
  if (declaredBy !== undefined) return declaredBy;
  return facts.frontend === 'python' ? 'alembic' : 'sql';
}

const quotedList = (names: readonly string[], quote: string): string =>
  names.map((name) => `${quote}${name}${quote}`).join(', ');

/** How to index columns of a table. */
export function indexRemedy(writer: Writer, table: string, columns: readonly string[]): string {
  const one = columns.length === 1;
  const name = `ix_${table}_${columns.join('_')}`;
  switch (writer) {
    case 'sqlalchemy':
    case 'flask-sqlalchemy':
      return one ? 'index=True on the column' : `Index("${name}", ${quotedList(columns, '"')}) in __table_args__`;
    case 'sqlmodel':
      return one ? 'Field(index=True)' : `Index("${name}", ${quotedList(columns, '"')}) in __table_args__`;
    case 'alembic':
      return `op.create_index("${name}", "${table}", [${quotedList(columns, '"')}])`;
    case 'typeorm':
      return one ? '@Index() above the property' : `@Index([${quotedList(columns, "'")}]) above the class`;
    default:
      return `CREATE INDEX ${name} ON ${table} (${columns.join(', ')})`;
  }
}

/** How to give a table a key of its own. */
export function primaryKeyRemedy(writer: Writer, dialect: Dialect): string {
  switch (writer) {
    case 'sqlalchemy':
    case 'flask-sqlalchemy':
    case 'sqlmodel':
    case 'alembic':
      return 'Column("id", BigInteger, Identity(), primary_key=True)';
    case 'typeorm':
      return "a column with isPrimary: true, such as { name: 'id', type: 'bigint', isPrimary: true, isGenerated: true, generationStrategy: 'identity' }";
    default:
      return keyColumns[dialect] ?? 'id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY';
  }
}

const keyColumns: { readonly [D in Dialect]?: string } = {
  mysql: 'id bigint unsigned AUTO_INCREMENT PRIMARY KEY',
  mariadb: 'id bigint unsigned AUTO_INCREMENT PRIMARY KEY',
  sqlite: 'id integer PRIMARY KEY',
  tsql: 'id bigint IDENTITY PRIMARY KEY',
};

/** How to put a table out of use without losing its rows. */
export function renameTableRemedy(writer: Writer, table: string, to: string): string {
  switch (writer) {
    case 'alembic':
      return `op.rename_table("${table}", "${to}")`;
    case 'typeorm':
      return `queryRunner.renameTable('${table}', '${to}')`;
    default:
      return `ALTER TABLE ${table} RENAME TO ${to}`;
  }
}

/** How code stops reading a column while the column is still there. */
export function unreadColumnRemedy(writer: Writer): string {
  switch (writer) {
    case 'alembic':
      return 'take the attribute out of the SQLAlchemy model (or mark it deferred())';
    case 'typeorm':
      return 'take the property out of the entity (or mark it select: false)';
    default:
      return 'take it out of every query and model';
  }
}
