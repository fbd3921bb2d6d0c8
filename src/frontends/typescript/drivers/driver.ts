import type { Dialect, SqlSite } from '../../../ir/index.js';

/** What a value is to a database library: `typeorm#QueryRunner`, `pg#Client`. */
export type Receiver = string;

/**
 * What is said of an argument without any visible text: `report` any that is not constant, `param` a parameter or
 * request value, `request` a request value only.
 */
export type Bare = 'report' | 'param' | 'request';

/** Arguments of a library's methods that reach the database as written. */
export interface SinkGroup {
  on: string;
  methods: readonly string[];
  argument: number;
  kind: SqlSite['kind'];
  bare: Bare;
  /** Where inside the argument the text stands: in these properties of an object, in its keys, in functions it holds. */
  within?: { properties?: readonly string[]; keys?: true; functions?: true };
}

/**
 * How the values of one library are told, and which of their arguments reach the database as written. Arguments that
 * the library quotes, binds or checks are not among them. Names without `#` are the library's own.
 */
export interface Driver {
  library: string;
  modules: RegExp;
  /** The only dialect that it speaks. */
  dialect?: Dialect;
  /** What exported classes, types and functions stand for and make. `default` is also the namespace. */
  exports?: { readonly [name: string]: Receiver };
  /** What members of a receiver give, read or called. `*` holds for all others, `()` for a call of the value itself. */
  members?: { readonly [receiver: string]: { readonly [member: string]: Receiver } };
  /** What the first parameter of a callback is, by the method that it is given to; `*` for all others. */
  callbacks?: { readonly [receiver: string]: { readonly [method: string]: Receiver } };
  sinks?: readonly SinkGroup[];
  /** Exported functions that are sinks by themselves. */
  functions?: { readonly [name: string]: { kind: SqlSite['kind']; bare: Bare; argument?: number } };
  /** Exported functions and classes, and callable receivers, that connect to a database. */
  connects?: { readonly [name: string]: Connects };
  /** Receivers that are a query until they are awaited, and rows from then on. */
  awaitable?: readonly string[];
}

/** What a call makes that connects to a database: a pool, or a single connection. */
export interface Connects {
  kind: 'engine' | 'connection';
  api: string;
  /** The database may be the first argument as a URL, with options behind it. */
  url?: true;
  /** What its first arguments are where there are several of them and no URL. */
  leading?: readonly string[];
  /** It may be given a connection that is there already, and makes none then. */
  wraps?: true;
  /** It knows its database without any argument. */
  bare?: true;
  /** It works while the program waits. */
  synchronous?: true;
}

const connects = (kind: Connects['kind'], api: string, more: Partial<Connects> = {}): Connects => ({
  kind,
  api,
  ...more,
});

export const pool = (api: string, more?: Partial<Connects>): Connects => connects('engine', api, more);

export const connection = (api: string, more?: Partial<Connects>): Connects => connects('connection', api, more);

/** Methods that run a whole statement, given as text or as a property of an object. */
export const statement = (on: string, methods: readonly string[], property?: string): SinkGroup => ({
  on,
  methods,
  argument: 0,
  kind: 'sql',
  bare: 'request',
  ...(property !== undefined && { within: { properties: [property] } }),
});

/** Methods that put a part of a statement in. */
export const fragment = (on: string, methods: readonly string[], argument = 0, bare: Bare = 'param'): SinkGroup => ({
  on,
  methods,
  argument,
  kind: 'fragment',
  bare,
});

/** Methods that exist to let text through. */
export const rawText = (on: string, methods: readonly string[], kind: SqlSite['kind'] = 'fragment'): SinkGroup => ({
  on,
  methods,
  argument: 0,
  kind,
  bare: 'report',
});
