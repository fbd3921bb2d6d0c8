import type { FileFacts } from '../ir/index.js';

/** The facts of a file in which nothing was found yet. */
export const emptyFacts = (about: Pick<FileFacts, 'path' | 'frontend' | 'dialect' | 'scope'>): FileFacts => ({
  ...about,
  tables: [],
  enums: [],
  migrations: [],
  statements: [],
  sites: [],
  usages: [],
  comments: [],
  problems: [],
});
