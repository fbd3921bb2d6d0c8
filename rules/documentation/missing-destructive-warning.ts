import { defineRule, strings, text } from '../../src/rule.js';
import type { FileFacts, Migration } from '../../src/ir/index.js';
import { lossesIn } from '../../src/queries/losses.js';
import { commentsIn } from '../../src/queries/operations.js';

export default defineRule({
  summary: 'A destructive migration has no WARNING and backup note.',
  severity: 'warn',
  presets: ['strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'history'],
  fix: 'suggestion',
  sources: ['001_d0f1cd6d4864747c.txt', 'bytebase'],
  messages: {
    missing:
      'This migration {{losses}}, and nothing at its head says so: who applies it learns of the loss when the data is gone. ' +
      'Begin {{place}} with a note that has {{markers}}.',
    add: 'Write the note.',
  },
  options: {
    template: text(
      'The note to write; `{loss}` stands for what is lost. A note that has its words is enough.',
      'WARNING: this migration {loss}.\nREQUIRED: back up the database before it runs.',
    ),
    markers: strings('Words that the note must have, in capitals or not.', ['WARNING', 'BACKUP']),
  },
  *check({ facts, project, options, authoring }) {
    for (const migration of facts.migrations) {
      const losses = lossesIn(project, facts, migration);
      const [first] = losses;
      if (first === undefined) continue;
      const head = headOf(facts, migration, first.operation.span.start);
      const missing = options.markers.filter((marker) => !head.includes(plain(marker)));
      if (missing.length === 0 || isFollowed(options.template, head)) continue;
      const all = listed(losses.map(({ what }) => what));
      const note = options.template.replaceAll('{loss}', all);
      yield {
        message: 'missing',
        at: first.operation,
        data: { losses: all, place: places[facts.frontend] ?? 'it', markers: missing.join(' and ') },
        suggest: { message: 'add', edits: authoring.writeNote(migration, note) },
      };
    }
  },
});

/** Whether all that the template has around the loss stands at the head. */
const isFollowed = (template: string, head: string): boolean =>
  template.split('{loss}').every((part) => head.includes(plain(part.trim())));

const most = 4;

const listed = (losses: readonly string[]): string =>
  losses.length > most ? `${losses.slice(0, most).join(', ')} and ${losses.length - most} more` : losses.join(', ');

const places: { readonly [frontend: string]: string } = {
  python: 'its docstring',
  typescript: 'the file',
  sql: 'the file',
};

/** "back up" is a backup too. */
const plain = (words: string): string => words.toLowerCase().replace(/back[\s-]+up/g, 'backup');

/** What a reader meets before the first loss: the docstring, and comments. */
function headOf(facts: FileFacts, { doc, message }: Migration, until: number): string {
  const comments = commentsIn(facts).filter(({ span }) => span.end <= until);
  return plain([doc?.value ?? message?.value ?? '', ...comments.map(({ text }) => text)].join('\n'));
}
