import type { Authoring, Orm, Table } from '../../../ir/index.js';
import { drizzlePen } from '../drizzle/pen.js';
import { knexPen } from '../knex/pen.js';
import { sequelizePen } from '../sequelize/pen.js';
import { mikroPen } from '../mikro-orm/pen.js';

/** What a library's own pen writes of the intents that concern a table. */
export type LibraryPen = { [M in keyof typeof tableAt]?: Authoring[M] };

/** The intents that concern a table, by the position of the table among their arguments. */
const tableAt = {
  setColumnComment: 2,
  setTableComment: 0,
  nameTable: 0,
  addIndex: 1,
  addPrimaryKey: 0,
  nameColumn: 2,
  setColumnType: 2,
  annotateNullable: 2,
  annotateColumn: 1,
  setServerDefault: 1,
  setOnChange: 1,
  keepTimezone: 1,
} as const satisfies { [M in keyof Authoring]?: number };

const pens: { readonly [O in Orm]?: (text: string) => LibraryPen } = {
  drizzle: drizzlePen,
  knex: knexPen,
  sequelize: sequelizePen,
  'mikro-orm': mikroPen,
};

/** A pen that lets the library which declares a table write what concerns it, and writes the rest by itself. */
export function withLibraryPens(base: Authoring, text: string): Authoring {
  const result: Authoring = { ...base };
  for (const [method, position] of Object.entries(tableAt) as [keyof typeof tableAt, number][]) {
    type Write = (...args: unknown[]) => ReturnType<Authoring[typeof method]>;
    const write: Write = (...args) => {
      const own = pens[(args[position] as Table).declaredBy]?.(text);
      return ((own ? own[method] : base[method]) as Write | undefined)?.(...args);
    };
    Object.assign(result, { [method]: write });
  }
  return result;
}
