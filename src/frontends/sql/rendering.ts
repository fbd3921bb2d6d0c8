import type { Dialect, Name, Operation, Table } from '../../ir/index.js';
import { columnText, constraintText, defaultText, identityText, indexText, typeText } from './definitions.js';
import { isMysql, nameText, qualifiedText } from './names.js';

type On<K extends Operation['kind']> = Extract<Operation, { kind: K }>;
type Writers = { [K in Operation['kind']]?: (operation: On<K>, dialect: Dialect) => string | undefined };

const isPostgres = (dialect: Dialect): boolean => dialect === 'postgresql' || dialect === 'cockroachdb';

/** `ALTER TABLE t …`; nothing where a part of it can't be written. */
const alter =
  <O extends { table: On<'DropTable'>['table'] }>(action: (operation: O, dialect: Dialect) => string | undefined) =>
  (operation: O, dialect: Dialect): string | undefined => {
    const written = action(operation, dialect);
    return written && `ALTER TABLE ${qualifiedText(operation.table, dialect)} ${written}`;
  };

/** `ALTER TABLE t ALTER COLUMN c …`, as PostgreSQL has it. */
const alterColumn = <O extends { table: On<'DropTable'>['table']; column: Name }>(
  action: (operation: O) => string | undefined,
) =>
  alter<O>((operation, dialect) => {
    const written = isPostgres(dialect) ? action(operation) : undefined;
    return written && `ALTER COLUMN ${nameText(operation.column, dialect)} ${written}`;
  });

const writers: Writers = {
  CreateTable: ({ definition }, dialect) => createTable(definition, dialect),
  DropTable: ({ table }, dialect) => `DROP TABLE ${qualifiedText(table, dialect)}`,
  RenameTable: alter(({ to }, dialect) => (dialect === 'tsql' ? undefined : `RENAME TO ${nameText(to.name, dialect)}`)),
  AddColumn: alter(({ column }, dialect) => {
    const definition = columnText(column, dialect);
    return definition && `ADD ${dialect === 'tsql' ? '' : 'COLUMN '}${definition}`;
  }),
  DropColumn: alter(({ column }, dialect) => `DROP COLUMN ${nameText(column, dialect)}`),
  RenameColumn: alter(({ column, to }, dialect) =>
    dialect === 'tsql' ? undefined : `RENAME COLUMN ${nameText(column, dialect)} TO ${nameText(to, dialect)}`,
  ),
  AlterColumnType: alterColumn(({ type, collation }) => {
    const text = typeText(type);
    return text && `TYPE ${text}${collation === undefined ? '' : ` COLLATE ${collation}`}`;
  }),
  SetNotNull: alterColumn(() => 'SET NOT NULL'),
  DropNotNull: alterColumn(() => 'DROP NOT NULL'),
  SetDefault: alterColumn((operation) => {
    const text = defaultText(operation.default);
    return text && `SET DEFAULT ${text}`;
  }),
  DropDefault: alterColumn(() => 'DROP DEFAULT'),
  SetGenerated: alterColumn(({ identity, expression, dropped }) => {
    if (dropped) return identity ? 'DROP IDENTITY' : undefined;
    if (expression !== undefined) return `SET EXPRESSION AS (${expression})`;
    return identity && `ADD ${identityText(identity)}`;
  }),
  SetStorage: alterColumn(({ storage, compression }) =>
    storage === undefined ? `SET COMPRESSION ${compression ?? 'default'}` : `SET STORAGE ${storage}`,
  ),
  AddConstraint: alter(({ constraint }, dialect) => {
    const definition = dialect === 'sqlite' ? undefined : constraintText(constraint, dialect);
    return definition && `ADD ${definition}`;
  }),
  DropConstraint: alter(({ constraint, constraintKind }, dialect) => {
    if (isMysql(dialect) && constraintKind === 'primary') return 'DROP PRIMARY KEY';
    if (constraint === undefined || dialect === 'sqlite') return undefined;
    const what = isMysql(dialect) ? mysqlDrops[constraintKind ?? 'exclude'] : 'CONSTRAINT';
    return what && `DROP ${what} ${nameText(constraint, dialect)}`;
  }),
  ValidateConstraint: alter(({ constraint }, dialect) =>
    isPostgres(dialect) ? `VALIDATE CONSTRAINT ${nameText(constraint, dialect)}` : undefined,
  ),
  AlterConstraint: alter(({ constraint, deferrable, initiallyDeferred, enforced }, dialect) => {
    if (!isPostgres(dialect)) return undefined;
    const parts = [`ALTER CONSTRAINT ${nameText(constraint, dialect)}`];
    if (deferrable !== undefined) parts.push(deferrable ? 'DEFERRABLE' : 'NOT DEFERRABLE');
    if (initiallyDeferred) parts.push('INITIALLY DEFERRED');
    if (enforced !== undefined) parts.push(enforced ? 'ENFORCED' : 'NOT ENFORCED');
    return parts.join(' ');
  }),
  RenameConstraint: alter(({ constraint, to }, dialect) =>
    isPostgres(dialect) ? `RENAME CONSTRAINT ${nameText(constraint, dialect)} TO ${nameText(to, dialect)}` : undefined,
  ),
  CreateIndex: ({ table, index }, dialect) => {
    const keys = indexText(index, dialect);
    if (keys === undefined || index.name === undefined) return undefined;
    const how = `${index.unique ? 'UNIQUE ' : ''}INDEX ${index.concurrently ? 'CONCURRENTLY ' : ''}`;
    const on = `${index.parentOnly ? 'ONLY ' : ''}${qualifiedText(table, dialect)}`;
    return `CREATE ${how}${nameText(index.name, dialect)} ON ${on} ${keys}`;
  },
  DropIndex: ({ index, table, concurrently, ifExists }, dialect) => {
    const onTable = isMysql(dialect) || dialect === 'tsql';
    if ((onTable && table === undefined) || (ifExists && dialect === 'mysql')) return undefined;
    const name = onTable ? nameText(index.name, dialect) : qualifiedText(index, dialect);
    const on = onTable ? ` ON ${qualifiedText(table!, dialect)}` : '';
    return `DROP INDEX ${concurrently ? 'CONCURRENTLY ' : ''}${ifExists ? 'IF EXISTS ' : ''}${name}${on}`;
  },
  RenameIndex: ({ index, to }, dialect) =>
    isPostgres(dialect) ? `ALTER INDEX ${qualifiedText(index, dialect)} RENAME TO ${nameText(to, dialect)}` : undefined,
  CommentOn: ({ object, table, column, comment }, dialect) => {
    if (!isPostgres(dialect) || object === 'other' || table === undefined) return undefined;
    const on = qualifiedText(table, dialect);
    const what = object === 'table' ? `TABLE ${on}` : column && `COLUMN ${on}.${nameText(column, dialect)}`;
    return what && `COMMENT ON ${what} IS ${comment ? `'${comment.value.replaceAll("'", "''")}'` : 'NULL'}`;
  },
  DropType: ({ type }, dialect) => `DROP TYPE ${qualifiedText(type, dialect)}`,
  RenameType: ({ type, to }, dialect) =>
    isPostgres(dialect) ? `ALTER TYPE ${qualifiedText(type, dialect)} RENAME TO ${nameText(to, dialect)}` : undefined,
  DropSequence: ({ sequence }, dialect) => `DROP SEQUENCE ${qualifiedText(sequence, dialect)}`,
  DropView: ({ view }, dialect) => `DROP VIEW ${qualifiedText(view, dialect)}`,
  DropMaterializedView: ({ view }, dialect) => `DROP MATERIALIZED VIEW ${qualifiedText(view, dialect)}`,
  DropSchema: ({ schema }, dialect) => `DROP SCHEMA ${nameText(schema, dialect)}`,
  DropDatabase: ({ database }, dialect) => `DROP DATABASE ${nameText(database, dialect)}`,
  SetSetting: ({ name, value, scope }, dialect) =>
    dialect === 'sqlite'
      ? `PRAGMA ${name}=${value.toUpperCase()}`
      : isPostgres(dialect) && scope !== 'global'
        ? `SET ${scope === 'transaction' ? 'LOCAL ' : ''}${name} = '${value.replaceAll("'", "''")}'`
        : undefined,
};

const mysqlDrops: { readonly [kind: string]: string | undefined } = {
  foreign: 'FOREIGN KEY',
  unique: 'INDEX',
  check: 'CHECK',
};

function createTable({ name, columns, constraints }: Table, dialect: Dialect): string | undefined {
  const parts = [
    ...columns.map((column) => columnText(column, dialect)),
    ...constraints.map((constraint) => constraintText(constraint, dialect)),
  ];
  if (columns.length === 0 || parts.includes(undefined)) return undefined;
  return `CREATE TABLE ${qualifiedText(name, dialect)} (${parts.join(', ')})`;
}

/**
 * An operation as one statement of a dialect, on one line and without the semicolon.
 * @returns nothing for kinds that are not written, and where a part of the operation can't be written with certainty
 */
export function statementText(operation: Operation, dialect: Dialect): string | undefined {
  return (writers[operation.kind] as ((operation: Operation, dialect: Dialect) => string | undefined) | undefined)?.(
    operation,
    dialect,
  );
}
