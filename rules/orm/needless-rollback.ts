import { defineRule } from '../../src/rule.js';
import type { SessionCall } from '../../src/ir/index.js';

export default defineRule({
  summary: 'A rollback() is called outside error handling.',
  severity: 'info',
  presets: ['strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript'],
  needs: ['file'],
  fix: 'none',
  sources: ['001_d0f1cd6d4864747c.txt'],
  messages: {
    session:
      '{{api}} stands outside of any error handling: it throws away what was changed and makes every object of the session expire, so that each is read again at its next use. Call it in an except block, or leave it to the with block that closes the session.',
    runner:
      '{{api}} stands outside of a catch: it takes back what the transaction did although nothing failed. Call it in a catch block.',
  },
  options: {},
  *check({ facts }) {
    if (facts.scope === 'test') return;
    for (const usage of facts.usages) {
      if (usage.kind !== 'session-call' || usage.call !== 'rollback' || usage.context !== 'application') continue;
      if (usage.handler !== undefined || usage.guarded || isMeant(usage)) continue;
      yield { message: usage.library === 'typeorm' ? 'runner' : 'session', at: usage, data: { api: usage.api } };
    }
  },
});

/** Functions that are called to take back or to end, and those that only try. */
const ending =
  /rollback|abort|discard|cancel|undo|revert|reset|clean|teardown|tear_down|close|exit|dry_?run|error|fail|exception/i;
const trying =
  /dry|simulat|preview|pretend|no_?(?:commit|op|save)|commit|test|check_only|read_?only|error|fail|exc|invalid/i;

/** Whether taking back is what the code is for: a dry run, an error that was asked for, a function that ends things. */
const isMeant = ({ within, conditions, then }: SessionCall): boolean =>
  then === 'raise' || (within !== undefined && ending.test(within)) || conditions.some((each) => trying.test(each));
