import { defineRule, strings } from '../../src/rule.js';
import { importedModels, isUnshownModel } from '../../src/queries/migration-models.js';
import { matchesGlob, spoken } from '../../src/queries/names.js';
import { isShipped } from '../../src/queries/shipped.js';

export default defineRule({
  summary: 'A migration imports or uses application models.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript'],
  needs: ['file', 'project'],
  fix: 'suggestion',
  sources: ['001_d0f1cd6d4864747c.txt', '002_7a51ca8b5657ab8c.txt', 'django-migration-linter RUNPYTHON_MODEL_IMPORT'],
  messages: {
    imported:
      'This migration imports {{names}} from the application: once {{it}} changes, the migration reads or writes columns ' +
      'that its schema does not have yet, or ends with an ImportError. {{remedy}}.',
    used:
      'This migration uses {{names}} of the application: once {{it}} changes, the migration reads or writes columns that its ' +
      'schema does not have yet. {{remedy}}.',
    describe: 'Describe the table where the model is imported.',
  },
  options: {
    allow: strings(
      'Imports to leave alone, as `module.Name`, such as enums and constants. `*` stands for any run of characters.',
    ),
  },
  *check({ facts, project, options, authoring }) {
    if (facts.scope === 'test' || facts.migrations.length === 0 || isShipped(project, facts)) return;
    const remedy = remedies[facts.frontend] ?? '';
    for (const statement of facts.imports ?? []) {
      const found = importedModels(project, facts, statement).filter(
        ({ name }) => !matchesGlob(`${statement.module}.${name}`, options.allow),
      );
      const [first] = found;
      if (first === undefined) continue;
      yield {
        message: 'imported',
        at: statement,
        data: {
          names: `model${found.length > 1 ? 's' : ''} ${found.map(({ name }) => name).join(', ')}`,
          it: found.length > 1 ? 'one of them' : 'it',
          remedy,
        },
        related: found.flatMap(({ model }) =>
          model
            ? [
                {
                  path: model.facts.path,
                  at: model.table,
                  message: `model of table ${spoken(model.table.name)} is here`,
                },
              ]
            : [],
        ),
        ...(first.model && {
          suggest: {
            message: 'describe',
            edits: authoring.describeTable(statement, first.as, first.model.table),
          },
        }),
      };
    }
    const seen = new Set<string>();
    for (const unbound of facts.unboundNames ?? []) {
      const { name } = unbound;
      if (seen.has(name) || !isUnshownModel(project, facts, name) || matchesGlob(name, options.allow)) continue;
      seen.add(name);
      yield { message: 'used', at: unbound, data: { names: `model ${name}`, it: 'it', remedy } };
    }
  },
});

const remedies: { readonly [frontend: string]: string | undefined } = {
  python: 'Describe what it needs with sa.table("…", sa.column("…")), or send SQL by op.execute()',
  typescript: 'Send SQL, or use the query builder with the names of tables and columns',
};
