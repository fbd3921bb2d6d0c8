import { defineRule } from '../../src/rule.js';
import { headToFollow, openHeads } from '../../src/queries/heads.js';

export default defineRule({
  summary: 'The migration graph has more than one head.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['history'],
  fix: 'suggestion',
  sources: ['001_d0f1cd6d4864747c.txt', 'pytest-alembic test_single_head_revision', 'atlas non-linear'],
  messages: {
    heads:
      'Revision {{id}} is one of {{count}} heads ({{all}}): "alembic upgrade head" stops at that. Join them with "alembic merge -m \'merge heads\' {{ids}}", or let one revise the other.',
    follow: 'Let {{id}} follow {{other}}.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    for (const open of openHeads(project, facts)) {
      const { head, all } = open;
      const other = headToFollow(project, open)?.migration.id;
      const ids = all.map(({ migration }) => migration.id);
      yield {
        message: 'heads',
        at: head.migration,
        data: { id: head.migration.id, count: ids.length, all: ids.join(', '), ids: ids.join(' ') },
        related: all
          .filter((other) => other !== head)
          .map((other) => ({ path: other.facts.path, at: other.migration, message: `head ${other.migration.id}` })),
        ...(other !== undefined && {
          suggest: {
            message: 'follow',
            data: { id: head.migration.id, other },
            edits: authoring.setParent(head.migration, other),
          },
        }),
      };
    }
  },
});
