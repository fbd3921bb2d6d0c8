import { describe, expect, test } from 'vitest';
import { lintFiles, type Config } from '../../src/index.js';

/** Statements with what a rule points at between « and ». Dialect, rule, statement. */
const statements: readonly [NonNullable<Config['dialect']>, string, string][] = [
  ['postgresql', 'destructive/drop-table', 'SELECT 1;\n«DROP TABLE account_old»;\nSELECT 2'],
  ['postgresql', 'destructive/drop-column', 'ALTER TABLE account\n  «DROP COLUMN email»'],
  ['postgresql', 'destructive/update-without-where', '«UPDATE account SET a = 1»'],
  ['postgresql', 'destructive/delete-without-where', 'SELECT 1; «DELETE FROM account»'],
  ['postgresql', 'locking/non-concurrent-index-creation', '«CREATE INDEX i ON account (a)»'],
  ['postgresql', 'schema/missing-primary-key', 'CREATE TABLE «entry» (\n  a int\n)'],
  [
    'postgresql',
    'indexing/unindexed-foreign-key',
    'CREATE TABLE t (id int PRIMARY KEY, a int\n «REFERENCES account (id)»)',
  ],
  ['postgresql', 'naming/unquoted-reserved-word', 'SELECT id FROM «user» WHERE id = 1'],
  ['postgresql', 'migration/unparsable-sql', 'SELECT 1; «SELEC» 1'],
  ['postgresql', 'destructive/drop-table', 'DO $$ BEGIN\n  «DROP TABLE account»; END $$'],
  [
    'postgresql',
    'naming/reserved-word',
    'COMMENT ON TABLE a IS \'é中😀\'; CREATE TABLE «"order"» (id int PRIMARY KEY)',
  ],
  ['mysql', 'destructive/drop-table', "SELECT 'a\\\\b'; «DROP TABLE `é中😀`»"],
  ['mysql', 'destructive/drop-column', 'ALTER TABLE a «DROP b»'],
  ['sqlite', 'destructive/drop-column', 'ALTER TABLE a «DROP COLUMN b»'],
  ['tsql', 'destructive/drop-table', "SELECT N'中';\n«DROP TABLE dbo.a»"],
];

const prefixes: readonly [string, string][] = [
  ['nothing', ''],
  ['ASCII', '/* a */ '],
  ['2-byte characters', '/* éß */ '],
  ['3-byte characters', '/* 中文 */ '],
  ['surrogate pairs', '/* 😀𝒳 */ '],
];

interface Host {
  /** The file that the statement stands in, and how its text gets in there. */
  path: string;
  file(sql: string): string;
  escape(sql: string): string;
}

const python = (literal: string): string =>
  `# é😀\nfrom alembic import op\n\nrevision = "1"\ndown_revision = None\n\n\ndef upgrade():\n    op.execute(${literal})\n\n\ndef downgrade():\n    raise NotImplementedError  # irreversible\n`;

const typescript = (literal: string): string =>
  `/* 中😀 */ import { MigrationInterface, QueryRunner } from 'typeorm';\n\nexport class A1700000000000 implements MigrationInterface {\n  async up(queryRunner: QueryRunner): Promise<void> {\n    await queryRunner.query(${literal});\n  }\n\n  async down(): Promise<void> {\n    throw new Error('irreversible');\n  }\n}\n`;

/** Every character that is no ASCII as an escape of the language, and some that are. */
const escaped = (sql: string, unicode: (code: string, long: boolean) => string): string =>
  [...sql.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')]
    .map((character) => {
      const code = character.codePointAt(0)!;
      if (character === 'E' || character === 'R') return `\\x${code.toString(16)}`;
      return code < 128 || character === '«' || character === '»'
        ? character
        : unicode(code.toString(16), code > 0xffff);
    })
    .join('');

const hosts: { readonly [name: string]: Host } = {
  'an SQL file': { path: 'migrations/0001_a.sql', file: (sql) => `${sql};\n`, escape: (sql) => sql },
  'a Python string': {
    path: 'migrations/versions/1_a.py',
    file: (sql) => python(`"""${sql}"""`),
    escape: (sql) => sql.replaceAll('\\', '\\\\'),
  },
  'a Python string of escapes': {
    path: 'migrations/versions/1_a.py',
    file: (sql) => python(`"${sql.replaceAll('"', '\\"')}"`),
    escape: (sql) =>
      escaped(sql, (code, long) => (long ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`)),
  },
  'a TypeScript template': {
    path: 'src/migrations/1700000000000-A.ts',
    file: (sql) => typescript(`\`${sql}\``),
    escape: (sql) => sql.replace(/[\\`$]/g, '\\$&'),
  },
  'a TypeScript string of escapes': {
    path: 'src/migrations/1700000000000-A.ts',
    file: (sql) => typescript(`'${sql.replaceAll("'", "\\'")}'`),
    escape: (sql) => escaped(sql, (code) => `\\u{${code}}`),
  },
};

/** The text between two places that are counted from 1, in UTF-16 code units. */
function slice(text: string, from: { line: number; column: number }, to: { line: number; column: number }): string {
  const starts = [0, ...[...text.matchAll(/\r\n|\n/g)].map(({ index, 0: { length } }) => index + length)];
  return text.slice(starts[from.line - 1]! + from.column - 1, starts[to.line - 1]! + to.column - 1);
}

/** Line ends, and what stands before the text. */
const variants: readonly [string, string][] = [
  ['\n', ''],
  ['\r\n', '\uFEFF'],
];

describe.each(Object.entries(hosts))('in %s', (_host, host) => {
  describe.each(prefixes)('behind %s', (_prefix, prefix) => {
    test.each(statements)('%s: %s points at %s', async (dialect, rule, statement) => {
      for (const [newline, mark] of variants) {
        const marked = host.file(host.escape(prefix + statement)).replaceAll('\n', newline);
        const [before = '', expected = '', after = ''] = marked.split(/[«»]/);
        const text = before + expected + after;
        const { findings } = await lintFiles({ [host.path]: mark + text }, { config: { extends: 'strict', dialect } });
        const slices = findings
          .filter((finding) => finding.rule === rule)
          .map((finding) => slice(text, finding, { line: finding.endLine, column: finding.endColumn }));
        expect(slices).toContain(expected);
      }
    });
  });
});
