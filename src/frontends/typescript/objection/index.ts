import { declaredBy, type Library } from '../library.js';
import { modelRecords, type ModelRecord } from './classes.js';
import { modelOrigins, objectionModels } from './models.js';

/** Models of Objection: classes over tables that Knex's migrations make. */
export const objection: Library = {
  name: 'objection',
  declare: modelRecords,
  awaits: (symbols) => modelOrigins(declaredBy<ModelRecord[]>('objection', symbols) ?? []),
  models: objectionModels,
};
