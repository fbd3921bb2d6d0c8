import type { Column, ColumnType, Constraint, Default, Dialect, Index, IndexKey } from '../../ir/index.js';
import { inQuotes, isMysql, nameText, qualifiedText } from './names.js';

/** Types that read the same in every file; those of the project's own depend on quotes and the search path. */
const builtIn =
  /^(?:smallint|integer|int|bigint|tinyint|mediumint|real|float|double(?: precision)?|(?:numeric|decimal)(?:\(\d+(?:, ?\d+)?\))?|(?:long|medium|tiny)?text|(?:var)?char(?:\(\d+\))?|character varying(?:\(\d+\))?|boolean|bool|date|datetime(?:\(\d\))?|(?:time|timestamp)(?:\(\d\))?(?: with(?:out)? time zone)?|timestamptz|interval|uuid|jsonb?|bytea|blob|inet|cidr|citext|tsvector)(?: unsigned)?(?:\[\])*$/;

export const typeText = ({ name }: ColumnType): string | undefined => (builtIn.test(name) ? name : undefined);

/** Defaults that mean the same however they are quoted where they were read. */
const plainDefault =
  /^(?:-?\d+(?:\.\d+)?|true|false|null|'(?:[^'\\]|'')*'(?:::[\w ]+)?|(?:now|gen_random_uuid|uuid_generate_v4)\(\)|current_(?:timestamp|date|time)(?:\(\d?\))?)$/i;

export const defaultText = ({ by, text }: Default): string | undefined =>
  by === 'server' && plainDefault.test(text.trim()) ? text.trim() : undefined;

const serials: { readonly [type: string]: string } = {
  smallint: 'smallserial',
  integer: 'serial',
  bigint: 'bigserial',
};

/** `a varchar(20) NOT NULL DEFAULT ''`, without keys; nothing where a part of it is not certain. */
export function columnText(column: Column, dialect: Dialect): string | undefined {
  const serial = column.generated === 'serial' && dialect === 'postgresql' ? serials[column.type.name] : undefined;
  if ((column.generated !== undefined && serial === undefined) || column.nullable === 'unknown') return undefined;
  const type = serial ?? typeText(column.type);
  const initial = column.default?.by === 'server' && serial === undefined ? defaultText(column.default) : '';
  if (type === undefined || initial === undefined) return undefined;
  const collation = collationText(column, dialect);
  if (collation === undefined) return undefined;
  const parts = [nameText(column.name, dialect), type, ...collation];
  if (!column.nullable) parts.push('NOT NULL');
  if (initial !== '') parts.push('DEFAULT', initial);
  if (column.onUpdate !== undefined) parts.push('ON UPDATE', column.onUpdate);
  if (column.invisible) parts.push('INVISIBLE');
  return parts.join(' ');
}

/** `CHARACTER SET a COLLATE b`; nothing where it depends on quotes that are not kept. */
function collationText({ charset, collation }: Column, dialect: Dialect): string[] | undefined {
  if ([charset, collation].some((name) => name !== undefined && (dialect === 'postgresql' || /\W/.test(name))))
    return undefined;
  return [...(charset ? ['CHARACTER SET', charset] : []), ...(collation ? ['COLLATE', collation] : [])];
}

/** `CONSTRAINT a CHECK (b > 0)`. */
export function constraintText(constraint: Constraint, dialect: Dialect): string | undefined {
  const head = constraint.name ? `CONSTRAINT ${nameText(constraint.name, dialect)} ` : '';
  const tail = constraint.notValid ? ' NOT VALID' : '';
  const body = constraintBody(constraint, dialect);
  return body === undefined ? undefined : head + body + tail;
}

function constraintBody(constraint: Constraint, dialect: Dialect): string | undefined {
  if (constraint.kind === 'exclude') return undefined;
  if (constraint.kind === 'check') return `CHECK ${parenthesised(constraint.expression)}`;
  const list = (names: typeof constraint.columns): string => names.map((name) => nameText(name, dialect)).join(', ');
  if (constraint.columns.length === 0) return undefined;
  if (constraint.kind !== 'foreign') {
    return `${constraint.kind === 'primary' ? 'PRIMARY KEY' : 'UNIQUE'} (${list(constraint.columns)})`;
  }
  if (constraint.target === undefined) return undefined;
  const { target, targetColumns, onDelete, onUpdate } = constraint;
  const to = targetColumns.length > 0 ? ` (${list(targetColumns)})` : '';
  const actions = (onDelete ? ` ON DELETE ${onDelete}` : '') + (onUpdate ? ` ON UPDATE ${onUpdate}` : '');
  return `FOREIGN KEY (${list(constraint.columns)}) REFERENCES ${qualifiedText(target, dialect)}${to}${actions}`;
}

/** The keys, inclusions and predicate of an index, its access method in front. */
export function indexText(index: Index, dialect: Dialect): string | undefined {
  // How an included column was quoted is not kept.
  if (index.include.some((column) => /[^a-z0-9_]/.test(column))) return undefined;
  if (index.keys.length === 0 || (isMysql(dialect) && index.method !== undefined)) return undefined;
  const method = index.method === undefined ? '' : `USING ${index.method} `;
  const include = index.include.map((column) => inQuotes(column, dialect)).join(', ');
  return (
    `${method}(${index.keys.map((key) => keyText(key, dialect)).join(', ')})` +
    (include === '' ? '' : ` INCLUDE (${include})`) +
    (index.where === undefined ? '' : ` WHERE ${index.where}`)
  );
}

function keyText(key: IndexKey, dialect: Dialect): string {
  const { column, quoted = false, expression = '' } = key;
  const name = { value: column ?? '', quoted, span: { start: 0, end: 0 } };
  const called = /^[\w.]+\s*\(.*\)$/s.test(expression);
  const parts = [column === undefined ? (called ? expression : parenthesised(expression)) : nameText(name, dialect)];
  if (key.length !== undefined) parts[0] += `(${String(key.length)})`;
  if (key.collation !== undefined) parts.push(`COLLATE ${key.collation}`);
  if (key.operatorClass !== undefined) parts.push(key.operatorClass);
  if (key.direction === 'desc') parts.push('DESC');
  if (key.nulls !== undefined) parts.push(`NULLS ${key.nulls.toUpperCase()}`);
  return parts.join(' ');
}

/** In one pair of parentheses. */
function parenthesised(expression: string): string {
  const text = expression.trim();
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at === text.length - 1 && text[0] === '(' ? text : `(${text})`;
  }
  return `(${text})`;
}
