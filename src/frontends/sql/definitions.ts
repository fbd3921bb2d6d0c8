import type {
  Column,
  ColumnType,
  Constraint,
  Default,
  Dialect,
  ForeignKey,
  Identity,
  Index,
  IndexKey,
  Name,
  PrimaryKey,
  UniqueConstraint,
} from '../../ir/index.js';
import { inQuotes, isMysql, nameText, qualifiedText } from './names.js';

/** Types that read the same in every file; those of the project's own depend on quotes and the search path. */
const builtIn =
  /^(?:smallint|integer|int|bigint|tinyint|mediumint|real|float|double(?: precision)?|(?:numeric|decimal)(?:\(\d+(?:, ?\d+)?\))?|(?:long|medium|tiny)?text|(?:var)?char(?:\(\d+\))?|character varying(?:\(\d+\))?|boolean|bool|date|datetime(?:\(\d\))?|(?:time|timestamp)(?:\(\d\))?(?: with(?:out)? time zone)?|timestamptz|interval|uuid|jsonb?|bytea|blob|inet|cidr|macaddr8?|citext|tsvector|tsquery|xml|bit(?: varying)?(?:\(\d+\))?|(?:int4|int8|num|tstz|ts|date)(?:multi)?range)(?: unsigned)?(?:\[\])*$/;

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
  const { name, nullable, storage, compression, generated } = column;
  const serial = generated === 'serial' && dialect === 'postgresql' ? serials[column.type.name] : undefined;
  const filled = generated === undefined || serial !== undefined ? '' : filledText(column, dialect);
  const type = serial ?? typeText(column.type);
  const initial = column.default?.by === 'server' && serial === undefined ? defaultText(column.default) : '';
  if (type === undefined || initial === undefined || filled === undefined || nullable === 'unknown') return undefined;
  const collated = collationText(column, dialect);
  if (collated === undefined) return undefined;
  const parts = [nameText(name, dialect), type];
  if (storage !== undefined) parts.push(`STORAGE ${storage}`);
  if (compression !== undefined) parts.push(`COMPRESSION ${compression}`);
  parts.push(...collated);
  if (!nullable) parts.push('NOT NULL');
  if (initial !== '') parts.push('DEFAULT', initial);
  if (filled !== '') parts.push(filled);
  if (column.onUpdate !== undefined) parts.push('ON UPDATE', column.onUpdate);
  if (column.invisible) parts.push('INVISIBLE');
  return parts.join(' ');
}

/** `CHARACTER SET a COLLATE b`; nothing where it depends on quotes that are not kept. */
function collationText({ charset, collation }: Column, dialect: Dialect): string[] | undefined {
  const isKept = dialect === 'postgresql' || dialect === 'cockroachdb';
  if (!isKept && [charset, collation].some((name) => name !== undefined && /\W/.test(name))) return undefined;
  return [...(charset ? ['CHARACTER SET', charset] : []), ...(collation ? ['COLLATE', collation] : [])];
}

/** `GENERATED …` of a column that PostgreSQL fills. */
function filledText({ generated, identity, expression }: Column, dialect: Dialect): string | undefined {
  if (dialect !== 'postgresql') return undefined;
  if (generated === 'identity') return identity && identityText(identity);
  const stored = generated === 'stored' || generated === 'virtual' ? generated.toUpperCase() : undefined;
  return stored && expression !== undefined ? `GENERATED ALWAYS AS ${parenthesised(expression)} ${stored}` : undefined;
}

/** `GENERATED ALWAYS AS IDENTITY (START 10)`. */
export function identityText({ always, options }: Identity): string {
  const text = `GENERATED ${always ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY`;
  return options === undefined ? text : `${text} (${options})`;
}

/** `CONSTRAINT a CHECK (b > 0)`. */
export function constraintText(constraint: Constraint, dialect: Dialect): string | undefined {
  const body = constraintBody(constraint, dialect);
  if (body === undefined) return undefined;
  const head = constraint.name ? `CONSTRAINT ${nameText(constraint.name, dialect)} ` : '';
  return [head + body, ...timing(constraint), constraint.notValid ? 'NOT VALID' : ''].filter(Boolean).join(' ');
}

/** When a constraint is checked. */
const timing = ({ deferrable, initiallyDeferred, notEnforced }: Constraint): string[] => [
  deferrable ? 'DEFERRABLE' : '',
  initiallyDeferred ? 'INITIALLY DEFERRED' : '',
  notEnforced ? 'NOT ENFORCED' : '',
];

function constraintBody(constraint: Constraint, dialect: Dialect): string | undefined {
  const list = (names: readonly Name[]): string => names.map((name) => nameText(name, dialect)).join(', ');
  switch (constraint.kind) {
    case 'exclude':
      return dialect === 'postgresql' ? `EXCLUDE ${constraint.expression}` : undefined;
    case 'check':
      return `CHECK ${parenthesised(constraint.expression)}${constraint.noInherit ? ' NO INHERIT' : ''}`;
    case 'foreign':
      return referenceText(constraint, list, dialect);
    default:
      return keyConstraintText(constraint, list, dialect);
  }
}

function keyConstraintText(
  key: PrimaryKey | UniqueConstraint,
  list: (names: readonly Name[]) => string,
  dialect: Dialect,
): string | undefined {
  const { columns, include, withoutOverlaps, options, tablespace, usingIndex } = key;
  if (usingIndex) {
    const bare = key.kind === 'primary' ? 'PRIMARY KEY' : 'UNIQUE';
    return dialect === 'postgresql' ? `${bare} USING INDEX ${nameText(usingIndex, dialect)}` : undefined;
  }
  if (columns.length === 0) return undefined;
  const kind = key.kind === 'primary' ? 'PRIMARY KEY' : key.nullsNotDistinct ? 'UNIQUE NULLS NOT DISTINCT' : 'UNIQUE';
  const parts = [`${kind} (${list(columns)}${withoutOverlaps ? ' WITHOUT OVERLAPS' : ''})`];
  if (include) parts.push(`INCLUDE (${list(include)})`);
  if (options !== undefined && dialect === 'postgresql') parts.push(`WITH (${options})`);
  if (tablespace) parts.push(`USING INDEX TABLESPACE ${nameText(tablespace, dialect)}`);
  return parts.join(' ');
}

function referenceText(
  { columns, target, targetColumns, period, match, onDelete, onDeleteColumns, onUpdate }: ForeignKey,
  list: (names: readonly Name[]) => string,
  dialect: Dialect,
): string | undefined {
  if (target === undefined || columns.length === 0) return undefined;
  const ranged = (names: readonly Name[]): string =>
    period ? `${list(names.slice(0, -1))}, PERIOD ${list(names.slice(-1))}` : list(names);
  const to = targetColumns.length > 0 ? ` (${ranged(targetColumns)})` : '';
  const parts = [`FOREIGN KEY (${ranged(columns)}) REFERENCES ${qualifiedText(target, dialect)}${to}`];
  if (match !== undefined) parts.push(`MATCH ${match}`);
  if (onDelete) parts.push(`ON DELETE ${onDelete}`);
  if (onDelete && onDeleteColumns) parts.push(`(${list(onDeleteColumns)})`);
  if (onUpdate) parts.push(`ON UPDATE ${onUpdate}`);
  return parts.join(' ');
}

/** The keys, inclusions and predicate of an index, its access method in front. */
export function indexText(index: Index, dialect: Dialect): string | undefined {
  // How an included column was quoted is not kept.
  if (index.include.some((column) => /[^a-z0-9_]/.test(column))) return undefined;
  if (index.keys.length === 0 || (isMysql(dialect) && index.method !== undefined)) return undefined;
  const parts = index.method === undefined ? [] : [`USING ${index.method}`];
  parts.push(`(${index.keys.map((key) => keyText(key, dialect)).join(', ')})`);
  if (index.include.length > 0)
    parts.push(`INCLUDE (${index.include.map((each) => inQuotes(each, dialect)).join(', ')})`);
  if (index.nullsNotDistinct) parts.push('NULLS NOT DISTINCT');
  if (index.options !== undefined && dialect === 'postgresql') parts.push(`WITH (${index.options})`);
  if (index.tablespace) parts.push(`TABLESPACE ${nameText(index.tablespace, dialect)}`);
  if (index.where !== undefined) parts.push(`WHERE ${index.where}`);
  return parts.join(' ');
}

function keyText(key: IndexKey, dialect: Dialect): string {
  const { column, quoted = false, expression = '' } = key;
  const name = { value: column ?? '', quoted, span: { start: 0, end: 0 } };
  const called = /^[\w.]+\s*\(.*\)$/s.test(expression);
  const parts = [column === undefined ? (called ? expression : parenthesised(expression)) : nameText(name, dialect)];
  if (key.length !== undefined) parts[0] += `(${String(key.length)})`;
  if (key.collation !== undefined) parts.push(`COLLATE ${key.collation}`);
  if (key.operatorClass !== undefined) parts.push(key.operatorClass);
  if (key.operatorClassOptions !== undefined) parts.push(`(${key.operatorClassOptions})`);
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
