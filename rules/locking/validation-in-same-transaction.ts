import { defineRule } from '../../src/rule.js';
import type { Operation, Project } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';
import { lockWords } from '../../src/queries/lock-words.js';
import { effectOf } from '../../src/queries/locks.js';
import { foldedInTable, spoken } from '../../src/queries/names.js';
import { validateRemedy } from '../../src/queries/remedies/validation.js';
import { isNewIn, schemaAt, type Origin } from '../../src/queries/replay.js';
import { sharesTransaction } from '../../src/queries/transactions.js';

type Validate = Extract<Operation, { kind: 'ValidateConstraint' }>;

export default defineRule({
  summary: 'VALIDATE CONSTRAINT runs in the transaction that added it NOT VALID.',
  severity: 'error',
  presets: ['recommended', 'strict', 'online'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'history', 'sql-ast', 'runner-profile'],
  fix: 'none',
  sources: [
    'squawk constraint-missing-not-valid',
    'strong_migrations validate_foreign_key',
    'postgres-language-server requireSeparateConstraintValidation',
    'pgfence not-valid-validate-same-tx',
  ],
  messages: {
    together:
      'Constraint {{constraint}} is validated in the transaction that added it NOT VALID: {{held}} is held while every row is checked, and {{waits}} waits for that, as without NOT VALID. Write {{remedy}}.',
  },
  options: {},
  *check({ facts, project }) {
    if (facts.dialect !== 'postgresql') return;
    for (const placed of changesIn(project, facts)) {
      const { operation, migration } = placed;
      if (operation.kind !== 'ValidateConstraint') continue;
      const { table, constraint } = operation;
      const origin = unvalidated(project, operation);
      if (origin === undefined || isNewIn(project, { table }, operation)) continue;
      const addition = { ...placed, operation: origin.operation };
      if (sharesTransaction(project, addition, placed) !== 'yes') continue;
      const effect = effectOf(project, addition);
      const locks = effect && lockWords(effect);
      if (locks === undefined) continue;
      yield {
        message: 'together',
        at: operation,
        data: {
          constraint: constraint.value,
          ...locks,
          remedy: validateRemedy({ migration, table, name: constraint, dialect: facts.dialect, isOutside: false }),
        },
        related: [
          {
            path: origin.facts.path,
            at: origin.operation,
            message: `${constraint.value} of ${spoken(table)} is added here`,
          },
        ],
      };
    }
  },
});

/** What added the constraint, if its rows are still to be checked. */
function unvalidated(project: Project, operation: Validate): Origin | undefined {
  const { table, constraint } = operation;
  const name = foldedInTable(constraint, 'postgresql');
  const state = schemaAt(project, operation)
    ?.table(table)
    ?.constraints.find((each) => each.name === name);
  return state?.constraint.notValid ? state.origin : undefined;
}
