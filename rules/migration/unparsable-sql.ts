import { defineRule } from '../../src/rule.js';
import { unreadIn } from '../../src/queries/unread.js';
import { dialectNames } from '../../src/queries/dialects.js';
import { isShipped } from '../../src/queries/shipped.js';

export default defineRule({
  summary: 'A statement could not be parsed.',
  severity: 'warn',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'sql-ast'],
  fix: 'none',
  sources: ['squawk syntax-error', 'pgfence unanalyzable', 'pgsafe exit'],
  messages: {
    syntax:
      'This is no {{dialect}}: {{reason}}. What the statement does is not known, so no rule has looked at it. Correct it.',
    unterminated: 'This statement never ends: {{reason}}. Everything behind it is taken for a part of it. Close it.',
    nul: 'The text holds a NUL character: parsers stop there, and what follows is not run. Remove it.',
    unchecked:
      '{{reason}}. What it names is read all the same. Split it, so that the grammar of {{dialect}} can confirm it.',
    unread: '{{verb}} is not read by ddlint, so no rule has looked at what it does{{unsupported}}. Check it by hand.',
  },
  options: {},
  *check({ facts, project }) {
    if (facts.scope === 'test' || isShipped(project, facts)) return;
    for (const { kind, statement, at, reason } of unreadIn(facts)) {
      const dialect = dialectNames[statement.dialect];
      if (kind === 'guard') yield { message: 'unchecked', at, severity: 'info', data: { dialect, reason } };
      else if (kind === 'unsupported') {
        const data = { verb: statement.verb, unsupported: ` (a feature of ${dialect} that it knows by name only)` };
        yield { message: 'unread', at, severity: 'info', data };
      } else {
        yield { message: kind, at, data: { dialect, reason, verb: statement.verb, unsupported: '' } };
      }
    }
  },
});
