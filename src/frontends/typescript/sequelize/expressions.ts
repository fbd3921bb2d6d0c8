import { scalarOf, textOf, type Value } from '../values/values.js';
import { stepsOf } from './modules.js';

const maxDepth = 6;

/** SQL of `literal('…')`, `fn('lower', col('email'))` and the like; nothing where it is none of them or not known. */
export function expressionIn(value: Value | undefined, depth = 0): string | undefined {
  const [call, ...others] = stepsOf(value) ?? [];
  const [first, ...rest] = call?.args ?? [];
  const given = textOf(first);
  if (!call || others.length > 0 || given === undefined || depth > maxDepth) {
    return call?.name === 'cast' ? castIn(first, rest[0], depth) : undefined;
  }
  if (call.name === 'literal') return given;
  if (call.name === 'col') return quotedColumn(given);
  if (call.name === 'cast') return castIn(first, rest[0], depth);
  if (call.name !== 'fn') return undefined;
  const args = rest.map((each) => expressionIn(each, depth + 1) ?? literalIn(each));
  return args.every((each) => each !== undefined) ? `${given}(${args.join(', ')})` : undefined;
}

function castIn(value: Value | undefined, type: Value | undefined, depth: number): string | undefined {
  const inner = expressionIn(value, depth + 1) ?? (value && literalIn(value));
  const to = textOf(type);
  return inner === undefined || to === undefined ? undefined : `CAST(${inner} AS ${to.toUpperCase()})`;
}

const quotedColumn = (name: string): string =>
  name
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');

/** A text or number as SQL. */
export function literalIn(value: Value): string | undefined {
  const known = scalarOf(value);
  if (known === undefined) return undefined;
  return typeof known === 'string' ? `'${known.replaceAll("'", "''")}'` : known === null ? 'NULL' : String(known);
}
