import type { Dialect } from '../../ir/index.js';

/** Other spellings of a type by dialect family; what is not listed is its own canonical name. */
const aliases: Readonly<Record<'postgresql' | 'mysql' | 'tsql' | 'sqlite', Readonly<Record<string, string>>>> = {
  postgresql: {
    int: 'integer',
    int4: 'integer',
    int8: 'bigint',
    int2: 'smallint',
    serial4: 'integer',
    serial8: 'bigint',
    serial2: 'smallint',
    serial: 'integer',
    bigserial: 'bigint',
    smallserial: 'smallint',
    bool: 'boolean',
    float4: 'real',
    float8: 'double precision',
    float: 'double precision',
    decimal: 'numeric',
    dec: 'numeric',
    'character varying': 'varchar',
    'char varying': 'varchar',
    'national character varying': 'varchar',
    character: 'char',
    bpchar: 'char',
    'national character': 'char',
    nchar: 'char',
    varbit: 'bit varying',
    timestamptz: 'timestamp with time zone',
    timetz: 'time with time zone',
    'timestamp without time zone': 'timestamp',
    'time without time zone': 'time',
  },
  mysql: {
    integer: 'int',
    int4: 'int',
    int8: 'bigint',
    int2: 'smallint',
    int1: 'tinyint',
    int3: 'mediumint',
    middleint: 'mediumint',
    float4: 'float',
    float8: 'double',
    bool: 'tinyint(1)',
    boolean: 'tinyint(1)',
    dec: 'decimal',
    numeric: 'decimal',
    fixed: 'decimal',
    'double precision': 'double',
    real: 'double',
    character: 'char',
    'character varying': 'varchar',
    'char varying': 'varchar',
    varcharacter: 'varchar',
    nvarchar: 'varchar',
    nchar: 'char',
    'national char': 'char',
    'national character': 'char',
    'national varchar': 'varchar',
    'national character varying': 'varchar',
    long: 'mediumtext',
    'long varchar': 'mediumtext',
    'long char varying': 'mediumtext',
    'long varbinary': 'mediumblob',
    'char byte': 'binary',
    geomcollection: 'geometrycollection',
    serial: 'bigint unsigned',
  },
  tsql: {
    integer: 'int',
    dec: 'decimal',
    numeric: 'decimal',
    character: 'char',
    'character varying': 'varchar',
    'double precision': 'float',
    rowversion: 'timestamp',
    sysname: 'nvarchar(128)',
  },
  sqlite: {},
};

/** Types that bring a sequence, a default and NOT NULL with them. */
const serials = new Set(['serial', 'bigserial', 'smallserial', 'serial2', 'serial4', 'serial8']);

/** PostgreSQL looks at the name alone, so that one in quotes counts too. */
export const isSerial = (written: string, dialect: Dialect): boolean =>
  familyOf(dialect) === 'postgresql' && serials.has(/^"(.*)"$/.exec(written)?.[1] ?? written.toLowerCase());

function familyOf(dialect: Dialect): keyof typeof aliases {
  if (dialect === 'mysql' || dialect === 'mariadb') return 'mysql';
  return dialect === 'tsql' || dialect === 'sqlite' ? dialect : 'postgresql';
}

/** MySQL's integer types, whose number in parentheses only tells how wide to print. */
const mysqlIntegers = new Set(['int', 'bigint', 'smallint', 'mediumint', 'tinyint']);

/**
 * The canonical name of a type.
 * @param words its words in lower case, quoted names as they are; `head` those before the arguments, `tail` those behind
 * @param args the arguments as written, without parentheses
 * @param array `[]` once for each dimension
 */
export function canonicalType(
  { head, args, tail, array }: { head: string; args?: string; tail: string; array: string },
  dialect: Dialect,
): string {
  const family = familyOf(dialect);
  const bare = head.replace(/^pg_catalog\./, '');
  // The arguments of `timestamp(3) with time zone` stand in the middle.
  const whole = tail === '' ? bare : `${bare} ${tail}`;
  let name = aliases[family][whole] ?? whole;
  let list = args
    ?.split(',')
    .map((each) => each.trim())
    .join(',');
  if (family === 'mysql') {
    const base = aliases.mysql[bare] ?? bare;
    if (mysqlIntegers.has(base) && !(base === 'tinyint' && list === '1')) list = undefined;
    const signs = tail.split(' ').filter((word) => word !== '' && word !== 'signed');
    // ZEROFILL brings UNSIGNED along.
    if (signs.includes('zerofill') && !signs.includes('unsigned')) signs.unshift('unsigned');
    const rest = signs.join(' ');
    return base + (list === undefined ? '' : `(${list})`) + (rest === '' ? '' : ` ${rest}`);
  }
  if (family === 'tsql' && list !== undefined) list = list.toLowerCase();
  if (family === 'postgresql' && bare === 'float' && list !== undefined) {
    name = Number(list) <= 24 ? 'real' : 'double precision';
    list = undefined;
  }
  if (list === undefined) return name + array;
  const split = name.search(/ with(out)? time zone$/);
  return (split < 0 ? `${name}(${list})` : `${name.slice(0, split)}(${list})${name.slice(split)}`) + array;
}
