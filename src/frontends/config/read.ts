import type { FileFacts } from '../../ir/index.js';
import { emptyFacts } from '../empty-facts.js';
import type { Reader } from '../front-end.js';
import { iniSettings, tomlSettings } from './alembic.js';
import { enginesOf } from './engines.js';
import { readIni } from './ini.js';
import { entriesOf } from './journal.js';
import { kindOf, type Kind } from './names.js';
import { inJsonLock, inPipfile, inPyproject, inRequirements, inSetup, inTomlLock } from './packages.js';
import { snapshotOf } from './snapshot.js';
import { readToml } from './toml.js';

type Facts = Pick<FileFacts, 'packages' | 'settings' | 'journal' | 'snapshot'> & Partial<Pick<FileFacts, 'comments'>>;

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
  snapshot(text) {
    const snapshot = snapshotOf(text);
    return snapshot ? { snapshot } : {};
  },
};

/** What a journal waits for. */
interface JournalSymbols {
  snapshot: string;
}

/** Reads settings files. Nothing in them crosses files. */
export const reader: Reader = {
  read({ path, text }, { dialect, scope, migrations }) {
    const found = readers[kindOf(path) ?? 'requirements'](text);
    const { packages = [], settings = [], comments = [], journal, snapshot } = found;
    const symbols: JournalSymbols | undefined =
      journal && migrations?.snapshot ? { snapshot: migrations.snapshot } : undefined;
    const engines = enginesOf(settings);
    return {
      ...emptyFacts({ path, frontend: 'config', dialect, scope }),
      comments,
      ...(packages.length > 0 && { packages }),
      ...(settings.length > 0 && { settings }),
      ...(engines.length > 0 && { engines }),
      ...(journal && { journal }),
      ...(snapshot && { snapshot }),
      ...(symbols && { symbols }),
    };
  },
  link: (files) => [...files],
  wants: (files) => files.flatMap(({ symbols }) => (symbols as JournalSymbols | undefined)?.snapshot ?? []),
};
