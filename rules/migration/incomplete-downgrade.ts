import { defineRule } from '../../src/rule.js';
import type { Migration, Operation, Project } from '../../src/ir/index.js';
import { inverseOperations } from '../../src/queries/inverse-operations.js';
import { mentionsTag } from '../../src/queries/markers.js';
import { operationsOf } from '../../src/queries/operations.js';
import { spoken } from '../../src/queries/names.js';
import { indexesLeftAt, misplacedIn } from '../../src/queries/misplaced.js';
import { residuesOf, takesBack, type Residue } from '../../src/queries/residues.js';
import { isShipped } from '../../src/queries/shipped.js';

export default defineRule({
  summary: 'The downgrade does not mirror the upgrade, or in the wrong order.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python', 'typescript'],
  needs: ['file', 'history'],
  fix: 'suggestion',
  sources: [
    '001_d0f1cd6d4864747c.txt',
    '002_7a51ca8b5657ab8c.txt',
    '004_9452bc49d0f85f35.txt',
    'pytest-alembic downgrade_leaves_no_trace',
  ],
  messages: {
    left: 'The {{half}} of migration {{id}} leaves {{things}} behind: the next run of the migration fails, because that is there already. {{remedy}}.',
    missing:
      'The {{half}} of migration {{id}} does not bring back {{things}}: the release before runs on a schema that it was not written for. {{remedy}}.',
    changed:
      'The {{half}} of migration {{id}} does not leave {{things}} as it was before: the release before runs on a schema that it was not written for. {{remedy}}.',
    late: 'By then {{thing}} is gone: an operation before took it along, so this one fails and the way back ends here. Put it first, or leave it out.',
    index:
      "SQLite can't drop column {{column}} while {{indexes}} {{verb}} on it, and the way back ends here. Drop the index first.",
    write: 'Write what is missing.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    if (facts.scope === 'test' || isShipped(project, facts)) return;
    for (const migration of facts.migrations) {
      const { down, half, message } = migration;
      if (down.state !== 'present' || half !== undefined || mentionsTag(facts, message?.value, 'irreversible'))
        continue;
      const late = misplacedIn(project, migration);
      for (const { operation, words } of late) yield { message: 'late', at: operation, data: { thing: words } };
      for (const { operation, indexes, drops } of indexesLeftAt(project, migration, facts.dialect)) {
        yield {
          message: 'index',
          at: operation,
          data: {
            column: `${spoken(operation.table)}.${operation.column.value}`,
            indexes: indexes.join(' and '),
            verb: indexes.length > 1 ? 'are' : 'is',
          },
          suggest: { message: 'write', edits: authoring.addOperations(operation, drops, 'before', { migration }) },
        };
      }
      // What follows a statement that fails is not run.
      if (late.length > 0) continue;
      const residues = residuesOf(project, migration);
      const last = [...operationsOf(migration, 'down')].at(-1);
      for (const kind of ['left', 'missing', 'changed'] as const) {
        const own = residues.filter((each) => each.kind === kind);
        if (own.length === 0) continue;
        const missing = missingSteps(project, migration, own);
        yield {
          message: kind,
          at: down,
          data: {
            half: facts.frontend === 'python' ? 'downgrade()' : 'down()',
            id: migration.id,
            things: listed(own.map(({ words }) => words)),
            remedy: remedies[kind],
          },
          related: own.slice(0, most).map(({ origin, words }) => ({
            path: origin.facts.path,
            at: origin.operation,
            message: `${words} comes from here`,
          })),
          ...(missing &&
            last && {
              suggest: {
                message: 'write',
                edits: authoring.addOperations(last.operation, missing, 'behind', {
                  migration,
                  ...(last.statement && { statement: last.statement }),
                }),
              },
            }),
        };
      }
    }
  },
});

const remedies: { readonly [K in Residue['kind']]: string } = {
  left: 'Drop it there too',
  missing: 'Create it there again',
  changed: 'Change it back there',
};

const most = 4;

const listed = (all: readonly string[]): string =>
  all.length > most ? `${all.slice(0, most).join(', ')} and ${all.length - most} more` : all.join(' and ');

/** The steps of the certain inverse that take care of what is left; nothing where one of them is not certain. */
function missingSteps(project: Project, migration: Migration, residues: readonly Residue[]): Operation[] | undefined {
  const inverse = inverseOperations(project, migration);
  const steps = inverse?.filter((operation) => residues.some((residue) => takesBack(operation, residue)));
  return steps && residues.every((residue) => steps.some((step) => takesBack(step, residue))) ? steps : undefined;
}
