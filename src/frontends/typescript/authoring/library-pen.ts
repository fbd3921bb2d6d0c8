import type { Authoring } from '../../../ir/index.js';

/** What a library's own pen writes of the intents that concern a table. */
export type LibraryPen = { [M in keyof typeof tableAt]?: Authoring[M] };

/** The intents that concern a table, by the position of the table among their arguments. */
export const tableAt = {
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
