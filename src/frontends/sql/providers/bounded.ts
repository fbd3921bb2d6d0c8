import { createContext, Script } from 'node:vm';

/** What came of one piece of work. `overtime`: it was stopped. */
export type Outcome<T> = { value: T } | 'overtime';

/** Work goes on for so long between two looks at the clock that stops it. */
const SLICE = 200;
const SHORTEST = 50;

const script = new Script('work()');
const hooks: { work: () => void } = { work: () => undefined };
const context = createContext(hooks);

/**
 * Does pieces of synchronous work in order, none for longer than a bound: what takes longer is stopped where it is, and
 * the next piece begins. Each piece that is stopped halves the bound for all that come later, so that many of them
 * together end too.
 * @param milliseconds the bound for the first piece
 * @returns a function that does some work for each item; where that throws, it has come to nothing
 */
export function bounded(
  milliseconds: number,
): <Item, T>(items: readonly Item[], work: (item: Item) => T) => Outcome<T | undefined>[] {
  let bound = milliseconds;
  return <Item, T>(items: readonly Item[], work: (item: Item) => T) => {
    const outcomes: Outcome<T | undefined>[] = [];
    while (outcomes.length < items.length) {
      let current: number | undefined;
      run(bound + SLICE, () => {
        const start = performance.now();
        while (outcomes.length < items.length && performance.now() - start < SLICE) {
          current = outcomes.length;
          outcomes.push({ value: attempt(work, items[current]!) });
          current = undefined;
        }
      });
      if (current === undefined || current < outcomes.length) continue;
      outcomes.push('overtime');
      bound = Math.max(SHORTEST, bound / 2);
    }
    return outcomes;
  };
}

function attempt<Item, T>(work: (item: Item) => T, item: Item): T | undefined {
  try {
    return work(item);
  } catch {
    return undefined;
  }
}

/** Runs a function, and stops it after a time: code of this context too is stopped where the script has called it. */
function run(milliseconds: number, work: () => void): void {
  hooks.work = work;
  try {
    script.runInContext(context, { timeout: Math.ceil(milliseconds) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
  } finally {
    hooks.work = () => undefined;
  }
}
