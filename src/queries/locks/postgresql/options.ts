import type { PostgresqlAction } from '../postgresql.js';
import type { Reader } from './reading.js';

/** What an option of ALTER TABLE is, by its text. */
const options: readonly (readonly [RegExp, PostgresqlAction])[] = [
  [/^owner to\b/i, 'change owner'],
  [/^replica identity\b/i, 'change owner'],
  [/^(?:enable|disable)(?: (?:always|replica))? trigger\b/i, 'switch trigger'],
  [/^(?:enable|disable|force|no force) row level security$/i, 'create policy'],
  [/^(?:cluster on\b|set without cluster$)/i, 'set parameters'],
  [
    /^(?:set|reset)\s*\((?:\s*(?:fillfactor|parallel_workers|toast\w*|(?:toast\.)?(?:autovacuum|vacuum|log_autovacuum)_\w+)[^,)]*,?)+\)$/i,
    'set parameters',
  ],
  [/^set (?:logged|unlogged)$/i, 'move rows'],
  [/^set tablespace\b/i, 'move rows'],
  [/^set access method\b/i, 'move rows'],
  [/^alter (?:column )?\S+ (?:set statistics\b|(?:set|reset)\s*\()/i, 'set statistics'],
];

/** An option of ALTER TABLE; undefined for one that the lock table does not have. */
export const tableOption: Reader<'TableOption'> = ({ table, text }) => {
  const found = options.find(([pattern]) => pattern.test(text.trim()));
  return found && { actions: [{ name: found[1], table }] };
};
