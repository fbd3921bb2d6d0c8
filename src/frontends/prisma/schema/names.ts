import type { Dialect, Name, QualifiedName, Span } from '../../../ir/index.js';
import type { Block, Member } from '../syntax/tree.js';
import { argumentOf, attributeOf, textOf } from './arguments.js';

/** How many bytes of a name Prisma keeps for a database. */
const limits: { readonly [D in Dialect]?: number } = {
  postgresql: 63,
  cockroachdb: 63,
  mysql: 64,
  mariadb: 64,
  tsql: 128,
};

/** The beginning of a text that takes at most so many bytes in UTF-8, no character split. */
function firstBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let kept = '';
  let length = 0;
  for (const character of text) {
    length += Buffer.byteLength(character);
    if (length > bytes) break;
    kept += character;
  }
  return kept;
}

/** A name that Prisma makes: of what it is about, cut so that the suffix fits. */
export function madeName(parts: readonly string[], suffix: string, dialect: Dialect): string {
  const limit = limits[dialect];
  const stem = parts.join('_');
  return (limit === undefined ? stem : firstBytes(stem, limit - suffix.length)) + suffix;
}

/** A name that the database keeps as it is. */
export const quoted = (value: string, span: Span): Name => ({ value, quoted: true, span });

/** A name that Prisma chooses. */
export const generated = (value: string, span: Span): Name => ({ value, quoted: true, span, generated: true });

/** The name that `@map` or `@@map` gives, else the one in the schema. */
function mappedName(declared: Block | Member): Name {
  const given = argumentOf(attributeOf(declared, 'map'), 'name', true);
  const text = textOf(given);
  return text === undefined ? quoted(declared.name.value, declared.name.span) : quoted(text, given!.span);
}

/** A column's or an enum label's name in the database. */
export const columnName = (member: Member): Name => mappedName(member);

/** The name of a model, view or enum in the database. */
export function objectName(block: Block): QualifiedName {
  const name = mappedName(block);
  const given =
    argumentOf(attributeOf(block, 'schema'), 'name', true) ?? argumentOf(attributeOf(block, 'schema'), 'map');
  const schema = textOf(given);
  const own = textOf(argumentOf(attributeOf(block, 'map'), 'name', true)) === undefined;
  return {
    ...(schema !== undefined && { schema: quoted(schema, given!.span) }),
    name: own ? { ...name, generated: true } : name,
    span: name.span,
  };
}

/** The same name, said at another place. */
export const pinned = ({ schema, name }: QualifiedName, span: Span): QualifiedName => ({
  ...(schema && { schema: { ...schema, span } }),
  name: { ...name, span },
  span,
});
