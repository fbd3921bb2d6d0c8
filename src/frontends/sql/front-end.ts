import type { FrontEnd } from '../front-end.js';
import { installedGrammars } from './providers/peer.js';

/** Plain SQL files. */
export const sql: FrontEnd = {
  id: 'sql',
  extensions: ['.sql'],
  maxLength: 64 * 1024 * 1024,
  mayMatter: (file) => /\S/.test(file.text),
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
