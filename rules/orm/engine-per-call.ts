import type { Engine } from '../../src/ir/index.js';
import { applicationEngines, headOf, isDocumentation } from '../../src/queries/engines.js';
import { defineRule } from '../../src/rule.js';

/** Whether the function around an engine makes a new one each time it runs, and runs more than once, as far as is known. */
function isPerCall({ place, fate, repeatedly, options }: Engine): boolean {
  if (place.in !== 'function' || place.once !== undefined) return false;
  if (place.handler) return fate !== 'kept';
  // Without a pool an engine holds nothing on to that a call could leave behind.
  if (options.some(({ name, known }) => name === 'poolclass' && known === 'NullPool')) return false;
  return fate === 'local' || (fate === 'returned' && repeatedly === true);
}

export default defineRule({
  summary: 'An engine, pool or client is created per call.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript'],
  needs: ['file'],
  fix: 'none',
  sources: ['004_9452bc49d0f85f35.txt'],
  messages: {
    call:
      '{{function}}() makes a new engine each time it is called, with a pool of connections that no other call uses and nothing ' +
      'closes: under load the database runs out of connections. Make it once, at module level or when the application starts.',
    factory:
      '{{function}}() hands out a new engine at each call, and is called from functions that run again and again: each leaves a ' +
      'pool of connections behind. Keep the first one, with functools.lru_cache or in a variable of the module.',
  },
  options: {},
  *check({ facts }) {
    if (isDocumentation(facts.path)) return;
    for (const engine of applicationEngines(facts)) {
      if (engine.kind !== 'engine' || !isPerCall(engine)) continue;
      yield {
        message: engine.fate === 'returned' && !engine.place.handler ? 'factory' : 'call',
        at: headOf(engine),
        data: { function: engine.place.function ?? '' },
      };
    }
  },
});
