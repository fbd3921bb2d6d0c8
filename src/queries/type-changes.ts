import type { Dialect } from '../ir/index.js';
import { shapeOf, type TypeShape } from './type-changes/shapes.js';

/** What a type has no room for of what another one holds. */
export interface TypeLoss {
  /** Values that have no room at all, as words: `texts longer than 20 characters`. */
  refused?: string;
  /** The condition that finds them, in SQL; `c` stands for the column. */
  found?: string;
  /** What values lose without an error, as words: `the time of day`. */
  altered?: string;
}

type Of<K extends TypeShape['kind']> = Extract<TypeShape, { kind: K }>;

/**
 * What is lost where a column goes from one type to another; nothing where every value has room, or a type is not known.
 * Measured on PostgreSQL 18.6 (PGlite) and MariaDB 10.11.19.
 * @param from canonical names, see ColumnType
 */
export function typeLoss(from: string, to: string, dialect: Dialect): TypeLoss | undefined {
  // A value of SQLite keeps its own type whatever the column says.
  if (dialect === 'sqlite') return undefined;
  const arrays = [from, to].map((type) => /^(.*?)((?:\[\])*)$/s.exec(type)!);
  const [[, one = '', dimensions], [, other = '', others]] = arrays as [RegExpExecArray, RegExpExecArray];
  if (dimensions !== others) return undefined;
  const [source, target] = [shapeOf(one, dialect), shapeOf(other, dialect)];
  if (target === undefined) return undefined;
  return lossBetween(source, target, dialect);
}

/** Whether a type has limits of its own, so that what it is made from has to be known. */
export function isLimited(type: string, dialect: Dialect): boolean {
  if (dialect === 'sqlite') return false;
  const shape = shapeOf(type, dialect);
  switch (shape?.kind) {
    case 'integer':
      return shape.bits < 64;
    case 'numeric':
      return shape.before !== Infinity;
    case 'text':
      return shape.length < 65_535;
    case 'binary':
      return shape.length < 65_535;
    case 'float':
      return shape.bits < 53;
    case 'date':
    case 'time':
      return true;
    default:
      return false;
  }
}

/** The same of two shapes. */
export function lossBetween(source: TypeShape | undefined, target: TypeShape, dialect: Dialect): TypeLoss | undefined {
  if (source === undefined) return undefined;
  switch (target.kind) {
    case 'integer':
      return toInteger(source, target);
    case 'numeric':
      return toNumeric(source, target);
    case 'float':
      return toFloat(source, target);
    case 'text':
      return toText(source, target, dialect);
    case 'binary':
      if (source.kind !== 'binary' || source.length <= target.length) return undefined;
      return {
        refused: `values longer than ${target.length} bytes`,
        found: `${dialect === 'tsql' ? 'datalength' : 'octet_length'}(c) > ${target.length}`,
      };
    case 'enum': {
      if (source.kind === 'text') return { refused: 'texts that are none of its labels', found: notIn(target.labels) };
      if (source.kind !== 'enum') return undefined;
      const gone = source.labels.filter((label) => !target.labels.includes(label));
      if (gone.length === 0) return undefined;
      return {
        refused: `the label${gone.length > 1 ? 's' : ''} ${gone.map(quoted).join(', ')}`,
        found: `c IN (${gone.map(quoted).join(', ')})`,
      };
    }
    case 'uuid':
    case 'json':
    case 'boolean':
      return source.kind === 'text' ? { refused: `texts that are no ${words[target.kind]}` } : undefined;
    case 'date':
      if (source.kind === 'moment') return { altered: 'the time of day' };
      return source.kind === 'text' ? { refused: 'texts that are no date' } : undefined;
    case 'time':
      if (source.kind === 'moment') return { altered: 'the date' };
      if (source.kind === 'text') return { refused: 'texts that are no time of day' };
      return source.kind === 'time' ? fewerDigits(source, target) : undefined;
    case 'moment':
      if (source.kind === 'text') return { refused: 'texts that are no date with a time' };
      return source.kind === 'moment' ? toMoment(source, target, dialect) : undefined;
  }
}

const words = { uuid: 'UUID', json: 'JSON', boolean: 'truth value' };

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const notIn = (labels: readonly string[]): string => `c NOT IN (${labels.map(quoted).join(', ')})`;

function rangeOf({ bits, unsigned }: Of<'integer'>): [low: bigint, high: bigint] {
  return unsigned ? [0n, 2n ** BigInt(bits) - 1n] : [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n];
}

/** How many digits the greatest number of an integer type has. */
const digitsOf = (shape: Of<'integer'>): number => String(rangeOf(shape)[1]).length;

function toInteger(source: TypeShape, target: Of<'integer'>): TypeLoss | undefined {
  const [low, high] = rangeOf(target);
  const outside = { refused: `numbers outside of ${low} to ${high}`, found: `c NOT BETWEEN ${low} AND ${high}` };
  switch (source.kind) {
    case 'integer': {
      const [least, most] = rangeOf(source);
      return least < low || most > high ? outside : undefined;
    }
    case 'numeric': {
      const altered = source.behind > 0 ? { altered: 'the digits behind the point' } : {};
      // A number of as many digits as the greatest one may be greater.
      const loss = { ...(source.before >= digitsOf(target) && outside), ...altered };
      return Object.keys(loss).length > 0 ? loss : undefined;
    }
    case 'float':
      return { ...outside, altered: 'the digits behind the point' };
    case 'text':
      return { refused: 'texts that are no whole number' };
    default:
      return undefined;
  }
}

function toNumeric(source: TypeShape, { before, behind }: Of<'numeric'>): TypeLoss | undefined {
  if (before === Infinity) return source.kind === 'text' ? { refused: 'texts that are no number' } : undefined;
  const outside = {
    refused: `numbers with more than ${before} digit${before === 1 ? '' : 's'} before the point`,
    found: `abs(c) >= 1${'0'.repeat(Math.max(0, before))}`,
  };
  const rounded = {
    altered: behind === 0 ? 'the digits behind the point' : `the digits behind the point from number ${behind + 1} on`,
  };
  switch (source.kind) {
    case 'integer':
      return digitsOf(source) > before ? outside : undefined;
    case 'numeric': {
      const loss = { ...(source.before > before && outside), ...(source.behind > behind && rounded) };
      return Object.keys(loss).length > 0 ? loss : undefined;
    }
    case 'float':
      return { ...outside, ...rounded };
    case 'text':
      return { refused: 'texts that are no number' };
    default:
      return undefined;
  }
}

/** What a decimal digit takes of a significand. */
const BITS_PER_DIGIT = Math.log2(10);

function toFloat(source: TypeShape, { bits }: Of<'float'>): TypeLoss | undefined {
  const digits = Math.floor(bits / BITS_PER_DIGIT);
  const rounded = { altered: `the digits of numbers that have more than ${digits}` };
  switch (source.kind) {
    case 'integer':
      return source.bits > bits ? rounded : undefined;
    case 'numeric':
      return source.before + source.behind > digits ? rounded : undefined;
    case 'float':
      return source.bits > bits ? rounded : undefined;
    case 'text':
      return { refused: 'texts that are no number' };
    default:
      return undefined;
  }
}

/** The longest text that a value becomes; nothing where that can't be told. */
function lengthOf(source: TypeShape): number | undefined {
  switch (source.kind) {
    case 'integer':
      return digitsOf(source) + (source.unsigned ? 0 : 1);
    case 'text':
      return source.length;
    case 'enum':
      return Math.max(0, ...source.labels.map((label) => label.length));
    case 'uuid':
      return 36;
    case 'json':
      return Infinity;
    default:
      return undefined;
  }
}

function toText(source: TypeShape, { length, wide }: Of<'text'>, dialect: Dialect): TypeLoss | undefined {
  const needed = lengthOf(source);
  const isLost = source.kind === 'text' && source.wide && !wide;
  const count = dialect === 'tsql' ? 'len' : 'char_length';
  const loss: TypeLoss = {
    ...(needed !== undefined &&
      needed > length && {
        refused: `${source.kind === 'text' || source.kind === 'json' ? 'texts' : 'values'} longer than ${length} character${length === 1 ? '' : 's'}`,
        found:
          source.kind === 'text' ? `${count}(c) > ${length}` : `${count}(CAST(c AS ${textCast(dialect)})) > ${length}`,
      }),
    ...(isLost && { altered: 'characters outside of the code page' }),
  };
  return Object.keys(loss).length > 0 ? loss : undefined;
}

/** What a value is cast to, to see its text. */
const textCast = (dialect: Dialect): string =>
  dialect === 'tsql' ? 'nvarchar(max)' : dialect === 'mysql' || dialect === 'mariadb' ? 'char' : 'text';

function fewerDigits(source: { digits: number }, target: { digits: number }): TypeLoss | undefined {
  if (source.digits <= target.digits) return undefined;
  return {
    altered: target.digits === 0 ? 'fractions of a second' : `fractions of a second below ${target.digits} digits`,
  };
}

function toMoment(source: Of<'moment'>, target: Of<'moment'>, dialect: Dialect): TypeLoss | undefined {
  if (source.zone && !target.zone && dialect !== 'mysql' && dialect !== 'mariadb')
    return { altered: 'the time zone (what is stored becomes the local time of the session that runs this)' };
  // MySQL's TIMESTAMP ends in 2038; from its DATETIME there is more to come.
  if ((dialect === 'mysql' || dialect === 'mariadb') && target.zone && !source.zone)
    return {
      refused: 'moments before 1970 or after January 2038',
      found: "c NOT BETWEEN '1970-01-02' AND '2038-01-18'",
    };
  return fewerDigits(source, target);
}
