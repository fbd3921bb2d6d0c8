import { defineRule } from '../../src/rule.js';
import type { Dialect, Name, Operation } from '../../src/ir/index.js';
import { changesIn } from '../../src/queries/changes.js';

export default defineRule({
  summary: 'A migration drops a database.',
  severity: 'error',
  presets: ['recommended', 'strict'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file', 'sql-ast'],
  fix: 'none',
  sources: [
    'bytebase database.drop-empty-database',
    'diesel-guard DropDatabaseCheck',
    'pgfence drop-database',
    'pgsafe drop-database',
    'postgres-language-server banDropDatabase',
    'squawk ban-drop-database',
  ],
  messages: {
    dropped:
      'Database {{database}} is dropped with everything in it: only a restore from backup brings it back{{beyond}}. Leave it out of migrations: whoever is sure drops it by hand, with a fresh backup.',
  },
  options: {},
  *check({ facts, project }) {
    if (isTestSetup(facts.path)) return;
    for (const { operation } of changesIn(project, facts)) {
      const database = databaseOf(operation, facts.dialect);
      if (database === undefined || (!database.unknown && isForTests(database.value))) continue;
      yield {
        message: 'dropped',
        at: operation,
        data: {
          database: database.unknown ? '…' : database.value,
          beyond: facts.dialect === 'postgresql' ? '; PostgreSQL refuses it inside a transaction' : '',
        },
      };
    }
  },
});

/** In MySQL and MariaDB a schema is a database. */
function databaseOf(operation: Operation, dialect: Dialect): Name | undefined {
  if (operation.kind === 'DropDatabase') return operation.database;
  const isSchema = operation.kind === 'DropSchema' && (dialect === 'mysql' || dialect === 'mariadb');
  return isSchema ? operation.schema : undefined;
}

const tests = /(?:^|[^a-z])(?:tests?|testing|specs?|ci|fixtures?)(?:$|[^a-z])/i;

/** A file that sets up what tests run against, by its name or its folder's. */
const isTestSetup = (path: string): boolean => tests.test(path);

/** `shop_test`, `test_shop`. */
const isForTests = (database: string): boolean => tests.test(database.replaceAll('_', ' '));
