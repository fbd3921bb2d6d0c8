import type { Dialect, Name, QualifiedName } from '../../ir/index.js';

export const isMysql = (dialect: Dialect): boolean => dialect === 'mysql' || dialect === 'mariadb';

/** The signs that quote a name. */
export function quotesOf(dialect: Dialect): [string, string] {
  if (isMysql(dialect)) return ['`', '`'];
  return dialect === 'tsql' ? ['[', ']'] : ['"', '"'];
}

/** A name in quotes, those inside it doubled. */
export function inQuotes(name: string, dialect: Dialect): string {
  const [open, close] = quotesOf(dialect);
  return open + name.replaceAll(close, close + close) + close;
}

/** A name as a new statement may write it: bare where the author wrote it bare. */
export const nameText = ({ value, quoted }: Name, dialect: Dialect): string =>
  quoted || !/^[A-Za-z_][\w$]*$/.test(value) ? inQuotes(value, dialect) : value;

/** A table, index or type with its schema, as a new statement may write it. */
export const qualifiedText = ({ schema, name }: QualifiedName, dialect: Dialect): string =>
  (schema ? `${nameText(schema, dialect)}.` : '') + nameText(name, dialect);
