import { defineRule } from '../../src/rule.js';

export default defineRule({
  summary: 'A mapped attribute is typed as anything.',
  severity: 'warn',
  presets: ['strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript'],
  needs: ['file'],
  fix: 'none',
  sources: ['004_9452bc49d0f85f35.txt'],
  messages: {
    any: '{{attribute}} is annotated {{annotation}}: the type checker takes whatever is written to the column, and whatever is done with what is read from it. Write the type that it holds, such as {{example}} for JSON.',
  },
  options: {},
  *check({ facts }) {
    if (facts.scope === 'test') return;
    for (const { columns, relationships } of facts.tables) {
      const attributes = [
        ...columns.map(({ attribute, name, annotation, from }) => ({
          name: attribute ?? name.value,
          annotation,
          from,
        })),
        ...relationships.map(({ attribute, annotation, from }) => ({ name: attribute.value, annotation, from })),
      ];
      for (const { name, annotation, from } of attributes) {
        if (annotation?.any !== true || from !== undefined) continue;
        yield {
          message: 'any',
          at: annotation.span,
          data: {
            attribute: name,
            annotation: annotation.written,
            example: facts.frontend === 'python' ? 'dict[str, Any]' : 'Record<string, unknown>',
          },
        };
      }
    }
  },
});
