import { defineRule } from '../../src/rule.js';
import type { Dialect, Operation, QualifiedName } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { namesOf, possibleDialects } from '../../src/queries/dialects.js';
import { foldedInTable, spoken } from '../../src/queries/names.js';
import { schemaAt, type Schema } from '../../src/queries/replay.js';

/** Measured with Alembic 1.8.1: these name indexes within a table, and get `ON no_table`. */
const needing: readonly Dialect[] = ['mysql', 'mariadb', 'tsql'];

export default defineRule({
  summary: 'A drop_index has no table name.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['file', 'history'],
  fix: 'auto',
  sources: ['001_d0f1cd6d4864747c.txt'],
  messages: {
    missing:
      'drop_index names no table, and {{databases}} can\'t find an index without one: Alembic sends "DROP INDEX {{index}} ON ' +
      'no_table", which fails. Add table_name="{{table}}".',
  },
  options: {},
  *check({ facts, project, authoring }) {
    for (const { operation, guard } of changesIn(project, facts, { down: true })) {
      if (operation.kind !== 'DropIndex' || !operation.tableOmitted) continue;
      const dialects = possibleDialects(guard, facts.dialect, needing);
      if (dialects.length === 0) continue;
      const schema = schemaAt(project, operation);
      const owner = schema && ownerOf(schema, operation);
      yield {
        message: 'missing',
        at: operation,
        data: { databases: namesOf(dialects), index: operation.index.name.value, table: owner ? spoken(owner) : '…' },
        ...(facts.dialect === 'unknown' && guard?.dialects === undefined && { severity: 'warn' }),
        fix: owner && authoring.nameIndexTable(operation, owner),
      };
    }
  },
});

/** The one table that has an index of the name. */
function ownerOf(schema: Schema, { index }: Extract<Operation, { kind: 'DropIndex' }>): QualifiedName | undefined {
  if (index.name.unknown || schema.doubt !== undefined) return undefined;
  const wanted = foldedInTable(index.name, schema.dialect);
  const owners = [...schema.tables()].filter(({ indexes }) => indexes.some(({ name }) => name === wanted));
  return owners.length === 1 ? owners[0]!.name : undefined;
}
