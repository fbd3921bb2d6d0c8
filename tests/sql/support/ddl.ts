import fc from 'fast-check';
import { type Arb, inParentheses, list, maybe, none, seq, token, whole, written } from './generate.js';

/** Quotes, signs, capitals, and words that a reader may take for a clause. */
const name = whole(
  'a',
  'b_1',
  'Users',
  'ü',
  'key',
  'type',
  'value',
  'index',
  'partition',
  'period',
  'cascade',
  'action',
  'data',
  '"A b"',
  '"a""b"',
  '"where"',
  '"x;y"',
  '"--"',
  '"SELECT"',
);
const qualified: Arb = fc.oneof(
  name,
  fc.tuple(name, name).map(([schema, own]) => [`${schema[0]!}.${own[0]!}`]),
);
const names = inParentheses(list(name));
const expression: Arb = whole(
  '1',
  "'a;b'",
  "E'it\\'s'",
  'now()',
  '$$where;$$',
  "'x'::text",
  'lower("where")',
  '(SELECT 1 FROM y WHERE z = 1)',
  "CASE WHEN a > 0 THEN 'x' ELSE 'y' END",
  "ARRAY['a', 'b']",
  'a - -1',
);
const condition: Arb = whole(
  'a > 0',
  'a IS NOT NULL AND b < 1',
  "(a = 'x' OR b) AND NOT c",
  'a IN (SELECT b FROM c WHERE d)',
  'EXISTS (SELECT 1)',
  'a = $1',
);
const type = token(
  'int',
  'bigint',
  'text',
  'numeric(10,2)',
  'varchar(20)',
  'timestamp with time zone',
  'double precision',
  'text[]',
  'jsonb',
  'public.mood',
);
const actions = maybe(seq('ON', token('DELETE', 'UPDATE'), token('CASCADE', 'SET NULL', 'RESTRICT', 'NO ACTION')));
const references = seq('REFERENCES', qualified, maybe(inParentheses(name)), actions);
const columnConstraint = fc.oneof(
  token('NOT NULL', 'NULL'),
  seq('DEFAULT', expression),
  token('UNIQUE'),
  seq(maybe(seq('CONSTRAINT', name)), 'CHECK', inParentheses(condition)),
  references,
);
const column = fc
  .tuple(
    name,
    type,
    fc.uniqueArray(columnConstraint, { maxLength: 3, selector: (each) => (each[0] === 'NULL' ? 'NOT' : each[0]) }),
    maybe('PRIMARY KEY'),
  )
  .map(([own, kind, constraints, primary]) => {
    const nulls = primary.length > 0 ? constraints.filter((each) => each[0] !== 'NULL') : constraints;
    return [...own, ...kind, ...nulls.flat(), ...primary];
  });
const constraint = (validity: Arb): Arb =>
  seq(
    maybe(seq('CONSTRAINT', name)),
    fc.oneof(
      seq('CHECK', inParentheses(condition), validity),
      seq(token('UNIQUE', 'PRIMARY KEY'), names),
      seq('FOREIGN KEY', names, references, validity),
    ),
  );
const behaviour = maybe(token('CASCADE', 'RESTRICT'));
const toColumn = (action: Arb): Arb => seq('ALTER', maybe('COLUMN'), name, action);
const action = fc.oneof(
  seq('ADD', maybe(token('COLUMN', 'COLUMN IF NOT EXISTS')), column),
  seq('DROP', maybe('COLUMN'), maybe('IF EXISTS'), name, behaviour),
  toColumn(seq(maybe('SET DATA'), 'TYPE', type, maybe(seq('USING', expression)))),
  toColumn(token('SET NOT NULL', 'DROP NOT NULL', 'DROP DEFAULT')),
  toColumn(seq('SET DEFAULT', expression)),
  seq('ADD', constraint(maybe('NOT VALID'))),
  seq('ADD CONSTRAINT', name, token('UNIQUE', 'PRIMARY KEY'), 'USING INDEX', name),
  seq('VALIDATE CONSTRAINT', name),
  seq('DROP CONSTRAINT', maybe('IF EXISTS'), name, behaviour),
);
const alterTable = seq('ALTER TABLE', maybe('IF EXISTS'), maybe('ONLY'), qualified);
const indexKey = seq(
  fc.oneof(name, token('lower(a)', '(a||b)')),
  maybe(token('text_pattern_ops')),
  maybe(token('ASC', 'DESC')),
  maybe(token('NULLS FIRST', 'NULLS LAST')),
);
const where = maybe(seq('WHERE', condition));

const statement = fc.oneof(
  seq(
    'CREATE TABLE',
    maybe('IF NOT EXISTS'),
    qualified,
    inParentheses(seq(list(column), fc.oneof(none, seq(',', constraint(none))))),
  ),
  seq(alterTable, list(action, 4)),
  seq(
    'ALTER TABLE',
    maybe('IF EXISTS'),
    qualified,
    'RENAME',
    fc.oneof(seq('TO', name), seq(maybe('COLUMN'), name, 'TO', name), seq('CONSTRAINT', name, 'TO', name)),
  ),
  seq(
    'CREATE',
    maybe('UNIQUE'),
    'INDEX',
    maybe('CONCURRENTLY'),
    maybe(seq(maybe('IF NOT EXISTS'), name)),
    'ON',
    maybe('ONLY'),
    qualified,
    maybe(seq('USING', token('btree', 'gist', 'GIN'))),
    inParentheses(list(indexKey)),
    maybe(seq('INCLUDE', names)),
    where,
  ),
  seq(
    'DROP',
    token('TABLE', 'VIEW', 'MATERIALIZED VIEW', 'SEQUENCE', 'TYPE'),
    maybe('IF EXISTS'),
    list(qualified),
    behaviour,
  ),
  seq('DROP INDEX', maybe('CONCURRENTLY'), maybe('IF EXISTS'), qualified, behaviour),
  seq('TRUNCATE', maybe('TABLE'), list(qualified), behaviour),
  seq(
    'UPDATE',
    maybe('ONLY'),
    qualified,
    maybe('AS w'),
    'SET',
    list(seq(name, '=', expression)),
    maybe(seq('FROM', qualified, 'AS f')),
    where,
    maybe('RETURNING *'),
  ),
  seq(
    'DELETE FROM',
    maybe('ONLY'),
    qualified,
    maybe('AS w'),
    maybe(seq('USING', qualified, 'AS f')),
    where,
    maybe('RETURNING *'),
  ),
);

/** One statement of DDL, or one that changes rows, as PostgreSQL takes it; `plain` has blanks for gaps. */
export const statements = written(statement, ' /* ; */ ', " -- it's\n");
