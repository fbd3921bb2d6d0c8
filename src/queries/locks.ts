import type { Project } from '../ir/index.js';
import type { Effect } from './locks/effect.js';
import { effectOfActions } from './locks/combine.js';
import { postgresql } from './locks/postgresql.js';
import { lockTable, postgresqlActions } from './locks/postgresql/actions.js';
import { timeZoneAt } from './locks/time-zone.js';
import type { PlacedOperation } from './operations.js';
import { schemaAt } from './replay.js';

export type { Effect, TableLock } from './locks/effect.js';
export { locksHeld } from './locks/held.js';
export { blockedBy, isStronger, type LockMode } from './locks/modes.js';

/** The measured one: all versions from 14 to 18 lock alike but for partitions. */
const ASSUMED_POSTGRESQL = 15;

/**
 * What an operation does to a running database: its locks, and what it does while it holds them. Undefined where that is
 * not known, as for text that can't be read and for dialects without a lock table.
 */
export function effectOf(project: Project, placed: PlacedOperation): Effect | undefined {
  const { operation, statement } = placed;
  const schema = schemaAt(project, operation);
  const dialect = schema?.dialect ?? statement?.dialect ?? project.settings.dialect;
  if (dialect !== 'postgresql') return undefined;
  if (operation.kind === 'Lock') return lockTable(operation);
  const timeZone = timeZoneAt(project, operation);
  const reading = postgresqlActions(operation, {
    project,
    placed,
    ...(schema && { schema }),
    ...(timeZone !== undefined && { timeZone }),
  });
  const version = project.settings.postgresVersion ?? ASSUMED_POSTGRESQL;
  return reading && effectOfActions(reading, postgresql, version, schema);
}
