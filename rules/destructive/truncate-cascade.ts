import { defineRule } from '../../src/rule.js';
import type { Dialect, Operation } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { tablesReferringTo } from '../../src/queries/foreign-keys.js';
import { listed } from '../../src/queries/lists.js';
import { objectKey, spoken } from '../../src/queries/names.js';
import type { PlacedOperation } from '../../src/queries/operations.js';
import { isNewIn, knowsEveryTable, schemaAt } from '../../src/queries/replay.js';

type Truncate = Extract<Operation, { kind: 'Truncate' }>;

export default defineRule({
  summary: 'TRUNCATE uses CASCADE.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'sql-ast'],
  fix: 'suggestion',
  sources: [
    'pg-migration-lint PGM204',
    'pgfence truncate-cascade',
    'postgres-language-server banTruncateCascade',
    'squawk ban-truncate-cascade',
  ],
  messages: {
    known:
      'TRUNCATE {{table}} CASCADE empties {{others}} too, whose foreign keys lead to it. Write {{statement}}, so that who reads it sees what goes.',
    unknown:
      'TRUNCATE {{table}} CASCADE empties every table whose foreign keys lead to {{table}}, whatever their ON DELETE says, and those that refer to these. List the tables that are meant, without CASCADE: TRUNCATE then refuses where one was forgotten.',
    needless: 'No foreign key leads to {{table}} here, so CASCADE adds nothing but what is added later. Take it away.',
    list: 'List the tables instead.',
    remove: 'Take CASCADE away.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    if (!cascading.has(facts.dialect)) return;
    for (const statement of statementsOf(changesIn(project, facts))) {
      const last = statement.at(-1)!;
      const { operation } = last;
      if (!operation.cascade || statement.every(({ operation: each }) => isNewIn(project, each, each))) continue;
      const schema = schemaAt(project, operation);
      const named = statement.map(({ operation: { table } }) => table);
      const own = new Set(named.map((table) => objectKey(table, facts.dialect)));
      const others = schema ? named.flatMap((table) => tablesReferringTo(schema, table)) : [];
      const further = [...new Set(others)].filter(({ key }) => !own.has(key)).map(({ name }) => name);
      const table = named.map(spoken).join(', ');
      if (further.length > 0) {
        yield {
          message: 'known',
          at: operation,
          data: {
            table,
            others: listed(further.map(spoken)),
            statement: `TRUNCATE ${[...named, ...further].map(spoken).join(', ')}`,
          },
          suggest: { message: 'list', edits: authoring.truncateTogether(operation, further, last) },
        };
      } else {
        const isAlone = knowsEveryTable(project, operation);
        yield {
          message: isAlone ? 'needless' : 'unknown',
          at: operation,
          data: { table },
          ...(isAlone && { severity: 'info' }),
          suggest: { message: 'remove', edits: authoring.dropCascade(operation, last) },
        };
      }
    }
  },
});

type Placed = PlacedOperation & { operation: Truncate };

/** The tables of each TRUNCATE. */
function statementsOf(changes: Iterable<PlacedOperation>): Placed[][] {
  const groups = new Map<unknown, Placed[]>();
  for (const placed of changes) {
    const { operation, statement } = placed;
    if (operation.kind !== 'Truncate') continue;
    const group = groups.get(statement ?? operation);
    if (group) group.push({ ...placed, operation });
    else groups.set(statement ?? operation, [{ ...placed, operation }]);
  }
  return [...groups.values()];
}

const cascading: ReadonlySet<Dialect> = new Set(['postgresql', 'cockroachdb']);
