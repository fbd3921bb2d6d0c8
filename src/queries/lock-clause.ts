import type { Project } from '../ir/index.js';
import { lockWords } from './lock-words.js';
import { effectOf } from './locks.js';
import type { PlacedOperation } from './operations.js';

/**
 * The locks of an operation as the end of a sentence: `; PostgreSQL holds ACCESS EXCLUSIVE on account until the transaction
 * ends, so that every read and write on account has to wait`. Empty where nothing is known of them.
 */
export function lockClause(project: Project, placed: PlacedOperation): string {
  const effect = effectOf(project, placed);
  const words = effect && lockWords(effect);
  if (words === undefined) return '';
  const holder = words.held.startsWith('LOCK=') ? 'it runs with' : 'PostgreSQL holds';
  return `; ${holder} ${words.held} until the transaction ends, so that ${words.waits} has to wait`;
}
