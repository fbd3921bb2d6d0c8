import { defineRule } from '../../src/rule.js';
import type { Name } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { listed } from '../../src/queries/lists.js';
import { reviewedMarker } from '../../src/queries/markers.js';
import { folded, spoken } from '../../src/queries/names.js';
import { schemaAt, type Schema } from '../../src/queries/replay.js';

export default defineRule({
  summary: 'A migration drops a schema.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'sql-ast'],
  fix: 'none',
  sources: ['atlas DS101', 'pg-migration-lint PGM205', 'pgfence drop-schema', 'postgres-language-server banDropSchema'],
  messages: {
    cascade:
      'Schema {{schema}} is dropped with everything in it: {{contents}}. Drop what is not needed by statements of its own, each reviewed by itself, and then the schema without CASCADE.',
    empty:
      'Schema {{schema}} is dropped: the statement fails while anything is in it{{contents}}, and so does code that still makes something there. Where both are out of the question, say so in a comment that begins with "reviewed:".',
  },
  options: {},
  *check({ facts, project }) {
    // A schema of these is a database.
    if (facts.dialect === 'mysql' || facts.dialect === 'mariadb') return;
    const made = new Set<string>();
    for (const { operation } of changesIn(project, facts)) {
      if (operation.kind === 'CreateSchema' && !operation.ifNotExists)
        made.add(folded(operation.schema, facts.dialect));
      if (operation.kind !== 'DropSchema' || made.has(folded(operation.schema, facts.dialect))) continue;
      if (reviewedMarker(project, facts, operation)) continue;
      const { schema, cascade } = operation;
      const before = schemaAt(project, operation);
      const tables = before ? tablesIn(before, schema) : [];
      const known = listed(tables);
      yield {
        message: cascade ? 'cascade' : 'empty',
        at: operation,
        data: {
          schema: schema.unknown ? '…' : schema.value,
          contents: cascade ? known || 'tables with their rows, views and functions' : known && `, such as ${known}`,
        },
        ...(!cascade && { severity: 'warn' }),
      };
    }
  },
});

/** The tables of a schema, as a person would say them. */
function tablesIn(state: Schema, schema: Name): string[] {
  const wanted = folded(schema, state.dialect);
  return [...state.tables()]
    .filter(({ name }) => name.schema && folded(name.schema, state.dialect) === wanted)
    .map(({ name }) => spoken(name));
}
