import type { Column, Default, Dialect, Table, TextEdit } from '../../../ir/index.js';
import { literal, replaced } from './edits.js';
import { importing } from './imports.js';
import { columnKeyword, together, type Page } from './keywords.js';

/** An expression of SQLAlchemy, and the names that it needs. */
interface Written {
  needs: string;
  text: (name: string) => string;
}

const sqlText = (sql: string, { manner }: Page): Written => ({
  needs: 'text',
  text: (name) => `${name}(${literal(sql, manner)})`,
});

const now: Written = { needs: 'func', text: (name) => `${name}.now()` };

/** What the database has to work out in the place of the ORM. */
function serverSide({ default: given, type }: Column, dialect: Dialect, page: Page): Written | string | undefined {
  const value = given?.value;
  const isPostgres = dialect === 'postgresql' || dialect === 'cockroachdb';
  if (value === undefined) return undefined;
  switch (value.kind) {
    case 'literal':
      if (typeof value.value === 'string') return literal(value.value, page.manner);
      if (typeof value.value === 'boolean' && dialect !== 'tsql') return sqlText(String(value.value), page);
      return sqlText(String(Number(value.value)), page);
    case 'sql':
      return /^(?:now|current_timestamp)\(\)$/i.test(value.text) ? now : sqlText(value.text, page);
    case 'empty':
      if (!isPostgres) return undefined;
      if (/^jsonb?$/.test(type.name)) return sqlText(value.of === 'list' ? "'[]'" : "'{}'", page);
      return type.name.endsWith('[]') ? sqlText("'{}'", page) : undefined;
    case 'call':
      if (/(?:^|\.)datetime\.(?:utcnow|now|today)$/.test(value.name)) return now;
      return /(?:^|\.)uuid4$/.test(value.name) && isPostgres && type.name === 'uuid'
        ? sqlText('gen_random_uuid()', page)
        : undefined;
    case 'member':
      return undefined;
  }
}

/** `server_default=` beside the default that the ORM applies. */
export function setServerDefault(column: Column, table: Table, dialect: Dialect, page: Page): TextEdit[] | undefined {
  const given = serverSide(column, dialect, page);
  if (given === undefined) return undefined;
  if (typeof given === 'string') return columnKeyword(column, table, 'server_default', given, page);
  return withSqlalchemy(column, table, 'server_default', given, page);
}

/** `onupdate=func.now()`. */
export const setOnChange = (column: Column, table: Table, page: Page): TextEdit[] | undefined =>
  withSqlalchemy(column, table, 'onupdate', now, page);

function withSqlalchemy(
  column: Column,
  table: Table,
  keyword: string,
  { needs, text }: Written,
  page: Page,
): TextEdit[] | undefined {
  const given = importing(page.source, [{ module: 'sqlalchemy', name: needs }]);
  if (given === undefined) return undefined;
  return together(given.edits, columnKeyword(column, table, keyword, text(given.names[0] ?? needs), page));
}

/** `lambda: datetime.now(timezone.utc)` in the place of what gives a moment without a time zone. */
export function makeAware({ span }: Default, { source }: Page): TextEdit[] | undefined {
  // One of several arguments in a mapping has no place of its own.
  if (!/^(?:[\w.]+(?:\([^]*\))?|lambda\b[^]*)$/.test(source.slice(span.start, span.end))) return undefined;
  const given = importing(source, [
    { module: 'datetime', name: 'datetime' },
    { module: 'datetime', name: 'timezone' },
  ]);
  const [datetime = '', timezone = ''] = given?.names ?? [];
  return given && [...given.edits, replaced(span, `lambda: ${datetime}.now(${timezone}.utc)`)];
}
