import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bundle } from '../../scripts/bundle.js';
import { eslintCommand, installed } from './support/installed.js';

let licences = '';
const ddlint = await installed(async (folder) => {
  await bundle(folder);
  licences = readFileSync(join(folder, 'LICENSES.txt'), 'utf8');
});

it('brings the licences of what is in it, also of what a package holds compiled', () => {
  const entry = (name: string): string =>
    new RegExp(`^=== ${name} [^]*?(?=^===|$(?![^]))`, 'm').exec(licences)?.[0] ?? '';
  expect(entry('libpg-query')).toMatch(
    /Lukas Fittl[^]*Redistributions in binary form[^]*PostgreSQL Global Development Group/,
  );
  expect(entry('node-sql-parser')).toMatch(/Apache License\s+Version 2\.0/);
});

it('works from the bundle, in which the worker and its parsers are chunks', async () => {
  const project = ddlint.project({
    'eslint.config.mjs': `import ddlint from 'ddlint/eslint';\nexport default ddlint.configs.recommended;\n`,
    'requirements.txt': 'psycopg2\n',
    'a.sql': 'UPDATE a SET n = 1;\n',
    'models.py': `from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "order"
    id: Mapped[int] = mapped_column(primary_key=True)
`,
  });
  const { stdout, stderr } = await eslintCommand(project, ['.']);
  expect(stderr).toBe('');
  expect(stdout.match(/ddlint\/\S+/g)).toEqual([
    'ddlint/destructive/update-without-where',
    'ddlint/naming/missing-naming-convention',
    'ddlint/naming/reserved-word',
  ]);
});
