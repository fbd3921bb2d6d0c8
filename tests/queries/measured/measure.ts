/** One statement or several, as a server ran them in a transaction of their own. */
export interface Measured {
  /** The strongest lock that each table or view was held under before the commit, by `pg_locks`' name for it. */
  locks: { [relation: string]: string };
  rewrites: string[];
  scans: string[];
  validatesForeignKeys: string[];
  /** Why the server looked at no row although the statement asks for something of all of them. */
  skippedScanBecause: string[];
  buildsIndexes: string[];
  error: string[];
}

/** A PostgreSQL server, and what it says at the level DEBUG1 while it runs something. */
export interface Server {
  /** Gives the messages. */
  run(sql: string): Promise<string[]>;
  query<Row>(sql: string): Promise<Row[]>;
}

/** From weak to strong. */
const modes = [
  'AccessShareLock',
  'RowShareLock',
  'RowExclusiveLock',
  'ShareUpdateExclusiveLock',
  'ShareLock',
  'ShareRowExclusiveLock',
  'ExclusiveLock',
  'AccessExclusiveLock',
];

const held = `
  SELECT c.relname AS relation, l.mode FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
  WHERE l.locktype = 'relation' AND l.granted AND l.pid = pg_backend_pid()
    AND c.relkind IN ('r', 'p', 'v', 'm') AND c.relnamespace = 'public'::regnamespace`;

/** Runs a script in a transaction and takes it back. The server must report messages of the level DEBUG1. */
export async function measure(server: Server, ddl: string): Promise<Measured> {
  const result: Measured = {
    locks: {},
    rewrites: [],
    scans: [],
    validatesForeignKeys: [],
    skippedScanBecause: [],
    buildsIndexes: [],
    error: [],
  };
  await server.run('BEGIN');
  try {
    for (const message of await server.run(ddl)) note(result, message);
    for (const { relation, mode } of await server.query<{ relation: string; mode: string }>(held)) {
      const before = result.locks[relation];
      if (before === undefined || modes.indexOf(mode) > modes.indexOf(before)) result.locks[relation] = mode;
    }
  } catch (error) {
    result.error.push((error as Error).message);
  }
  await server.run('ROLLBACK');
  for (const list of [result.rewrites, result.scans, result.buildsIndexes]) list.sort();
  return result;
}

function note(result: Measured, message: string): void {
  const [, rewritten] = /^rewriting table "(.*)"$/.exec(message) ?? [];
  const [, scanned] = /^verifying table "(.*)"$/.exec(message) ?? [];
  const [, validated] = /^validating foreign key constraint "(.*)"$/.exec(message) ?? [];
  const [, built, of] = /^building index "(.*)" on table "(.*)" (?:serially|with request)/.exec(message) ?? [];
  if (rewritten !== undefined) result.rewrites.push(rewritten);
  if (scanned !== undefined) result.scans.push(scanned);
  if (validated !== undefined) result.validatesForeignKeys.push(validated);
  if (built !== undefined && !of!.startsWith('pg_toast')) result.buildsIndexes.push(built);
  if (/sufficient to prove|is implied by existing constraints/.test(message)) result.skippedScanBecause.push(message);
}
