import type { Dialect, Name, PrimaryKey, Span } from '../../../ir/index.js';
import { primaryKeyName } from './names.js';
import { quoted } from '../quoted.js';

const unnamed: readonly Dialect[] = ['mysql', 'mariadb', 'sqlite'];

/**
 * The primary key of a table. MySQL calls each PRIMARY, and in SQLite TypeORM writes only a name that is given.
 * @param table without its schema
 */
export function primaryKeyOn(table: string, columns: Name[], dialect: Dialect, span: Span, given?: string): PrimaryKey {
  const made = unnamed.includes(dialect)
    ? undefined
    : primaryKeyName(
        table,
        columns.map(({ value }) => value),
      );
  const value = dialect === 'mysql' || dialect === 'mariadb' ? undefined : (given ?? made);
  return { kind: 'primary', ...(value !== undefined && { name: quoted(value, span) }), columns, span, uncertain: [] };
}
