import type { Authoring } from '../ir/index.js';

/** A pen that can write nothing: what each front end's own pen is laid over. */
export const noPen: Authoring = {
  setColumnComment: () => undefined,
  setTableComment: () => undefined,
  documentRelationship: () => undefined,
  addIndex: () => undefined,
  removeIndex: () => undefined,
  makeConcurrent: () => undefined,
  quoteIdentifier: () => undefined,
  bindParameters: () => undefined,
  addPrimaryKey: () => undefined,
  writeDowngrade: () => undefined,
  setParent: () => undefined,
  replaceName: () => undefined,
  setColumnType: () => undefined,
  annotateNullable: () => undefined,
  annotateColumn: () => undefined,
  setServerDefault: () => undefined,
  setOnChange: () => undefined,
  makeAware: () => undefined,
  keepTimezone: () => undefined,
  setLoading: () => undefined,
  declareTable: () => undefined,
  addInverse: () => undefined,
};
