import type { FrontEnd } from '../front-end.js';

/** Prisma schemas. */
export const prisma: FrontEnd = {
  id: 'prisma',
  extensions: ['.prisma'],
  packages: ['prisma', '@prisma/client'],
  maxLength: 8 * 1024 * 1024,
  mayMatter: ({ text }) => /\b(?:model|view|enum|type|datasource)\b/.test(text),
  async load() {
    const { read } = await import('./read.js');
    const { link } = await import('./link.js');
    return { read, link };
  },
  async loadPen() {
    const { pen } = await import('./authoring/pen.js');
    return pen;
  },
};
