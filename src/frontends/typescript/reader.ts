import type { Reader } from '../front-end.js';
import { wants } from './linking/companions.js';
import { link, ownModels } from './linking/link.js';
import { readFile } from './read-file.js';
import { namesOfSettings } from './settings/names.js';
import { readSettings } from './settings/read.js';

/** The TypeScript front end with its parser loaded. */
export const reader: Reader = {
  read(file, context) {
    if (namesOfSettings.test(file.path)) return readSettings(file, context);
    const facts = readFile(file, context);
    return { ...facts, ...ownModels(facts) };
  },
  link,
  wants,
};
