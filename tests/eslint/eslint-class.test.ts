import { ESLint, type Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import type { Scratch } from '../engine/support/scratch.js';
import { installed } from './support/installed.js';

const ddlint = await installed();

/** The rules of one front end's configuration, of which only some are wanted. */
function only(...rules: string[]): Linter.Config[] {
  return (ddlint.plugin.configs.recommended as Linter.Config[]).map((config) => ({
    ...config,
    rules: Object.fromEntries(Object.entries(config.rules ?? {}).filter(([name]) => rules.includes(name))),
  }));
}

async function eslintFor(project: Scratch, config: Linter.Config[], options: ESLint.Options = {}): Promise<ESLint> {
  const { parser } = (await import('typescript-eslint')).default;
  const typescript: Linter.Config = { files: ['**/*.{js,ts}'], languageOptions: { parser: parser as Linter.Parser } };
  return new ESLint({
    cwd: project.path,
    overrideConfigFile: true,
    overrideConfig: [typescript, ...config],
    ...options,
  });
}

/** Messages as `path:line:column-endLine:endColumn rule`. */
function places(project: Scratch, results: ESLint.LintResult[]): string[] {
  return results.flatMap(({ filePath, messages }) =>
    messages.map(
      ({ line, column, endLine, endColumn, ruleId, message }) =>
        `${filePath.slice(project.path.length + 1)}:${line}:${column}-${endLine}:${endColumn} ${ruleId ?? message}`,
    ),
  );
}

const postgres = { 'package.json': '{ "dependencies": { "pg": "8" } }' };

const order = `import { Column, Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Customer } from './customer';

@Entity()
export class Invoice {
  @PrimaryGeneratedColumn()
  id!: number;

  @ManyToOne(() => Customer)
  customer!: Customer;
}
`;
const customer = `import { Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Customer {
  @PrimaryGeneratedColumn()
  id!: number;
}
`;
const models = `from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customer"
    id: Mapped[int] = mapped_column(primary_key=True)


class Invoice(Base):
    __tablename__ = "invoice"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
`;
const revision = (body: string): string => `"""Change."""
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
${body}

def downgrade():
    pass
`;
const migration = (statements: string): string => `import { MigrationInterface, QueryRunner } from 'typeorm';

export class Change1700000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner) {
    ${statements}
  }
  async down(queryRunner: QueryRunner) {}
}
`;
const env = { 'migrations/env.py': 'from alembic import context\n' };

describe('the recommended configuration', () => {
  it('finds what is wrong in SQL, Python and TypeScript, and counts columns in UTF-16 code units', async () => {
    const project = ddlint.project({
      ...postgres,
      ...env,
      'a.sql': "/* 😀 */ UPDATE invoice SET state = '😀';\r\nUPDATE invoice SET n = 1;\r\n",
      'migrations/versions/0001_change.py': revision('    """😀"""; op.execute("UPDATE invoice SET n = 1")\n'),
      'src/1700000000000-Change.ts': migration('/* 😀 */ await queryRunner.query(`UPDATE invoice SET n = 1`);'),
    });
    const eslint = await eslintFor(project, only('ddlint/destructive/update-without-where'));
    const rule = 'ddlint/destructive/update-without-where';
    expect(places(project, await eslint.lintFiles(['**/*.{sql,py,ts}']))).toEqual([
      `a.sql:1:10-1:41 ${rule}`,
      `a.sql:2:1-2:25 ${rule}`,
      `migrations/versions/0001_change.py:9:27-9:51 ${rule}`,
      `src/1700000000000-Change.ts:5:39-5:63 ${rule}`,
    ]);
  });

  it('speaks of Prisma schemas, heeds its comments there, and offers what the pen writes', async () => {
    const schema = `datasource db {
  provider = "postgresql"
}

model Author {
  id    Int    @id
  posts Post[]
  notes Note[]
}

model Post {
  id       Int    @id
  authorId Int
  author   Author @relation(fields: [authorId], references: [id])
}

model Note {
  id       Int    @id
  authorId Int
  author   Author @relation(fields: [authorId], references: [id]) // eslint-disable-line ddlint/indexing/unindexed-foreign-key
}
`;
    const project = ddlint.project({ 'prisma/schema.prisma': schema });
    const eslint = await eslintFor(project, only('ddlint/indexing/unindexed-foreign-key'));
    const results = await eslint.lintFiles(['prisma/schema.prisma']);
    expect(places(project, results)).toEqual(['prisma/schema.prisma:14:3-14:9 ddlint/indexing/unindexed-foreign-key']);
    const { range, text } = results[0]!.messages[0]!.suggestions![0]!.fix;
    expect(schema.slice(0, range[0]) + text + schema.slice(range[1])).toBe(
      schema.replace('references: [id])\n}', 'references: [id])\n\n  @@index([authorId])\n}'),
    );
  });

  it('offers what the pen writes, in each language', async () => {
    const project = ddlint.project({ ...postgres, 'customer.ts': customer, 'invoice.ts': order, 'models.py': models });
    const eslint = await eslintFor(project, only('ddlint/indexing/unindexed-foreign-key'));
    const results = await eslint.lintFiles(['invoice.ts', 'models.py']);
    const applied = results.map(({ messages, filePath }) => {
      const text = filePath.endsWith('.ts') ? order : models;
      const [message] = messages;
      const [suggestion] = message!.suggestions!;
      const { range, text: replacement } = suggestion!.fix;
      return { desc: suggestion!.desc, output: text.slice(0, range[0]) + replacement + text.slice(range[1]) };
    });
    expect(applied[0]).toEqual({
      desc: 'Index customerId.',
      output: order
        .replace('PrimaryGeneratedColumn }', 'PrimaryGeneratedColumn, Index }')
        .replace('  @ManyToOne', '  @Index()\n  @ManyToOne'),
    });
    expect(applied[1]).toEqual({
      desc: 'Index customer_id.',
      output: models.replace('ForeignKey("customer.id"))', 'ForeignKey("customer.id"), index=True)'),
    });
  });

  it('applies automatic fixes, with CRLF and a byte order mark left as they are', async () => {
    const project = ddlint.project({ ...postgres, 'a.sql': '\uFEFFSELECT 1;\r\nSELECT count(*) FROM user;\r\n' });
    const rule = 'ddlint/naming/unquoted-reserved-word';
    expect(places(project, await (await eslintFor(project, only(rule))).lintFiles('a.sql'))).toEqual([
      `a.sql:2:22-2:26 ${rule}`,
    ]);
    const [fixed] = await (await eslintFor(project, only(rule), { fix: true })).lintFiles('a.sql');
    expect(fixed?.output).toBe('\uFEFFSELECT 1;\r\nSELECT count(*) FROM "user";\r\n');
  });

  it("heeds ESLint's directives and ddlint's suppressions in every language", async () => {
    const rule = 'destructive/update-without-where';
    const project = ddlint.project({
      ...postgres,
      ...env,
      'a.sql': `-- eslint-disable-next-line ddlint/${rule} -- all of them\nUPDATE a SET n = 1;\n-- ddlint-disable-next-line ${rule}\nUPDATE b SET n = 1;\nUPDATE c SET n = 1;\n`,
      'migrations/versions/0001_change.py': revision(
        `    op.execute("UPDATE a SET n = 1")  # eslint-disable-line ddlint/${rule}\n    op.execute("UPDATE b SET n = 1")  # ddlint-disable-line ${rule}\n    op.execute("UPDATE c SET n = 1")\n`,
      ),
      'a.ts': migration(`await queryRunner.query('UPDATE a SET n = 1'); // eslint-disable-line ddlint/${rule}
    await queryRunner.query('UPDATE b SET n = 1'); // ddlint-disable-line ${rule}
    await queryRunner.query('UPDATE c SET n = 1');`),
    });
    const eslint = await eslintFor(project, only(`ddlint/${rule}`, 'ddlint/malformed-suppression'));
    const found = places(project, await eslint.lintFiles(['**/*.{sql,py,ts}']));
    expect(found.map((place) => place.replace(/:\d+-.*/, ''))).toEqual([
      'a.sql:5',
      'a.ts:7',
      'migrations/versions/0001_change.py:11',
    ]);
  });

  it("takes a rule's options from ESLint, and the rest from ddlint's own configuration", async () => {
    const rule = 'ddlint/destructive/update-without-where';
    const project = ddlint.project({
      'ddlint.config.json': JSON.stringify({
        dialect: 'postgresql',
        rules: { 'naming/unquoted-reserved-word': 'off' },
        ignore: ['ignored/'],
      }),
      'a.sql': 'UPDATE small SET n = 1; UPDATE large SET n = 1; SELECT count(*) FROM user;',
      'ignored/a.sql': 'UPDATE large SET n = 1;',
    });
    const config = only(rule, 'ddlint/naming/unquoted-reserved-word');
    const options: Linter.Config = { files: ['**/*.sql'], rules: { [rule]: ['error', { smallTables: ['small'] }] } };
    const eslint = await eslintFor(project, [...config, options]);
    expect(places(project, await eslint.lintFiles('**/*.sql'))).toEqual([`a.sql:1:25-1:47 ${rule}`]);
  });

  it("stops at a mistake in ddlint's configuration, as ESLint does at one in its own", async () => {
    const project = ddlint.project({ 'ddlint.config.json': '{ "dialekt": "mysql" }', 'a.sql': 'UPDATE a SET n = 1;' });
    const eslint = await eslintFor(project, only('ddlint/destructive/update-without-where'));
    await expect(eslint.lintFiles('a.sql')).rejects.toThrow('did you mean "dialect"?');
  });

  it('is not held up by a statement over which a parser would take for ever', async () => {
    const casts = `SELECT ${'CAST('.repeat(16)}a${' AS int)'.repeat(16)} FROM t`;
    const project = ddlint.project({
      'ddlint.config.json': '{ "dialect": "mysql" }',
      'a.sql': `${casts};\nFROBNICATE t;\n`,
    });
    const rule = 'ddlint/migration/unparsable-sql';
    const eslint = await eslintFor(project, only(rule));
    expect(places(project, await eslint.lintFiles('a.sql'))).toEqual([`a.sql:2:1-2:13 ${rule}`]);
    // The worker answers on.
    const [next] = await eslint.lintText('FROBNICATE t;', { filePath: 'b.sql' });
    expect(next!.messages).toMatchObject([{ ruleId: rule }]);
  });

  it('lints text that has no name yet', async () => {
    const rule = 'ddlint/destructive/update-without-where';
    const project = ddlint.project(postgres);
    const text = migration('await queryRunner.query(`UPDATE invoice SET n = 1`);');
    const eslint = await eslintFor(project, only(rule));
    const [result] = await eslint.lintText(text);
    expect(result?.messages.map(({ line, ruleId }) => `${line} ${ruleId}`)).toEqual([`5 ${rule}`]);
  });

  it('refuses an option that the rule does not have', async () => {
    const rule = 'ddlint/destructive/update-without-where';
    const project = ddlint.project({ 'a.sql': 'UPDATE a SET n = 1;' });
    const wrong: Linter.Config = { files: ['**/*.sql'], rules: { [rule]: ['error', { smalTables: ['a'] }] } };
    const eslint = await eslintFor(project, [...only(), wrong]);
    await expect(eslint.lintFiles('a.sql')).rejects.toThrow('Unexpected property "smalTables"');
  });
});

describe('a rule that looks at other files', () => {
  const rule = 'ddlint/indexing/unindexed-foreign-key';

  it('sees them on disk, and their change', async () => {
    const project = ddlint.project({
      ...postgres,
      'schema.sql':
        'CREATE TABLE customer (id bigint PRIMARY KEY);\nCREATE TABLE invoice (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer);\n',
      'indexes.sql': 'CREATE INDEX ON invoice (customer_id);\n',
    });
    const eslint = await eslintFor(project, only(rule));
    expect(places(project, await eslint.lintFiles('schema.sql'))).toEqual([]);
    project.write({ 'indexes.sql': 'SELECT 1;\n' });
    await expect
      .poll(async () => places(project, await eslint.lintFiles('schema.sql')), { timeout: 20_000, interval: 200 })
      .toEqual([`schema.sql:2:65-2:84 ${rule}`]);
  });

  it('sees unsaved text for the file in hand only', async () => {
    const schema =
      'CREATE TABLE customer (id bigint PRIMARY KEY);\nCREATE TABLE invoice (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer);\n';
    const project = ddlint.project({ ...postgres, 'schema.sql': schema });
    const eslint = await eslintFor(project, only(rule));
    const filePath = project.file('schema.sql');
    const unsaved = `\n${schema}CREATE INDEX ON invoice (customer_id);\n`;
    expect(places(project, await eslint.lintText(unsaved, { filePath }))).toEqual([]);
    expect(places(project, await eslint.lintText(`\n${schema}`, { filePath }))).toEqual([
      `schema.sql:3:65-3:84 ${rule}`,
    ]);
    expect(places(project, await eslint.lintFiles('schema.sql'))).toEqual([`schema.sql:2:65-2:84 ${rule}`]);
  });

  it('finds nothing of another file in the one that is linted', async () => {
    const project = ddlint.project({
      ...postgres,
      'a.sql': 'CREATE TABLE customer (id bigint PRIMARY KEY);\n',
      'b.sql': 'CREATE TABLE invoice (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer);\n',
    });
    const eslint = await eslintFor(project, only(rule));
    expect(places(project, await eslint.lintFiles('a.sql'))).toEqual([]);
  });
});
