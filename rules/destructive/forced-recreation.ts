import { defineRule, strings } from '../../src/rule.js';
import type { FileFacts } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { mayBeThere, recreatedTables } from '../../src/queries/dropped-tables.js';
import {
  applicationEngines,
  isDocumentation,
  isForDevelopment,
  isInMemory,
  isOnlyInMemory,
} from '../../src/queries/engines.js';
import { listed } from '../../src/queries/lists.js';
import { lockClause } from '../../src/queries/lock-clause.js';
import { reviewedMarker } from '../../src/queries/markers.js';
import { matchesGlob, spoken } from '../../src/queries/names.js';

export default defineRule({
  summary: 'Code drops existing tables before creating them.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'project'],
  fix: 'suggestion',
  sources: ['001_d0f1cd6d4864747c.txt', 'online_migrations create_table', 'strong_migrations create_table'],
  messages: {
    call: '{{api}} drops the tables with all their rows: one run against the wrong database empties it. Take it out of the application; a database for tests or development is made anew by a script of its own, which asks which one it is.',
    option:
      'dropSchema: true of {{api}} drops every table each time the application starts: one start against the wrong database empties it. Turn it off and run the migrations.',
    migration:
      'Table {{table}} is dropped with its rows and made anew{{lock}}. Alter the table that is there, or make the new one beside it and copy the rows before the old one goes.',
    script:
      'This script drops {{tables}} before it makes them: one run against the wrong database empties it. Write CREATE TABLE IF NOT EXISTS, and keep the drops in a script of their own.',
    off: 'Turn it off.',
  },
  options: {
    testPaths: strings('Globs of further files that are tests.'),
  },
  *check({ facts, project, options, authoring }) {
    if (facts.scope === 'test' || isForTests(facts, options.testPaths)) return;
    const recreated = recreatedTables(project, facts, [...changesIn(project, facts)]);
    for (const placed of recreated) {
      const { operation, section, guard } = placed;
      if (section === 'none' || !mayBeThere(operation, project, guard)) continue;
      if (reviewedMarker(project, facts, operation)) continue;
      const data = { table: spoken(operation.table), lock: lockClause(project, placed) };
      yield { message: 'migration', at: operation, data };
    }
    const scripted = recreated.filter(({ section }) => section === 'none');
    const [first] = scripted;
    if (first !== undefined) {
      const tables = listed(scripted.map(({ operation }) => spoken(operation.table)));
      yield { message: 'script', at: first.operation, data: { tables }, severity: 'warn' };
    }
    if (isOnlyInMemory(facts) || isOnlyForDevelopment(facts)) return;
    for (const usage of facts.usages) {
      if (usage.context !== 'application') continue;
      const isSync = usage.kind === 'schema-sync' && usage.effect === 'recreate';
      if (usage.kind !== 'schema-drop' && !isSync) continue;
      if (usage.kind === 'schema-drop' && isNamedForTests(usage.within ?? '')) continue;
      const edits = isSync && usage.forced ? authoring.turnOff(usage.forced) : undefined;
      yield { message: 'call', at: usage, data: { api: usage.api }, suggest: { message: 'off', edits } };
    }
    for (const engine of applicationEngines(facts)) {
      const option = engine.options.find(({ name, known }) => name === 'dropSchema' && known === true);
      if (option === undefined || isInMemory(engine)) continue;
      const edits = authoring.setEngineOption(engine, 'dropSchema', false);
      yield { message: 'option', at: option, data: { api: engine.api }, suggest: { message: 'off', edits } };
    }
  },
});

/** Files that explain, fill a database for development, or set up what tests run against. */
const isForTests = ({ path }: FileFacts, globs: readonly string[]): boolean =>
  isDocumentation(path) ||
  matchesGlob(path, globs) ||
  /(?:^|[/_.-])(?:tests?|testing|spec|e2e|seeds?|seeders?|fixtures?|bench(?:es|marks?)?)(?:[/_.-]|$)/i.test(path);

/** Whether all engines of a file are for tests or development by the names around them. */
function isOnlyForDevelopment(facts: FileFacts): boolean {
  const own = applicationEngines(facts);
  return own.length > 0 && own.every((engine) => isForDevelopment(engine, facts));
}

/** A function such as `test_engine` or `setUpTestDatabase`. */
const isNamedForTests = (name: string): boolean => /(?:^|_)tests?(?:_|$)|Test(?:[A-Z_]|$)/.test(name);
