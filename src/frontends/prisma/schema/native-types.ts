import type { Dialect } from '../../../ir/index.js';
import { canonicalType } from '../../sql/types.js';

/** The types of the schema language that every database has in some form. */
const scalars = ['String', 'Boolean', 'Int', 'BigInt', 'Float', 'Decimal', 'DateTime', 'Json', 'Bytes'] as const;
export type Scalar = (typeof scalars)[number];

/** Whether a type is one of the language's own. */
export const isScalar = (name: string): name is Scalar => (scalars as readonly string[]).includes(name);

type Types = { readonly [S in Scalar]: string };

const mysql: Types = {
  String: 'varchar(191)',
  Boolean: 'boolean',
  Int: 'int',
  BigInt: 'bigint',
  Float: 'double',
  Decimal: 'decimal(65,30)',
  DateTime: 'datetime(3)',
  Json: 'json',
  Bytes: 'longblob',
};

const postgresql: Types = {
  String: 'text',
  Boolean: 'boolean',
  Int: 'integer',
  BigInt: 'bigint',
  Float: 'double precision',
  Decimal: 'decimal(65,30)',
  DateTime: 'timestamp(3)',
  Json: 'jsonb',
  Bytes: 'bytea',
};

/** What a migration makes of each without `@db.…`. */
const defaults: { readonly [D in Dialect]?: Types } = {
  postgresql,
  cockroachdb: {
    ...postgresql,
    String: 'string',
    Boolean: 'bool',
    Int: 'int4',
    BigInt: 'int8',
    Float: 'float8',
    Bytes: 'bytes',
  },
  mysql,
  mariadb: mysql,
  sqlite: {
    String: 'text',
    Boolean: 'boolean',
    Int: 'integer',
    BigInt: 'bigint',
    Float: 'real',
    Decimal: 'decimal',
    DateTime: 'datetime',
    Json: 'jsonb',
    Bytes: 'blob',
  },
  tsql: {
    String: 'nvarchar(1000)',
    Boolean: 'bit',
    Int: 'int',
    BigInt: 'bigint',
    Float: 'float(53)',
    Decimal: 'decimal(32,16)',
    DateTime: 'datetime2',
    Json: 'nvarchar(max)',
    Bytes: 'varbinary(max)',
  },
};

/** Native types whose SQL is more than their name in lower case. */
const spelled: { readonly [name: string]: string } = {
  DoublePrecision: 'double precision',
  CatalogSingleChar: '"char"',
  SingleChar: 'char',
  Bool: 'boolean',
};

/** A type written in SQL, in the dialect's own words. Names in quotes keep their case, and lose the quotes. */
export function typeInSql(text: string, dialect: Dialect): string {
  const [, head = text, args, tail = ''] = /^([^(]+?)\s*(?:\(([^)]*)\)\s*(.*))?$/.exec(text.trim()) ?? [];
  const plain = head.replace(/"([^"]*)"|[^"]+/g, (word: string, quoted?: string) => quoted ?? word.toLowerCase());
  return canonicalType({ head: plain, tail, array: '', ...(args !== undefined && { args }) }, dialect);
}

/** The column type that a migration makes of a scalar; nothing for a dialect that Prisma does not know. */
export function defaultType(scalar: Scalar, dialect: Dialect): string | undefined {
  const text = defaults[dialect]?.[scalar];
  return text === undefined ? undefined : typeInSql(text, dialect);
}

/** The column type that `@db.Name(args)` stands for. */
export function nativeType(name: string, args: readonly string[], dialect: Dialect): string {
  const [, sign, base = name] = /^(Unsigned)?(.*)$/.exec(name) ?? [];
  const word = Object.hasOwn(spelled, base) ? spelled[base]! : base.toLowerCase();
  const sized = args.length > 0 ? `${word}(${args.join(',')})` : word;
  return typeInSql(sign === undefined ? sized : `${sized} unsigned`, dialect);
}
