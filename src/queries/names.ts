import { createHash } from 'node:crypto';
import type { Dialect, Name, QualifiedName } from '../ir/index.js';

type Spelled = Pick<Name, 'value' | 'quoted' | 'unknown' | 'final'>;

/**
 * A name as the database compares it. Unquoted names fold to lower case where the dialect folds at all (PostgreSQL;
 * upper case in Oracle folds alike for comparison), and PostgreSQL cuts names to 63 bytes. SQLite, T-SQL and MySQL columns ignore case even when quoted;
 * MySQL table names are taken as written, its default on Linux.
 */
export function folded(name: Spelled, dialect: Dialect): string {
  // What fills a hole is folded, or not, only then: `{{ .Schema }}` and `"{{.Schema}}"` are one name.
  if (name.unknown) return name.value.replace(/\s+/g, '');
  const value = sent(name, dialect);
  switch (dialect) {
    case 'sqlite':
    case 'tsql':
      return value.toLowerCase();
    case 'mysql':
    case 'mariadb':
      return value;
    case 'postgresql':
      return cut(name.quoted ? value : value.toLowerCase());
    default:
      return name.quoted ? value : value.toLowerCase();
  }
}

/** The most characters that SQLAlchemy sends of a name of an index or constraint. */
const longest: { readonly [D in Dialect]?: number } = {
  postgresql: 63,
  cockroachdb: 63,
  mysql: 64,
  mariadb: 64,
  tsql: 128,
  oracle: 128,
};

/**
 * What goes to the database of a name: of a longer final one SQLAlchemy keeps the beginning, and puts the end of a hash
 * of the whole behind it.
 */
function sent({ value, final }: Spelled, dialect: Dialect): string {
  const limit = final ? longest[dialect] : undefined;
  if (limit === undefined || value.length <= limit) return value;
  const characters = [...value];
  if (characters.length <= limit) return value;
  const hash = createHash('md5').update(value).digest('hex');
  return `${characters.slice(0, limit - 8).join('')}_${hash.slice(-4)}`;
}

const encoder = new TextEncoder();
const NAME_BYTES = 63;

/** What PostgreSQL keeps of a name: 63 bytes, a character that would be split left out. */
export function cut(name: string): string {
  // No character takes more than three bytes for each of its UTF-16 code units.
  if (name.length * 3 <= NAME_BYTES || encoder.encode(name).length <= NAME_BYTES) return name;
  const target = new Uint8Array(NAME_BYTES);
  return name.slice(0, encoder.encodeInto(name, target).read);
}

/** A name within a table, of a column, an index or a constraint: MySQL ignores their case too. */
export function foldedInTable(name: Spelled, dialect: Dialect): string {
  const own = folded(name, dialect);
  return dialect === 'mysql' || dialect === 'mariadb' ? own.toLowerCase() : own;
}

/** The schema that an unqualified name means, as far as the dialect has a fixed one. */
export function defaultSchema(dialect: Dialect): string {
  if (dialect === 'postgresql' || dialect === 'cockroachdb') return 'public';
  if (dialect === 'tsql') return 'dbo';
  if (dialect === 'sqlite') return 'main';
  return '';
}

/** A key under which two spellings of one object are equal: `Users` and `public.users` in PostgreSQL. */
export function objectKey(name: QualifiedName, dialect: Dialect): string {
  const schema = name.schema ? folded(name.schema, dialect) : '';
  return (schema === '' || schema === defaultSchema(dialect) ? '' : `${schema}.`) + folded(name.name, dialect);
}

/** The name as a person would say it: `schema.table`, without quotes. */
export function spoken(name: QualifiedName): string {
  if (name.name.unknown) return 'a name made at run time';
  return name.schema ? `${name.schema.value}.${name.name.value}` : name.name.value;
}

/** Whether a name matches one of the globs, in which `*` stands for any run of characters. Case is ignored. */
export function matchesGlob(name: string, globs: readonly string[]): boolean {
  return globs.some((glob) =>
    new RegExp(
      `^${glob
        .split('*')
        .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
        .join('.*')}$`,
      'i',
    ).test(name),
  );
}

/** Whether the name alone says that the table is temporary: `#x` of T-SQL. */
export const isTemporaryName = ({ name }: QualifiedName, dialect: Dialect): boolean =>
  dialect === 'tsql' && name.value.startsWith('#');
