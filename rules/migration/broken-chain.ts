import { defineRule } from '../../src/rule.js';
import { brokenLinks, journalOf } from '../../src/queries/broken-links.js';
import { parentsSpan } from '../../src/queries/revision-graph.js';

export default defineRule({
  summary: 'A migration points to an unknown parent or dependency.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python', 'config'],
  needs: ['history'],
  fix: 'none',
  sources: ['001_d0f1cd6d4864747c.txt', '002_7a51ca8b5657ab8c.txt', 'alembic runtime error'],
  messages: {
    parent:
      'Revision {{id}} follows {{parent}}, and no file has that revision: every command of Alembic stops with a KeyError. Bring it back, or name one in down_revision that is there.',
    dependency:
      'Revision {{id}} depends on {{parent}}, and no file has that revision: every command of Alembic stops with a KeyError. Bring it back, or take it out of depends_on.',
    entry:
      'The journal names {{tag}}, and there is no file {{tag}}.sql: Drizzle stops before the first migration. Bring the file back, or take the entry out.',
  },
  options: {},
  *check({ facts, project }) {
    for (const { child, parent, as } of brokenLinks(project, facts)) {
      const at = as === 'parent' ? parentsSpan(child.migration) : child.migration;
      yield { message: as, at, data: { id: child.migration.id, parent } };
    }
    for (const { entry, facts: file } of journalOf(project, facts)) {
      if (file === undefined) yield { message: 'entry', at: entry, data: { tag: entry.tag } };
    }
  },
});
