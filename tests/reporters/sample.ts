import type { Finding, LintResult, Summary } from '../../src/engine/finding.js';
import type { ReportContext } from '../../src/reporters/reporter.js';

const summary: Summary = {
  files: { read: 2, skipped: 5, unreadable: 0 },
  statements: { ast: 0, shape: 408, target: 1, opaque: 3 },
  migrations: { replayed: 40, reported: 2 },
  findings: { error: 1, warn: 0, info: 0 },
  found: ['SQLAlchemy', 'Alembic (40 migrations in migrations/versions)', 'PostgreSQL'],
};

export function finding(overrides: Partial<Finding> = {}): Finding {
  return {
    rule: 'locking/non-concurrent-index-creation',
    severity: 'error',
    message: 'CREATE INDEX blocks writes to orders.',
    path: 'migrations/2_index.sql',
    line: 2,
    column: 1,
    endLine: 2,
    endColumn: 13,
    related: [],
    ...overrides,
  };
}

export function result(findings: Finding[], overrides: Partial<Summary> = {}): LintResult {
  return { findings, summary: { ...summary, ...overrides }, errors: [] };
}

export function context(texts: { [path: string]: string } = {}, overrides: Partial<ReportContext> = {}): ReportContext {
  return { color: false, listInfo: false, source: (path) => texts[path], ...overrides };
}
