import type { Annotation, Column, Relationship, Table, TextEdit } from '../../../ir/index.js';
import { replaced } from './edits.js';
import { importing } from './imports.js';
import { together, type Page } from './keywords.js';

/** Python's type for the values of a column type, by its canonical name without arguments. */
const pythonTypes: { [type: string]: { module?: string; name: string } } = {
  integer: { name: 'int' },
  int: { name: 'int' },
  bigint: { name: 'int' },
  smallint: { name: 'int' },
  varchar: { name: 'str' },
  text: { name: 'str' },
  char: { name: 'str' },
  boolean: { name: 'bool' },
  'tinyint(1)': { name: 'bool' },
  'double precision': { name: 'float' },
  double: { name: 'float' },
  real: { name: 'float' },
  bytea: { name: 'bytes' },
  blob: { name: 'bytes' },
  timestamp: { module: 'datetime', name: 'datetime' },
  'timestamp with time zone': { module: 'datetime', name: 'datetime' },
  'timestamp without time zone': { module: 'datetime', name: 'datetime' },
  datetime: { module: 'datetime', name: 'datetime' },
  date: { module: 'datetime', name: 'date' },
  uuid: { module: 'uuid', name: 'UUID' },
  numeric: { module: 'decimal', name: 'Decimal' },
  decimal: { module: 'decimal', name: 'Decimal' },
};

/** How the file spells Python's type of a column type, and the imports for it. */
export function pythonType(type: string, source: string): { name: string; edits: TextEdit[] } | undefined {
  const bare = type.replace(/\((?!1\)$)[^)]*\)/, '');
  const found = Object.hasOwn(pythonTypes, bare) ? pythonTypes[bare] : undefined;
  if (found === undefined) return undefined;
  if (found.module === undefined) return { name: found.name, edits: [] };
  const given = importing(source, [{ module: found.module, name: found.name }]);
  return given && { name: given.names[0] ?? found.name, edits: given.edits };
}

/** The type or None, as the file writes that. */
function optional(type: string, source: string): string {
  const typing = importing(source, [{ module: 'typing', name: 'Optional' }]);
  const usesOptional = typing?.edits.length === 0 && !/\|\s*None\b/.test(source);
  if (usesOptional) return `${typing.names[0] ?? 'Optional'}[${type}]`;
  const quoted = /^(["'])(.*)\1$/.exec(type);
  return quoted === null ? `${type} | None` : `${quoted[1] ?? ''}${quoted[2] ?? ''} | None${quoted[1] ?? ''}`;
}

function required(type: string): string | undefined {
  const quoted = /^(["'])(.*)\1$/.exec(type);
  if (quoted !== null) {
    const inner = required(quoted[2] ?? '');
    return inner && `${quoted[1] ?? ''}${inner}${quoted[1] ?? ''}`;
  }
  const wrapped = /^(?:\w+\.)*Optional\s*\[\s*([^]*?)\s*\]$/.exec(type)?.[1];
  if (wrapped !== undefined) return wrapped;
  const parts = type.split(/\s*\|\s*/);
  const others = parts.filter((part) => part !== 'None');
  return others.length === 1 && parts.length === 2 && !/[[\]]/.test(type.replace(/\[[^[\]|]*\]/g, ''))
    ? others[0]
    : undefined;
}

/** Writes `T | None` for T, or T for what takes None too. */
export function annotateNullable(
  { annotation }: Column | Relationship,
  nullable: boolean,
  table: Table,
  page: Page,
): TextEdit[] | undefined {
  const inner = annotation && innerOf(annotation, page.source);
  if (inner === undefined) return undefined;
  const { text, start } = inner;
  const span = { start, end: start + text.length };
  if (!nullable) {
    const type = required(text);
    return type === undefined ? undefined : [replaced(span, type)];
  }
  // SQLModel reads the class of a relation out of `Optional["User"]` only.
  if (table.declaredBy === 'sqlmodel' && /^["']/.test(text)) {
    const typing = importing(page.source, [{ module: 'typing', name: 'Optional' }]);
    return typing && [...typing.edits, replaced(span, `${typing.names[0] ?? 'Optional'}[${text}]`)];
  }
  return [replaced(span, optional(text, page.source))];
}

/** What stands inside of `Mapped[…]`, or the whole of a plain annotation. */
function innerOf({ wrapper, span }: Annotation, source: string): { text: string; start: number } | undefined {
  const text = source.slice(span.start, span.end);
  if (wrapper === undefined) return { text, start: span.start };
  const match = /^((?:\w+\.)*Mapped\s*\[\s*)([^]*?)\s*\]$/.exec(text);
  return match === null ? undefined : { text: match[2] ?? '', start: span.start + (match[1]?.length ?? 0) };
}

/** `a: Mapped[int] = mapped_column(…)` for `a = Column(…)`, or for `a = mapped_column(…)`. */
export function annotateColumn(column: Column, { source }: Page): TextEdit[] | undefined {
  const { anchor, nullable } = column;
  if (anchor === undefined || nullable === 'unknown') return undefined;
  const { start, end } = anchor.span;
  const match = /^(\w+)(\s*=\s*)((?:\w+\.)*)(Column|mapped_column)(?=\s*\()/.exec(source.slice(start, end));
  const type = pythonType(column.type.name, source);
  const orm = importing(source, [
    { module: 'sqlalchemy.orm', name: 'Mapped' },
    { module: 'sqlalchemy.orm', name: 'mapped_column' },
  ]);
  if (match === null || type === undefined || orm === undefined) return undefined;
  const [whole, name = '', equals = '', prefix = '', maker = ''] = match;
  const [mapped = '', called = ''] = orm.names;
  const held = nullable ? optional(type.name, source) : type.name;
  const call = maker === 'mapped_column' ? prefix + maker : called;
  return together(type.edits, orm.edits, [
    replaced({ start, end: start + whole.length }, `${name}: ${mapped}[${held}]${equals}${call}`),
  ]);
}
