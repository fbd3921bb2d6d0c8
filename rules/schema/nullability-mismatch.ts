import type { Column, FileFacts, Table } from '../../src/ir/index.js';
import { headOf, isInherited } from '../../src/queries/declarations.js';
import { saysNull } from '../../src/queries/strict-nulls.js';
import { defineRule } from '../../src/rule.js';

export default defineRule({
  summary: 'The type in code and the column disagree about NULL.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript'],
  needs: ['file'],
  fix: 'suggestion',
  sources: [
    '004_9452bc49d0f85f35.txt',
    'eslint-plugin-typeorm-typescript enforce-column-types',
    'eslint-plugin-typeorm-typescript enforce-consistent-nullability',
  ],
  messages: {
    surprise:
      '{{attribute}} is annotated {{annotation}}, and its column is nullable: code reads {{none}} where the type says that it cannot. Write {{remedy}}, or make the column NOT NULL.',
    refused:
      '{{attribute}} is annotated {{annotation}}, and its column is NOT NULL: what the type takes, the database refuses. Write {{remedy}}, or make the column nullable.',
    admit: 'Let the type of {{attribute}} take {{none}}.',
    exclude: 'Take {{none}} out of the type of {{attribute}}.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    if (facts.scope === 'test') return;
    if (facts.frontend === 'typescript' && !saysNull(project)) return;
    for (const table of facts.tables) {
      // The columns of a child that shares its parent's table are nullable for the sake of the other children.
      if (table.role === 'abstract' && !isInherited(project, table)) continue;
      for (const column of table.columns) {
        const { annotation, nullable } = column;
        if (annotation === undefined || !disagrees(column, table, facts)) continue;
        const none = facts.frontend === 'python' ? 'None' : 'null';
        const attribute = column.attribute ?? column.name.value;
        yield {
          message: nullable === true ? 'surprise' : 'refused',
          at: headOf(column, column.name),
          data: {
            attribute,
            annotation: annotation.written,
            none,
            remedy: nullable === true ? `a type with "| ${none}"` : `the type without ${none}`,
          },
          suggest: {
            message: nullable === true ? 'admit' : 'exclude',
            data: { attribute, none },
            edits: authoring.annotateNullable(column, nullable === true, table),
          },
        };
      }
    }
  },
});

/** Whether what the annotation says and what the declaration says are known and differ. */
function disagrees(column: Column, table: Table, { frontend }: FileFacts): boolean {
  const { annotation, nullable, nullableGiven, generated, from } = column;
  if (annotation === undefined || annotation.any || from !== undefined || nullable === 'unknown') return false;
  if (annotation.nullable === 'unknown' || annotation.nullable === nullable) return false;
  if (generated !== undefined || isPrimary(column, table)) return false;
  // What the database fills in is None until the row is inserted.
  if (!nullable && column.default?.by === 'server' && frontend === 'python') return false;
  // Without an argument SQLAlchemy goes by the annotation, but for the `Column` that is older than it.
  return frontend === 'typescript' || typeof nullableGiven?.value === 'boolean' || column.declaredAs === 'Column';
}

const isPrimary = ({ name, constraints }: Column, table: Table): boolean =>
  constraints.some(({ kind }) => kind === 'primary') ||
  table.constraints.some((each) => each.kind === 'primary' && each.columns.some(({ value }) => value === name.value));
