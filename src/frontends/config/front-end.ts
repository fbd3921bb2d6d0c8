import type { FrontEnd } from '../front-end.js';
import { kindOf, namesOfFiles } from './names.js';

/** Settings files of Python projects: Alembic's own, and those that say which packages are installed. */
export const config: FrontEnd = {
  id: 'config',
  extensions: [],
  names: namesOfFiles,
  maxLength: 32 * 1024 * 1024,
  mayMatter({ path, text }) {
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
