import type { Column, Constraint, Default, Dialect, Name, Text, Uncertainty } from '../../../ir/index.js';
import { serverDefault } from '../../sql/volatility.js';
import { isAbsent, property, scalarOf, textsOf, wordsOf, type Value } from '../values/values.js';
import { checksOf, quotedText } from './checks.js';
import type { Call, ColumnCall } from './table-calls.js';
import { columnType, isNativeEnum } from './types.js';
import { valueOf } from './values.js';

/** What of a column hangs on the rest of its table. */
export interface Surroundings {
  dialect: Dialect;
  /** The callback names a primary key by itself, so that `increments` makes none. */
  hasPrimary: boolean;
}

export const isMysql = (dialect: Dialect): boolean => dialect === 'mysql' || dialect === 'mariadb';
export const isPostgresql = (dialect: Dialect): boolean => dialect === 'postgresql' || dialect === 'cockroachdb';

/** The column as Knex sends it. */
export function columnOf(call: ColumnCall, around: Surroundings): Column {
  const { dialect } = around;
  const { method, name, args, modifiers } = call;
  const increments = method.includes('increments');
  // Knex passes over the modifiers of an auto-incrementing column, all but the comment.
  const modifier = (each: string): Call | undefined =>
    increments && each !== 'comment' ? undefined : modifiers.get(each);
  const uncertain = uncertainties(call);
  const type = columnType(method, args, modifiers.has('unsigned') && !increments, dialect, call.span);
  if (type.name === 'unknown') uncertain.push({ about: 'type', reason: 'the column type is computed' });
  const isKey = isPrimary(call, around);
  const fallback = defaultOf(modifier('defaultTo'), method, type.name, dialect, uncertain);
  const nullable = increments || isKey ? false : nullableOf(modifier('nullable'), uncertain);
  const given = modifier('nullable');
  const text = commentOf(modifier('comment'), uncertain);
  const constraints: Constraint[] = isKey ? [{ kind: 'primary', columns: [name], span: call.span, uncertain: [] }] : [];
  const enumCheck = enumCheckOf(call, name, dialect);
  if (enumCheck) constraints.push(enumCheck);
  constraints.push(...checksOf(modifiers, name, call.span));
  return {
    name,
    type,
    nullable,
    ...(given && !increments && nullable !== 'unknown' && { nullableGiven: { value: nullable, span: given.span } }),
    ...(fallback && { default: fallback }),
    ...(increments && isCounting(isKey, around) && { generated: generatedBy(dialect) }),
    constraints,
    indexes: [],
    // SQLite and SQL Server's comments: the one has none, the other keeps them as extended properties.
    ...(text && (dialect === 'sqlite' ? { doc: text } : { comment: text })),
    span: call.span,
    ...(call.anchor && { anchor: call.anchor }),
    uncertain,
  };
}

function uncertainties({ foreignMethods, guard, name }: ColumnCall): Uncertainty[] {
  const found: Uncertainty[] = [];
  if (name.unknown) found.push({ about: 'name', reason: 'the column name is computed' });
  if (guard?.kind === 'unknown') found.push({ about: 'everything', reason: 'the column stands under a condition' });
  for (const method of foreignMethods) found.push({ about: 'everything', reason: `${method}() is not known` });
  return found;
}

const generatedBy = (dialect: Dialect): NonNullable<Column['generated']> =>
  isPostgresql(dialect) ? 'serial' : dialect === 'sqlite' ? 'rowid' : 'identity';

/** MySQL counts in keys only: Knex makes the column one of a key that the table names, if it is none by itself. */
const isCounting = (isKey: boolean, { dialect, hasPrimary }: Surroundings): boolean =>
  !isMysql(dialect) || isKey || hasPrimary;

/** `increments`, and PostgreSQL's `uuid('id', { primaryKey: true })`. */
function isPrimary({ method, args }: ColumnCall, { dialect, hasPrimary }: Surroundings): boolean {
  const given = property(valueOf(args[0]), 'primaryKey');
  if (method.includes('increments')) {
    if (dialect === 'sqlite') return true;
    return !hasPrimary && (args.length === 0 || scalarOf(given) === true);
  }
  return method === 'uuid' && isPostgresql(dialect) && !hasPrimary && scalarOf(given) === true;
}

function nullableOf(call: Call | undefined, uncertain: Uncertainty[]): boolean | 'unknown' {
  const [first] = call?.args ?? [];
  if (first === undefined) return true;
  const value = scalarOf(valueOf(first));
  if (value !== undefined || first.kind === 'undefined') return value !== false;
  uncertain.push({ about: 'nullable', reason: 'whether it may be null is computed' });
  return 'unknown';
}

/** The default as Knex writes it. */
function defaultOf(
  call: Call | undefined,
  method: string,
  type: string,
  dialect: Dialect,
  uncertain: Uncertainty[],
): Default | undefined {
  const given = call?.args[0];
  if (given === undefined || (given.kind !== 'raw' && isAbsent(given))) return undefined;
  // MySQL's texts and blobs take no default: Knex leaves it out.
  if (isMysql(dialect) && /text$|^blob/.test(type) && method !== 'specifictype') return undefined;
  const { span } = given;
  const text = given.kind === 'raw' ? given.text : literalOf(given, method);
  if (text === undefined) {
    uncertain.push({ about: 'default', reason: 'the default is computed' });
    return { by: 'server', text: '', span };
  }
  return serverDefault(text, span, dialect);
}

function literalOf(value: Value, method: string): string | undefined {
  if (value.kind === 'array' || value.kind === 'object') {
    const json = method === 'json' || method === 'jsonb' ? jsonOf(value) : undefined;
    return json === undefined ? undefined : quotedText(JSON.stringify(json));
  }
  const scalar = scalarOf(value);
  if (scalar === undefined || scalar === null) return undefined;
  if (method === 'bool') return scalar === 'false' || !scalar ? "'0'" : "'1'";
  return quotedText(String(scalar));
}

function jsonOf(value: Value, depth = 0): unknown {
  if (depth > 20) return undefined;
  if (value.kind === 'array' && value.complete) return value.items.map((item) => jsonOf(item, depth + 1));
  if (value.kind === 'object' && value.complete)
    return Object.fromEntries(value.entries.map(({ key, value: each }) => [key, jsonOf(each, depth + 1)]));
  return scalarOf(value);
}

/** A comment, with `${…}` for what is computed of it. */
export function commentOf(call: Call | undefined, uncertain: Uncertainty[]): Text | undefined {
  const value = valueOf(call?.args[0]);
  const words = wordsOf(value);
  if (!words) return undefined;
  if (!words.known) uncertain.push({ about: 'comment', reason: 'the comment is computed' });
  return words.words === '' ? undefined : { value: words.words, span: value!.span };
}

/** The labels of an enum column, where it is one and they are known. */
export const enumLabels = ({ method, args }: ColumnCall): string[] | undefined =>
  method === 'enu' ? textsOf(valueOf(args[0])) : undefined;

/** PostgreSQL and SQLite keep an enum as text with a CHECK. */
function enumCheckOf(call: ColumnCall, name: Name, dialect: Dialect): Constraint | undefined {
  if (call.method !== 'enu' || isNativeEnum(valueOf(call.args[1]))) return undefined;
  if (!isPostgresql(dialect) && dialect !== 'sqlite') return undefined;
  const labels = enumLabels(call);
  return {
    kind: 'check',
    expression: labels ? `"${name.value}" in ('${labels.join("', '")}')` : '',
    span: call.span,
    uncertain: labels ? [] : [{ about: 'everything', reason: 'the values are computed' }],
  };
}
