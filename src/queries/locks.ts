import type { Project } from '../ir/index.js';
import type { Circumstances } from './locks/circumstances.js';
import { effectOfActions, entryFor } from './locks/combine.js';
import type { Effect } from './locks/effect.js';
import { mysql, type MysqlAction, type MysqlEntry } from './locks/mysql.js';
import { mysqlActions } from './locks/mysql/actions.js';
import { postgresql } from './locks/postgresql.js';
import { lockTable, postgresqlActions } from './locks/postgresql/actions.js';
import { timeZoneAt } from './locks/time-zone.js';
import type { PlacedOperation } from './operations.js';
import { schemaAt } from './replay.js';

export type { Effect } from './locks/effect.js';
export { locksHeld, type HeldLock } from './locks/held.js';
export { blockedBy, isStronger, type LockMode } from './locks/modes.js';

/** The measured one: all versions from 14 to 18 lock alike but for partitions. */
const ASSUMED_POSTGRESQL = 15;
/** 8.4, which is like 8.0 from 8.0.29 on. */
const ASSUMED_MYSQL = 8;

/**
 * What an operation does to a running database: its locks, and what it does while it holds them. Undefined where that is
 * not known, as for text that can't be read and for dialects without a lock table.
 */
export function effectOf(project: Project, placed: PlacedOperation): Effect | undefined {
  const { operation, statement } = placed;
  const schema = schemaAt(project, operation);
  const timeZone = timeZoneAt(project, operation);
  const circumstances: Circumstances = {
    project,
    placed,
    ...(schema && { schema }),
    ...(timeZone !== undefined && { timeZone }),
  };
  switch (schema?.dialect ?? statement?.dialect ?? project.settings.dialect) {
    case 'postgresql':
      return inPostgresql(circumstances);
    case 'mysql':
      return inInnodb(circumstances, 'mysql');
    case 'mariadb':
      return inInnodb(circumstances, 'mariadb');
    default:
      return undefined;
  }
}

function inPostgresql(circumstances: Circumstances): Effect | undefined {
  const { project, placed, schema } = circumstances;
  if (placed.operation.kind === 'Lock') return lockTable(placed.operation);
  const reading = postgresqlActions(placed.operation, circumstances);
  const version = project.settings.postgresVersion ?? ASSUMED_POSTGRESQL;
  return reading && effectOfActions(reading, (name) => entryFor(postgresql[name], version), schema);
}

function inInnodb(circumstances: Circumstances, server: 'mysql' | 'mariadb'): Effect | undefined {
  const { project, placed, schema } = circumstances;
  const reading = mysqlActions(placed.operation, circumstances);
  const version = project.settings.mysqlVersion ?? ASSUMED_MYSQL;
  const entryOf = (name: MysqlAction) => {
    const entries: readonly MysqlEntry[] = mysql[name];
    return entryFor(
      entries.filter((each) => each.server === undefined || each.server === server),
      version,
    );
  };
  const effect = reading && effectOfActions(reading, entryOf, schema);
  // What the statement asks for itself.
  if (effect === undefined || placed.operation.algorithm !== 'copy' || effect.algorithm === 'copy') return effect;
  const table = reading?.actions[0]?.table;
  const mode = 'LOCK=SHARED';
  return {
    ...effect,
    locks: table ? [{ table, mode }] : [],
    mode,
    rewrite: true,
    buildsIndexes: true,
    algorithm: 'copy',
  };
}
