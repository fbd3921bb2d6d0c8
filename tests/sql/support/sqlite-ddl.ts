import fc from 'fast-check';
import { type Arb, inParentheses, list, maybe, none, seq, someOf, token, whole, written } from './generate.js';

/** Every way to quote, words that SQLite takes for names, and signs that a reader may take for a clause. */
const name = whole(
  ...['a', 'b_1', 'Users', 'ü', 'key', 'action', 'cascade', 'rowid', 'temp', 'replace', 'no'],
  ...['"A b"', '"a""b"', '[x;y]', '`where`', "'it''s'", '"--"', '[select]', '"index"', '`unique`'],
);
const qualified: Arb = fc.oneof(
  name,
  fc.tuple(token('main', 'aux', '"temp"'), name).map(([schema, own]) => [`${schema[0]!}.${own[0]!}`]),
);
const names = inParentheses(list(name));
const constant = whole('1', "'a;b'", "'it''s'", "x'00'", 'NULL', 'CURRENT_TIMESTAMP', '-1', '+1.5e3', 'true', '"x"');
const expression = whole(
  ...['1', "'a;b'", ':p', '?1', '@v', '$w', "json_extract(a, '$.where')", '(SELECT 1 FROM y WHERE z = 1)'],
  ...["CASE WHEN a > 0 THEN 'x' ELSE 'y' END", 'a - -1', "a ->> '$.x'", 'a COLLATE nocase', 'CAST(a AS text)'],
);
const condition = whole(
  ...['a > 0', 'a IS NOT NULL AND b < 1', "(a = 'x' OR b) AND NOT c", 'a IN (SELECT b FROM c WHERE d)'],
  ...['EXISTS (SELECT 1)', 'a = ?', "a LIKE '%where%' ESCAPE '\\'", 'a BETWEEN 1 AND 2', 'a ISNULL'],
);
const conflict = maybe(seq('ON CONFLICT', token('ROLLBACK', 'ABORT', 'FAIL', 'IGNORE', 'REPLACE')));
const deferral = maybe(seq(maybe('NOT'), 'DEFERRABLE', maybe(token('INITIALLY DEFERRED', 'INITIALLY IMMEDIATE'))));
const actions = someOf(
  seq('ON DELETE', token('CASCADE', 'SET NULL', 'SET DEFAULT', 'RESTRICT', 'NO ACTION')),
  seq('ON UPDATE', token('CASCADE', 'SET NULL', 'RESTRICT')),
  token('MATCH FULL'),
);
const references = seq('REFERENCES', name, maybe(names), actions, deferral);
const type = maybe(
  token(
    ...['int', 'INTEGER', 'text', 'varchar(20)', 'decimal(10, -2)', 'unsigned big int', 'double precision', 'ANY'],
    ...['native character(70)', '"my type"'],
  ),
);
const columnConstraints = someOf(
  seq('NOT NULL', conflict),
  seq('UNIQUE', conflict),
  seq('DEFAULT', fc.oneof(constant, inParentheses(expression))),
  seq(maybe(seq('CONSTRAINT', name)), 'CHECK', inParentheses(condition)),
  token('COLLATE nocase'),
  references,
  seq('PRIMARY KEY', maybe(token('ASC', 'DESC')), conflict),
);
const generated = seq(maybe('GENERATED ALWAYS'), 'AS', inParentheses(expression), maybe(token('STORED', 'VIRTUAL')));
const column = seq(
  name,
  type,
  fc.oneof({ weight: 5, arbitrary: columnConstraints }, { weight: 1, arbitrary: generated }),
);
const sorted = (key: Arb): Arb =>
  seq(key, maybe(token('COLLATE nocase', 'COLLATE "rtrim"')), maybe(token('ASC', 'DESC')));
const constraint = seq(
  maybe(seq('CONSTRAINT', name)),
  fc.oneof(
    seq('CHECK', inParentheses(condition), conflict),
    seq(token('UNIQUE', 'PRIMARY KEY'), inParentheses(list(sorted(name))), conflict),
    seq('FOREIGN KEY', names, references),
  ),
);
const where = maybe(seq('WHERE', condition));
const returning = maybe('RETURNING *');
const withQuery = maybe(
  seq('WITH', maybe('RECURSIVE'), 'w', maybe('(x)'), token('AS', 'AS MATERIALIZED'), '(SELECT 1)'),
);
const index = fc.oneof(
  sorted(name),
  seq(
    whole('lower(a)', 'a || b', '(a + 1)', '(b)', '+a', "a ->> '$.x'", '-a', 'a IS NULL'),
    maybe(token('ASC', 'DESC')),
  ),
);
const choice = maybe(seq('OR', token('ROLLBACK', 'ABORT', 'FAIL', 'IGNORE', 'REPLACE')));
const select = seq('SELECT a, b FROM', qualified, where);
const update = seq(
  'UPDATE',
  choice,
  qualified,
  maybe(seq('AS', name)),
  maybe(token('NOT INDEXED', 'INDEXED BY i')),
  'SET',
  list(fc.oneof(seq(name, '=', expression), seq(names, '= (1, 2)'))),
  maybe(seq('FROM', qualified, 'AS f')),
  where,
  returning,
);
const remove = seq('DELETE FROM', qualified, maybe(seq('AS', name)), where, returning);
const insert = seq(
  fc.oneof(seq('INSERT', choice), token('REPLACE')),
  'INTO',
  qualified,
  maybe('AS e'),
  maybe(names),
  fc.oneof(token('VALUES (1, 2)', 'DEFAULT VALUES'), select),
);
const event = fc.oneof(token('DELETE', 'INSERT', 'UPDATE'), seq('UPDATE OF', list(name)));

const statement = fc.oneof(
  seq(
    'CREATE',
    maybe('TEMP'),
    'TABLE',
    maybe('IF NOT EXISTS'),
    name,
    inParentheses(seq(list(column), fc.oneof(none, seq(',', list(constraint))))),
    maybe(token('STRICT', 'WITHOUT ROWID', 'WITHOUT ROWID , STRICT')),
  ),
  seq('CREATE TABLE', qualified, 'AS', select),
  seq('ALTER TABLE', qualified, 'ADD', maybe('COLUMN'), column),
  seq('ALTER TABLE', qualified, 'DROP', maybe('COLUMN'), name),
  seq('ALTER TABLE', qualified, 'RENAME', maybe('COLUMN'), name, 'TO', name),
  seq('ALTER TABLE', qualified, 'RENAME TO', name),
  seq(
    'CREATE',
    maybe('UNIQUE'),
    'INDEX',
    maybe('IF NOT EXISTS'),
    qualified,
    'ON',
    name,
    inParentheses(list(index)),
    where,
  ),
  seq('DROP', token('TABLE', 'INDEX', 'VIEW', 'TRIGGER'), maybe('IF EXISTS'), qualified),
  seq('CREATE', maybe('TEMP'), 'VIEW', maybe('IF NOT EXISTS'), name, maybe(names), 'AS', select),
  seq(
    'CREATE TRIGGER',
    maybe('IF NOT EXISTS'),
    qualified,
    maybe(token('BEFORE', 'AFTER', 'INSTEAD OF')),
    event,
    'ON',
    name,
    maybe('FOR EACH ROW'),
    maybe(seq('WHEN', condition)),
    'BEGIN UPDATE t SET a = CASE WHEN b THEN 1 END ; END',
  ),
  seq(withQuery, update),
  seq(withQuery, remove),
  seq(withQuery, insert),
  seq(withQuery, select),
);

/** One statement of DDL, or of data, as SQLite takes it; `plain` has blanks for gaps. */
export const sqliteStatements = written(statement, ' /* ; */ ', " -- it's\n", '\r\n');
