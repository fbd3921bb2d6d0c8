import type { FrontEnd } from '../front-end.js';
import { kindOf, namesOfFiles, namesOfSnapshots } from './names.js';

/** Settings files: Alembic's own, those that say which Python packages are installed, and Drizzle's journals and snapshots. */
export const config: FrontEnd = {
  id: 'config',
  extensions: [],
  names: namesOfFiles,
  companions: namesOfSnapshots,
  maxLength: 32 * 1024 * 1024,
  mayMatter({ path, text }) {
    if (kindOf(path) === 'journal') return true;
    if (kindOf(path) === 'ini') return /(?:^|\/)alembic\.ini$/.test(path) || /^\[alembic\]/m.test(text);
    return /sqlalchemy|sqlmodel|alembic/i.test(text);
  },
  async load() {
    const { reader } = await import('./read.js');
    return reader;
  },
  async loadPen() {
    const { pen } = await import('./authoring/pen.js');
    return pen;
  },
};
