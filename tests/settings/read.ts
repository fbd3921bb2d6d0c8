import { config } from '../../src/frontends/config/front-end.js';
import { reader } from '../../src/frontends/config/read.js';
import type { FileFacts, Project, Release } from '../../src/ir/index.js';

/** Reads one settings file. */
export function read(path: string, text: string): FileFacts {
  if (!config.names!.test(path)) throw new Error(`${path} is no settings file`);
  return reader.read({ path, text }, { dialect: 'unknown', scope: 'project' });
}

/** A project of settings files. */
export function projectOf(files: { [path: string]: string }): Project {
  return {
    files: Object.entries(files).map(([path, text]) => read(path, text)),
    settings: { dialect: 'unknown', shipped: new Set() },
  };
}

export const written = ({ major, minor, patch }: Release): string => `${major}.${minor}.${patch}`;
