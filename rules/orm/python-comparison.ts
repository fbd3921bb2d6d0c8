import { defineRule } from '../../src/rule.js';
import type { ColumnComparison, Dialect } from '../../src/ir/index.js';
import { isOlder, packageVersion } from '../../src/queries/packages.js';

/** Databases in which `IS` takes nothing but NULL. */
const isNullOnly: ReadonlySet<Dialect> = new Set(['tsql', 'oracle']);

export default defineRule({
  summary: 'A column is compared with True, False or None by == or !=.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['python'],
  needs: ['file'],
  fix: 'auto',
  sources: ['ruff E711', 'ruff E712', '004_9452bc49d0f85f35.txt'],
  messages: {
    method:
      '{{column}} is compared with {{value}} by {{operator}}. Linters and readers take that for a comparison in Python: rewritten to "is" or to a bare condition it is decided before the database is asked, and the query filters nothing or everything. Write {{column}}.{{method}}({{argument}}).',
    portable:
      '{{column}} is compared with {{value}} by {{operator}}. Linters and readers take that for a comparison in Python: rewritten to "is" or to a bare condition it is decided before the database is asked, and the query filters nothing or everything. Write {{column}} {{operator}} sqlalchemy.{{function}}().',
  },
  options: {},
  *check({ facts, project, authoring }) {
    const hasIsNot = !isOlder(packageVersion(project, facts.path, 'sqlalchemy'), 1, 4);
    for (const usage of facts.usages) {
      if (usage.kind !== 'column-comparison' || usage.context === 'migration') continue;
      const { column, operator, value } = usage;
      if (value !== 'None' && isNullOnly.has(facts.dialect)) {
        yield {
          message: 'portable',
          at: usage,
          data: { column, operator, value, function: value.toLowerCase() },
        };
        continue;
      }
      const { method, argument } = methodFor(usage, hasIsNot);
      yield {
        message: 'method',
        at: usage,
        data: { column, operator, value, method, argument },
        fix: authoring.compareByMethod(usage, method, argument),
      };
    }
  },
});

/** `!= True` leaves out the rows that are NULL, as `IS FALSE` does and `IS NOT TRUE` does not. */
function methodFor({ operator, value }: ColumnComparison, hasIsNot: boolean) {
  if (operator === '==') return { method: 'is_', argument: value } as const;
  if (value === 'None') return { method: hasIsNot ? 'is_not' : 'isnot', argument: value } as const;
  return { method: 'is_', argument: value === 'True' ? 'False' : 'True' } as const;
}
