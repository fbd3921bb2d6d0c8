import { canonicalType } from '../../types.js';
import { node, nodes, strings, type Node } from './tree.js';

/** Names that are no keywords of the grammar, so that they mean the type of the catalogue however they are written. */
const catalogue = new Set(
  'int2 int4 int8 float4 float8 bool bpchar varbit timestamptz timetz serial serial2 serial4 serial8 smallserial bigserial'.split(
    ' ',
  ),
);
/** Keywords that the grammar turns into a name of the catalogue: what still has the name was written in quotes. */
const keywords = new Set(
  'int integer smallint bigint real float double decimal dec numeric boolean char character nchar varchar bit time timestamp interval'.split(
    ' ',
  ),
);

/** The canonical name of a type, as ColumnType has it; nothing where its arguments are no plain numbers. */
export function typeName(value: unknown): string | undefined {
  const type = node(value);
  if (type.setof === true || type.pct_type === true) return undefined;
  const parts = strings(type.names);
  const last = parts.at(-1);
  if (last === undefined || last === 'interval') return undefined;
  const inCatalogue = parts.length > 1 && parts[0] === 'pg_catalog';
  const array = '[]'.repeat(nodes(type.arrayBounds).length);
  if (parts.length === 1 && !catalogue.has(last) && keywords.has(last)) return `"${last}"${array}`;
  const args = modifiers(type);
  if (args === undefined) return undefined;
  const head = inCatalogue ? last : parts.join('.');
  return canonicalType({ head, tail: '', array, ...(args !== '' && { args }) }, 'postgresql');
}

/** The numbers in parentheses; those that the grammar filled in have no place in the text. */
function modifiers({ typmods }: Node): string | undefined {
  const numbers: number[] = [];
  for (const each of nodes(typmods)) {
    const { ival, location } = node(each.A_Const);
    if (ival === undefined) return undefined;
    if (location !== -1) numbers.push(Number(node(ival).ival ?? 0));
  }
  return numbers.join(',');
}

/** Whether a type is one of PostgreSQL's own, whose casts are stable at worst. */
export function isBuiltIn(value: unknown): boolean {
  const parts = strings(node(value).names);
  return parts[0] === 'pg_catalog' || (parts.length === 1 && (catalogue.has(parts[0]!) || plain.has(parts[0]!)));
}

const plain = new Set('text date uuid json jsonb bytea inet cidr'.split(' '));

export const isText = (value: unknown): boolean =>
  /^(?:text|varchar|bpchar)$/.test(strings(node(value).names).at(-1) ?? '');
