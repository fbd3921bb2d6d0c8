import type { Dialect } from '../ir/index.js';

/** What kind of values a type holds. Types of the user's own are of no family. */
type Family = 'integer' | 'text' | 'uuid' | 'numeric' | 'float' | 'boolean' | 'date' | 'time' | 'timestamp' | 'binary';

const families: { readonly [F in Family]: RegExp } = {
  integer: /^(?:tinyint|smallint|mediumint|int|integer|bigint)$/,
  text: /^n?(?:char|varchar|text|character varying|character|citext|bpchar|varchar2|clob|(?:tiny|medium|long)text)$/,
  uuid: /^(?:uuid|uniqueidentifier)$/,
  numeric: /^(?:numeric|decimal|number|money)$/,
  float: /^(?:real|float|double|double precision)$/,
  boolean: /^(?:boolean|bit|bool)$/,
  date: /^date$/,
  time: /^time(?: with(?:out)? time zone)?$/,
  timestamp: /^(?:timestamp(?: with(?:out)? time zone)?|datetime2?|datetimeoffset|smalldatetime)$/,
  binary: /^(?:bytea|blob|binary|varbinary|raw|(?:tiny|medium|long)blob)$/,
};

const sizes = ['tinyint', 'smallint', 'mediumint', 'integer', 'bigint'];

interface Shape {
  family: Family;
  /** Bigger holds more; of text its length. */
  size: number;
  unsigned: boolean;
}

function shapeOf(name: string, dialect: Dialect): Shape | undefined {
  const match = /^([a-z][a-z0-9 ]*?)(?:\(([^)]*)\))?((?: with(?:out)? time zone)?)((?: unsigned)?)(?: zerofill)?$/.exec(
    name,
  );
  if (match === null) return undefined;
  const [, head = '', args, tail = '', sign = ''] = match;
  const bare = head.replace(/ unsigned$/, '') + tail;
  const unsigned = sign !== '' || head.endsWith(' unsigned');
  if ((dialect === 'mysql' || dialect === 'mariadb') && bare === 'tinyint' && args === '1')
    return { family: 'boolean', size: 0, unsigned };
  const family = (Object.keys(families) as Family[]).find((each) => families[each].test(bare));
  if (family === undefined) return undefined;
  const size =
    family === 'integer'
      ? sizes.indexOf(bare === 'int' ? 'integer' : bare)
      : family === 'text'
        ? args === undefined || !/^\d+$/.test(args)
          ? Infinity
          : Number(args)
        : 0;
  return { family, size, unsigned };
}

/**
 * How the type of a referring column compares with that of the column it refers to. `wider`: it holds all that the
 * other holds and more; `narrower`: not all. Undefined where nothing is wrong, or one of the types is not known.
 */
export function comparedTypes(
  own: string,
  target: string,
  dialect: Dialect,
): 'different' | 'wider' | 'narrower' | undefined {
  const [one, other] = [shapeOf(own, dialect), shapeOf(target, dialect)];
  if (one === undefined || other === undefined) return undefined;
  if (one.family !== other.family)
    return one.family === 'integer' && other.family === 'numeric' ? undefined : 'different';
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  if (isMysql && one.unsigned !== other.unsigned) return 'different';
  if (dialect === 'sqlite' || one.size === other.size) return undefined;
  // InnoDB wants integers of one size, and takes texts of any two lengths.
  if (isMysql && one.family === 'integer') return 'different';
  return one.size > other.size ? 'wider' : 'narrower';
}

/** Whether a type is a date with a time that keeps no time zone, where the dialect has one that does. */
export function isZoneless(name: string, dialect: Dialect): boolean {
  const bare = name.replace(/\(\d*\)/, '');
  if (dialect === 'tsql') return /^(?:datetime2?|smalldatetime)$/.test(bare);
  if (dialect === 'postgresql' || dialect === 'cockroachdb' || dialect === 'oracle')
    return /^timestamp(?: without time zone)?$/.test(bare);
  return false;
}

/** Whether a type holds a date with a time. */
export const isTimestamp = (name: string, dialect: Dialect): boolean => shapeOf(name, dialect)?.family === 'timestamp';
