import type { FileFacts, Migration, Project, QualifiedName } from '../ir/index.js';
import { changesIn } from './changes.js';
import { blockedBy, effectOf, isStronger } from './locks.js';
import { spoken } from './names.js';
import type { PlacedOperation } from './operations.js';
import { isNewIn } from './replay.js';

/** An operation that makes others wait for as long as it waits itself. */
export interface StrongLock {
  placed: PlacedOperation;
  /** As a message says it: `an ACCESS EXCLUSIVE lock`. */
  lock: string;
  table: string;
  /** What queues up behind it. */
  blocked: string;
}

/**
 * The first operation of each new migration that takes a lock stronger than SHARE UPDATE EXCLUSIVE on a table
 * that is there already: whatever comes later then queues up behind it.
 */
export function* firstStrongLocks(project: Project, facts: FileFacts): Generator<StrongLock> {
  const seen = new Set<Migration>();
  for (const placed of changesIn(project, facts)) {
    if (placed.migration === undefined || seen.has(placed.migration)) continue;
    const found = facts.dialect === 'postgresql' ? inPostgresql(project, placed) : inMysql(project, facts, placed);
    if (found === undefined) continue;
    seen.add(placed.migration);
    yield { placed, ...found };
  }
}

type Found = Omit<StrongLock, 'placed'>;

function inPostgresql(project: Project, placed: PlacedOperation): Found | undefined {
  for (const { table, mode } of effectOf(project, placed)?.locks ?? []) {
    if (!isStronger(mode, 'SHARE UPDATE EXCLUSIVE') || isNew(project, table, placed)) continue;
    const article = /^[AE]/.test(mode) ? 'an' : 'a';
    return { lock: `${article} ${mode} lock`, table: spoken(table), blocked: blockedBy(mode) };
  }
  return undefined;
}

/** What changes a table of MySQL or MariaDB: each takes the table's metadata lock for itself, if only for a moment. */
const changing = new Set<PlacedOperation['operation']['kind']>([
  'DropTable',
  'RenameTable',
  'AddColumn',
  'DropColumn',
  'RenameColumn',
  'AlterColumnType',
  'SetNotNull',
  'DropNotNull',
  'SetDefault',
  'DropDefault',
  'ModifyColumn',
  'AddConstraint',
  'DropConstraint',
  'CreateIndex',
  'ConvertCharset',
  'Truncate',
]);

function inMysql(project: Project, { dialect }: FileFacts, placed: PlacedOperation): Found | undefined {
  const { operation } = placed;
  if ((dialect !== 'mysql' && dialect !== 'mariadb') || !changing.has(operation.kind)) return undefined;
  if (!('table' in operation) || operation.table === undefined || isNew(project, operation.table, placed))
    return undefined;
  return { lock: 'the metadata lock', table: spoken(operation.table), blocked: 'every query' };
}

/** Nobody waits for a table that the operation makes, or that reaches the database in the same batch. */
const isNew = (project: Project, table: QualifiedName, { operation }: PlacedOperation): boolean =>
  (operation.kind === 'CreateTable' && spoken(operation.table) === spoken(table)) ||
  isNewIn(project, { table }, operation);
