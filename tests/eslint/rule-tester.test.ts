import { RuleTester, type Rule } from 'eslint';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tseslint from 'typescript-eslint';
import { afterAll, describe, it } from 'vitest';
import { installed } from './support/installed.js';

// ESLint's RuleTester looks for the functions of a test framework among the globals.
RuleTester.describe = (text, run) => void describe(text, run);
RuleTester.it = (text, run) => void it(text, run);

const { plugin } = await installed();
const rule = (name: string): Rule.RuleModule => plugin.rules![name] as unknown as Rule.RuleModule;

/** The project of all tests here: what a test gives is its only file. */
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ddlint-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const named = (path: string): { filename: string } => ({ filename: join(folder, path) });

const own = { plugins: { ddlint: plugin as never } };
const sql = new RuleTester({ ...own, language: 'ddlint/sql' });
const python = new RuleTester({ ...own, language: 'ddlint/python' });
const typescript = new RuleTester({ languageOptions: { parser: tseslint.parser } });

const withoutWhere = (rest: { line: number; column: number }): RuleTester.TestCaseError => ({
  message: /^UPDATE on invoice has no WHERE/,
  ...rest,
});

sql.run('destructive/update-without-where', rule('destructive/update-without-where'), {
  valid: [
    { ...named('a.sql'), code: 'UPDATE invoice SET n = 1 WHERE id = 1;' },
    { ...named('a.sql'), code: 'UPDATE invoice SET n = 1;', options: [{ smallTables: ['inv*'] }] },
    { ...named('a.sql'), code: '-- eslint-disable-next-line\nUPDATE invoice SET n = 1;' },
  ],
  invalid: [
    {
      ...named('a.sql'),
      code: "/* 😀 */ UPDATE invoice SET state = 'x';\r\nUPDATE invoice SET n = 1;",
      errors: [withoutWhere({ line: 1, column: 10 }), withoutWhere({ line: 2, column: 1 })],
    },
    // Another name for SQL, and one without any extension that ddlint reads.
    { ...named('dump.pgsql'), code: 'UPDATE invoice SET n = 1;', errors: [withoutWhere({ line: 1, column: 1 })] },
  ],
});

sql.run('naming/unquoted-reserved-word', rule('naming/unquoted-reserved-word'), {
  valid: [{ ...named('a.sql'), code: 'SELECT count(*)::text FROM "user";' }],
  invalid: [
    {
      ...named('a.sql'),
      code: 'SELECT count(*)::text FROM user;',
      output: 'SELECT count(*)::text FROM "user";',
      errors: [{ message: /^Without quotes, user is/, line: 1, column: 28, endLine: 1, endColumn: 32 }],
    },
  ],
});

const revision = (statement: string): string =>
  `from alembic import op\n\nrevision = "1"\ndown_revision = None\n\n\ndef upgrade():\n    ${statement}\n\n\ndef downgrade():\n    pass\n`;

python.run('destructive/update-without-where', rule('destructive/update-without-where'), {
  valid: [{ ...named('a.py'), code: revision('op.execute("UPDATE invoice SET n = 1 WHERE id = 1")') }],
  invalid: [
    {
      ...named('a.py'),
      code: revision('"😀"; op.execute("UPDATE invoice SET n = 1")'),
      errors: [withoutWhere({ line: 8, column: 23 })],
    },
  ],
});

const migration = (statement: string): string => `import { MigrationInterface, QueryRunner } from 'typeorm';

export class Change1700000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner) {
    ${statement}
  }
  async down() {}
}
`;

typescript.run('destructive/update-without-where', rule('destructive/update-without-where'), {
  valid: [
    { ...named('a.ts'), code: migration("await queryRunner.query('UPDATE invoice SET n = 1 WHERE id = 1');") },
    // Not a file that ddlint reads, whatever language ESLint takes it for.
    { ...named('a.vue'), code: migration("await queryRunner.query('UPDATE invoice SET n = 1');") },
  ],
  invalid: [
    {
      ...named('a.ts'),
      code: migration("/* 😀 */ await queryRunner.query('UPDATE invoice SET n = 1');"),
      errors: [withoutWhere({ line: 5, column: 39 })],
    },
  ],
});
