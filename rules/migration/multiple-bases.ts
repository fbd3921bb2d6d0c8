import { defineRule } from '../../src/rule.js';
import { secondBases } from '../../src/queries/bases.js';
import { parentsSpan } from '../../src/queries/revision-graph.js';

export default defineRule({
  summary: 'A second migration starts a new history.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['history'],
  fix: 'suggestion',
  sources: ['001_d0f1cd6d4864747c.txt'],
  messages: {
    base: 'Revision {{id}} follows none, and neither does {{first}}, where this history begins: the two run in no order, and "alembic upgrade head" stops at two heads. {{remedy}}, or give it branch_labels if it is to stay apart.',
    follow: 'Let {{id}} follow {{head}}.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    for (const { base, first, head } of secondBases(project, facts)) {
      const { id } = base.migration;
      const last = head?.migration.id;
      const remedy =
        last === undefined ? 'Name the revision that it follows in down_revision' : `Write down_revision = "${last}"`;
      yield {
        message: 'base',
        at: parentsSpan(base.migration),
        data: { id, first: first.migration.id, remedy },
        related: [{ path: first.facts.path, at: first.migration, message: `${first.migration.id} begins the history` }],
        ...(last !== undefined && {
          suggest: { message: 'follow', data: { id, head: last }, edits: authoring.setParent(base.migration, last) },
        }),
      };
    }
  },
});
