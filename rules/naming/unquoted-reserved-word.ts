import type { Dialect, Name } from '../../src/ir/index.js';
import { dialectNames } from '../../src/queries/dialects.js';
import { folded } from '../../src/queries/names.js';
import { statementsIn } from '../../src/queries/operations.js';
import { breaksAsTable } from '../../src/queries/reserved-words.js';
import { isShipped } from '../../src/queries/shipped.js';
import { defineRule } from '../../src/rule.js';

/** Behind a schema and a dot these take any word. */
const freeAfterDot: readonly Dialect[] = ['postgresql', 'cockroachdb', 'mysql', 'mariadb'];

/** The name that the unquoted one folds to, which is what has to stand in the quotes. */
const asStored = (name: Name, dialect: Dialect): string =>
  dialect === 'oracle' ? name.value.toUpperCase() : folded(name, dialect);

export default defineRule({
  summary: 'SQL text uses a reserved identifier without quotes.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'sql-ast'],
  fix: 'auto',
  sources: ['002_7a51ca8b5657ab8c.txt', 'SQLFluff RF04'],
  messages: {
    unquoted:
      '{{name}} is a reserved word in {{dialect}} and stands here for a table without quotes: the statement is refused. ' +
      'Quote it.',
    function:
      'Without quotes, {{name}} is no table in {{dialect}} but the name of the user who is logged in: this reads one row, ' +
      'whatever the table holds. Quote it.',
  },
  options: {},
  *check({ facts, project, authoring }) {
    if (facts.scope === 'test' || isShipped(project, facts)) return;
    const seen = new Set<number>();
    for (const { dialect, reads, writes } of statementsIn(facts)) {
      for (const [names, isRead] of [
        [writes, false],
        [reads, true],
      ] as const) {
        for (const { schema, name } of names) {
          if (name.quoted || name.unknown || !breaksAsTable(name.value, dialect) || seen.has(name.span.start)) continue;
          if (schema && freeAfterDot.includes(dialect)) continue;
          seen.add(name.span.start);
          const isFunction = isRead && dialect === 'postgresql' && name.value.toLowerCase() === 'user';
          yield {
            message: isFunction ? 'function' : 'unquoted',
            at: name,
            data: { name: name.value, dialect: dialectNames[dialect] },
            fix: authoring.quoteIdentifier({ ...name, value: asStored(name, dialect) }, dialect),
          };
        }
      }
    }
  },
});
