import { defineRule, flag } from '../../src/rule.js';
import { spoken } from '../../src/queries/names.js';
import { redundancyOf } from '../../src/queries/redundant-indexes.js';
import { tablesAnsweredFor } from '../../src/queries/table-views.js';

export default defineRule({
  summary: 'An index is a leading part of another index, unique key or primary key.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript', 'prisma'],
  needs: ['project', 'history'],
  fix: 'suggestion',
  sources: [
    '002_7a51ca8b5657ab8c.txt',
    '004_9452bc49d0f85f35.txt',
    'skeema dupe-index',
    'spirit redundant_indexes',
    'active_record_doctor extraneous_indexes',
    'database_consistency redundant_index_checker',
  ],
  messages: {
    same: 'Index {{index}} has the columns of {{other}}: each write to {{table}} pays for both, and no query needs the second. Leave {{index}} out.',
    prefix:
      'Index {{index}} is the beginning of {{other}}, which serves the same queries: each write to {{table}} pays for both. Leave {{index}} out.',
    superset:
      'Index {{index}} begins with the columns of {{other}}, which already finds at most one row: the further columns only help a query that reads nothing else of {{table}}. Leave them out unless there is one.',
    remove: 'Remove {{index}}.',
  },
  options: {
    keepUnique: flag('Leave a unique index alone where another unique key has the same columns.'),
  },
  *check({ facts, project, options, authoring }) {
    for (const view of tablesAnsweredFor(project, facts)) {
      // The ORM makes the indexes of a join table by itself: nobody wrote them, and nobody can leave them out.
      if (view.declaration?.role === 'junction') continue;
      for (const part of view.indexes) {
        if (part.facts !== facts) continue;
        const found = redundancyOf(part, view);
        if (found === undefined || (found.kind === 'same' && part.fact.unique && options.keepUnique)) continue;
        const data = { table: spoken(view.name), index: found.index, other: found.other };
        yield {
          message: found.kind,
          at: part.at,
          data,
          ...(found.kind === 'superset' && { severity: 'info' as const }),
          // What a mixin brings serves other classes too.
          ...(found.kind !== 'superset' &&
            part.at === part.fact.span && {
              suggest: { message: 'remove', data, edits: authoring.removeIndex(part.fact) },
            }),
        };
      }
    }
  },
});
