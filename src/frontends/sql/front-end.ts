import type { FrontEnd } from '../front-end.js';
import { installedGrammars } from './providers/peer.js';

/** Plain SQL files. */
export const sql: FrontEnd = {
  id: 'sql',
  extensions: ['.sql'],
  packages: ['prisma'],
  maxLength: 64 * 1024 * 1024,
  // An empty file of a migration folder is a migration that does nothing.
  mayMatter: (file, { migrations }) => migrations !== undefined || /\S/.test(file.text),
  async load() {
    const { read, link } = await import('./files.js');
    return { read, link };
  },
  async loadPen() {
    const { pen } = await import('./authoring.js');
    return pen;
  },
  async loadVerifier(dialects) {
    const { loadVerifier } = await import('./verify.js');
    return loadVerifier(dialects);
  },
  grammars: installedGrammars,
};
