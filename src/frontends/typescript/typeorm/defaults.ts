import type { Default, Dialect, Span, Uncertainty } from '../../../ir/index.js';
import { serverDefault } from '../../sql/volatility.js';
import type { MemberRecord } from '../records.js';
import { isHole, property, scalarOf, textOf, type Value } from '../values/values.js';

const now = (dialect: Dialect): string => {
  if (dialect === 'mysql' || dialect === 'mariadb') return 'CURRENT_TIMESTAMP(6)';
  return dialect === 'sqlite' ? "datetime('now')" : 'now()';
};

/**
 * What fills a column that an INSERT leaves out.
 * @param filled what its decorator alone asks for: the present moment, or a UUID
 */
export function defaultOf(
  options: Value | undefined,
  filled: 'now' | 'uuid' | undefined,
  { dialect, uuid }: { dialect: Dialect; uuid: string },
  at: Span,
  uncertain: Uncertainty[],
): Default | undefined {
  const given = property(options, 'default');
  if (given && given.kind !== 'undefined') {
    const text = defaultText(given, scalarOf(property(options, 'array')) === true);
    if (text === undefined) uncertain.push({ about: 'default', reason: 'the default is computed' });
    return text === null ? undefined : serverDefault(text ?? '', given.span, dialect);
  }
  if (filled === 'now') return serverDefault(now(dialect), at, dialect);
  return filled === 'uuid' ? uuidDefault(dialect, uuid, at) : undefined;
}

/** What a property is given where it is declared: TypeORM sends it along with each new object, and with nothing else. */
export function initialDefault({ value, text, span }: NonNullable<MemberRecord['initial']>): Default | undefined {
  const known = scalarOf(value);
  if (known === null || value.kind === 'undefined') return undefined;
  const client = { by: 'client', text, span } as const;
  if (known !== undefined) return { ...client, value: { kind: 'literal', value: known } };
  const isNow = /^new Date\(\)$/.test(text);
  return isNow ? { ...client, value: { kind: 'call', name: 'now', arguments: [] } } : client;
}

/** Only PostgreSQL and CockroachDB make the UUID themselves; elsewhere TypeORM sends one along. */
export function uuidDefault(dialect: Dialect, uuid: string, span: Span): Default {
  if (dialect === 'postgresql') return serverDefault(uuid, span, dialect);
  if (dialect === 'cockroachdb') return serverDefault('gen_random_uuid()', span, dialect);
  const value = { kind: 'call', name: 'crypto.randomUUID', arguments: [] } as const;
  return { by: 'client', text: "'uuid'", value: { ...value, arguments: [] }, span };
}

/** Literals become SQL literals, a function gives the expression itself; null stands for no default. */
function defaultText(value: Value, isArray: boolean): string | null | undefined {
  if (value.kind === 'function') return textOf(value.returns);
  if (value.kind === 'text') return value.parts.some(isHole) ? undefined : literal(textOf(value) ?? '');
  if (value.kind === 'known') return value.value === null ? null : String(value.value);
  if (isArray && value.kind === 'array') {
    const items = value.items.map(scalarOf);
    return value.complete && !items.includes(undefined) ? literal(`{${items.join(',')}}`) : undefined;
  }
  const json = jsonOf(value);
  return json === undefined ? undefined : literal(json);
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function jsonOf(value: Value): string | undefined {
  if (value.kind === 'array' && value.complete) {
    const items = value.items.map(jsonOf);
    return items.includes(undefined) ? undefined : `[${items.join(',')}]`;
  }
  if (value.kind === 'object' && value.complete) {
    const entries = value.entries.map(({ key, value: inner }) => [JSON.stringify(key), jsonOf(inner)] as const);
    return entries.some(([, inner]) => inner === undefined)
      ? undefined
      : `{${entries.map(([key, inner]) => `${key}:${inner ?? ''}`).join(',')}}`;
  }
  const scalar = scalarOf(value);
  return scalar === undefined ? undefined : JSON.stringify(scalar);
}
