import type { Statement, TransactionState } from '../../ir/index.js';

/**
 * Whether Prisma sends the statements of a script one by one. Before 7.4 PostgreSQL gets the script as one string; from
 * then on it is split, unless Prisma's parser gives up on it, as it does on DROP INDEX CONCURRENTLY.
 * @param range as package.json has it: `^6.19.0`
 */
export function splitsScripts(range: string | undefined, statements: readonly Statement[]): TransactionState {
  if (statements[0]?.dialect !== 'postgresql' && statements[0]?.dialect !== 'cockroachdb') return 'yes';
  const [, sign, major, minor = '0'] = /^([\^~]?)v?(\d+)(?:\.(\d+))?(?:\.|$)/.exec(range ?? '') ?? [];
  if (major === undefined) return 'unknown';
  if (Number(major) < 7) return 'no';
  if (Number(major) === 7 && Number(minor) < 4) return sign === '^' ? 'unknown' : 'no';
  return statements.some(({ operations }) => operations.some(isConcurrentDrop)) ? 'unknown' : 'yes';
}

const isConcurrentDrop = (operation: Statement['operations'][number]): boolean =>
  operation.kind === 'DropIndex' && operation.concurrently === true;
