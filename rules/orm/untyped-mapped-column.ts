import { headOf } from '../../src/queries/declarations.js';
import { sqlalchemyMajor } from '../../src/queries/current-style.js';
import { defineRule, flag } from '../../src/rule.js';

export default defineRule({
  summary: 'A mapped attribute has no Mapped[] annotation.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['file'],
  fix: 'suggestion',
  sources: ['001_d0f1cd6d4864747c.txt', '003_415f54345a6e7168.txt', 'ruff SA001-draft'],
  messages: {
    column:
      '"{{attribute}}" is made by Column(), which tells a type checker nothing and whether it may be None to nobody. Write {{attribute}}: Mapped[{{type}}] = mapped_column(…).',
    unannotated:
      '"{{attribute}}" is made by mapped_column() without an annotation: a type checker takes it for anything, and it is nullable unless it says otherwise. Write {{attribute}}: Mapped[{{type}}] = mapped_column(…).',
    annotate: 'Annotate "{{attribute}}".',
  },
  options: {
    allowUnannotated: flag('Accept mapped_column() without an annotation.'),
  },
  *check({ facts, project, options, authoring }) {
    if (facts.scope === 'test' || sqlalchemyMajor(project, facts.path) !== 2) return;
    for (const table of facts.tables) {
      // SQLModel annotates by itself, and a Table() has no attributes.
      if (table.className === undefined || table.declaredBy === 'sqlmodel') continue;
      for (const column of table.columns) {
        const { declaredAs, annotation, from, attribute = column.name.value } = column;
        if (from !== undefined || annotation?.wrapper !== undefined) continue;
        const isOld = declaredAs === 'Column';
        if (!isOld && (declaredAs !== 'mapped_column' || options.allowUnannotated)) continue;
        const data = { attribute, type: column.nullable === true ? '… | None' : '…' };
        yield {
          message: isOld ? 'column' : 'unannotated',
          at: headOf(column, column.name),
          data,
          suggest: { message: 'annotate', data, edits: authoring.annotateColumn(column, table) },
        };
      }
    }
  },
});
