import type { Dialect } from '../ir/index.js';

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

// PostgreSQL 18, pg_get_keywords(): the classes "reserved" and "reserved (can be function or type name)". Neither may
// name a table or a column without quotes.
const postgresql = list(`
  all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column
  concurrently constraint create cross current_catalog current_date current_role current_schema current_time
  current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from
  full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime
  localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references returning
  right select session_user similar some symmetric system_user table tablesample then to trailing true union unique user
  using variadic verbose when where window with
`);

// MySQL 8.4 manual, "Keywords and Reserved Words", those marked (R); compared word by word.
const mysql = list(`
  accessible add all alter analyze and as asc asensitive before between bigint binary blob both by call cascade case
  change char character check collate column condition constraint continue convert create cross cube cume_dist
  current_date current_time current_timestamp current_user cursor database databases day_hour day_microsecond day_minute
  day_second dec decimal declare default delayed delete dense_rank desc describe deterministic distinct distinctrow div
  double drop dual each else elseif empty enclosed escaped except exists exit explain false fetch first_value float float4
  float8 for force foreign from fulltext function generated get grant group grouping groups having high_priority
  hour_microsecond hour_minute hour_second if ignore in index infile inner inout insensitive insert int int1 int2 int3
  int4 int8 integer intersect interval into io_after_gtids io_before_gtids is iterate join json_table key keys kill lag
  last_value lateral lead leading leave left like limit linear lines load localtime localtimestamp lock long longblob
  longtext loop low_priority manual match maxvalue mediumblob mediumint mediumtext middleint minute_microsecond
  minute_second mod modifies natural no_write_to_binlog not nth_value ntile null numeric of on optimize optimizer_costs
  option optionally or order out outer outfile over parallel partition percent_rank precision primary procedure purge
  qualify range rank read read_write reads real recursive references regexp release rename repeat replace require resignal
  restrict return revoke right rlike row row_number rows schema schemas second_microsecond select sensitive separator set
  show signal smallint spatial specific sql sql_big_result sql_calc_found_rows sql_small_result sqlexception sqlstate
  sqlwarning ssl starting stored straight_join system table tablesample terminated then tinyblob tinyint tinytext to
  trailing trigger true undo union unique unlock unsigned update usage use using utc_date utc_time utc_timestamp values
  varbinary varchar varcharacter varying virtual when where while window with write xor year_month zerofill
`);

// Measured on MariaDB 10.11: of the words in information_schema.KEYWORDS and those of MySQL, the ones that name neither
// a table nor a column without quotes. They are MySQL's without its window functions and a few others, and some more.
const mariadb = new Set([
  ...[...mysql].filter(
    (word) =>
      !list(`
        cube cume_dist database dense_rank empty first_value function generated get grouping groups io_after_gtids
        io_before_gtids json_table lag last_value lateral lead manual nth_value ntile of optimizer_costs option parallel
        percent_rank qualify rank row schema stored system tablesample virtual window
      `).has(word),
  ),
  ...list(`current_role delete_domain_id do_domain_ids ignore_domain_ids master_demote_to_replica master_demote_to_slave
    master_ssl_verify_server_cert offset page_checksum parse_vcol_expr portion ref_system_id returning stats_auto_recalc
    stats_persistent stats_sample_pages`),
]);

// Measured on SQLite 3.40: the keywords that can't name a table or a column unquoted. It takes all others.
const sqlite = list(`
  add all alter and as autoincrement between case check collate commit constraint create default deferrable delete
  distinct drop else escape except exists foreign from group having if in index insert intersect into is isnull join
  limit not nothing notnull null on or order primary references returning select set table then to transaction union
  unique update using values when where
`);

// Transact-SQL reference, "Reserved Keywords".
const tsql = list(`
  add all alter and any as asc authorization backup begin between break browse bulk by cascade case check checkpoint close
  clustered coalesce collate column commit compute constraint contains containstable continue convert create cross current
  current_date current_time current_timestamp current_user cursor database dbcc deallocate declare default delete deny
  desc disk distinct distributed double drop dump else end errlvl escape except exec execute exists exit external fetch
  file fillfactor for foreign freetext freetexttable from full function goto grant group having holdlock identity
  identity_insert identitycol if in index inner insert intersect into is join key kill left like lineno load merge national
  nocheck nonclustered not null nullif of off offsets on open opendatasource openquery openrowset openxml option or order
  outer over percent pivot plan precision primary print proc procedure public raiserror read readtext reconfigure references
  replication restore restrict return revert revoke right rollback rowcount rowguidcol rule save schema securityaudit
  select semantickeyphrasetable semanticsimilaritydetailstable semanticsimilaritytable session_user set setuser shutdown
  some statistics system_user table tablesample textsize then to top tran transaction trigger truncate try_convert tsequal
  union unique unpivot update updatetext use user values varying view waitfor when where while with within writetext
`);

// Oracle Database SQL Language Reference, "Oracle SQL Reserved Words".
const oracle = list(`
  access add all alter and any as asc audit between by char check cluster column column_value comment compress connect
  create current date decimal default delete desc distinct drop else exclusive exists file float for from grant group
  having identified immediate in increment index initial insert integer intersect into is level like lock long maxextents
  minus mlslabel mode modify nested_table_id noaudit nocompress not nowait null number of offline on online option or order
  pctfree prior public raw rename resource revoke row rowid rownum rows select session set share size smallint start
  successful synonym sysdate table then to trigger uid union unique update user validate values varchar varchar2 view
  whenever where with
`);

const reserved: { readonly [D in Dialect]: ReadonlySet<string> } = {
  postgresql,
  cockroachdb: new Set([...postgresql, 'index', 'nothing']),
  mysql,
  mariadb,
  sqlite,
  tsql,
  oracle,
  unknown: new Set(),
};

// ISO/IEC 9075-2:2023, the reserved words that are plausible names, functions left out.
const standard = list(`
  absent allocate any are array asensitive asymmetric at atomic authorization begin between bigint binary blob boolean both
  by call called cardinality cascaded case cast char character check classifier clob close collate collect column commit
  condition connect constraint contains convert copy corresponding count create cross cube current cursor cycle date day
  deallocate dec decfloat decimal declare default define delete describe deterministic disconnect distinct double drop
  dynamic each element else empty end equals escape every except exec execute exists external extract false fetch filter
  float for foreign free from full function fusion get global grant group grouping groups having hold hour identity in
  indicator initial inner inout insensitive insert int integer intersect intersection interval into is join json language
  large lateral leading left like local match matches measures member merge method minute modifies module month multiset
  national natural nchar nclob new no none normalize not null numeric of offset old omit on one only open or order out outer
  over overlaps overlay parameter partition pattern per percent period portion position precedes precision prepare primary
  procedure range rank reads real recursive ref references referencing release result return returns revoke right rollback
  rollup row rows running savepoint scope scroll search second seek select sensitive set show similar skip smallint some
  specific sql sqlexception sqlstate sqlwarning start static subset succeeds symmetric system table tablesample then time
  timestamp to trailing translation treat trigger true truncate union unique unknown unmatched unnest update user using
  value values varbinary varchar varying versioning when whenever where window with within without year
`);

/** Whether a dialect takes the word as a table or column name in quotes only. Case is ignored. */
export function isReserved(word: string, dialect: Dialect): boolean {
  return reserved[dialect].has(word.toLowerCase());
}

/** The dialects that reserve the word. */
export function dialectsReserving(word: string): Dialect[] {
  return (Object.keys(reserved) as Dialect[]).filter((dialect) => isReserved(word, dialect));
}

/** Whether the SQL standard reserves the word, whatever the databases do. */
export function isStandardWord(word: string): boolean {
  return standard.has(word.toLowerCase());
}

/** Reserved words that may stand where a statement names a table, and then mean what they are reserved for. */
const clauses = list(
  'dual if ignore json_table lateral low_priority only openquery openrowset openxml select table with',
);

/**
 * Whether a word that stands unquoted for a table of a statement breaks it, or means something else: in PostgreSQL
 * `FROM user` is a call of the function that gives the session's user.
 */
export function breaksAsTable(word: string, dialect: Dialect): boolean {
  return isReserved(word, dialect) && !clauses.has(word.toLowerCase());
}
