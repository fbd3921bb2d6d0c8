import fc from 'fast-check';
import { type Arb, inParentheses, list, maybe, none, seq, someOf, token, whole, written } from './generate.js';

/** Quotes, words that a reader may take for a clause, and signs. */
const name = whole(
  ...['a', 'b_1', 'Users', 'action', 'value', 'comment', 'engine', 'first_'],
  ...['`A b`', '`where`', '`x;y`', '`--`', '`key`', '`select`', '`index`', "`it's`"],
);
const qualified: Arb = fc.oneof(
  name,
  fc.tuple(token('d', '`db`'), name).map(([schema, own]) => [`${schema[0]!}.${own[0]!}`]),
);
const names = inParentheses(list(name));
const constant = whole('1', "'a;b'", "'it''s'", "'a\\'b'", 'NULL', 'CURRENT_TIMESTAMP', '-1', '1.5', 'true');
const expression = whole(
  ...['1', "'a;b'", "'a\\'; where'", '?', '@v', 'now()', "concat(a, ' where ')", '(SELECT 1 FROM y WHERE z = 1)'],
  ...["CASE WHEN a > 0 THEN 'x' ELSE 'y' END", 'a + 1', '"x"'],
);
const condition = whole(
  ...['a > 0', 'a IS NOT NULL AND b < 1', "(a = 'x' OR b = 1) AND c = 2", 'a IN (SELECT b FROM c WHERE d = 1)'],
  ...['a = ?', "a LIKE '%where%'", 'a BETWEEN 1 AND 2'],
);
const actions = someOf(
  seq('ON DELETE', token('CASCADE', 'SET NULL', 'RESTRICT', 'NO ACTION')),
  seq('ON UPDATE', token('CASCADE', 'SET NULL', 'RESTRICT')),
);
const references = seq('REFERENCES', name, names, actions);
const type = whole(
  ...['int', 'bigint(20)', 'int unsigned', 'varchar(20)', 'decimal(10, 2)', 'text', 'datetime', 'json', 'tinyint(1)'],
  ...["enum('a', 'b;c')", 'timestamp', 'double', 'date', 'char(3)'],
);
const columnConstraints = someOf(
  token('NOT NULL'),
  token('UNIQUE', 'PRIMARY KEY'),
  seq('DEFAULT', constant),
  seq('COMMENT', whole("'it''s'", "'not null;'")),
  token('AUTO_INCREMENT'),
);
const column = seq(name, type, columnConstraints);
const keyPart = seq(fc.oneof(name, whole('a(10)')), maybe(token('ASC', 'DESC')));
const keyParts = inParentheses(list(keyPart));
const constraint = fc.oneof(
  seq(maybe(seq('CONSTRAINT', name)), 'FOREIGN KEY', names, references),
  seq('CONSTRAINT', name, 'CHECK', inParentheses(condition)),
  seq('PRIMARY KEY', names),
  seq('UNIQUE', maybe(token('KEY', 'INDEX')), name, names),
);
const inlineIndex = seq(token('KEY', 'INDEX'), name, keyParts);
const place = maybe(fc.oneof(token('FIRST'), seq('AFTER', name)));
const action = fc.oneof(
  seq('ADD', maybe('COLUMN'), column, place),
  seq('DROP', 'COLUMN', name),
  seq('MODIFY', maybe('COLUMN'), column, place),
  seq('CHANGE', maybe('COLUMN'), name, column, place),
  seq('ADD', token('INDEX', 'KEY'), name, keyParts),
  seq('ADD', constraint),
  seq('DROP', token('INDEX', 'KEY'), name),
  token('DROP PRIMARY KEY'),
  seq('DROP FOREIGN KEY', name),
);
const where = maybe(seq('WHERE', condition));
const limit = maybe(token('LIMIT 10'));

const statement = fc.oneof(
  seq(
    'CREATE',
    maybe('TEMPORARY'),
    'TABLE',
    maybe('IF NOT EXISTS'),
    qualified,
    inParentheses(seq(list(column), fc.oneof(none, seq(',', list(fc.oneof(constraint, inlineIndex)))))),
    maybe(token('ENGINE=InnoDB', 'DEFAULT CHARSET=utf8mb4', 'ENGINE = InnoDB AUTO_INCREMENT = 7')),
  ),
  seq('ALTER TABLE', qualified, list(action, 4)),
  seq('ALTER TABLE', qualified, 'RENAME', token('TO', 'AS'), name),
  seq('ALTER TABLE', qualified, 'RENAME COLUMN', name, 'TO', name),
  seq('CREATE', maybe('UNIQUE'), 'INDEX', name, 'ON', qualified, keyParts),
  seq('DROP INDEX', name, 'ON', qualified),
  seq('DROP', token('TABLE', 'VIEW'), maybe('IF EXISTS'), list(qualified)),
  seq('UPDATE', qualified, maybe('AS w'), 'SET', list(seq(name, '=', expression)), where, limit),
  seq('UPDATE', name, 'AS w', token('JOIN', 'INNER JOIN', 'LEFT JOIN'), name, 'AS j ON w.x = j.x SET w.a = 1', where),
  seq('DELETE FROM', qualified, where, limit),
  seq('DELETE w FROM', name, 'AS w', token('JOIN', 'LEFT JOIN'), name, 'AS j ON w.x = j.x', where),
  seq(token('INSERT INTO', 'INSERT IGNORE INTO', 'REPLACE INTO'), qualified, names, 'VALUES (1, 2)'),
  seq('INSERT INTO', qualified, names, 'SELECT a, b FROM', qualified, where),
);

/** One statement of DDL, or of data, as MySQL takes it; `plain` has blanks for gaps. */
export const mysqlStatements = written(statement, ' /* ; */ ', " -- it's\n", ' # "\n', '\r\n');
