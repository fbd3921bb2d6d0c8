import type { Authoring, Orm, Table } from '../../../ir/index.js';
import { drizzlePen } from '../drizzle/pen.js';
import { knexPen } from '../knex/pen.js';
import { sequelizePen } from '../sequelize/pen.js';
import { mikroPen } from '../mikro-orm/pen.js';
import { tableAt, type LibraryPen } from './library-pen.js';

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
