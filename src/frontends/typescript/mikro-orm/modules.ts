import type { Origin } from '../values/values.js';

/**
 * Whether something comes from MikroORM: the drivers' packages export all that core does, and since version 7 the
 * decorators have a package of their own.
 */
export const isMikro = (origin: Origin | undefined, ...names: readonly string[]): boolean =>
  origin !== undefined &&
  origin.module.startsWith('@mikro-orm/') &&
  (names.length === 0 || names.includes(origin.name));

/** The prefix of every module that is MikroORM's. */
export const mentionsMikro = (text: string): boolean => /['"]@mikro-orm\//.test(text);
