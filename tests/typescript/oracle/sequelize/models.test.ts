import { describe, expect, test } from 'vitest';
import type { Dialect } from '../../../../src/ir/index.js';
import type { dialects } from './library.js';
import { filesIn, synchronised } from './library.js';
import { doubts, shapeOfModels, shapeOfSql } from './shape.js';
import { readProject } from '../../support.js';

const projects: { folder: string; what: string; dialects: readonly Dialect[]; tables: number }[] = [
  { folder: 'define', what: 'factories that call define()', dialects: ['postgresql', 'mysql', 'sqlite'], tables: 14 },
  // It has types and defaults that only PostgreSQL takes.
  { folder: 'classes', what: 'classes with init()', dialects: ['postgresql'], tables: 5 },
  { folder: 'decorators', what: 'sequelize-typescript', dialects: ['postgresql', 'mysql', 'sqlite'], tables: 6 },
];

describe.each(projects)('$what', ({ folder, dialects: spoken, tables }) => {
  test.each(spoken)('%s: the tables that the library makes', async (dialect) => {
    const theirs = shapeOfSql(await synchronised(`models/${folder}`, dialect as keyof typeof dialects), dialect);
    const files = readProject(prefixed(filesIn(`models/${folder}`)), { dialect });
    expect(Object.keys(theirs.tables)).toHaveLength(tables);
    expect(shapeOfModels(files, dialect)).toEqual(theirs);
    expect(doubts(files.flatMap((facts) => facts.tables))).toEqual([]);
  });
});

const prefixed = (files: { [path: string]: string }): { [path: string]: string } =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`src/models/${path}`, text]));
