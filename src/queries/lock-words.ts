import { spoken } from './names.js';
import { blockedBy, type Effect } from './locks.js';

/** `a`, `a and b`, `a, b and c`. */
const enumerated = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`;

/** How many names of a list a message says before it counts. */
const NAMED = 3;

/** `a, b, c and 4 more`: a list of names that does not grow without end. */
export const few = (words: readonly string[]): string =>
  words.length <= NAMED + 1
    ? enumerated(words)
    : enumerated([...words.slice(0, NAMED), `${words.length - NAMED} more`]);

/** Locks in the words of a message. */
export interface LockWords {
  /** `SHARE ROW EXCLUSIVE on task and account`. */
  held: string;
  /** What they make wait: `every INSERT, UPDATE and DELETE on task and account`. */
  waits: string;
}

/** The locks of an operation in the words of a message; nothing where it takes none that is known. */
export function lockWords({ locks }: Pick<Effect, 'locks'>): LockWords | undefined {
  if (locks.length === 0) return undefined;
  const modes = [...new Set(locks.map(({ mode }) => mode))];
  const on = (mode: (typeof modes)[number]): string =>
    few(locks.flatMap((lock) => (lock.mode === mode ? spoken(lock.table) : [])));
  return {
    held: enumerated(modes.map((mode) => `${mode} on ${on(mode)}`)),
    waits: enumerated(modes.map((mode) => `${blockedBy(mode)} on ${on(mode)}`)),
  };
}
