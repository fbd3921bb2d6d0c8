import { defineRule, strings } from '../../src/rule.js';
import type { Operation } from '../../src/ir/index.js';
import { busyChangesIn } from '../../src/queries/busy-changes.js';
import { calledFunctions, onlyCall } from '../../src/queries/called-functions.js';
import { dialectNames } from '../../src/queries/dialects.js';
import { lockWords } from '../../src/queries/lock-words.js';
import { spoken } from '../../src/queries/names.js';
import { columnSteps } from '../../src/queries/remedies/columns-in-steps.js';

type AddColumn = Extract<Operation, { kind: 'AddColumn' }>;

export default defineRule({
  summary:
    'A column is added with a default that rewrites the table: volatile, or any default on the declared old version.',
  severity: 'error',
  presets: ['online'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast'],
  fix: 'suggestion',
  sources: [
    'strong_migrations add_column_default',
    'squawk adding-field-with-default',
    'atlas PG302',
    'bytebase column.default-disallow-volatile',
    'pg-migration-lint PGM006',
    'postgres-language-server addingFieldWithDefault',
  ],
  messages: {
    rewriting:
      'Default {{value}} of {{column}} has another value for each row: {{table}} and its indexes are written anew under {{held}}, and {{waits}} waits for that. Write {{remedy}}, and fill the rows that are there in batches.',
    old: '{{server}} writes every row of {{table}} anew for the default of {{column}}, under {{held}}, and {{waits}} waits for that. Write {{remedy}}, and fill the rows that are there in batches.',
    unknown:
      'Default {{value}} of {{column}} calls a function that is not known here: unless it is declared STABLE or IMMUTABLE, {{table}} and its indexes are written anew under {{held}}, and {{waits}} waits for that. Write {{remedy}}, and fill the rows that are there in batches; name the function in `stable` if it is.',
    apart: 'Add {{column}} without the default, and set the default for new rows.',
  },
  options: {
    volatile: strings("Further functions that give another value for each row, such as the project's own."),
    stable: strings('Functions that give one value for the whole statement, so that no row is written anew.'),
  },
  *check({ facts, project, options, authoring }) {
    const { dialect } = facts;
    for (const { placed, table, effect } of busyChangesIn(project, facts)) {
      const { operation } = placed;
      if (operation.kind !== 'AddColumn' || operation.column.generated !== undefined) continue;
      const { name, default: given } = operation.column;
      const locks = effect && lockWords(effect);
      if (given?.by !== 'server' || locks === undefined || effect?.mode === undefined) continue;
      const called = calledFunctions(given.text);
      const names = (list: readonly string[]): boolean => list.some((each) => called.includes(each.toLowerCase()));
      const isVolatile = given.volatility === 'volatile' || names(options.volatile);
      const isOld = effect.rewrite === true && !isVolatile && given.volatility !== undefined;
      if (!isOld && names(options.stable)) continue;
      const isOpen = given.volatility === undefined && dialect === 'postgresql' && onlyCall(given.text) !== undefined;
      const rewrites = effect.rewrite === true || (dialect === 'postgresql' && isVolatile);
      if (!rewrites && !isOpen) continue;
      const { added, filled } = columnSteps(placed, facts, table, name);
      yield {
        message: isOld ? 'old' : rewrites ? 'rewriting' : 'unknown',
        at: operation,
        data: {
          value: given.text,
          column: name.value,
          table: spoken(table),
          server: `${dialectNames[dialect]} ${project.settings.postgresVersion ?? ''}`.trim(),
          ...locks,
          remedy: `${added} without the default, then ${filled}`,
        },
        ...(!rewrites && { severity: 'warn' }),
        suggest: {
          message: 'apart',
          data: { column: name.value },
          edits: authoring.replaceOperation(operation, inSteps(operation), placed),
        },
      };
    }
  },
});

/** The column as it can be added at once: without a value until the rows are filled. */
function inSteps(operation: AddColumn): Operation[] {
  const { default: given, ...column } = operation.column;
  const { table, span, provenance } = operation;
  const set: Operation = { kind: 'SetDefault', table, column: column.name, default: given!, span, provenance };
  return [{ ...operation, column: { ...column, nullable: true } }, set];
}
