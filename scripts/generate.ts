import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { configSchema } from '../src/config/schema.js';
import { configurationTable } from './lib/configuration-table.js';
import { withPart } from './lib/generated-part.js';
import { pageExists, pageOf, root, ruleFiles, ruleIds } from './lib/rule-files.js';
import { ruleIndex } from './lib/rule-index.js';
import { rulePage } from './lib/rule-page.js';
import { ruleTable } from './lib/rule-table.js';

// Writes everything that follows from the rules' own declarations. With --check it writes nothing, and fails with the
// names of the files that are not up to date.

const check = process.argv.includes('--check');
const stale: string[] = [];

async function put(path: string, text: string): Promise<void> {
  const file = join(root, path);
  const wanted = await format(text, {
    ...(await resolveConfig(file)),
    // Examples stand as written: what a fix writes is compared with them.
    embeddedLanguageFormatting: 'off',
    filepath: file,
  });
  if (existsSync(file) && readFileSync(file, 'utf8') === wanted) return;
  stale.push(path);
  if (check) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, wanted);
}

await put('rules/index.ts', ruleIndex(ruleIds()));
const files = await ruleFiles();
await put('rules/README.md', ruleTable(files));
for (const file of files) {
  if (pageExists(file.id))
    await put(pageOf(file.id), rulePage(file, readFileSync(join(root, pageOf(file.id)), 'utf8')));
  else stale.push(`${pageOf(file.id)} (missing: a rule is two files)`);
}

const declared = Object.fromEntries(files.map(({ id, rule }) => [id, rule]));
const schema = configSchema(declared);
await put('schemas/ddlint.schema.json', JSON.stringify(schema));
const reference = 'docs/configuration.md';
const page = readFileSync(join(root, reference), 'utf8');
await put(reference, withPart(page, 'keys', configurationTable(schema), '## Keys'));

if (stale.length > 0) {
  console.log(
    `${check ? 'Not up to date, run npm run generate' : 'Written'}:\n${stale.map((path) => `  ${path}`).join('\n')}`,
  );
}
if (check && stale.length > 0) process.exitCode = 1;
