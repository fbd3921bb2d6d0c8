import { amount, defineRule } from '../../src/rule.js';
import type { FileFacts, Project, QualifiedName } from '../../src/ir/index.js';
import { busyChangesIn } from '../../src/queries/busy-changes.js';
import { changesIn } from '../../src/queries/changes.js';
import { few } from '../../src/queries/lock-words.js';
import { blockedBy } from '../../src/queries/locks.js';
import { objectKey, spoken } from '../../src/queries/names.js';
import { dropKeyRemedy, type DroppedKey } from '../../src/queries/remedies/dropped-keys.js';
import { isNewIn, schemaAt } from '../../src/queries/replay.js';
import { isCertain } from '../../src/queries/tables.js';

export default defineRule({
  summary: 'A dropped table has foreign keys to existing tables.',
  severity: 'warn',
  presets: ['online'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast'],
  fix: 'none',
  sources: ['online_migrations drop_table_multiple_foreign_keys', 'safe-pg-migrations'],
  messages: {
    locking:
      'Dropping {{table}} takes {{lock}} on {{others}} as well, because {{keys}} there: {{blocked}} of {{others}} waits until the transaction ends. Write {{remedy}} first, one key in each transaction.',
  },
  options: { max: amount('How many tables that are in use a dropped table may refer to.') },
  *check({ facts, project, options }) {
    if (facts.dialect !== 'postgresql') return;
    const dropped = droppedIn(project, facts);
    for (const { placed, table, effect } of busyChangesIn(project, facts)) {
      const { operation } = placed;
      if (operation.kind !== 'DropTable') continue;
      const schema = schemaAt(project, operation);
      const states = schema?.table(table)?.constraints.filter((each) => isCertain(each, 'everything')) ?? [];
      const referred = new Map<string, QualifiedName>();
      let first: DroppedKey | undefined;
      for (const { constraint: key, name } of states) {
        if (key.kind !== 'foreign' || key.target === undefined) continue;
        const target = objectKey(key.target, facts.dialect);
        if (dropped.has(target) || isNewIn(project, { table: key.target }, operation)) continue;
        first ??= { key, ...(name !== undefined && { name }) };
        referred.set(target, key.target);
      }
      const locks = effect?.locks.filter((lock) => referred.has(objectKey(lock.table, facts.dialect))) ?? [];
      const lock = locks[0]?.mode;
      if (lock === undefined || first === undefined || locks.length <= options.max) continue;
      yield {
        message: 'locking',
        at: operation,
        data: {
          table: spoken(table),
          others: few([...referred.values()].map(spoken)),
          keys: referred.size > 1 ? 'its foreign keys point' : 'its foreign key points',
          lock,
          blocked: blockedBy(lock),
          remedy: dropKeyRemedy(placed, facts, table, first),
        },
      };
    }
  },
});

/** The tables that the file drops: nobody uses them any more. */
const droppedIn = (project: Project, facts: FileFacts): ReadonlySet<string> =>
  new Set(
    [...changesIn(project, facts)].flatMap(({ operation }) =>
      operation.kind === 'DropTable' ? objectKey(operation.table, facts.dialect) : [],
    ),
  );
