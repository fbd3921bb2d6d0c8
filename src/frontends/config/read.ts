import type { FileFacts } from '../../ir/index.js';
import { emptyFacts } from '../empty-facts.js';
import type { Reader } from '../front-end.js';
import { iniSettings, tomlSettings } from './alembic.js';
import { enginesOf } from './engines.js';
import { readIni } from './ini.js';
import { entriesOf } from './journal.js';
import { kindOf, type Kind } from './names.js';
import { inJsonLock, inPipfile, inPyproject, inRequirements, inSetup, inTomlLock } from './packages.js';
import { readToml } from './toml.js';

type Facts = Pick<FileFacts, 'packages' | 'settings' | 'journal'> & Partial<Pick<FileFacts, 'comments'>>;

const readers: { readonly [K in Kind]: (text: string) => Facts } = {
  ini(text) {
    const { entries, comments } = readIni(text);
    return { settings: iniSettings(entries), comments };
  },
  setup(text) {
    const { entries, comments } = readIni(text);
    return { packages: inSetup(entries), comments };
  },
  pyproject(text) {
    const { entries, comments } = readToml(text);
    return { packages: inPyproject(entries), settings: tomlSettings(entries), comments };
  },
  pipfile(text) {
    const { entries, comments } = readToml(text);
    return { packages: inPipfile(entries), comments };
  },
  requirements: inRequirements,
  'toml-lock': (text) => ({ packages: inTomlLock(text) }),
  'json-lock': (text) => ({ packages: inJsonLock(text) }),
  journal: (text) => ({ journal: entriesOf(text) }),
};

/** Reads settings files. Nothing in them crosses files. */
export const reader: Reader = {
  read({ path, text }, { dialect, scope }) {
    const { packages = [], settings = [], comments = [], journal } = readers[kindOf(path) ?? 'requirements'](text);
    const engines = enginesOf(settings);
    return {
      ...emptyFacts({ path, frontend: 'config', dialect, scope }),
      comments,
      ...(packages.length > 0 && { packages }),
      ...(settings.length > 0 && { settings }),
      ...(engines.length > 0 && { engines }),
      ...(journal && { journal }),
    };
  },
  link: (files) => [...files],
};
