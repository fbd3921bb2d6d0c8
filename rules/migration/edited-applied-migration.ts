import { defineRule, flag } from '../../src/rule.js';

export default defineRule({
  summary: 'A migration already on the base branch was changed or deleted.',
  severity: 'error',
  presets: ['strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history'],
  fix: 'none',
  sources: ['004_9452bc49d0f85f35.txt', 'atlas atlas.sum'],
  messages: {
    edited:
      'Migration {{id}} has shipped, and its code was edited: databases that ran it keep the old result, and new ones get another schema. Restore the file, and write a new migration for the difference.',
    comments:
      'Migration {{id}} has shipped, and its comments were edited: a runner that keeps checksums, such as Prisma, Flyway or Liquibase, takes that for another migration. Restore the file.',
  },
  options: {
    ignoreComments: flag('Leave edits alone that change comments and empty lines only.', true),
  },
  *check({ facts, project, options }) {
    const edit = project.settings.edited?.get(facts.path);
    if (edit === undefined || (edit === 'comments' && options.ignoreComments)) return;
    for (const migration of facts.migrations) {
      yield { message: edit === 'code' ? 'edited' : edit, at: migration, data: { id: migration.id } };
    }
  },
});
