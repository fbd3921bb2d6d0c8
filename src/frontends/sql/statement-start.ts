/** Tells by the words behind a verb whether it is one of SQL or of English. */
type Test = (words: readonly string[]) => boolean;

const yes: Test = () => true;

const second =
  (...allowed: string[]): Test =>
  (words) =>
    allowed.includes(words[1] ?? '');

const has =
  (...needed: string[]): Test =>
  (words) =>
    needed.some((word) => words.includes(word, 1));

/** Alone, or with a word that transactions take. */
const transaction: Test = (words) =>
  words.length === 1 ||
  [';', 'TRANSACTION', 'WORK', 'TRAN', 'TO', 'ISOLATION', 'AND', 'PREPARED', 'NOT'].includes(words[1] ?? '');

const isBare = (word: string | undefined): boolean => word !== undefined && /^[A-Z]+$/.test(word);

const object = second(
  ...[
    'TABLE',
    'INDEX',
    'UNIQUE',
    'TYPE',
    'VIEW',
    'MATERIALIZED',
    'SEQUENCE',
    'SCHEMA',
    'DATABASE',
    'EXTENSION',
    'FUNCTION',
    'PROCEDURE',
  ],
  ...[
    'TRIGGER',
    'POLICY',
    'DOMAIN',
    'ROLE',
    'USER',
    'TEMP',
    'TEMPORARY',
    'UNLOGGED',
    'OR',
    'GLOBAL',
    'LOCAL',
    'FOREIGN',
    'VIRTUAL',
  ],
  ...[
    'CONSTRAINT',
    'AGGREGATE',
    'OPERATOR',
    'CAST',
    'COLLATION',
    'PUBLICATION',
    'SUBSCRIPTION',
    'STATISTICS',
    'RULE',
    'LANGUAGE',
  ],
  ...[
    'CLUSTERED',
    'NONCLUSTERED',
    'FULLTEXT',
    'SPATIAL',
    'DEFINER',
    'EVENT',
    'SERVER',
    'TEXT',
    'SYSTEM',
    'DEFAULT',
    'OWNED',
    'PROC',
  ],
);

const tests: Readonly<Record<string, Test | undefined>> = {
  // `SELECT the section` is English: two bare words on end and no FROM.
  SELECT: (words) => words.includes('FROM') || !isBare(words[1]) || (words.length > 2 && !isBare(words[2])),
  WITH: (words) => words.includes('AS', 2) && words.includes('('),
  INSERT: second('INTO', 'OR', 'IGNORE', 'OVERWRITE', 'LOW_PRIORITY', 'DELAYED', 'HIGH_PRIORITY'),
  UPDATE: has('SET'),
  DELETE: (words) => words[1] === 'FROM' || (words[2] === 'FROM' && words.length > 3),
  MERGE: has('USING'),
  REPLACE: second('INTO', 'LOW_PRIORITY', 'DELAYED'),
  VALUES: second('('),
  CREATE: object,
  ALTER: object,
  DROP: object,
  TRUNCATE: (words) => words[1] === 'TABLE' || words.length <= 3 || !isBare(words[2]),
  COMMENT: second('ON'),
  GRANT: has('TO'),
  REVOKE: has('FROM'),
  SET: (words) =>
    words[2] === '=' ||
    words[2] === 'TO' ||
    second('LOCAL', 'SESSION', 'TRANSACTION', 'CONSTRAINTS', 'NAMES', 'GLOBAL', 'TIME', 'ROLE', '=', 'TO')(words) ||
    words.includes('='),
  RESET: (words) => words[1] === 'ALL' || /[_.]/.test(words[1] ?? ''),
  BEGIN: transaction,
  COMMIT: transaction,
  ROLLBACK: transaction,
  START: second('TRANSACTION'),
  SAVEPOINT: yes,
  RELEASE: second('SAVEPOINT'),
  LOCK: second('TABLE', 'TABLES'),
  UNLOCK: second('TABLE', 'TABLES'),
  CALL: has('('),
  EXEC: (words) => !isBare(words[1]),
  EXECUTE: (words) => !isBare(words[1]),
  DO: (words) => words[1] === '' || words[1] === 'LANGUAGE',
  EXPLAIN: second('SELECT', 'ANALYZE', 'VERBOSE', 'QUERY', '(', 'INSERT', 'UPDATE', 'DELETE', 'WITH', 'FORMAT'),
  ANALYZE: (words) => words.length <= 3,
  VACUUM: yes,
  CLUSTER: (words) => words.length <= 4,
  REINDEX: second('INDEX', 'TABLE', 'SCHEMA', 'DATABASE', 'SYSTEM', '('),
  REFRESH: second('MATERIALIZED'),
  COPY: (words) =>
    words.length > 2 &&
    has('FROM', 'TO')(words) &&
    (words[1] === '(' || !isBare(words[1]) || has('STDIN', 'STDOUT', 'WITH', '', '(')(words)),
  RENAME: second('TABLE'),
  PRAGMA: yes,
  ATTACH: second('DATABASE'),
  DETACH: second('DATABASE'),
  OPTIMIZE: second('TABLE'),
  LOAD: second('DATA'),
  SHOW: (words) =>
    second('TABLES', 'DATABASES', 'COLUMNS', 'CREATE', 'VARIABLES', 'INDEXES', 'TRANSACTION')(words) ||
    words[1]?.includes('_') === true,
  NOTIFY: (words) => words.length <= 2 || words[2] === ',' || words[2] === ';',
  LISTEN: (words) => words.length <= 3,
  UNLISTEN: (words) => words.length <= 3,
  DECLARE: (words) => words.includes('CURSOR') || words[1]?.startsWith('@') === true,
  PREPARE: has('AS', 'FROM'),
  DEALLOCATE: yes,
  DISCARD: second('ALL', 'PLANS', 'SEQUENCES', 'TEMP'),
  SECURITY: second('LABEL'),
  REASSIGN: second('OWNED'),
};

/**
 * Whether words start an SQL statement.
 * @param words upper case, quoted text as ``
 */
export function isStatementStart(words: readonly string[]): boolean {
  const test = words[0] === undefined ? undefined : tests[words[0]];
  return test?.(words) === true;
}

const bindable = new Set([
  'SELECT',
  'INSERT',
  'UPDATE',
  'DELETE',
  'MERGE',
  'WITH',
  'VALUES',
  'REPLACE',
  'CALL',
  'EXEC',
  'EXECUTE',
  'EXPLAIN',
]);

/** Whether a verb's statement takes no bind parameters. */
export const isVerbWithoutParameters = (verb: string): boolean => tests[verb] !== undefined && !bindable.has(verb);
