import type { SchemaSync } from '../../src/ir/index.js';
import { applicationEngines, isDocumentation, isInMemory, isOnlyInMemory } from '../../src/queries/engines.js';
import { matchesGlob } from '../../src/queries/names.js';
import { defineQuery, defineRule, strings } from '../../src/rule.js';

/** Whether the project keeps a history of migrations that anything could diverge from. */
const hasHistory = defineQuery((project) =>
  project.files.some(({ migrations, scope }) => migrations.length > 0 && scope !== 'test'),
);

/** Sequelize's `sync()` does more or less, as its options say. */
function messageOf({ api, effect }: SchemaSync): 'create' | 'make' | 'alter' | 'generate' {
  // MikroORM's schema generator.
  if (api.startsWith('orm.schema.')) return 'generate';
  return effect === undefined ? 'create' : effect === 'alter' ? 'alter' : 'make';
}

export default defineRule({
  summary: 'The schema is created or altered outside migrations.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript'],
  needs: ['file', 'project'],
  fix: 'suggestion',
  sources: ['001_d0f1cd6d4864747c.txt', '004_9452bc49d0f85f35.txt'],
  messages: {
    create:
      '{{api}} makes the tables that are missing from the models, past the migrations: "alembic upgrade" then fails on tables ' +
      'that exist already, and a table that exists is never altered. Run the migrations instead: alembic upgrade head.',
    make:
      '{{api}} makes the tables that are missing from the models, past the migrations: a migration that makes such a table ' +
      'fails on what is there already, and a table that exists is never altered. Run the migrations instead: ' +
      'npx sequelize-cli db:migrate.',
    alter:
      '{{api}} alters the tables to fit the models, past the migrations: a column that was renamed in the code is dropped ' +
      'with its data, and the migrations fail on what is there already. Run them instead: npx sequelize-cli db:migrate.',
    generate:
      '{{api}} makes the database fit the entities, past the migrations: a renamed column is dropped with its data, and the ' +
      'migrations fail on what is there already. Run the migrations instead: orm.migrator.up().',
    synchronize:
      'synchronize: true of {{api}} alters the database to fit the entities each time the application starts, past the ' +
      'migrations: a renamed column is dropped with its data, and the migrations fail on what is there already. Turn it off ' +
      'and run the migrations.',
    off: 'Turn it off.',
  },
  options: {
    testPaths: strings('Globs of further files that are tests.'),
  },
  *check({ facts, project, options, authoring }) {
    if (facts.scope === 'test' || isDocumentation(facts.path) || !hasHistory(project)) return;
    if (matchesGlob(facts.path, options.testPaths) || isOnlyInMemory(facts)) return;
    for (const usage of facts.usages) {
      if (usage.kind !== 'schema-sync' || usage.context !== 'application' || usage.stamped) continue;
      // That all rows go is another rule's to say.
      if (usage.effect === 'recreate') continue;
      if (usage.api.startsWith('synchronize')) continue;
      yield { message: messageOf(usage), at: usage, data: { api: usage.api } };
    }
    for (const engine of applicationEngines(facts)) {
      const option = engine.options.find(({ name, known }) => name === 'synchronize' && known === true);
      if (option === undefined || isInMemory(engine)) continue;
      const edits = authoring.setEngineOption(engine, 'synchronize', false);
      yield { message: 'synchronize', at: option, data: { api: engine.api }, suggest: { message: 'off', edits } };
    }
  },
});
