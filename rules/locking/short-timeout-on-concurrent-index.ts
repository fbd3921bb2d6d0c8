import type { Operation } from '../../src/ir/index.js';
import { amount, defineRule } from '../../src/rule.js';
import { changesIn } from '../../src/queries/changes.js';
import { spoken } from '../../src/queries/names.js';
import { secondsOf, settingAt } from '../../src/queries/timeouts.js';

export default defineRule({
  summary: 'A short lock_timeout is in force while an index is built or dropped concurrently.',
  severity: 'warn',
  presets: ['recommended', 'strict', 'online'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast', 'runner-profile'],
  fix: 'suggestion',
  sources: [],
  messages: {
    short:
      '{{what}} runs with lock_timeout at {{value}}. It waits for every transaction that is older than itself, that wait counts, and when it is cut off {{left}}. Write SET lock_timeout = 0 before it, and set it back behind it.',
    lift: 'Lift lock_timeout for {{what}}.',
  },
  options: { minSeconds: amount('The shortest timeout in seconds that is let pass; 0 is none.', 60) },
  *check({ facts, project, options, authoring }) {
    if (facts.dialect !== 'postgresql') return;
    for (const placed of changesIn(project, facts)) {
      const { operation } = placed;
      const what = concurrentOn(operation);
      const setting = what && settingAt(project, placed, 'lock_timeout');
      const seconds = setting ? secondsOf(setting.value) : undefined;
      if (!setting || seconds === undefined || seconds === 0 || seconds >= options.minSeconds) continue;
      const timeout = (value: string): Operation => ({
        kind: 'SetSetting',
        name: 'lock_timeout',
        value,
        scope: 'session',
        span: operation.span,
        provenance: 'api',
      });
      const before = authoring.addOperations(operation, [timeout('0')], 'before', placed);
      const behind = authoring.addOperations(operation, [timeout(setting.value)], 'behind', placed);
      const left =
        operation.kind === 'DropIndex' ? 'the index stays, and is INVALID' : 'an INVALID index is left behind';
      yield {
        message: 'short',
        at: operation,
        data: { what, value: setting.value, left },
        related: setting.by
          ? [{ at: setting.by.operation, message: `lock_timeout is ${setting.value} from here on` }]
          : [],
        suggest: { message: 'lift', data: { what }, edits: before && behind && [...before, ...behind] },
      };
    }
  },
});

function concurrentOn(operation: Operation): string | undefined {
  if (operation.kind === 'CreateIndex' && operation.index.concurrently)
    return `CREATE INDEX CONCURRENTLY${operation.index.name ? ` ${operation.index.name.value}` : ''}`;
  if (operation.kind === 'DropIndex' && operation.concurrently)
    return `DROP INDEX CONCURRENTLY ${spoken(operation.index)}`;
  return operation.kind === 'Reindex' && operation.concurrently ? 'REINDEX CONCURRENTLY' : undefined;
}
