import { defineQuery, defineRule } from '../../src/rule.js';
import type { Authoring, Operation, Project, QualifiedName, Runner, TextEdit } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { foreignKeysTo } from '../../src/queries/foreign-keys.js';
import { listed } from '../../src/queries/lists.js';
import { spoken } from '../../src/queries/names.js';
import { operationsIn, type PlacedOperation } from '../../src/queries/operations.js';
import { rebuildsIn } from '../../src/queries/rebuilds.js';
import { isNewIn, schemaAt } from '../../src/queries/replay.js';
import { made } from '../../src/queries/restored.js';
import { transactionHolder } from '../../src/queries/transactions.js';

export default defineRule({
  summary: 'A SQLite table rebuild drops a parent while foreign keys cascade.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast'],
  fix: 'suggestion',
  sources: ['drizzle-migration-lint recreate-cascade-data-loss'],
  messages: {
    rebuilt:
      '{{table}} is rebuilt: where foreign keys are on, DROP TABLE deletes its rows first, and {{children}}. Write PRAGMA foreign_keys=OFF before any transaction begins, and PRAGMA foreign_keys=ON behind it.',
    ineffective:
      '{{table}} is rebuilt inside a transaction, where PRAGMA foreign_keys=OFF does nothing: DROP TABLE deletes its rows first, and {{children}}. Turn foreign keys off on the connection before the migrations run, and on again behind them.',
    batch:
      'This makes SQLite copy {{table}} and drop the old one, which deletes its rows first, and with the foreign keys that this project turns on {{children}}. Turn them off in env.py before the migrations run: connection.exec_driver_sql("PRAGMA foreign_keys=OFF"), outside of a transaction.',
    off: 'Turn foreign keys off around it.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    if (facts.dialect !== 'sqlite' || isTurnedOff(project, facts.migrations[0]?.runner)) return;
    const changes = [...changesIn(project, facts)];
    const place = new Map(changes.map(({ operation }, at) => [operation, at]));
    const told = new Set<string>();
    for (const { table, was } of rebuildsIn(project, changes, facts.dialect)) {
      const children = childrenOf(project, was.table, was.at);
      const before = changes.slice(0, place.get(was.at));
      const setting = before.findLast(({ operation }) => isForeignKeys(operation));
      const isOff = setting !== undefined && !turnsOn(setting.operation);
      if (children === undefined || (isOff && !isInside(project, setting))) continue;
      const edits = isOff ? undefined : aroundAll(project, changes, authoring);
      yield {
        message: isOff ? 'ineffective' : 'rebuilt',
        at: was.at,
        data: { table: spoken(table), children },
        suggest: { message: 'off', edits },
      };
    }
    if (facts.frontend !== 'python' || !settingsInCode(project).on) return;
    for (const { operation } of changes) {
      if (!operation.inBatch || !('table' in operation) || !operation.table || !copies(operation)) continue;
      const children = childrenOf(project, operation.table, operation);
      const table = spoken(operation.table);
      if (children === undefined || told.has(table)) continue;
      told.add(table);
      yield { message: 'batch', at: operation, data: { table, children } };
    }
  },
});

/** What happens to the rows that refer to a table when it goes; measured on SQLite 3.54. */
function childrenOf(project: Project, table: QualifiedName, at: Operation): string | undefined {
  const schema = schemaAt(project, at);
  const keys = (schema ? foreignKeysTo(schema, table) : []).filter(
    ({ table: child }) => !isNewIn(project, { table: child.name }, at),
  );
  const those = (action: RegExp): string =>
    listed([
      ...new Set(keys.filter(({ key }) => action.test(key.onDelete ?? '')).map((each) => spoken(each.table.name))),
    ]);
  const [deleted, emptied] = [those(/^cascade$/i), those(/^set/i)];
  const parts = [
    ...(deleted === '' ? [] : [`those of ${deleted} that refer to them (ON DELETE CASCADE)`]),
    ...(emptied === '' ? [] : [`what refers to them in ${emptied} is emptied (ON DELETE SET NULL)`]),
  ];
  return parts.length === 0 ? undefined : parts.join(', and ');
}

const isForeignKeys = (operation: Operation): operation is Extract<Operation, { kind: 'SetSetting' }> =>
  operation.kind === 'SetSetting' && operation.name === 'foreign_keys';

const turnsOn = (operation: Operation): boolean =>
  isForeignKeys(operation) && /^(?:on|1|true|yes)$/i.test(operation.value.replaceAll(/["']/g, ''));

/** Whether a transaction is open around it, in which the setting does nothing. */
const isInside = (project: Project, placed: PlacedOperation): boolean =>
  /^(?:runner|script)$/.test(transactionHolder(project, placed));

/** What code of the project, migrations aside, sets foreign keys to. */
const settingsInCode = defineQuery((project) => {
  const settings = { on: false, off: false };
  for (const facts of project.files) {
    if (facts.scope === 'test' || facts.frontend === 'sql') continue;
    for (const { operation, section } of operationsIn(facts)) {
      if (section === 'none' && isForeignKeys(operation)) settings[turnsOn(operation) ? 'on' : 'off'] = true;
    }
  }
  return settings;
});

/**
 * Whether foreign keys are turned off before the migrations' transaction begins: by code of the project, by TypeORM, or by
 * the migrator of libsql, which Drizzle hands its statements to.
 */
function isTurnedOff(project: Project, runner: Runner | undefined): boolean {
  if (runner === 'typeorm' || settingsInCode(project).off) return true;
  return (
    runner === 'drizzle' &&
    project.files.some(({ engines = [] }) => engines.some(({ library }) => library === 'libsql'))
  );
}

/** Whether Alembic's batch mode has to make the table anew for it: SQLite adds columns and indexes to one that is there. */
const copies = ({ kind }: Operation): boolean => !/^(?:AddColumn|CreateIndex|DropIndex|RenameTable)$/.test(kind);

/** The settings before and behind all that a file does, where no transaction is open around it that would void them. */
function aroundAll(project: Project, changes: readonly PlacedOperation[], pen: Authoring): TextEdit[] | undefined {
  const [first, last] = [changes[0]!, changes.at(-1)!];
  const isFree = first.operation.kind === 'Transaction' || !isInside(project, first);
  if (!isFree || first.section !== last.section) return undefined;
  const before = pen.addOperations(first.operation, [pragma('off')], 'before', first);
  const behind = pen.addOperations(last.operation, [pragma('on')], 'behind', last);
  return before && behind && [...before, ...behind];
}

const pragma = (value: string): Operation => ({
  ...made,
  kind: 'SetSetting',
  name: 'foreign_keys',
  value,
  scope: 'session',
});
