import { expect, test } from 'vitest';
import { createLinter } from '../../src/engine/lint.js';
import { frontEnds } from '../../src/frontends/registry.js';
import { statementsIn } from '../../src/queries/operations.js';
import { defineRule } from '../../src/rule.js';

const everyStatement = defineRule({
  summary: 'A statement.',
  severity: 'warn',
  presets: ['recommended'],
  since: '0.1.0',
  frontends: ['sql', 'python', 'typescript'],
  needs: ['file'],
  fix: 'none',
  sources: [],
  messages: { here: 'here' },
  options: {},
  *check({ facts }) {
    for (const statement of statementsIn(facts)) yield { message: 'here', at: statement };
  },
});

const linter = createLinter({ rules: { 'test/every-statement': everyStatement }, frontEnds });

const typescript = (
  before: string,
  behind = '',
): string => `import type { MigrationInterface, QueryRunner } from 'typeorm';

export class A1700000000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    ${before}
    await queryRunner.query('DROP TABLE a');${behind}
  }
  public async down(queryRunner: QueryRunner): Promise<void> {}
}
`;

const python = (before: string, behind = ''): string => `from alembic import op

revision = "1"
down_revision = None


def upgrade():
    ${before}
    op.execute("DROP TABLE a")${behind}


def downgrade():
    pass
`;

const rule = 'test/every-statement';

test.each<[string, string, string]>([
  ['SQL, --', 'a.sql', `-- ddlint-disable-next-line ${rule} -- known\nDROP TABLE a;\n`],
  ['SQL, /* */', 'a.sql', `/* ddlint-disable-next-line ${rule} */\nDROP TABLE a;\n`],
  ['SQL, behind', 'a.sql', `DROP TABLE a; -- ddlint-disable-line ${rule}\n`],
  ['SQL, behind without a semicolon', 'a.sql', `DROP TABLE a -- ddlint-disable-line ${rule}\n;`],
  ['SQL, file', 'a.sql', `DROP TABLE a;\n-- ddlint-disable-file\n`],
  ['SQL, CRLF', 'a.sql', `-- ddlint-disable-next-line ${rule}\r\nDROP TABLE a;\r\n`],
  ['SQL, CR', 'a.sql', `/* ddlint-disable-next-line ${rule} */\rDROP TABLE a;\r`],
  ['SQL, block', 'a.sql', `-- ddlint-disable ${rule}\nDROP TABLE a;\n-- ddlint-enable ${rule}\n`],
  ['SQL, block of several lines', 'a.sql', `/*\n * ddlint-disable-next-line ${rule}\n */\nDROP TABLE a;\n`],
  ['TypeScript, //', 'a.ts', typescript(`// ddlint-disable-next-line ${rule} -- known`)],
  ['TypeScript, /* */', 'a.ts', typescript(`/* ddlint-disable-next-line ${rule} */`)],
  ['TypeScript, /** */', 'a.ts', typescript(`/** ddlint-disable-next-line ${rule} */`)],
  ['TypeScript, behind', 'a.ts', typescript('', ` // ddlint-disable-line ${rule}`)],
  ['TypeScript, file', 'a.ts', `/* ddlint-disable-file ${rule} */\n${typescript('')}`],
  ['Python, #', 'a.py', python(`# ddlint-disable-next-line ${rule} -- known`)],
  ['Python, behind', 'a.py', python('', `  # ddlint-disable-line ${rule}`)],
  ['Python, file', 'a.py', `# ddlint-disable-file ${rule}\n${python('')}`],
  [
    'SQL in a string of Python',
    'a.py',
    python('').replace('"DROP TABLE a"', `"""\n    -- ddlint-disable-next-line ${rule}\n    DROP TABLE a"""`),
  ],
  [
    'SQL in a template of TypeScript',
    'a.ts',
    typescript('').replace("'DROP TABLE a'", `\`\n      DROP TABLE a -- ddlint-disable-line ${rule}\n    \``),
  ],
])('%s', async (_name, path, text) => {
  const suppressed = await linter.lintFiles({ [path]: text });
  expect(suppressed.findings).toEqual([]);
  const bare = await linter.lintFiles({ [path]: text.replaceAll('ddlint-', 'note: ') });
  expect(bare.findings.map((finding) => finding.rule)).toEqual([rule]);
});

test.each<[string, string]>([
  ['a.sql', "SELECT '-- ddlint-disable-file';\n"],
  ['a.ts', typescript('const text = `// ddlint-disable-file`;')],
  ['a.py', python('text = "# ddlint-disable-file"')],
])('in a string of %s it is no comment', async (path, text) => {
  const { findings } = await linter.lintFiles({ [path]: text });
  expect(findings.map((finding) => finding.rule)).toEqual([rule]);
});

test.each<[string, string]>([
  ['//', '// ddlint-disable-next-line test/every-table -- known'],
  ['///', '/// ddlint-disable-next-line test/every-table'],
  ['/* */', '/* ddlint-disable-next-line test/every-table */'],
])('Prisma, %s', async (_, comment) => {
  const everyTable = defineRule({
    summary: 'A table.',
    severity: 'warn',
    presets: ['recommended'],
    since: '0.1.0',
    frontends: ['prisma'],
    needs: ['file'],
    fix: 'none',
    sources: [],
    messages: { here: 'here' },
    options: {},
    *check({ facts }) {
      for (const table of facts.tables) {
        expect(table.doc).toBeUndefined();
        yield { message: 'here', at: table.name };
      }
    },
  });
  const own = createLinter({ rules: { 'test/every-table': everyTable }, frontEnds });
  const text = `model A { // ddlint-disable-line test/every-table\n  id Int @id\n}\n\n${comment}\nmodel B {\n  id Int @id\n}\n`;
  expect((await own.lintFiles({ 'a.prisma': text })).findings).toEqual([]);
  const bare = await own.lintFiles({ 'a.prisma': text.replaceAll(/ddlint-disable.*?-line/g, 'ddlint-') });
  expect(bare.findings.filter(({ rule: id }) => id === 'test/every-table')).toHaveLength(2);
});
