import { defineRule } from '../../src/rule.js';

/** Errors that the database raises, and those that hold them. */
const fromDatabase =
  /(?:^|\.)(?:\w*(?:Integrity|Data|DBAPI|Database|SQLAlchemy|Operational|Programming|Flush|Statement|StaleData|NotNullViolation|UniqueViolation|ForeignKeyViolation|CheckViolation)\w*|Exception|BaseException)$/;

export default defineRule({
  summary: 'The except sits inside begin_nested(), so the flush error escapes it.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['file'],
  fix: 'suggestion',
  sources: ['004_9452bc49d0f85f35.txt'],
  messages: {
    inside:
      'The error that this try waits for is raised outside of it: nothing in it sends the changes, {{api}} does so when its block ends. The except never runs, and the error goes on. Put the try around the with, or call flush() inside of the try.',
    around: 'Put the try around the savepoint.',
  },
  options: {},
  *check({ facts, authoring }) {
    for (const usage of facts.usages) {
      if (usage.kind !== 'savepoint-handler' || usage.flushed || !usage.pending) continue;
      // `except:` names nothing, and catches everything.
      if (usage.caught.length > 0 && !usage.caught.some((name) => fromDatabase.test(name))) continue;
      const edits = authoring.handleOutside(usage);
      yield {
        message: 'inside',
        at: usage,
        data: { api: usage.api },
        ...(edits && { suggest: { message: 'around', edits } }),
      };
    }
  },
});
