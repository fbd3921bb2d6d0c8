import type { Operation } from '../../src/ir/index.js';
import { defineRule, flag } from '../../src/rule.js';
import { firstStrongLocks } from '../../src/queries/strong-locks.js';
import { settingAt } from '../../src/queries/timeouts.js';

export default defineRule({
  summary: 'Strong-lock DDL runs without lock_timeout.',
  severity: 'warn',
  presets: ['online'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['history', 'sql-ast', 'runner-profile'],
  fix: 'suggestion',
  sources: [
    'squawk require-timeout-settings',
    'eugene E9',
    'pgfence missing-lock-timeout',
    'postgres-language-server lockTimeoutWarning',
  ],
  messages: {
    missing:
      'This asks for {{lock}} on {{table}} with no {{settings}}: while it waits for a running query or transaction there, {{blocked}} on {{table}} queues up behind it. Write {{remedy}} first, and run the migration again where it is cut off.',
    set: 'Set {{settings}} first.',
  },
  options: {
    declared: flag('The role, the server or the connection sets lock_timeout, where ddlint cannot see it.', false),
    requireStatementTimeout: flag('Ask for statement_timeout too.', false),
    requireIdleTimeout: flag('Ask for idle_in_transaction_session_timeout too.', false),
  },
  *check({ facts, project, options, authoring }) {
    for (const { placed, lock, table, blocked } of firstStrongLocks(project, facts)) {
      const wanted = [
        ...(options.declared ? [] : [facts.dialect === 'postgresql' ? 'lock_timeout' : 'lock_wait_timeout']),
        ...(options.requireStatementTimeout && facts.dialect === 'postgresql' ? ['statement_timeout'] : []),
        ...(options.requireIdleTimeout && facts.dialect === 'postgresql'
          ? ['idle_in_transaction_session_timeout']
          : []),
      ];
      const missing = wanted.filter((name) => settingAt(project, placed, name) === undefined);
      if (missing.length === 0) continue;
      const isLocal = facts.dialect === 'postgresql' && placed.inTransaction === 'yes';
      const settings = missing.join(', ');
      const added = missing.map((name): Operation => ({
        kind: 'SetSetting',
        name,
        value: name === 'lock_timeout' ? '2s' : name === 'lock_wait_timeout' ? '5' : '30s',
        scope: isLocal ? 'transaction' : 'session',
        span: placed.operation.span,
        provenance: 'api',
      }));
      const words = added.map((each) =>
        each.kind === 'SetSetting' ? written(each, facts.dialect === 'postgresql') : '',
      );
      yield {
        message: 'missing',
        at: placed.operation,
        data: { lock, table, blocked, settings, remedy: words.join('; ') },
        suggest: {
          message: 'set',
          data: { settings },
          edits: authoring.addOperations(placed.operation, added, 'before', placed),
        },
      };
    }
  },
});

const written = ({ name, value, scope }: Extract<Operation, { kind: 'SetSetting' }>, isText: boolean): string =>
  `SET ${scope === 'transaction' ? 'LOCAL ' : ''}${name} = ${isText ? `'${value}'` : value}`;
