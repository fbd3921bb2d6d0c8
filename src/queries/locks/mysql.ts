import type { Entry } from './effect.js';
import type { MysqlMode } from './modes.js';

/** An entry that holds of one of the two servers only, where it says so. */
export interface MysqlEntry extends Entry<MysqlMode> {
  server?: 'mysql' | 'mariadb';
}

const copying = { table: 'LOCK=SHARED', rewrite: true, buildsIndexes: 'all', algorithm: 'copy' } as const;
/** The rows are written anew while others write too. */
const rebuilding = { rewrite: true, buildsIndexes: 'all', algorithm: 'inplace' } as const;
const manual = 'https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html';
const manual57 = 'https://dev.mysql.com/doc/refman/5.7/en/innodb-online-ddl-operations.html';

/**
 * What each action of an ALTER TABLE does to an InnoDB table, where the server chooses the cheapest way by itself. Measured
 * on MariaDB 10.11.19; of MySQL as its manual says. `nocopy` is MariaDB's word for work in place that leaves the rows where
 * they are. The moment at the end in which every change waits for the table alone is left out.
 */
export const mysql = {
  'add column': [
    {
      server: 'mariadb',
      algorithm: 'instant',
      source: ['ADD COLUMN last nullable', 'ADD COLUMN FIRST', 'ADD COLUMN AFTER'],
    },
    { server: 'mysql', since: 8, algorithm: 'instant', source: [manual] },
    { server: 'mysql', before: 8, ...rebuilding, source: [manual57] },
  ],
  'compute new column': [{ ...copying, source: ['ADD COLUMN stored generated', manual] }],
  'fill new column with expression': [{ server: 'mariadb', ...copying, source: ['ADD COLUMN default (expr) uuid()'] }],
  'number new column': [
    {
      table: 'LOCK=SHARED',
      rewrite: true,
      buildsIndexes: 'all',
      algorithm: 'inplace',
      source: ['ADD COLUMN AUTO_INCREMENT', manual],
    },
  ],
  'drop column': [
    { server: 'mariadb', algorithm: 'instant', source: ['DROP COLUMN'] },
    { server: 'mysql', since: 8, algorithm: 'instant', source: [manual] },
    { server: 'mysql', before: 8, ...rebuilding, source: [manual57] },
  ],
  'drop index with column': [
    { server: 'mariadb', algorithm: 'nocopy', source: ['DROP indexed COLUMN'] },
    { server: 'mysql', algorithm: 'inplace', source: [manual] },
  ],
  'rename column': [
    { server: 'mariadb', algorithm: 'instant', source: ['RENAME COLUMN'] },
    { server: 'mysql', algorithm: 'inplace', source: [manual] },
  ],
  'change description': [
    {
      algorithm: 'instant',
      source: [
        'SET DEFAULT',
        'DROP DEFAULT',
        'COMMENT column',
        'COMMENT table',
        'AUTO_INCREMENT=',
        'ENUM append',
        'SET append',
        manual,
      ],
    },
  ],
  'move column': [
    { server: 'mariadb', algorithm: 'instant', source: ['reorder column'] },
    { server: 'mysql', ...rebuilding, source: [manual] },
  ],
  'change nullability': [{ ...rebuilding, source: ['MODIFY NULL->NOT NULL', 'MODIFY NOT NULL->NULL', manual] }],
  'lengthen text': [
    { server: 'mariadb', algorithm: 'instant', source: ['MODIFY varchar(50)->60 utf8mb4 (200->240 bytes)'] },
    { server: 'mysql', algorithm: 'inplace', source: [manual] },
  ],
  'change type': [
    {
      ...copying,
      source: [
        'MODIFY int->bigint',
        'MODIFY varchar(50)->100 utf8mb4 (crosses 255 bytes)',
        'MODIFY varchar(50)->20',
        'MODIFY charset',
        'ENUM remove',
        'decimal widen',
        manual,
      ],
    },
  ],
  'convert character set': [{ ...copying, source: ['CONVERT TO CHARACTER SET', manual] }],
  'add index': [
    { server: 'mariadb', buildsIndexes: 'new', algorithm: 'nocopy', source: ['ADD INDEX', 'ADD UNIQUE'] },
    { server: 'mysql', buildsIndexes: 'new', algorithm: 'inplace', source: [manual] },
  ],
  'add full-text index': [
    { table: 'LOCK=SHARED', buildsIndexes: 'new', algorithm: 'inplace', source: ['ADD FULLTEXT', manual] },
  ],
  'drop index': [
    { server: 'mariadb', algorithm: 'nocopy', source: ['ADD SPATIAL n/a; DROP INDEX'] },
    { server: 'mysql', algorithm: 'inplace', source: [manual] },
  ],
  'rename index': [
    { server: 'mariadb', algorithm: 'instant', source: ['RENAME INDEX'] },
    { server: 'mysql', algorithm: 'inplace', source: [manual] },
  ],
  'replace primary key': [{ ...rebuilding, source: ['ADD PRIMARY KEY (drop+add)', manual] }],
  'drop primary key': [{ ...copying, source: ['DROP PRIMARY KEY', 'drop column id', manual] }],
  // The manual of MySQL: in place only where foreign_key_checks is off.
  'add foreign key': [{ ...copying, source: ['ADD FK', manual] }],
  'add check': [{ ...copying, source: ['ADD CHECK', 'https://dev.mysql.com/doc/refman/8.4/en/alter-table.html'] }],
  'rebuild table': [{ ...rebuilding, source: ['ENGINE=InnoDB rebuild', 'ROW_FORMAT', manual] }],
  'rename table': [{ table: 'LOCK=EXCLUSIVE', algorithm: 'instant', source: ['RENAME TABLE'] }],
} as const satisfies { readonly [action: string]: readonly MysqlEntry[] };

export type MysqlAction = keyof typeof mysql;
