import { defineRule } from '../../src/rule.js';
import { generatorNote, type GeneratorNote } from '../../src/queries/generator-comments.js';
import { isShipped } from '../../src/queries/shipped.js';

export default defineRule({
  summary: 'Generator markers are left in a migration.',
  severity: 'info',
  presets: ['strict'],
  since: '0.1.0',
  frontends: ['sql', 'python'],
  needs: ['file'],
  fix: 'suggestion',
  sources: ['001_d0f1cd6d4864747c.txt', '003_415f54345a6e7168.txt', '004_9452bc49d0f85f35.txt'],
  messages: {
    left:
      'Migration {{id}} still has the note of {{tool}}\'s generator, "{{words}}": nobody can tell whether anyone read what ' +
      'was generated{{risk}}. Read it against the models, and take the note out.',
    unfinished:
      'Migration {{id}} still has a note of {{tool}}\'s generator, "{{words}}": a part of the change is not written, and no ' +
      'database gets it. Write it, and take the note out.',
    remove: 'Take the notes out.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    if (facts.scope === 'test' || isShipped(project, facts)) return;
    for (const migration of facts.migrations) {
      const notes = facts.comments.flatMap((comment) => {
        const note = generatorNote(comment, migration);
        return note ? [{ comment, note }] : [];
      });
      const first = notes.find(({ note }) => note.unfinished) ?? notes.find(({ note }) => !note.closing);
      if (first === undefined) continue;
      const { tool, words, unfinished } = first.note;
      yield {
        message: unfinished ? 'unfinished' : 'left',
        at: first.comment,
        data: { id: migration.id, tool, words, risk: risks[tool] ?? '' },
        ...(!unfinished && {
          suggest: { message: 'remove', edits: authoring.removeComments(notes.map(({ comment }) => comment)) },
        }),
      };
    }
  },
});

/** What a generator is known to get wrong. */
const risks: { readonly [T in GeneratorNote['tool']]?: string } = {
  Alembic: ', and it takes a renamed column for one that goes and one that comes',
  Prisma: ', and the note lists the data that is lost or the steps that fail on a table with rows',
};
