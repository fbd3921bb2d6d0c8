import type { Reader } from '../front-end.js';
import { wants } from './linking/companions.js';
import { link, ownModels } from './linking/link.js';
import { readFile } from './read-file.js';

/** The TypeScript front end with its parser loaded. */
export const reader: Reader = {
  read(file, context) {
    const facts = readFile(file, context);
    return { ...facts, ...ownModels(facts) };
  },
  link,
  wants,
};
