import type { Engine } from '../../src/ir/index.js';
import { headOf } from '../../src/queries/engines.js';
import { defineRule, flag } from '../../src/rule.js';

/** Whether objects of a session are used after a commit, as far as is known: any that a factory makes may be. */
const outlivesCommit = ({ kind, asynchronous, fate, afterCommit }: Engine): boolean =>
  kind === 'session-factory' || asynchronous !== true || fate !== 'local' || afterCommit === true;

export default defineRule({
  summary: 'An async session factory keeps expire_on_commit=True.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['file'],
  fix: 'auto',
  sources: ['001_d0f1cd6d4864747c.txt', '004_9452bc49d0f85f35.txt'],
  messages: {
    asynchronous:
      '{{api}} does not set expire_on_commit=False: commit() empties every object, and reading an attribute after it needs SQL, ' +
      'which fails with MissingGreenlet where nothing awaits it.',
    synchronous:
      '{{api}} does not set expire_on_commit=False: commit() empties every object, so reading an attribute after it sends a ' +
      'SELECT, and fails with DetachedInstanceError once the session is closed.',
  },
  options: {
    checkSync: flag('Also ask it of factories and sessions that are not asynchronous.'),
  },
  *check({ facts, options, authoring }) {
    for (const engine of facts.engines ?? []) {
      if (engine.kind !== 'session-factory' && engine.kind !== 'session') continue;
      if (engine.open || engine.asynchronous === 'unknown' || (!engine.asynchronous && !options.checkSync)) continue;
      const given = engine.options.find(({ name }) => name === 'expire_on_commit');
      if ((given !== undefined && given.known !== true) || !outlivesCommit(engine)) continue;
      yield {
        message: engine.asynchronous ? 'asynchronous' : 'synchronous',
        at: given ?? headOf(engine),
        data: { api: engine.api },
        fix: authoring.setEngineOption(engine, 'expire_on_commit', false),
      };
    }
  },
});
