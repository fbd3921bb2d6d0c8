/** What PostgreSQL does with the rows of a table whose column gets another type. */
export type TypeChange =
  /** They stay as they are. */
  | 'none'
  /** They stay as they are, and indexes on the column are built anew: the types compare values by operators of their own. */
  | 'resort'
  /** Each is written anew. */
  | 'rewrite'
  /** Like `resort` if the time zone of the session is UTC, and like `rewrite` if not. */
  | 'utc'
  | 'unknown';

interface Type {
  /** Without arguments: `timestamp with time zone`. */
  base: string;
  args: string[];
  array: boolean;
}

function typeOf(name: string): Type | undefined {
  const match = /^([a-z][a-z0-9_ ]*?|"char")(?:\(([^)]*)\))?((?: with time zone)?)((?:\[\d*\])*)$/.exec(name);
  if (match === null) return undefined;
  const [, head = '', args, tail = '', array = ''] = match;
  return { base: head + tail, args: args === undefined ? [] : args.split(','), array: array !== '' };
}

/** Types of PostgreSQL itself, by the names that the facts have for them. */
const builtIn = new Set(
  (
    'smallint,integer,bigint,numeric,real,double precision,money,text,varchar,char,name,"char",bytea,boolean,uuid,' +
    'date,time,time with time zone,timestamp,timestamp with time zone,interval,json,jsonb,xml,bit,bit varying,' +
    'inet,cidr,macaddr,macaddr8,point,line,lseg,box,path,polygon,circle,tsvector,tsquery,pg_lsn,oid,regclass,regtype,' +
    'int4range,int8range,numrange,tsrange,tstzrange,daterange'
  ).split(','),
);

/** Whether a type is one of PostgreSQL's own: none that a project or an extension defines. */
export const isBuiltIn = (name: string): boolean => builtIn.has(typeOf(name)?.base ?? '');

/** Pairs whose values are stored alike, from the catalog `pg_cast` of PostgreSQL 15.18 (castmethod `b`). */
const alike: ReadonlyMap<string, TypeChange> = new Map<string, TypeChange>([
  ['cidr inet', 'none'],
  ['xml text', 'none'],
  ['xml varchar', 'none'],
  ['bit bit varying', 'resort'],
  ['integer oid', 'resort'],
  ['oid integer', 'resort'],
]);

/**
 * What a change from one type to another does to the rows, collation apart. Measured on PostgreSQL 15.18 and 18.
 * @param from its canonical name
 * @param isEnum whether a type is known to be an enum
 */
function typeChange(from: string, to: string, isEnum: (name: string) => boolean): TypeChange {
  if (from === 'unknown' || to === 'unknown') return 'unknown';
  if (from === to) return 'none';
  const [before, after] = [typeOf(from), typeOf(to)];
  if ([from, to].some(isEnum) && [from, to].every((each) => isBuiltIn(each) || isEnum(each))) return 'rewrite';
  if (before === undefined || after === undefined || !builtIn.has(before.base) || !builtIn.has(after.base))
    return 'unknown';
  // Even where only the lengths of the elements grow.
  if (before.array || after.array) return 'rewrite';
  if (/^timestamp/.test(before.base) && /^timestamp/.test(after.base)) return timestampChange(before, after);
  if (before.base === after.base) return sizeChange(before, after);
  if (isText(before) && isText(after)) return after.args.length === 0 ? 'none' : 'rewrite';
  // Without a length it is char(1), or bpchar of any length.
  if (isText(before) && after.base === 'char' && after.args.length === 0) return 'unknown';
  // What names an object by its number, regclass and others, is stored like a number too.
  if (/^reg/.test(before.base) || /^reg/.test(after.base)) return 'unknown';
  return (after.args.length === 0 && alike.get(`${before.base} ${after.base}`)) || 'rewrite';
}

const isText = ({ base }: Type): boolean => base === 'text' || base === 'varchar';

const MOST_PRECISE = 6;
const precision = ({ args }: Type): number => Number(args[0] ?? MOST_PRECISE);

function timestampChange(before: Type, after: Type): TypeChange {
  if (before.base === after.base) return precision(after) >= precision(before) ? 'none' : 'rewrite';
  // What the conversion gives has all digits, so that any fewer are cut off row by row.
  return precision(after) === MOST_PRECISE ? 'utc' : 'rewrite';
}

/** One type with other arguments. */
function sizeChange(before: Type, after: Type): TypeChange {
  const grows = Number(after.args[0]) >= Number(before.args[0]);
  switch (before.base) {
    case 'varchar':
    case 'bit varying':
      return after.args.length === 0 || grows ? 'none' : 'rewrite';
    case 'numeric':
      if (after.args.length === 0) return 'none';
      return grows && Number(after.args[1] ?? 0) === Number(before.args[1] ?? 0) ? 'none' : 'rewrite';
    case 'time':
    case 'time with time zone':
      return precision(after) >= precision(before) ? 'none' : 'rewrite';
    case 'interval':
      if (![...before.args, ...after.args].every((each) => /^\d$/.test(each))) return 'unknown';
      return precision(after) >= precision(before) ? 'none' : 'rewrite';
    case 'char':
      return before.args.length === 0 || after.args.length === 0 ? 'unknown' : 'rewrite';
    default:
      return 'rewrite';
  }
}

const aliases: { readonly [name: string]: string } = {
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  decimal: 'numeric',
  bool: 'boolean',
  float4: 'real',
  float8: 'double precision',
  'character varying': 'varchar',
  character: 'char',
  varbit: 'bit varying',
  timestamptz: 'timestamp with time zone',
  'timestamp without time zone': 'timestamp',
};

/** A type as a cast has it, in the words of the facts. */
function canonical(written: string): string {
  const [, base = '', rest = ''] = /^([^([]*?)\s*((?:\(|\[).*)?$/.exec(written.toLowerCase()) ?? [];
  return (aliases[base] ?? base) + rest.replace(/\s/g, '');
}

/** What a change does to the rows whose expression takes the column through several types. */
export function typeChanges(from: string, through: readonly string[], isEnum: (name: string) => boolean): TypeChange {
  const found = new Set<TypeChange>();
  let before = from;
  for (const each of through) {
    found.add(typeChange(before, each, isEnum));
    before = each;
  }
  return (['rewrite', 'unknown', 'utc', 'resort'] as const).find((change) => found.has(change)) ?? 'none';
}

/**
 * The types that a USING expression takes a column through, in order: of `v::text` it is `text`, of `v` alone none. Undefined where the expression is more than casts of the column.
 */
export function castsOf(using: string, column: string): string[] | undefined {
  let text = using.trim();
  const casts: string[] = [];
  for (;;) {
    const wrapped = /^\(([^()]*)\)$/.exec(text);
    const called = /^cast\s*\(\s*([^()]+?)\s+as\s+([^()]+(?:\([^()]*\))?)\s*\)$/i.exec(text);
    const cast = /^(.*\S)\s*::\s*([\w" ]+(?:\([\d, ]*\))?(?: with(?:out)? time zone)?(?:\[\])?)$/is.exec(text);
    if (wrapped) text = wrapped[1]!.trim();
    else if (cast) {
      casts.unshift(cast[2]!.trim());
      text = cast[1]!.trim();
    } else if (called) {
      casts.unshift(called[2]!.trim());
      text = called[1]!.trim();
    } else break;
  }
  const name = text.replace(/^"(.*)"$/s, '$1').replaceAll('""', '"');
  const isColumn = name === column || (!text.startsWith('"') && name.toLowerCase() === column.toLowerCase());
  return isColumn ? casts.map(canonical) : undefined;
}
