import type { Finding } from '../../engine/finding.js';
import type { Column, Dialect, Runner } from '../../ir/index.js';
import type { Severity } from '../../rule.js';
import type { Comparison, Difference } from '../../queries/drift/differences.js';
import { modelName } from '../../queries/drift/words.js';
import { spoken } from '../../queries/names.js';

/** A difference, in words. */
export interface DriftRow {
  kind: Difference['kind'];
  severity: Severity;
  table: string;
  /** Absent where the whole table is meant. */
  column?: string;
  /** What each side has; absent where it has nothing. */
  models?: string;
  migrations?: string;
  message: string;
  path: string;
  line: number;
}

/** The models of one database against its migrations, in words. */
export interface DriftDescription {
  runner: Runner;
  dialect: Dialect;
  histories: string[];
  /** How many models were compared column by column. */
  compared: number;
  skipped: { name: string; reason: string }[];
  open: string[];
  differences: DriftRow[];
}

/** The line of an offset in a file, from 1. */
export type LineOf = (path: string, offset: number) => number;

/**
 * A comparison with those of its differences that are findings: what is switched off, ignored or suppressed is left out.
 */
export function described(comparison: Comparison, findings: readonly Finding[], lineOf: LineOf): DriftDescription {
  const { database, compared, skipped, open } = comparison;
  const differences = comparison.differences.flatMap((each) => rowOf(each, findings, lineOf));
  return {
    runner: database.runner,
    dialect: database.dialect,
    histories: database.ran.map(({ history }) => history.folder),
    compared,
    skipped,
    open,
    differences: differences.sort((a, b) => compare(a.table, b.table) || compare(a.column ?? '', b.column ?? '')),
  };
}

/** By UTF-16 code unit, which no locale changes. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function rowOf(difference: Difference, findings: readonly Finding[], lineOf: LineOf): DriftRow[] {
  const { kind, facts, at } = difference;
  const line = lineOf(facts.path, at.start);
  const column = columnOf(difference);
  const finding = findings.find(
    (each) =>
      each.rule === `drift/${kind}` &&
      each.path === facts.path &&
      each.line === line &&
      (column === undefined || each.message.includes(column)),
  );
  if (finding === undefined) return [];
  const { severity, message } = finding;
  const table = spoken('table' in difference ? difference.table.name : difference.made.name);
  return [
    {
      kind,
      severity,
      table,
      ...(column !== undefined && { column }),
      ...sidesOf(difference),
      message,
      path: facts.path,
      line,
    },
  ];
}

function columnOf(difference: Difference): string | undefined {
  if ('column' in difference) return difference.column.name.value;
  return 'state' in difference ? difference.state.column.name.value : undefined;
}

function sidesOf(difference: Difference): Pick<DriftRow, 'models' | 'migrations'> {
  switch (difference.kind) {
    case 'unmigrated-table':
      return { models: modelName(difference.table) };
    case 'unmigrated-column':
      return { models: typeAndNull(difference.column) };
    case 'unmodelled-table':
      return { migrations: 'table' };
    case 'unmodelled-column':
      return { migrations: typeAndNull(difference.state.column) };
    case 'type-mismatch':
      return { models: labelled(difference.column, difference.missing), migrations: difference.state.column.type.name };
    case 'nullability-mismatch':
      return { models: nullOf(difference.column), migrations: nullOf(difference.state.column) };
  }
}

const nullOf = ({ nullable }: Column): string => (nullable === false ? 'NOT NULL' : 'NULL');

const typeAndNull = (column: Column): string => `${column.type.name} ${nullOf(column)}`;

const labelled = ({ type }: Column, labels: readonly string[]): string =>
  labels.length === 0 ? type.name : `${type.name} with ${labels.map((label) => `'${label}'`).join(', ')}`;
