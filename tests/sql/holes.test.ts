import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEmbedded } from '../../src/frontends/sql/embedded.js';
import { loadProvider } from '../../src/frontends/sql/providers/load.js';
import { loadVerifier } from '../../src/frontends/sql/verify.js';
import type { Dialect } from '../../src/ir/index.js';
import { readSql } from './brief.js';

/** Statements as programs and templates write them. */
const templated: { [D in 'postgresql' | 'mysql' | 'sqlite']: string[] } = {
  postgresql: [
    'SELECT * FROM ${table} WHERE id = ${id}',
    'SELECT ${columns} FROM users WHERE name = :name AND age > :age',
    "SELECT * FROM users WHERE email LIKE '%${term}%'",
    'SELECT * FROM users WHERE id = %s AND org_id = %(org)s',
    'SELECT * FROM users WHERE id = $1 AND name = ?',
    'SELECT * FROM users WHERE id IN ${ids}',
    'SELECT * FROM users WHERE id IN (${ids}) ORDER BY ${column} ${direction} LIMIT ${limit} OFFSET ${offset}',
    'SELECT * FROM users WHERE a ${operator} 5',
    'SELECT * FROM users WHERE a = 1 ${extra}',
    'SELECT * FROM users u ${joins} WHERE ${conditions} AND u.deleted IS NULL',
    'SELECT * FROM users WHERE ${conditions} GROUP BY ${group} HAVING count(*) > ${min}',
    'SELECT count(*) FROM {{ schema }}.users',
    'SELECT * FROM tbl_${suffix} AS t',
    'SELECT * FROM "${schema}"."${table}"',
    'SELECT now() - INTERVAL ${age} AS since',
    'SELECT * FROM users WHERE created > now() - interval %(age)s',
    'INSERT INTO {{ index .Options "Namespace" }}.users (id, name) VALUES ({{ .Id }}, {{ .Name }})',
    'INSERT INTO users (id, name) VALUES ${rows}',
    'INSERT INTO users (${columns}) VALUES (${values}) ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name RETURNING ${returned}',
    'UPDATE users SET ${assignments} WHERE id = ${id}',
    'UPDATE {table} SET a = {value} WHERE b = {other}',
    'DELETE FROM users WHERE id = ANY(${ids})',
    'DELETE FROM ${table}',
    "ALTER TABLE ${table} ADD COLUMN ${column} text NOT NULL DEFAULT '${value}'",
    'ALTER TABLE "${table}" DROP COLUMN IF EXISTS "${column}"',
    'ALTER TABLE t ADD CONSTRAINT ${name} UNIQUE USING INDEX "${index}"',
    'ALTER TABLE t ADD CONSTRAINT ${name} FOREIGN KEY (a) REFERENCES ${other} (id)',
    'CREATE INDEX CONCURRENTLY IF NOT EXISTS ${name} ON {{ table }} (${column})',
    'CREATE TABLE IF NOT EXISTS {{ index .Options "Namespace" }}.tokens (id uuid PRIMARY KEY, user_id uuid REFERENCES {{ index .Options "Namespace" }}.users (id))',
    'CREATE TABLE ${table}_${year} PARTITION OF ${table} FOR VALUES FROM (${from}) TO (${to})',
    'CREATE TABLE t_${n} PARTITION OF t FOR VALUES WITH (MODULUS ${modulus}, REMAINDER ${remainder})',
    'CREATE SEQUENCE ${name} START WITH ${start} INCREMENT BY ${step}',
    'DROP TABLE IF EXISTS ${table} CASCADE',
    'COMMENT ON TABLE ${table} IS ${comment}',
    'ALTER TYPE mood ADD VALUE ${value}',
    'CREATE ROLE ${user} LOGIN PASSWORD ${password}',
    'GRANT SELECT ON ${table} TO ${role}',
    'SET search_path TO ${schema}',
    'SET LOCAL statement_timeout = ${timeout}',
    'TRUNCATE TABLE ${first}, ${second}',
    'SELECT :\'name\', :"column" FROM :table WHERE a = :value',
    "COMMENT ON COLUMN users.name IS :'comment'",
    'SELECT a {% if all %}, b{% endif %} FROM {{ ref("users") }} WHERE {{ condition }}',
    'WITH recent AS (SELECT * FROM ${table} WHERE at > ${since}) SELECT * FROM recent ${order}',
    'SELECT * FROM users ORDER BY created ASC ${limit}',
    'SELECT CASE WHEN a = ${one} THEN ${two} ELSE ${three} END FROM t',
    'SELECT data->>${key} FROM t WHERE data @> ${json}::jsonb',
    'SELECT ${fn}(a, ${b}) FROM t',
    'CALL ${procedure}(${argument})',
    'LOCK TABLE ${table} IN EXCLUSIVE MODE',
  ],
  mysql: [
    'SELECT * FROM `${table}` WHERE id = ? LIMIT ?',
    'SELECT * FROM users WHERE id = ${id} LIMIT ${offset}, ${limit}',
    'SELECT * FROM users WHERE id = :id LIMIT :limit OFFSET :offset',
    'SELECT ${columns} FROM users WHERE name = %s AND age > %(age)s',
    'SELECT * FROM users WHERE id IN (${ids}) ORDER BY ${column} ${direction}',
    'SELECT * FROM users WHERE id IN ${ids}',
    "SELECT * FROM users WHERE name LIKE '%${term}%'",
    'SELECT * FROM {database}.{table}',
    'SELECT * FROM {{ prefix }}users WHERE a = 1 ${extra}',
    'SELECT * FROM wp_${blog}_posts AS p ${joins} WHERE ${where}',
    'SELECT * FROM t WHERE a ${operator} 5 AND b = ?',
    'INSERT INTO ${table} (a, b) VALUES (?, ?)',
    'INSERT INTO users (a, b) VALUES ${rows}',
    'INSERT INTO users (a) VALUES (:a) ON DUPLICATE KEY UPDATE a = :a',
    'REPLACE INTO `${table}` (${columns}) VALUES (${values})',
    'UPDATE users SET ${assignments} WHERE id = ?',
    'UPDATE `${table}` SET a = ${a} WHERE b = ${b} LIMIT ${n}',
    'DELETE FROM users WHERE id = %s LIMIT 1',
    'ALTER TABLE `${table}` ADD COLUMN `${column}` int NOT NULL',
    'ALTER TABLE ${table} DROP COLUMN ${column}',
    'ALTER TABLE ${table} ADD INDEX ${index} (${column})',
    'ALTER TABLE t MODIFY COLUMN a varchar(${size}) NOT NULL',
    'CREATE TABLE IF NOT EXISTS ${prefix}users (id int NOT NULL AUTO_INCREMENT, name varchar(20) COMMENT ${comment}, PRIMARY KEY (id)) ENGINE=InnoDB AUTO_INCREMENT=${next}',
    'CREATE INDEX ${name} ON ${table} (a)',
    'DROP TABLE IF EXISTS ${table}',
    'TRUNCATE TABLE ${table}',
    'RENAME TABLE ${from} TO ${to}',
    'SELECT a {% if all %}, b{% endif %} FROM {{ table }}',
    'SELECT DATE_SUB(NOW(), INTERVAL ${days} DAY)',
    'SELECT COUNT(*) FROM ${table} WHERE created > ${since} GROUP BY ${group} HAVING COUNT(*) > ${min}',
  ],
  sqlite: [
    'SELECT * FROM ${table} WHERE id = ?1 AND a = :a AND b = @b AND c = $c',
    'SELECT ${columns} FROM users WHERE name = %s ORDER BY ${column} ${direction} LIMIT ${limit} OFFSET ${offset}',
    'SELECT * FROM users WHERE id IN (${ids}) AND a = ?AND b = ?',
    'SELECT * FROM users WHERE id IN ${ids}',
    "SELECT * FROM users WHERE name LIKE '%${term}%'",
    'SELECT * FROM "${table}" WHERE a = 1 ${extra}',
    'SELECT * FROM {table} WHERE {column} = {value}',
    'SELECT * FROM {{ table }} {{ joins }} WHERE {{ where }}',
    'INSERT INTO ${table} (a, b) VALUES (?, ?)',
    'INSERT OR REPLACE INTO t (${columns}) VALUES ${rows}',
    'UPDATE t SET ${assignments} WHERE id = ?',
    'DELETE FROM "${table}" WHERE rowid = ?',
    'ALTER TABLE ${table} ADD COLUMN ${column} text',
    'ALTER TABLE `${table}` RENAME TO `${other}`',
    'CREATE TABLE IF NOT EXISTS ${table} (id INTEGER PRIMARY KEY, a text DEFAULT ${value})',
    'CREATE INDEX IF NOT EXISTS ${name} ON ${table} (${column})',
    'CREATE UNIQUE INDEX "idx_${table}" ON "${table}" ("${column}")',
    'DROP TABLE IF EXISTS ${table}',
    'PRAGMA user_version = ${version}',
    'PRAGMA table_info(${table})',
    'ATTACH DATABASE ${path} AS ${name}',
    'SELECT a {% if all %}, b{% endif %} FROM t',
    'SELECT * FROM t WHERE a ${operator} 5',
    'VACUUM INTO ${path}',
  ],
};

describe('text with holes, once masked', () => {
  // Of 100: what is left out may be wrong in a way that the hole hides.
  it.each([
    ['postgresql', 98],
    ['mysql', 94],
    ['sqlite', 99],
  ] as const)('is taken by the grammar: %s', async (dialect, share) => {
    const statements = templated[dialect].flatMap((text) => readSql(text, dialect));
    expect(statements).toHaveLength(templated[dialect].length);
    const texts = statements.map(({ text }) => text);
    const verdicts = (await loadProvider(dialect))!.read(texts);
    const refused = texts.filter((_, at) => !verdicts[at]!.accepted);
    (await loadVerifier([dialect]))(statements);
    expect(100 - (100 * refused.length) / statements.length, refused.join('\n')).toBeGreaterThanOrEqual(share);
    expect(statements.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it('is as long as before, and the same outside of its holes', () => {
    const dialects = Object.keys(templated) as (keyof typeof templated)[];
    const piece = fc.constantFrom(...dialects.flatMap((dialect) => templated[dialect]));
    const cut = fc.tuple(
      piece,
      piece,
      fc.nat(200),
      fc.nat(200),
      fc.constantFrom<Dialect>(...dialects, 'tsql', 'unknown'),
    );
    fc.assert(
      fc.property(cut, ([first, second, from, to, dialect]) => {
        // Any beginning of one with any end of another: most are no SQL.
        const text = first.slice(0, from) + second.slice(to);
        for (const { span, text: masked, holes } of readSql(text, dialect)) {
          expect(masked).toHaveLength(span.end - span.start);
          const hidden = new Set(
            holes.flatMap((hole) =>
              Array.from({ length: hole.span.end - hole.span.start }, (_, at) => hole.span.start + at),
            ),
          );
          for (let at = 0; at < masked.length; at++) {
            if (!hidden.has(span.start + at)) expect(masked[at]).toBe(text[span.start + at]);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[string, string, Dialect]>([
    // A name is what stands almost anywhere.
    ['SELECT * FROM ${t} WHERE a = :b', 'SELECT * FROM h___ WHERE a = h_', 'postgresql'],
    ['SELECT * FROM tbl_${x}_y', 'SELECT * FROM tbl_h____y', 'postgresql'],
    ['SELECT a FROM t WHERE b = ?', 'SELECT a FROM t WHERE b = h', 'postgresql'],
    // Quotes stay, and what stands in a string is left alone.
    ['SELECT "${x}" FROM t', 'SELECT "h___" FROM t', 'postgresql'],
    ["SELECT '${x} {y} :z' FROM t", "SELECT '${x} {y} :z' FROM t", 'postgresql'],
    // What the grammar knows stays too.
    ['SELECT $1', 'SELECT $1', 'postgresql'],
    ['SELECT :a, @b, $c, ?1, ?', 'SELECT :a, @b, $c, ?1, ?', 'sqlite'],
    // Numbers and strings where no name may stand.
    ['SELECT a FROM t LIMIT ${n}', 'SELECT a FROM t LIMIT 1   ', 'mysql'],
    ['SELECT a FROM t LIMIT ${n}', 'SELECT a FROM t LIMIT h___', 'postgresql'],
    ['SELECT interval ${x}', "SELECT interval '__'", 'postgresql'],
    ['SELECT :\'a\', :"b"', 'SELECT \'h_\', "h_"', 'postgresql'],
    // A clause that may be left out is, an operator is one, and a list of rows or values is one.
    ['SELECT a FROM t WHERE b = 1 ${x}', 'SELECT a FROM t WHERE b = 1     ', 'postgresql'],
    ['SELECT a FROM t WHERE b ${op} 1', 'SELECT a FROM t WHERE b =     1', 'postgresql'],
    ['SELECT a FROM t ORDER BY a ${d}', 'SELECT a FROM t ORDER BY a     ', 'postgresql'],
    ['SELECT a {% if x %}, b{% endif %}', 'SELECT a           , b           ', 'postgresql'],
    ['INSERT INTO t VALUES ${rows}', 'INSERT INTO t VALUES (1)    ', 'postgresql'],
    ['UPDATE t SET ${all}', 'UPDATE t SET h=1   ', 'postgresql'],
    ['SELECT a FROM (${query}) AS q', 'SELECT a FROM (SELECT  ) AS q', 'postgresql'],
    ['ALTER TABLE t ADD COLUMN a ${type}', 'ALTER TABLE t ADD COLUMN a h______', 'postgresql'],
    ['ALTER TABLE t ADD COLUMN a int ${more}', 'ALTER TABLE t ADD COLUMN a int        ', 'postgresql'],
    ['GRANT ${all} TO bob', 'GRANT h_____ TO bob', 'postgresql'],
    ['CREATE DATABASE a TEMPLATE ${b}', 'CREATE DATABASE a TEMPLATE h___', 'postgresql'],
    // sqlcmd.
    ['SELECT * FROM $(Db).dbo.t', 'SELECT * FROM h____.dbo.t', 'tsql'],
  ])('%s becomes %s (%s)', (text, masked, dialect) => {
    expect(readSql(text, dialect)[0]!.text).toBe(masked);
  });
});

describe('the part of a hole', () => {
  it.each<[string, Dialect, ...string[]]>([
    ['SELECT * FROM ${a} WHERE b = ${c}', 'postgresql', 'js identifier', 'js value'],
    ['SELECT * FROM {a} WHERE b = {{ c }} {% if d %}', 'postgresql', 'brace identifier', 'jinja value', 'jinja clause'],
    ['SELECT * FROM t WHERE a = %s AND b = %(c)s', 'mysql', 'percent value', 'named value'],
    [
      'SELECT * FROM t WHERE a = :b AND c = $1 AND d = ?',
      'postgresql',
      'named value',
      'positional value',
      'positional value',
    ],
    ['SELECT * FROM t WHERE a = 1 ${x} ORDER BY b ${y}', 'postgresql', 'js clause', 'js clause'],
    ['DELETE FROM t ${x}', 'postgresql', 'js clause'],
    ['SELECT :\'a\' FROM :"b"', 'postgresql', 'named value', 'named value'],
    ['SELECT * FROM $(Db).dbo.t', 'tsql', 'named identifier'],
  ])('%s (%s)', (text, dialect, ...expected) => {
    const [statement] = readSql(text, dialect);
    expect(statement!.holes.map(({ style, role }) => `${style} ${role}`)).toEqual(expected);
    expect(statement!.partial).toBe(expected.some((each) => each.endsWith('clause')));
  });

  it('of the name of a placeholder hides all of it', () => {
    const text = [
      { value: 'SELECT a FROM t WHERE b = :b_', offsets: [[0, 0]] as [number, number][] },
      { span: { start: 29, end: 32 }, style: 'fstring' as const, bound: false },
      { value: ' AND c', offsets: [[0, 32]] as [number, number][] },
    ];
    const [statement] = readEmbedded(text, { dialect: 'postgresql', inTransaction: 'no' });
    expect(statement!.text).toBe('SELECT a FROM t WHERE b = h_____ AND c');
  });

  it('in a string of the host language is told', () => {
    const text = [
      { value: "SELECT '", offsets: [[0, 1]] as [number, number][] },
      { span: { start: 9, end: 13 }, style: 'js' as const, bound: false },
      { value: "' FROM t LIMIT ", offsets: [[0, 13]] as [number, number][] },
      { span: { start: 28, end: 32 }, style: 'js' as const, bound: true },
    ];
    const [statement] = readEmbedded(text, { dialect: 'mysql', inTransaction: 'no' });
    expect(statement!.text).toBe("SELECT 'h___' FROM t LIMIT 1   ");
    expect(statement!.holes.map(({ role, bound }) => [role, bound])).toEqual([
      ['inString', false],
      ['value', true],
    ]);
  });
});
