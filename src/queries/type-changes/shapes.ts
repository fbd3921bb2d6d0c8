import type { Dialect } from '../../ir/index.js';

/** What values a type has room for, in the terms that two types of different families can be compared in. */
export type TypeShape =
  | { kind: 'integer'; bits: number; unsigned: boolean }
  /** Digits before and behind the point; Infinity where nothing limits them. */
  | { kind: 'numeric'; before: number; behind: number }
  /** Binary digits of the significand. */
  | { kind: 'float'; bits: number }
  | { kind: 'boolean' }
  /** Characters; `wide` where any character has room, `fixed` where short values are padded. */
  | { kind: 'text'; length: number; wide: boolean }
  | { kind: 'binary'; length: number }
  | { kind: 'enum'; labels: readonly string[] }
  | { kind: 'uuid' }
  | { kind: 'json' }
  | { kind: 'date' }
  /** Digits behind the second. */
  | { kind: 'time'; digits: number }
  | { kind: 'moment'; digits: number; zone: boolean };

const sizes: { readonly [type: string]: number | undefined } = {
  tinyint: 8,
  smallint: 16,
  mediumint: 24,
  int: 32,
  integer: 32,
  bigint: 64,
};

/** MySQL's texts and blobs without a length; a character of theirs takes up to four bytes. */
const capacities: { readonly [type: string]: number | undefined } = {
  tiny: 255,
  '': 65_535,
  medium: 16_777_215,
  long: 4_294_967_295,
};

const parts = /^([a-z][a-z0-9 ]*?)(?:\(([^)]*)\))?((?: with(?:out)? time zone)?)((?: unsigned)?)(?: zerofill)?$/;

/**
 * The shape of a canonical type name (see ColumnType); nothing for types of the user's own, arrays, and all that is not
 * compared here.
 */
export function shapeOf(type: string, dialect: Dialect): TypeShape | undefined {
  const labels = /^enum\((.*)\)$/is.exec(type)?.[1];
  if (labels !== undefined) return { kind: 'enum', labels: labelsOf(labels) };
  const [, base, list, tail, sign] = parts.exec(type.toLowerCase()) ?? [];
  if (base === undefined) return undefined;
  const numbers = list === undefined ? [] : list.split(',').map((each) => Number(each.trim()));
  if (list !== 'max' && numbers.some((number) => !Number.isInteger(number))) return undefined;
  const bits = sizes[base];
  // MySQL has no other word for a truth value.
  if (isMysql(dialect) && base === 'tinyint' && numbers[0] === 1) return { kind: 'boolean' };
  if (bits !== undefined) {
    return { kind: 'integer', bits, unsigned: sign !== '' || (dialect === 'tsql' && base === 'tinyint') };
  }
  return (
    numericShape(base, numbers, dialect) ??
    textShape(base, list === 'max' ? [Infinity] : numbers, dialect) ??
    timeShape(base + tail!, numbers, dialect)
  );
}

const isMysql = (dialect: Dialect): boolean => dialect === 'mysql' || dialect === 'mariadb';

/** The labels of MySQL's enum as written, quotes doubled. */
function labelsOf(list: string): string[] {
  return [...list.matchAll(/'((?:[^']|'')*)'/g)].map(([, label]) => label!.replaceAll("''", "'"));
}

function numericShape(base: string, [precision, scale = 0]: number[], dialect: Dialect): TypeShape | undefined {
  switch (base) {
    case 'numeric':
    case 'decimal': {
      if (precision !== undefined) return { kind: 'numeric', before: precision - scale, behind: scale };
      // Without arguments MySQL keeps ten digits and T-SQL eighteen, none of them behind the point.
      if (isMysql(dialect)) return { kind: 'numeric', before: 10, behind: 0 };
      if (dialect === 'tsql') return { kind: 'numeric', before: 18, behind: 0 };
      return { kind: 'numeric', before: Infinity, behind: Infinity };
    }
    case 'real':
      return { kind: 'float', bits: 24 };
    case 'float':
      return { kind: 'float', bits: isMysql(dialect) || (precision ?? 53) <= 24 ? 24 : 53 };
    case 'double':
    case 'double precision':
      return { kind: 'float', bits: 53 };
    case 'boolean':
    case 'bool':
      return { kind: 'boolean' };
    case 'bit':
      return dialect === 'tsql' ? { kind: 'boolean' } : undefined;
    default:
      return undefined;
  }
}

function textShape(base: string, [length]: number[], dialect: Dialect): TypeShape | undefined {
  const wide = dialect !== 'tsql' || base.startsWith('n') || base === 'uniqueidentifier';
  if (/^n?varchar2?$/.test(base)) return { kind: 'text', length: length ?? (dialect === 'tsql' ? 1 : Infinity), wide };
  if (/^n?char$/.test(base)) return { kind: 'text', length: length ?? 1, wide };
  const [, size = '', sort] = /^(tiny|medium|long)?(text|blob)$/.exec(base) ?? [];
  if (sort !== undefined) {
    const room = isMysql(dialect) ? capacities[size]! : Infinity;
    return sort === 'text' ? { kind: 'text', length: room, wide } : { kind: 'binary', length: room };
  }
  if (base === 'ntext' || base === 'citext' || base === 'clob') return { kind: 'text', length: Infinity, wide };
  if (base === 'bytea') return { kind: 'binary', length: Infinity };
  if (base === 'binary' || base === 'varbinary') return { kind: 'binary', length: length ?? 1 };
  if (base === 'uuid' || base === 'uniqueidentifier') return { kind: 'uuid' };
  return base === 'json' || base === 'jsonb' ? { kind: 'json' } : undefined;
}

function timeShape(base: string, [digits]: number[], dialect: Dialect): TypeShape | undefined {
  const usual = isMysql(dialect) ? 0 : dialect === 'tsql' ? 7 : 6;
  switch (base) {
    case 'date':
      return { kind: 'date' };
    case 'time':
    case 'time without time zone':
    case 'time with time zone':
      return { kind: 'time', digits: digits ?? usual };
    // T-SQL's `timestamp` is a number of the row.
    case 'timestamp':
      return dialect === 'tsql' ? undefined : { kind: 'moment', digits: digits ?? usual, zone: isMysql(dialect) };
    case 'timestamp without time zone':
    case 'datetime2':
      return { kind: 'moment', digits: digits ?? usual, zone: false };
    case 'timestamp with time zone':
    case 'datetimeoffset':
      return { kind: 'moment', digits: digits ?? usual, zone: true };
    case 'datetime':
      return { kind: 'moment', digits: digits ?? (dialect === 'tsql' ? 3 : usual), zone: false };
    case 'smalldatetime':
      return { kind: 'moment', digits: 0, zone: false };
    default:
      return undefined;
  }
}
