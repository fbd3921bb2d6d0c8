import type { Column, ColumnType, Dialect } from '../../../ir/index.js';
import { canonicalType } from '../../sql/types.js';
import { globals } from '../values/evaluate.js';
import type { RuntimeType, TypeRecord } from '../values/types.js';
import { property, scalarOf, textOf, textsOf, type Value } from '../values/values.js';

/** Types of TypeORM's own, and the constructors that it takes for types. */
const ownTypes: { [type: string]: string } = {
  'simple-array': 'text',
  'simple-json': 'text',
  string: 'varchar',
  number: 'integer',
};

const isMysql = (dialect: Dialect): boolean => dialect === 'mysql' || dialect === 'mariadb';

const constructorTypes: { [name: string]: RuntimeType } = {
  String: 'string',
  Number: 'number',
  Boolean: 'boolean',
  Date: 'Date',
  Buffer: 'Buffer',
};

/** The database type of each run-time type that TypeORM accepts without an explicit column type. */
function reflected(type: RuntimeType | undefined, dialect: Dialect): string | undefined {
  switch (type) {
    case 'string':
      return 'varchar';
    case 'number':
      return 'integer';
    case 'boolean':
      return isMysql(dialect) ? 'tinyint' : 'boolean';
    case 'Date':
      return isMysql(dialect) || dialect === 'sqlite' || dialect === 'tsql' ? 'datetime' : 'timestamp';
    case 'Buffer':
      return dialect === 'postgresql' ? 'bytea' : 'blob';
    default:
      return undefined;
  }
}

/** The type of a column: as given, else from the annotation. `enumType` is the name that an enum gets where it has one. */
export function columnType(
  given: Value | undefined,
  options: Value | undefined,
  member: { type?: TypeRecord; span: Column['span'] },
  dialect: Dialect,
  enumType: string,
): ColumnType {
  const span = given?.span ?? member.type?.span ?? member.span;
  if (!given) {
    const name = reflected(member.type?.is, dialect);
    return {
      name: name === undefined ? 'unknown' : sized(name, options, dialect),
      written: member.type?.written ?? '',
      span,
    };
  }
  if (given.kind === 'reference' && given.module === globals) {
    const name = reflected(constructorTypes[given.name], dialect);
    return { name: name === undefined ? 'unknown' : sized(name, options, dialect), written: given.name, span };
  }
  const written = textOf(given);
  if (written === undefined) return { name: 'unknown', written: '', span };
  const lower = written.toLowerCase();
  const name = /^(?:enum|simple-enum|set)$/.test(lower)
    ? enumName(lower, options, dialect, enumType)
    : sized(lower, options, dialect);
  return { name, written, span };
}

function enumName(kind: string, options: Value | undefined, dialect: Dialect, enumType: string): string {
  const labels = enumLabels(options);
  if (isMysql(dialect)) {
    const word = kind === 'set' ? 'set' : 'enum';
    return labels ? `${word}(${labels.map((label) => `'${label.replaceAll("'", "''")}'`).join(',')})` : word;
  }
  if (kind === 'simple-enum' && dialect !== 'postgresql') return 'varchar';
  const isArray = scalarOf(property(options, 'array')) === true;
  return (textOf(property(options, 'enumName')) ?? enumType) + (isArray ? '[]' : '');
}

/** The labels of an enum option: an array, or an enum object. */
export function enumLabels(options: Value | undefined): string[] | undefined {
  const given = property(options, 'enum');
  if (given?.kind === 'array') return textsOf(given);
  if (given?.kind !== 'object' || !given.complete) return undefined;
  const labels = given.entries.map((entry) => scalarOf(entry.value));
  return labels.every((label) => typeof label === 'string' || typeof label === 'number')
    ? labels.map(String)
    : undefined;
}

/** Lengths that TypeORM gives where MySQL asks for one. */
const mysqlLengths: { [type: string]: string | undefined } = { varchar: '255', nvarchar: '255', varbinary: '255' };

/** A type with the length, precision and scale that stand beside it, in the dialect's words. */
export function sized(type: string, options: Value | undefined, dialect: Dialect): string {
  const isArray = scalarOf(property(options, 'array')) === true || scalarOf(property(options, 'isArray')) === true;
  const width = isMysql(dialect) ? scalarOf(property(options, 'width')) : undefined;
  const length = scalarOf(property(options, 'length')) ?? width;
  const precision = scalarOf(property(options, 'precision'));
  const scale = scalarOf(property(options, 'scale'));
  const [, name = type, inline] = /^([^(]+?)\s*\(([^)]*)\)$/.exec(type) ?? [];
  let args = inline;
  if (length !== undefined && length !== null && length !== '') args = String(length);
  else if (typeof precision === 'number')
    args = typeof scale === 'number' ? `${String(precision)},${String(scale)}` : String(precision);
  const known = Object.hasOwn(ownTypes, name) ? ownTypes[name]! : name;
  const isUuid = known === 'uuid' && (isMysql(dialect) || dialect === 'sqlite');
  const head = isUuid ? 'varchar' : dialect === 'sqlite' && known === 'int' ? 'integer' : known;
  if (isMysql(dialect)) args ??= isUuid ? '36' : mysqlLengths[head];
  const tail = isMysql(dialect) && scalarOf(property(options, 'unsigned')) === true ? 'unsigned' : '';
  return canonicalType({ head, tail, array: isArray ? '[]' : '', ...(args !== undefined && { args }) }, dialect);
}
