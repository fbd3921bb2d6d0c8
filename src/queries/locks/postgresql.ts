import type { Entry } from './effect.js';
import type { PostgresqlMode } from './modes.js';

const exclusive = 'ACCESS EXCLUSIVE';
const noWrites = 'SHARE ROW EXCLUSIVE';
const noChanges = 'SHARE UPDATE EXCLUSIVE';

const alterTable = 'https://www.postgresql.org/docs/current/sql-altertable.html';
const release11 = 'https://www.postgresql.org/docs/release/11.0/';
const release12 = 'https://www.postgresql.org/docs/release/12.0/';

/**
 * What each action does to a PostgreSQL database. Measured on PostgreSQL 15.18, and again on 18; a version is named only
 * where they differ, or where the release notes say so.
 */
export const postgresql = {
  // Columns.
  'add column': [
    { table: exclusive, partitions: exclusive, source: ['ADD COLUMN nullable', 'ADD COLUMN to partitioned'] },
  ],
  'fill new column with constant': [
    { before: 11, rewrite: true, buildsIndexes: 'all', source: [release11] },
    {
      since: 11,
      source: ['ADD COLUMN const default', 'ADD COLUMN NOT NULL const default', 'ADD COLUMN default now()'],
    },
  ],
  'compute new column': [
    {
      rewrite: true,
      buildsIndexes: 'all',
      source: [
        'ADD COLUMN default clock_timestamp()',
        'ADD COLUMN default gen_random_uuid()',
        'ADD COLUMN serial',
        'ADD COLUMN identity',
        'ADD COLUMN generated stored',
      ],
    },
  ],
  'drop column': [{ table: exclusive, partitions: exclusive, source: ['DROP COLUMN', 'DROP COLUMN of partitioned'] }],
  'rename column': [
    { table: exclusive, partitions: exclusive, source: ['RENAME COLUMN', 'RENAME COLUMN of partitioned'] },
  ],
  'set default': [
    { table: exclusive, partitions: exclusive, source: ['SET DEFAULT', 'DROP DEFAULT', 'SET DEFAULT of partitioned'] },
  ],
  'set not null': [
    {
      table: exclusive,
      partitions: exclusive,
      source: ['SET NOT NULL (validated check)', 'SET NOT NULL of partitioned'],
    },
  ],
  'look for nulls': [{ scans: 'table', source: ['SET NOT NULL (no check)', 'SET NOT NULL (NOT VALID check only)'] }],
  'drop not null': [{ table: exclusive, source: ['DROP NOT NULL'] }],
  'drop not null of partitions': [
    { before: 18, partitions: exclusive, source: ['DROP NOT NULL of partitioned'] },
    { since: 18, source: ['DROP NOT NULL of partitioned'] },
  ],
  'set identity': [
    { table: exclusive, partitions: exclusive, source: ['ADD GENERATED IDENTITY to existing', 'DROP IDENTITY'] },
  ],
  'set generation expression': [
    {
      table: exclusive,
      partitions: exclusive,
      rewrite: true,
      buildsIndexes: 'all',
      source: ['SET EXPRESSION stored'],
    },
  ],
  'set storage': [{ table: exclusive, partitions: exclusive, source: ['SET STORAGE', 'SET COMPRESSION'] }],
  'set statistics': [{ table: noChanges, partitions: noChanges, source: ['SET STATISTICS', 'SET (n_distinct)'] }],

  // Types.
  'change type': [
    { table: exclusive, partitions: exclusive, source: ['TYPE varchar(50)->varchar(100)', 'TYPE of partitioned'] },
  ],
  'convert rows': [
    {
      rewrite: true,
      buildsIndexes: 'all',
      source: ['TYPE int->bigint', 'TYPE varchar(50)->varchar(20)', 'TYPE int->text USING'],
    },
  ],
  'sort indexes anew': [
    {
      buildsIndexes: 'new',
      source: ['TYPE text->text collate "C" (indexed)', 'TYPE timestamp->timestamptz (TZ=UTC, indexed)'],
    },
  ],
  'check rows anew': [{ scans: 'table', source: ['TYPE varchar growth with CHECK'] }],
  'make foreign keys anew': [
    { other: exclusive, source: ['TYPE of a referring column', 'TYPE of a referenced column'] },
  ],
  'validate foreign keys anew': [{ validates: true, source: ['TYPE shrink of a referring column'] }],

  // Constraints.
  'add check': [
    { table: exclusive, partitions: exclusive, scans: 'table', source: ['ADD CHECK', 'ADD CHECK on partitioned'] },
  ],
  'add check, not valid': [
    {
      table: exclusive,
      partitions: exclusive,
      source: ['ADD CHECK NOT VALID', 'ADD CHECK NOT ENFORCED', 'ADD CHECK NOT VALID on partitioned'],
    },
  ],
  'check new column': [{ scans: 'table', source: ['ADD COLUMN CHECK no default', 'ADD COLUMN CHECK with default'] }],
  'add foreign key': [
    {
      table: noWrites,
      other: noWrites,
      partitions: noWrites,
      validates: true,
      source: ['ADD FK', 'ADD FK on partitioned', 'ADD COLUMN REFERENCES with default'],
    },
  ],
  'add foreign key, not valid': [
    {
      table: noWrites,
      other: noWrites,
      partitions: noWrites,
      source: ['ADD FK NOT VALID', 'ADD FK NOT ENFORCED', 'ADD COLUMN REFERENCES (null default)'],
    },
  ],
  'add key': [
    {
      before: 18,
      table: exclusive,
      partitions: 'SHARE',
      buildsIndexes: 'new',
      source: ['ADD UNIQUE', 'ADD UNIQUE on partitioned'],
    },
    {
      since: 18,
      table: exclusive,
      partitions: exclusive,
      buildsIndexes: 'new',
      source: ['ADD UNIQUE on partitioned'],
    },
  ],
  'add primary key': [
    {
      table: exclusive,
      partitions: exclusive,
      buildsIndexes: 'new',
      source: ['ADD PK (drops none; child)', 'ADD PK on partitioned'],
    },
  ],
  'add key of index': [
    { table: exclusive, source: ['ADD UNIQUE USING INDEX', 'ADD PK USING INDEX (col proven not null)'] },
  ],
  'add exclusion': [{ table: exclusive, buildsIndexes: 'new', source: ['ADD EXCLUDE'] }],
  'index new column': [{ buildsIndexes: 'new', source: ['ADD COLUMN UNIQUE'] }],
  'drop constraint': [{ table: exclusive, partitions: exclusive, source: ['DROP PK', 'DROP CHECK'] }],
  'drop foreign keys': [{ other: exclusive, source: ['DROP FK', 'DROP PK CASCADE', 'DROP COLUMN with FK'] }],
  'validate check': [{ table: noChanges, partitions: noChanges, scans: 'table', source: ['VALIDATE CHECK'] }],
  'validate foreign key': [{ table: noChanges, other: 'ROW SHARE', validates: true, source: ['VALIDATE FK'] }],
  'validate constraint': [{ table: noChanges, source: ['VALIDATE CHECK', 'VALIDATE FK'] }],
  'alter constraint': [{ table: exclusive, source: ['ALTER CONSTRAINT DEFERRABLE'] }],
  'switch foreign key': [{ since: 18, other: exclusive, source: ['ALTER CONSTRAINT NOT ENFORCED'] }],
  'rename constraint': [{ table: exclusive, source: ['RENAME CONSTRAINT'] }],

  // Indexes.
  'create index': [
    {
      table: 'SHARE',
      partitions: 'SHARE',
      buildsIndexes: 'new',
      source: ['CREATE INDEX', 'CREATE INDEX ON partitioned'],
    },
  ],
  'look for index': [{ table: 'SHARE', source: ['CREATE INDEX IF NOT EXISTS, and it does'] }],
  'create index of parent only': [{ table: 'SHARE', source: ['CREATE INDEX ON ONLY partitioned'] }],
  'create index concurrently': [
    {
      table: noChanges,
      buildsIndexes: 'new',
      source: ['https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY'],
    },
  ],
  'drop index': [{ table: exclusive, partitions: exclusive, source: ['DROP INDEX', 'DROP INDEX of partitioned'] }],
  'drop index concurrently': [
    { table: noChanges, source: ['https://www.postgresql.org/docs/current/sql-dropindex.html'] },
  ],
  // Up to 11 the index itself is locked so that no query can plan with it; the table never is.
  'rename index': [{ source: ['ALTER INDEX RENAME'] }],
  reindex: [{ table: 'SHARE', partitions: 'SHARE', buildsIndexes: 'all', source: ['REINDEX INDEX', 'REINDEX TABLE'] }],
  'reindex concurrently': [
    {
      since: 12,
      table: noChanges,
      partitions: noChanges,
      buildsIndexes: 'all',
      source: ['https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY'],
    },
  ],

  // Tables.
  'create table': [{ table: exclusive, source: ['CREATE TABLE plain'] }],
  'refer from new table': [{ other: noWrites, source: ['CREATE TABLE with FK'] }],
  'create partition': [{ other: exclusive, source: ['CREATE TABLE PARTITION OF'] }],
  'copy definition': [{ other: 'ACCESS SHARE', source: ['CREATE TABLE LIKE'] }],
  'drop table': [
    {
      table: exclusive,
      partitions: exclusive,
      source: ['https://www.postgresql.org/docs/current/explicit-locking.html'],
    },
  ],
  'drop foreign keys with table': [
    { other: exclusive, source: ['DROP TABLE with FK out', 'DROP TABLE CASCADE (referenced)'] },
  ],
  'drop partition': [{ other: exclusive, source: ['DROP TABLE of a partition'] }],
  'rename table': [{ table: exclusive, source: ['RENAME TABLE', 'SET SCHEMA'] }],
  truncate: [{ table: exclusive, partitions: exclusive, source: ['TRUNCATE', 'TRUNCATE of partitioned'] }],
  'truncate referring tables': [{ other: exclusive, source: ['TRUNCATE CASCADE referenced'] }],
  'attach partition': [
    { before: 12, table: exclusive, other: exclusive, source: [release12] },
    { since: 12, table: noChanges, other: exclusive, source: ['ATTACH PARTITION (matching check)'] },
  ],
  'check rows of partition': [{ scans: 'other', source: ['ATTACH PARTITION (no check)'] }],
  'detach partition': [{ table: exclusive, other: exclusive, source: ['DETACH PARTITION'] }],
  'detach partition concurrently': [{ since: 14, table: noChanges, other: exclusive, source: [alterTable] }],
  'create trigger': [{ table: noWrites, source: ['CREATE TRIGGER'] }],
  'drop trigger': [{ table: exclusive, source: ['DROP TRIGGER'] }],
  'switch trigger': [{ table: noWrites, source: ['ENABLE TRIGGER', 'DISABLE TRIGGER'] }],
  'create policy': [{ table: exclusive, source: ['CREATE POLICY', 'ENABLE RLS'] }],
  'comment on table': [{ table: noChanges, source: ['COMMENT ON TABLE', 'COMMENT ON COLUMN'] }],
  'set parameters': [{ table: noChanges, source: ['SET (autovacuum...)', 'SET (fillfactor)', 'CLUSTER ON'] }],
  'change owner': [{ table: exclusive, source: ['OWNER TO', 'REPLICA IDENTITY FULL'] }],
  // Nothing is written anew where the table is as it is to be already; then nobody has reason to ask for it.
  'move rows': [
    { table: exclusive, rewrite: true, buildsIndexes: 'all', source: ['SET LOGGED', 'SET UNLOGGED', alterTable] },
  ],
  cluster: [{ table: exclusive, rewrite: true, buildsIndexes: 'all', source: ['CLUSTER'] }],
  vacuum: [{ table: noChanges, source: ['https://www.postgresql.org/docs/current/explicit-locking.html'] }],
  'vacuum full': [
    {
      table: exclusive,
      rewrite: true,
      buildsIndexes: 'all',
      source: ['https://www.postgresql.org/docs/current/explicit-locking.html'],
    },
  ],

  // Views.
  'create view': [{ table: exclusive, source: ['CREATE VIEW', 'CREATE OR REPLACE VIEW', 'CREATE MATVIEW'] }],
  'drop view': [{ table: exclusive, source: ['https://www.postgresql.org/docs/current/explicit-locking.html'] }],
  'drop dependent views': [
    { other: exclusive, source: ['https://www.postgresql.org/docs/current/explicit-locking.html'] },
  ],
  'rename view': [{ table: exclusive, source: ['ALTER VIEW RENAME'] }],
  'refresh view': [{ table: exclusive, buildsIndexes: 'all', source: ['REFRESH MATVIEW'] }],
  'refresh view concurrently': [{ table: 'EXCLUSIVE', source: ['REFRESH MATVIEW CONCURRENTLY'] }],

  // Rows.
  'read rows': [
    { other: 'ACCESS SHARE', source: ['CREATE VIEW', 'CTAS', 'INSERT SELECT from a table', 'ALTER SEQUENCE OWNED BY'] },
  ],
  'write rows': [{ table: 'ROW EXCLUSIVE', source: ['UPDATE all rows', 'DELETE all rows', 'INSERT SELECT', 'MERGE'] }],

  // What locks no table.
  nothing: [
    {
      source: [
        'ALTER TYPE ADD VALUE',
        'ALTER TYPE RENAME VALUE',
        'CREATE TYPE',
        'CREATE SEQUENCE',
        'CREATE FUNCTION',
        'CREATE SCHEMA',
      ],
    },
  ],
} as const satisfies { readonly [action: string]: readonly Entry<PostgresqlMode>[] };

export type PostgresqlAction = keyof typeof postgresql;
