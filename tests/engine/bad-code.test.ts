import { expect, test } from 'vitest';
import { lintFiles, type Finding } from '../../src/index.js';

const python = 'from sqlalchemy import Column\n';
const typescript = "import { Entity } from 'typeorm';\n";
const deep = 50_000;
const nested = (open: string, close: string): string => open.repeat(deep) + '1' + close.repeat(deep);

/** Lints a file beside a good one, whose finding must come in any case, and gives back what is said of the first. */
async function findingsOf(path: string, text: string): Promise<Finding[]> {
  const { findings, errors } = await lintFiles(
    { [path]: text, 'good.sql': 'UPDATE good SET n = 1;\n' },
    { config: { dialect: 'postgresql' } },
  );
  expect(errors).toEqual([]);
  expect(findings.some((finding) => finding.path === 'good.sql')).toBe(true);
  return findings.filter((finding) => finding.path === path);
}

test.each<[string, string, string, string, number]>([
  ['syntax error', 'a.py', `${python}def f(:\n  class = 3\n`, 'ddlint/unreadable-file', 2],
  ['syntax error', 'a.ts', `${typescript}class { ]] = ;\n`, 'ddlint/unreadable-file', 2],
  ['syntax error', 'a.sql', 'CREATE TABEL a (id int);\n', 'migration/unparsable-sql', 1],
  ['unclosed quote', 'a.py', `${python}x = """abc\n`, 'ddlint/unreadable-file', 2],
  ['unclosed quote', 'a.ts', `${typescript}const x = \`abc`, 'ddlint/unreadable-file', 2],
  ['unclosed quote', 'a.sql', "SELECT 'abc;\nDROP TABLE a;\n", 'migration/unparsable-sql', 1],
  ['unclosed dollar string', 'a.sql', 'DO $$ begin;\nSELECT 1;\n', 'migration/unparsable-sql', 1],
  ['unclosed comment', 'a.sql', '/* never\nDROP TABLE a;\n', 'ddlint/unreadable-file', 1],
  ['50,000 nested parentheses', 'a.py', `${python}x = ${nested('(', ')')}\n`, 'ddlint/unreadable-file', 2],
  ['50,000 nested calls', 'a.py', `${python}x = ${nested('f(', ')')}\n`, 'ddlint/unreadable-file', 2],
  ['50,000 nested parentheses', 'a.ts', `${typescript}const x = ${nested('(', ')')};\n`, 'ddlint/unreadable-file', 1],
])('%s in %s', async (_name, path, text, rule, line) => {
  const [first] = await findingsOf(path, text);
  expect(first).toMatchObject({ rule, line });
});

test('50,000 nested parentheses in SQL do not hide the statement behind them', async () => {
  const findings = await findingsOf('a.sql', `SELECT ${nested('(', ')')};\nUPDATE a SET n = 1;\n`);
  expect(findings.map(({ rule, line }) => [rule, line])).toContainEqual(['destructive/update-without-where', 2]);
});

test.each<[string, string, string]>([
  ['a long chain', 'a.py', `${python}x = a${'.b'.repeat(deep)}\n`],
  ['a long sum', 'a.py', `${python}x = ${'"a"+'.repeat(deep)}"a"\n`],
  ['a long chain', 'a.ts', `${typescript}x${'.b()'.repeat(deep)};\n`],
  ['a long sum', 'a.ts', `${typescript}const x = ${"'a'+".repeat(deep)}'a';\n`],
  ['a long sum', 'a.sql', `SELECT ${'1+'.repeat(deep)}1;\n`],
  ['many open CASE', 'a.sql', `SELECT ${'CASE WHEN 1 THEN '.repeat(deep)}\n`],
  ['many open BEGIN', 'a.sql', `${'BEGIN '.repeat(deep)}\n`],
  ['nothing', 'a.py', ''],
  ['nothing', 'a.ts', ''],
  ['nothing', 'a.sql', ''],
])('%s in %s is no crash', async (_name, path, text) => {
  await findingsOf(path, text);
});

test('a large dump is read to its end', async () => {
  const rows = "INSERT INTO a VALUES (1, 'x');\n".repeat(300_000);
  const findings = await findingsOf('dump.sql', `${rows}UPDATE a SET n = 1;\n`);
  expect(findings.map(({ rule, line }) => [rule, line])).toEqual([
    ['ddlint/unreadable-file', 1],
    ['destructive/update-without-where', 300_001],
  ]);
});
