import type { Outcome } from './cases.js';

type Part = keyof Outcome | 'all';

/**
 * Where ddlint says less than a server did: the part in question, or `all` where it says nothing, why, and the cases.
 * A test fails for a part that is equal after all.
 */
const groups: readonly (readonly [part: Part, why: string, cases: readonly string[]])[] = [
  [
    'all',
    'no operation is read from the statement, so that there is nothing to ask about',
    [
      'ALTER INDEX SET (fillfactor)',
      'alter index t_a_idx set (fillfactor = 70)',
      'CREATE STATISTICS',
      'create statistics q on a, nn from t; drop statistics q',
      'DROP STATISTICS n/a; ANALYZE',
      'CREATE RULE',
      'create rule q as on delete to part2 do instead nothing; drop rule q on part2',
      'alter trigger trg on t rename to trg2',
      'alter view w owner to postgres',
    ],
  ],
  [
    'all',
    'the operation does not say which table it is about',
    [
      'GRANT',
      'grant select on all tables in schema public to public',
      'revoke select on t from public',
      "comment on constraint ck_nn on t is 'x'",
      "comment on index t_a_idx is 'x'",
      "comment on type en is 'x'",
      "comment on view w is 'x'",
    ],
  ],
  [
    'all',
    'it may lock any table that uses the type, and the operation does not say what it changes',
    [
      'ALTER DOMAIN ADD CONSTRAINT',
      'ALTER DOMAIN ADD CONSTRAINT NOT VALID',
      'ALTER DOMAIN SET NOT NULL',
      'alter domain dm drop constraint if exists q',
      "alter domain dm set default 'x'",
      'ALTER TYPE ADD ATTRIBUTE',
    ],
  ],
  ['all', 'with CASCADE anything may go along', ['drop domain dm cascade', 'drop function tf() cascade']],
  [
    'all',
    'whether a SELECT locks rows, and which way a COPY goes, is not read',
    ['select * from t', 'select * from t for update', "copy t (id) to '/dev/null'"],
  ],
  ['all', 'the option is none of those that the lock table has', ['SET (user_catalog_table)', 'INHERIT (possible)']],
  [
    'rewrite',
    'whether a domain has a check is not known',
    [
      'ADD COLUMN domain-typed (unconstrained domain)',
      'TYPE text->dm (domain, no constraint)',
      'alter table t add q dm; alter table t alter q type text',
      "create domain dc as text check (value <> ''); alter table t add column q dc",
      "create domain dc as text check (value <> ''); alter table t add column q dc default 'x'",
      "create domain dc as text check (value <> ''); alter table t alter b type dc",
    ],
  ],
  [
    'buildsIndexes',
    'whether a domain has a check is not known',
    [
      'ADD COLUMN domain-typed (unconstrained domain)',
      'TYPE text->dm (domain, no constraint)',
      'alter table t add q dm; alter table t alter q type text',
      "create domain dc as text check (value <> ''); alter table t add column q dc",
      "create domain dc as text check (value <> ''); alter table t add column q dc default 'x'",
      "create domain dc as text check (value <> ''); alter table t alter b type dc",
    ],
  ],
  ['rewrite', 'char(1) and bpchar are one in the facts', ['alter table t alter c type bpchar', 'TYPE text->bpchar']],
  [
    'buildsIndexes',
    'char(1) and bpchar are one in the facts',
    ['alter table t alter c type bpchar', 'TYPE text->bpchar'],
  ],
  [
    'rewrite',
    'the server announces no rewrite, but the table has new storage afterwards',
    ['CLUSTER', 'cluster t using t_a_idx'],
  ],
  [
    'rewrite',
    'the table is already as it is to be',
    ['alter table t set tablespace pg_default', 'alter table t set access method heap', 'SET LOGGED of one that is'],
  ],
  [
    'buildsIndexes',
    'the table is already as it is to be',
    ['alter table t set tablespace pg_default', 'alter table t set access method heap', 'SET LOGGED of one that is'],
  ],
  [
    'buildsIndexes',
    'an index without rows is made in no time',
    [
      'TRUNCATE CASCADE referenced',
      'truncate t',
      'truncate child, p',
      'CREATE TABLE LIKE',
      'create table q partition of part (primary key (id)) for values from (500) to (600)',
      'create table q (id int primary key, up int references q)',
      'CREATE TABLE PARTITION OF with a key on 18',
    ],
  ],
  [
    'scans',
    'a table without rows is read in no time',
    ['create table q partition of part (primary key (id)) for values from (500) to (600)'],
  ],
  ['locks', 'what the check of a single row locks is left out', ['update child set p_id = 6 where id = 5']],
  ['locks', 'the indexes of a materialized view are not replayed', ['drop index mv_u']],
  ['locks', 'the query does not run, which is not read', ['refresh materialized view mv with no data']],
  [
    'scans',
    'which partition is the default one is not read',
    [
      'create table d partition of part default; alter table part attach partition part2 for values from (100) to (200)',
    ],
  ],
  ['scans', 'the name of a NOT NULL constraint is not replayed', ['VALIDATE NOT NULL']],
];

/** The parts of a case that are not compared, each with why. */
export function exceptionsOf(name: string): ReadonlyMap<Part, string> {
  return new Map(groups.flatMap(([part, why, cases]) => (cases.includes(name) ? [[part, why] as const] : [])));
}

/** The names of all cases that have an exception. */
export const exceptional: readonly string[] = groups.flatMap(([, , cases]) => cases);
