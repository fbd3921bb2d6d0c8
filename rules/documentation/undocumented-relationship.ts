import { documentationForm } from '../../src/queries/comment-forms.js';
import { hasWords } from '../../src/queries/comments.js';
import { headOf } from '../../src/queries/declarations.js';
import { matchesGlob } from '../../src/queries/names.js';
import { isCertain } from '../../src/queries/tables.js';
import { defineRule, strings } from '../../src/rule.js';

export default defineRule({
  summary: 'A relationship has no description.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  presetSeverity: { recommended: 'info', strict: 'error' },
  since: '0.1.0',
  frontends: ['python', 'typescript', 'prisma'],
  needs: ['file'],
  fix: 'suggestion',
  sources: ['000_c87955be76640684.txt'],
  messages: {
    missing:
      'Relationship "{{relationship}}" of "{{owner}}" has no description: its name does not say how many there are, who owns ' +
      'them and when the list is empty. Say so with {{form}}.',
    add: 'Add a description to "{{relationship}}", to be filled in.',
  },
  options: {
    exclude: strings('Relationship names to leave alone, as globs.'),
  },
  *check({ facts, options, authoring }) {
    if (facts.scope === 'test') return;
    for (const table of facts.tables) {
      for (const relationship of table.relationships) {
        const { attribute, generated, from, doc } = relationship;
        if (generated || from !== undefined || hasWords(doc) || attribute.unknown || !isCertain(relationship, 'doc'))
          continue;
        if (matchesGlob(attribute.value, options.exclude)) continue;
        yield {
          message: 'missing',
          at: headOf(relationship, attribute),
          data: {
            relationship: attribute.value,
            owner: table.className ?? table.name.name.value,
            form: documentationForm(table.declaredBy, 'relationship', attribute.value, facts.dialect),
          },
          suggest: {
            message: 'add',
            data: { relationship: attribute.value },
            edits: authoring.documentRelationship(relationship, `TODO: describe ${attribute.value}`),
          },
        };
      }
    }
  },
});
