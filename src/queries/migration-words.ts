import type { Migration, Project } from '../ir/index.js';
import { inStyle } from './name-case.js';
import { historyOfMigration, type PlacedMigration } from './revision-graph.js';

/** What a migration says that it does: its message, else its name, without the number or time that it begins or ends with. */
function spokenOf({ message, id, runner }: Migration): string[] {
  const text = message?.value ?? (runner === 'alembic' ? '' : id.replace(/\d{10,}$/, ''));
  const spaced = text.replace(/['’]/g, '').replace(/[a-z]{3}(?=\d+[a-z])/gi, '$&_');
  const words = inStyle(spaced, 'snake_case').split('_');
  return words.filter((word, at) => word !== '' && !(at === 0 && /^\d+$/.test(word)));
}

/** The words of a migration's message or name, numbers left out. */
export const messageWords = (migration: Migration): string[] =>
  spokenOf(migration).filter((word) => !/^\d+$/.test(word));

/** Words that say nothing about what changes. */
const filler = new Set('a an and the some of to for in on my new db database schema table tables sql v'.split(' '));

/** Whether words tell that a history begins. */
const beginsHistory = (words: readonly string[]): boolean =>
  words.some((word) => /^(?:init|initial|initialize|initialise|baseline|base|start|bootstrap|squashed?)$/.test(word));

/** What is wrong with a message; nothing where it says what changes. */
export function vagueness(
  words: readonly string[],
  banned: readonly string[],
  minWords: number,
): 'empty' | 'vague' | 'short' | undefined {
  if (words.length === 0) return 'empty';
  if (beginsHistory(words)) return undefined;
  const telling = words.filter((word) => !filler.has(word) && !banned.some((each) => isForm(word, each)));
  if (telling.length === 0) return 'vague';
  return words.length < minWords ? 'short' : undefined;
}

/** Whether a word is a banned one, or a form of it: `fix`, `fixes`, `fixed`. */
function isForm(word: string, banned: string): boolean {
  const stem = banned.replace(/[es]$/, '');
  return word === banned || (word.startsWith(stem) && /^(?:|s|es|d|ed|e)$/.test(word.slice(stem.length)));
}

/** An earlier migration of the same history that says the same. */
export function sameMessage(project: Project, migration: Migration): PlacedMigration | undefined {
  const words = spokenOf(migration).join(' ');
  const ordered = historyOfMigration(project, migration)?.ordered ?? [];
  const at = ordered.findIndex((each) => each.migration === migration);
  return ordered.slice(0, Math.max(at, 0)).find((each) => spokenOf(each.migration).join(' ') === words);
}
