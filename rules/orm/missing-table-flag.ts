import { defineRule } from '../../src/rule.js';

export default defineRule({
  summary: 'A SQLModel class with key fields is no table, or a field has arguments that do not count.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['file', 'project'],
  fix: 'suggestion',
  sources: ['002_7a51ca8b5657ab8c.txt'],
  messages: {
    flag: '{{owner}} declares {{key}} and has no table=True: SQLModel makes no table of it, and neither create_all() nor autogenerate says a word. Write class {{owner}}(…, table=True).',
    mixed:
      '{{column}} has sa_column= and {{arguments}}: SQLModel refuses them together, and older versions take the column alone. Move {{arguments}} into the Column(…).',
    add: 'Make {{owner}} a table.',
  },
  options: {},
  *check({ facts, authoring }) {
    if (facts.scope === 'test') return;
    for (const table of facts.looseClasses ?? []) {
      const owner = table.className ?? '';
      const keys = table.columns.filter(({ constraints }) => constraints.some(({ kind }) => kind !== 'check'));
      yield {
        message: 'flag',
        at: table.span,
        data: {
          owner,
          key: keys.map(({ name }) => name.value).join(' and ') + (keys.length > 1 ? ' as keys' : ' as a key'),
        },
        suggest: { message: 'add', data: { owner }, edits: authoring.declareTable(table) },
      };
    }
    for (const table of facts.tables) {
      for (const { refused = [], from, attribute, name } of table.columns) {
        const [first] = refused;
        if (first === undefined || from !== undefined) continue;
        yield {
          message: 'mixed',
          at: first.span,
          data: {
            column: attribute ?? name.value,
            arguments: refused.map((each) => `${each.name}=`).join(' and '),
          },
        };
      }
    }
  },
});
