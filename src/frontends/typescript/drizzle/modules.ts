import type { Dialect } from '../../../ir/index.js';
import type { Origin } from '../values/values.js';

/** The databases that Drizzle tells apart by the module that a table comes from. */
export type Core = 'pg' | 'mysql' | 'sqlite' | 'singlestore';

const dialects: Readonly<Record<Core, Dialect>> = {
  pg: 'postgresql',
  mysql: 'mysql',
  sqlite: 'sqlite',
  singlestore: 'mysql',
};

/** Dialects that speak the language of another one. */
const relatives: Readonly<Partial<Record<Dialect, Dialect>>> = { cockroachdb: 'postgresql', mariadb: 'mysql' };

/** Which database's builders a module holds. */
export function coreOf(module: string): Core | undefined {
  return /^drizzle-orm\/(pg|mysql|sqlite|singlestore)-core(?:$|\/)/.exec(module)?.[1] as Core | undefined;
}

/** The dialect of a table, which may be a relative of the one that its file is read with. */
export function dialectOf(core: Core, around: Dialect): Dialect {
  return relatives[around] === dialects[core] ? around : dialects[core];
}

/** What an export of Drizzle's makes, where it declares something of the schema. */
export type Maker = 'table' | 'creator' | 'schema' | 'enum' | 'view';

const makers: readonly [RegExp, Maker][] = [
  [/^(?:pg|mysql|sqlite|singlestore)Table$/, 'table'],
  [/^(?:pg|mysql|sqlite|singlestore)TableCreator$/, 'creator'],
  [/^(?:pg|mysql|singlestore)Schema$/, 'schema'],
  [/^pgEnum$/, 'enum'],
  [/^(?:(?:pg|mysql|sqlite|singlestore)View|pgMaterializedView|view)$/, 'view'],
];

export function makerOf({ module, name }: Origin): Maker | undefined {
  return coreOf(module) && makers.find(([pattern]) => pattern.test(name))?.[1];
}

/** What a method of a schema object makes: `audit.table(…)`. */
export function memberMaker(name: string): Maker | undefined {
  if (name === 'table' || name === 'enum' || name === 'view') return name;
  return name === 'materializedView' ? 'view' : undefined;
}
