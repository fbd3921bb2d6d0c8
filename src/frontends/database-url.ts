import type { Span, UrlParts, WrittenPassword } from '../ir/index.js';

/** A stretch of a URL's text: written, or computed, with what is known of that. */
export type UrlPiece =
  { value: string; offsets: [number, number][]; expression?: Span } | { hole: Span; fallback?: WrittenPassword };

/** Stands for a computed stretch, in place of its text. */
const hole = '\uE000';
const holePattern = /\uE000/;

/** The same reading as SQLAlchemy's own: a user name ends at a colon, a password at the first `@`. */
const url = /^\s*([\w+.-]+|\uE000):\/\/(?:([^:/@]*)(?::([^@]*))?@)?(\[[^/?]+\]|[^/:?,]*)[^/?]*(?:\/([^?]*))?/d;

const pair = /([A-Za-z_]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|([^\s'";]*))/dg;

interface Flat {
  text: string;
  spanOf(start: number, end: number): Span;
  at(index: number): UrlPiece | undefined;
}

/** The pieces as one text, and the way back to the file. */
function flatten(pieces: readonly UrlPiece[], whole: Span): Flat {
  let text = '';
  const starts: number[] = [];
  for (const piece of pieces) {
    starts.push(text.length);
    text += 'hole' in piece ? hole : piece.value;
  }
  const place = (index: number) => starts.findLastIndex((start) => start <= index);
  const offsetOf = (index: number): number => {
    const at = place(index);
    const piece = pieces[at];
    if (piece === undefined) return whole.start;
    if ('hole' in piece) return piece.hole.start;
    const inside = index - (starts[at] ?? 0);
    const [from, host] = piece.offsets.findLast(([value]) => value <= inside) ?? [0, whole.start];
    return host + (inside - from);
  };
  return {
    text,
    at: (index) => pieces[place(index)],
    spanOf: (start, end) => ({ start: offsetOf(start), end: end > start ? offsetOf(end - 1) + 1 : offsetOf(start) }),
  };
}

type Match = [number, number] | undefined;

/**
 * What a database URL (`postgresql://user:password@host/database`) or a DSN (`host=… password=…`) says; undefined for
 * any other text.
 * @param whole where the text stands as a whole
 */
export function urlParts(pieces: readonly UrlPiece[], whole: Span): UrlParts | undefined {
  const flat = flatten(pieces, whole);
  const found = url.exec(flat.text);
  if (found?.indices !== undefined) {
    const [, driver, user, password, host, database] = found.indices as Match[];
    return partsOf(flat, whole, { driver, user, password, host, database });
  }
  return dsnParts(flat, whole);
}

/** `host=… user=… password=…` of libpq; `Server=…;Password=…` of ODBC. */
function dsnParts(flat: Flat, whole: Span): UrlParts | undefined {
  const names: { [key: string]: 'user' | 'password' | 'host' | 'database' | undefined } = {
    user: 'user',
    uid: 'user',
    password: 'password',
    pwd: 'password',
    host: 'host',
    server: 'host',
    dbname: 'database',
    database: 'database',
  };
  const ranges: { [part in 'user' | 'password' | 'host' | 'database']?: Match } = {};
  for (const match of flat.text.matchAll(pair)) {
    const part = names[(match[1] ?? '').toLowerCase()];
    if (part !== undefined) ranges[part] = (match.indices?.[2] ?? match.indices?.[3]) as Match;
  }
  // One pair alone is any text with an equals sign in it.
  return Object.keys(ranges).length < 2 ? undefined : partsOf(flat, whole, ranges);
}

function partsOf(
  flat: Flat,
  whole: Span,
  ranges: { [part in 'driver' | 'user' | 'password' | 'host' | 'database']?: Match },
): UrlParts {
  const known = (range: Match): string | undefined => {
    const text = range && flat.text.slice(...range);
    return text === undefined || holePattern.test(text) ? undefined : text;
  };
  const parts: UrlParts = { span: whole };
  const driver = known(ranges.driver);
  const user = known(ranges.user);
  const host = known(ranges.host);
  const database = known(ranges.database);
  const password = passwordAt(flat, ranges.password, whole);
  if (driver !== undefined) parts.driver = driver;
  if (user !== undefined) parts.user = user;
  if (password !== undefined) parts.password = password;
  if (host !== undefined) parts.host = host;
  if (database !== undefined || (ranges.driver && ranges.database === undefined)) parts.database = database ?? '';
  return parts;
}

function passwordAt(flat: Flat, range: Match, whole: Span): UrlParts['password'] {
  if (range === undefined) return undefined;
  const value = flat.text.slice(...range);
  const piece = flat.at(range[0]);
  if (value === hole) return piece !== undefined && 'hole' in piece ? piece.fallback : undefined;
  if (value === '' || holePattern.test(value)) return undefined;
  const span = flat.spanOf(...range);
  // A password that is a constant of its own stands there, not in the URL.
  const own = piece !== undefined && 'value' in piece && piece.value === value ? piece.expression : undefined;
  return own ? { span, value, expression: own, of: 'password' } : { span, value, expression: whole, of: 'url' };
}
