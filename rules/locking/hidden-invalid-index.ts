import { defineRule } from '../../src/rule.js';
import type { Operation, QualifiedName } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { folded } from '../../src/queries/names.js';
import { sent, inSql } from '../../src/queries/remedies/sent.js';
import { isNewIn } from '../../src/queries/replay.js';

type CreateIndex = Extract<Operation, { kind: 'CreateIndex' }>;

export default defineRule({
  summary: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS can skip an invalid leftover.',
  severity: 'warn',
  presets: ['recommended', 'strict', 'online'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'history', 'sql-ast'],
  fix: 'suggestion',
  sources: ['PostgreSQL documentation, Building Indexes Concurrently'],
  messages: {
    hidden:
      'If building {{index}} fails halfway, PostgreSQL keeps it as an invalid index, and IF NOT EXISTS takes that for the real one: a second run says "already exists, skipping", and no query ever uses it. Write {{remedy}} before it.',
    dropFirst: 'Drop what a failed build of {{index}} may have left.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    if (facts.dialect !== 'postgresql') return;
    const changes = [...changesIn(project, facts)];
    const named = ({ name }: QualifiedName): string => folded(name, facts.dialect);
    // Names of indexes and of tables: a schema has no two of one name.
    const builtAnew = new Set(
      changes.flatMap(({ operation }) =>
        operation.kind === 'Reindex' && operation.target ? named(operation.target) : [],
      ),
    );
    const dropped = new Set<string>();
    for (const { operation, statement, migration } of changes) {
      if (operation.kind === 'DropIndex') dropped.add(named(operation.index));
      if (operation.kind !== 'CreateIndex' || !operation.index.concurrently || !operation.ifNotExists) continue;
      const index = indexOf(operation);
      if (index === undefined || isNewIn(project, { table: operation.table }, operation)) continue;
      if (dropped.has(named(index)) || [index, operation.table].some((each) => builtAnew.has(named(each)))) continue;
      const data = { index: index.name.value };
      const drop: Operation = {
        kind: 'DropIndex',
        index,
        table: operation.table,
        concurrently: true,
        ifExists: true,
        span: operation.span,
        provenance: 'api',
      };
      yield {
        message: 'hidden',
        at: operation,
        data: {
          ...data,
          remedy: sent(migration?.runner, `DROP INDEX CONCURRENTLY IF EXISTS ${inSql(index, facts.dialect)}`),
        },
        suggest: {
          message: 'dropFirst',
          data,
          edits: authoring.addOperations(operation, [drop], 'before', {
            ...(statement && { statement }),
            ...(migration && { migration }),
          }),
        },
      };
    }
  },
});

/** The index by its name; it lives in the schema of its table. */
function indexOf({ index: { name }, table: { schema, span } }: CreateIndex): QualifiedName | undefined {
  return name && !name.unknown ? { ...(schema && { schema }), name, span } : undefined;
}
